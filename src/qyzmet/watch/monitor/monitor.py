"""One look at a log, from its head to what no one had read before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.policy import Policy
from qyzmet.ledger.tiles import Tree
from qyzmet.watch.fork import Fork
from qyzmet.watch.monitor import promises
from qyzmet.watch.monitor.due_days import DueDays
from qyzmet.watch.monitor.heads import Shown, check_head, contradiction, signed_by
from qyzmet.watch.monitor.source import HEAD, Source, Unreachable
from qyzmet.watch.monitor.state import Finding, SeenHead, State
from qyzmet.watch.monitor.steps import Steps, is_ours
from qyzmet.watch.monitor.times import Times
from qyzmet.watch.monitor.walk import Walk
from qyzmet.watch.monitor.witnessed import apart, behind, witnessed

BUNDLES = 64
"""After so many what was read is made to stay: a monitor that is killed begins again there."""
LOOKUPS = 16
"""How often all leaf hashes are gone through to explain a broken chain: each costs a reading of them."""
LOOKS = 5
"""How often a head that lacks witnesses is asked for: they sign a moment after the log does."""


@dataclass
class Report:
    """What one look found. `read`: entries checked so far, of `size`; `fresh`: of these, in this look."""

    origin: str
    size: int = 0
    root: bytes = b""
    witnesses: Sequence[tuple[str, int]] = ()
    """Names and times of those whose cosignatures hold, on the head of `witnessed` entries."""
    witnessed: int = 0
    read: int = 0
    fresh: int = 0
    ours: bool = False
    new: list[Finding] = field(default_factory=list)
    """What was not known before this look."""
    findings: list[Finding] = field(default_factory=list)
    """Everything that stands."""
    forks: list[Path] = field(default_factory=list)
    """Files that prove a fork, written in this look."""


class Monitor:
    """A monitor of one log. `clock`: POSIX seconds; `wait`: before asking for a head again; `progress(read, size)`."""

    def __init__(
        self,
        source: Source,
        state: State,
        policy: Policy,
        *,
        days: DueDays,
        clock: Callable[[], int],
        wait: Callable[[], None] = lambda: None,
        progress: Callable[[int, int], None] = lambda read, size: None,
    ) -> None:
        """`policy`: the log's keys, which all bear its name, and whose cosignatures count. `Refusal` as of `State`."""
        self.source, self.state, self.policy, self.days = source, state, policy, days
        self.clock, self.wait, self.progress = clock, wait, progress
        self.lookups = 0
        self.origin = next(iter(policy.logs)).name
        state.belongs_to(self.origin)

    def promised(self, data: bytes) -> None:
        """Hold the log to a promise, the note of which this is. `Invalid`."""
        self.state.add_promise(promises.read_promise(data, self._keys()))
        self.state.commit()

    def look(self) -> Report:
        """Fetch the head, check it, read what is new. `Unreachable` where the log does not answer."""
        report, read = Report(self.origin), self.state.read
        try:
            self._look(report)
        except Invalid as wrong:
            values = {name: value for name, value in wrong.values.items() if name != "index"}
            self._found(report, [Finding(wrong.code, wrong.values.get("index"), values, True)])
        except FileNotFoundError as missing:
            if missing.args[0] == HEAD:
                raise Unreachable(HEAD) from None
            self._found(report, [Finding("file_missing", None, {"path": missing.args[0]}, True)])
        except Unreachable:
            self.state.commit()
            raise
        except BaseException:  # in the middle of a bundle: what it has done to the state would be done twice
            self.state.undo()
            raise
        self.state.commit()
        report.read, report.ours = self.state.read, self.state.get("ours") == "yes"
        report.fresh, report.findings = report.read - read, list(self.state.findings())
        return report

    def _look(self, report: Report) -> None:
        other, shown = self._heads()
        head, best = shown.checkpoint, other or shown
        report.size, report.root = head.size, head.root
        report.witnesses, report.witnessed = best.witnesses, best.checkpoint.size
        lacks = [Finding(best.lacks.code, None, best.lacks.values, True)] if best.lacks else []
        tree = Tree(self.source, head.size)
        self.state.keep_head(self._seen(shown), accepted=False)
        wrong = contradiction(shown, self.state, self.source, tree)
        if other and not wrong:
            wrong = apart(shown, other, tree, self.source)
            self.state.keep_head(self._seen(other), accepted=not wrong)
        if wrong:
            if wrong.fork:
                report.forks.append(self._keep(wrong.fork))
            return self._found(report, [wrong.finding, *lacks])
        if other and self.source.live:
            following = self.state.heads_from(other.checkpoint.size + 1)
            lacks += behind(other, next(iter(following), None), self.clock())
        self.state.keep_head(self._seen(shown), accepted=True)
        walk = Walk(self.source, tree)
        promises.search(self.state, walk, self.state.read)
        self._read(report, walk)
        self.state.pass_findings(at=self.clock())
        return self._found(report, [*lacks, *self._old_key(shown), *promises.broken(self.state)])

    def _heads(self) -> tuple[Shown | None, Shown]:
        """The head the witnesses signed, where the log's own lacks them and there is one; and the log's own."""
        for look in range(LOOKS if self.source.live else 1):
            if look:
                self.wait()
            other = witnessed(self.policy, self.state, self.source)
            shown = check_head(self.source.read(HEAD), self.policy, self.state, self.source)
            if not shown.lacks or (other and not other.lacks):
                break
        return (other if shown.lacks else None), shown

    def _seen(self, shown: Shown) -> SeenHead:
        now, head = self.clock(), shown.checkpoint
        witnessed = min((time for _, time in shown.witnesses), default=None)
        return SeenHead(head.size, head.root, shown.raw, witnessed, self.source.live, now, now)

    def _read(self, report: Report, walk: Walk) -> None:
        start, wanted = self.state.read, {promise.leaf_hash for promise, at in self.state.promises() if at is None}
        times, steps = Times(self.state, start), Steps(self.state, list(self.policy.logs), self.days)
        for count, (first, entries, hashes) in enumerate(walk.entries(start), 1):
            if first == 0:
                self.state.put("ours", "yes" if is_ours(entries[0]) else "no")
            ours = self.state.get("ours") == "yes"
            for index, (entry, hashed) in enumerate(zip(entries, hashes, strict=True), first):
                if hashed in wanted:
                    self.state.place_promise(hashed, index)
                if ours:
                    self._found(report, self._told(steps.take(index, entry, hashed, times.of(index)), walk))
            self.state.put("read", str(first + len(entries)))
            if count % BUNDLES == 0:
                self.state.commit()
            self.progress(first + len(entries), walk.size)

    def _told(self, findings: Iterable[Finding], walk: Walk) -> Iterator[Finding]:
        """A step whose step before is no open end: whether that one is not there, or was continued already."""
        for finding in findings:
            if finding.code != "prev_not_open" or finding.index is None or self.lookups >= LOOKUPS:
                yield finding
                continue
            self.lookups += 1
            prev = bytes.fromhex(finding.values["prev"])
            place = Walk(self.source, walk.tree).find([prev], finding.index).get(prev)
            if place is None:
                yield Finding("prev_unknown", finding.index, {})
            else:
                yield Finding("prev_twice", finding.index, {"previous": place})

    def _old_key(self, shown: Shown) -> list[Finding]:
        """A head that has the change of key in it and is signed by keys from before alone: for a while both sign."""
        changes = [(index, key) for index, key in self.state.key_changes() if index < shown.checkpoint.size]
        if not changes or signed_by(parse_signed(shown.raw)[1], changes[-1][1]):
            return []
        return [Finding("old_key", changes[-1][0], {"size": shown.checkpoint.size})]

    def _found(self, report: Report, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if self.state.add_finding(finding, at=self.clock()):
                report.new.append(finding)

    def _keep(self, fork: Fork) -> Path:
        """Write the proof beside the state, whole or not at all."""
        data = fork.text().encode()
        path = self.state.path.with_name(f"fork-{sha256(data).hexdigest()[:12]}.txt")
        half = path.with_suffix(".half")
        half.write_bytes(data)
        half.replace(path)
        return path

    def _keys(self) -> list[VerifierKey]:
        return [*self.policy.logs, *(key for _, key in self.state.key_changes())]

"""What each file proves to a reader who trusts a policy, and what the files together contradict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qyzmet.cli.proofs.days import Day, days
from qyzmet.cli.proofs.files import Given, own_policy
from qyzmet.law import Law
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.policy import NONE, Policy
from qyzmet.ledger.promise import Promise
from qyzmet.ledger.receipt import Receipt
from qyzmet.ledger.tlog_proof import TlogProof
from qyzmet.ledger.tree import check_inclusion
from qyzmet.ledger.verdict import Problem, Seen, Verdict, check_checkpoint, check_promise, check_receipt

EXITS = {"holds": 0, "does_not_hold": 1, "unreadable": 2, "not_all_proved": 3}
NOWHERE = bytes(32)
"""No leaf has this hash that anybody could find."""
MISSING = "quorum_not_met"
"""The one problem that contradicts nothing: a new head waits for its witnesses, one kept secret gets none."""


@dataclass
class Found:
    """What was found of one file. `entry`: whether the entry a bare proof is about is known."""

    given: Given
    policy: Policy
    trusted: bool = True
    problems: list[Problem] = field(default_factory=list)
    verdict: Verdict | None = None
    dates: dict[int, Day] = field(default_factory=dict)
    seen: Seen | None = None
    promise: Promise | None = None
    proved: bool = False

    @property
    def heads(self) -> list[tuple[Seen, str]]:
        """Heads whose signatures hold, each with its note."""
        if isinstance(self.given.value, Receipt) and self.verdict:
            both = zip(self.verdict.steps, self.given.value.steps, strict=True)
            return [(step.seen, given.proof.checkpoint) for step, given in both if step.seen and given.proof]
        note = self.given.value.checkpoint if isinstance(self.given.value, TlogProof) else self.given.data.decode()
        return [(self.seen, note)] if self.seen else []

    @property
    def outcome(self) -> str:
        """The verdict on this file alone: a key of EXITS."""
        if any(one.invalid.code != MISSING for one in self.problems):
            return "does_not_hold"
        return "holds" if self.proved and self.trusted and not self.problems else "not_all_proved"


@dataclass(frozen=True)
class Fork:
    """Two signed heads of one log and size with different roots."""

    one: Seen
    notes: tuple[str, str]


def judge(files: Sequence[Given], policy: Policy | None, law: Law) -> list[Found]:
    """Each file judged; what one file says of an entry helps to read the next. `verify_no_policy`: no key is known."""
    leaves = [leaf for given in files for leaf in given.leaves]
    found, entered = [], set[bytes]()
    for given in sorted(files, key=lambda one: one.kind == "promise"):
        one = Found(given, _policy(given, policy), trusted=policy is not None)
        if isinstance(given.value, Receipt):
            _receipt(one, given.value, law)
        elif isinstance(given.value, TlogProof):
            entered |= _proof(one, given.value, leaves)
        else:
            _note(one, entered)
        found.append(one)
    return found


def _policy(given: Given, policy: Policy | None) -> Policy:
    if policy is None and not isinstance(given.value, Receipt):
        raise Invalid("verify_no_policy")
    return policy or own_policy(given.value)  # type: ignore[arg-type]


def _receipt(found: Found, receipt: Receipt, law: Law) -> None:
    strict = check_receipt(receipt, found.policy)
    found.verdict, missing = strict, [one for one in strict.problems if one.invalid.code == MISSING]
    if missing:  # what is wrong besides is told too
        found.verdict = check_receipt(receipt, replace(found.policy, quorum=NONE))
        steps = found.verdict.steps
        found.verdict.problems += [one for one in missing if steps[one.step - 1].seen]
    changed = {one.step for one in found.verdict.problems if one.invalid.code == "content_changed"}
    found.dates = {n: day for n, day in days(law, found.verdict.steps).items() if n not in changed}
    # a fork is told of all files together, with its notes
    found.problems = [one for one in found.verdict.problems if one.invalid.code != "fork"]
    wrong = ((n, day) for n, day in found.dates.items() if day.said == "differs")
    found.problems += [Problem(n, Invalid("verify_due_differs", day=day.on)) for n, day in wrong]
    found.proved = strict.holds


def look(found: Found, head: bytes) -> Seen:
    """Take the head if its log signed it; that too few witnesses did is a problem of its own."""
    found.seen = check_checkpoint(head, replace(found.policy, quorum=NONE))
    try:
        check_checkpoint(head, found.policy)
    except Invalid as missing:
        found.problems.append(Problem(0, missing))
    return found.seen


def _proof(found: Found, proof: TlogProof, leaves: Iterable[bytes]) -> set[bytes]:
    """Check a proof against each entry that may be meant; the hashes of those it proves."""
    try:
        seen = look(found, proof.checkpoint.encode())
        entered = {leaf for leaf in leaves if stands(proof, seen, leaf)}
        if not entered:
            stands(proof, seen, NOWHERE)
    except Invalid as wrong:
        found.problems.append(Problem(0, wrong))
        return set()
    found.proved = bool(entered)
    return entered


def stands(proof: TlogProof, seen: Seen, leaf: bytes) -> bool:
    """Whether the entry stands there. `Invalid` where the proof suits no entry at all: its length or place is wrong."""
    head = seen.checkpoint
    try:
        check_inclusion(index=proof.index, size=head.size, leaf_hash=leaf, proof=proof.path, root=head.root)
    except Invalid as wrong:
        if wrong.code != "wrong_root":
            raise
        return False
    return True


def _note(found: Found, entered: set[bytes]) -> None:
    try:
        if isinstance(found.given.value, Promise):
            leaf = found.given.value.leaf_hash
            found.promise = check_promise(found.given.data.decode(), leaf, found.policy)
            found.proved = leaf in entered
        else:
            look(found, found.given.data)
            found.proved = True
    except Invalid as wrong:
        found.problems.append(Problem(0, wrong))


def forks(found: Iterable[Found]) -> list[Fork]:
    """Heads that prove a fork, with the notes. Where no policy says that two keys are one log's, they are two logs."""
    first: dict[tuple[str, int], tuple[bytes, str]] = {}
    split: dict[tuple[bytes, bytes], Fork] = {}
    for one in found:
        for seen, note in one.heads:
            head, log = seen.checkpoint, seen.checkpoint.origin if one.trusted else str(seen.log)
            root, other = first.setdefault((log, head.size), (head.root, note))
            if root != head.root:
                split.setdefault((root, head.root), Fork(seen, (other, note)))
    return list(split.values())


def together(found: Sequence[Found], split: Sequence[Fork], unreadable: bool) -> str:
    """The verdict on all files: the worst there is."""
    outcomes = {one.outcome for one in found}
    if split or "does_not_hold" in outcomes:
        return "does_not_hold"
    if unreadable:
        return "unreadable"
    return "not_all_proved" if "not_all_proved" in outcomes else "holds"

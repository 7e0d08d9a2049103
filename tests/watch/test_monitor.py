"""The monitor over a log in a folder that grows, and lies."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.law import kz
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.key_change import change_key
from qyzmet.ledger.leaf import Leaf, leaf_hash
from qyzmet.ledger.note import Note, cosign, sign
from qyzmet.ledger.policy import Policy
from qyzmet.ledger.promise import Promise
from qyzmet.watch.fork import check_fork, parse_fork
from qyzmet.watch.monitor import DueDays, Monitor, Report, State, Unreachable
from qyzmet.watch.monitor.source import Folder
from qyzmet.watch.refusal import Refusal
from tests.watch.fake_log import FakeLog, log_key, witness_key_of

START = datetime(2026, 4, 6, 5, 0, tzinfo=UTC)  # a Monday morning in Almaty
NOW = int(START.timestamp())
DAYS = DueDays(kz())
WITNESSES = [witness_key_of("w1.example.kz"), witness_key_of("w2.example.kz")]


def leaf(n: int = 0, prev: bytes | None = None, *, at: datetime | None = None, **clear: Any) -> bytes:
    """A step; `n` makes it another one. Its time is so many seconds after the start."""
    return Leaf(at or START + timedelta(seconds=n), n.to_bytes(32, "big"), prev, **clear).text()


class Watched:
    """A log and the monitor that looks at it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now, self.live = folder, NOW, False
        self.log = FakeLog(folder / "log", witnesses=WITNESSES)
        self.quorum = "w1.example.kz"
        self.key = self.log.key.public

    def add(self, *entries: bytes, at: int | None = None) -> list[bytes]:
        """Entries more, and a head cosigned at a time. The entries' hashes."""
        self.log.append(entries)
        self.now = self.now + 10 if at is None else at
        self.log.publish(time=self.now)
        return [leaf_hash(entry) for entry in entries]

    def monitor(self, state: State, **options: Any) -> Monitor:
        policy = self.log.policy(self.quorum)
        trusted = Policy({self.key: ""}, policy.witnesses, {}, self.quorum)
        source = Folder(self.log.folder)
        source.live = self.live
        return Monitor(source, state, trusted, days=DAYS, clock=lambda: self.now, **options)

    def look(self, *promises: bytes) -> Report:
        state = State(self.folder / "state.sqlite")
        try:
            monitor = self.monitor(state)
            for promise in promises:
                monitor.promised(promise)
            return monitor.look()
        finally:
            state.close()

    def codes(self, *promises: bytes) -> list[tuple[str, int | None]]:
        return [(finding.code, finding.index) for finding in self.look(*promises).findings]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_a_log_that_grows_honestly_is_read_to_its_end(watched: Watched) -> None:
    for size in (1, 2, 255, 256, 257, 700):
        watched.add(*(leaf(n) for n in range(watched.log.size, size)), at=NOW + 1000)
        report = watched.look()
        assert (report.findings, report.read, report.size, report.ours) == ([], size, size, True)
        assert [name for name, _ in report.witnesses] == [key.public.name for key in WITNESSES]
    assert report.fresh == 443
    assert watched.look().fresh == 0


def test_an_empty_log_is_a_log(watched: Watched) -> None:
    watched.add()
    assert (watched.look().findings, watched.look().size) == ([], 0)
    watched.add(leaf(1))
    assert watched.codes() == []


def test_where_there_is_no_log_nothing_is_said(watched: Watched) -> None:
    with pytest.raises(Unreachable):
        watched.look()


def test_a_log_of_other_things_is_held_to_its_tree_only(watched: Watched) -> None:
    watched.add(b"module v1.0.0", b"{}", leaf(3, bytes(32)))
    report = watched.look()
    assert (report.ours, report.findings, report.read) == (False, [], 3)


# Heads


@pytest.mark.parametrize("grown", [0, 1, 300])
def test_a_rewritten_history_is_proved(watched: Watched, grown: int) -> None:
    watched.add(*(leaf(n) for n in range(300)), at=NOW + 1000)
    watched.look()
    watched.log.rewrite([leaf(9999), *(leaf(n) for n in range(1, 300 + grown))])
    watched.add()
    report = watched.look()
    assert [finding.code for finding in report.findings] == ["fork_proved"]
    heads = check_fork(parse_fork(report.forks[0].read_bytes()), [watched.key])
    assert [head.size for head in heads] == [300, 300 + grown]
    assert report.forks[0].name.startswith("fork-")
    assert watched.look().read == 300


def test_a_shorter_history_that_was_rewritten_is_proved_by_a_head_seen(watched: Watched) -> None:
    watched.add(*(leaf(n) for n in range(20)))
    watched.look()
    watched.add(*(leaf(n) for n in range(20, 40)), at=NOW + 1000)
    watched.look()
    watched.log.rewrite([leaf(n + 100) for n in range(20)])
    watched.add()
    assert watched.codes() == [("fork_proved", None)]


def test_a_shorter_history_is_told_and_over_when_it_grows_again(watched: Watched) -> None:
    watched.add(*(leaf(n) for n in range(20)))
    old = (watched.log.folder / "checkpoint").read_bytes()
    watched.add(*(leaf(n) for n in range(20, 40)), at=NOW + 1000)
    watched.look()
    new = (watched.log.folder / "checkpoint").read_bytes()
    (watched.log.folder / "checkpoint").write_bytes(old)
    assert watched.codes() == [("size_went_back", None)]
    (watched.log.folder / "checkpoint").write_bytes(new)
    assert watched.codes() == []


def test_a_fork_stands_for_ever(watched: Watched) -> None:
    watched.add(leaf(1), leaf(2))
    first = (watched.log.folder / "checkpoint").read_bytes()
    watched.look()
    watched.log.rewrite([leaf(1), leaf(3)])
    watched.add()
    watched.look()
    watched.log.rewrite([leaf(1), leaf(2)])
    (watched.log.folder / "checkpoint").write_bytes(first)
    assert watched.codes() == [("fork_proved", None)]


def test_a_head_of_another_key_or_without_witnesses_is_told(watched: Watched) -> None:
    watched.add(leaf(1))
    watched.log.publish()
    report = watched.look()
    assert ([finding.code for finding in report.findings], report.read) == (["quorum_not_met"], 1)
    watched.log.key = log_key(word="forger")
    watched.add()
    report = watched.look()
    assert "unsigned" in [finding.code for finding in report.findings]


def test_a_changed_head_is_told(watched: Watched) -> None:
    watched.add(leaf(1), leaf(2))
    note = (watched.log.folder / "checkpoint").read_bytes()
    (watched.log.folder / "checkpoint").write_bytes(note.replace(b"\n2\n", b"\n3\n"))
    assert watched.codes() == [("bad_signature", None)]


# Files


WRONG = {
    "tile/0/000": "tile_differs",
    "tile/0/001": "tile_differs",
    "tile/0/002.p/88": "tiles_differ",
    "tile/1/000.p/2": "tiles_differ",
    "tile/entries/001": "entry_differs",
    "tile/entries/002.p/88": "entry_differs",
}


@pytest.mark.parametrize("path", WRONG)
def test_a_file_that_is_not_what_was_signed_is_told_and_passes_when_put_right(watched: Watched, path: str) -> None:
    watched.add(*(leaf(n) for n in range(600)), at=NOW + 1000)
    target = watched.log.folder / path
    data = target.read_bytes()
    target.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert [finding.code for finding in watched.look().new] == [WRONG[path]]
    for length in (len(data) - 1, len(data) - 32, 0):
        target.write_bytes(data[:length])
        assert [finding.code for finding in watched.look().new] in (["bad_tile"], ["bad_bundle"], [])
        assert {code for code, _ in watched.codes()} > {WRONG[path]}
    target.unlink()
    assert [finding.code for finding in watched.look().new] == ["file_missing"]
    target.write_bytes(data)
    report = watched.look()
    assert (report.findings, report.read) == ([], 600)


def test_the_entry_that_differs_is_named(watched: Watched) -> None:
    watched.add(*(leaf(n) for n in range(300)), at=NOW + 1000)
    target = watched.log.folder / "tile/entries/001.p/44"
    data = target.read_bytes()
    changed = leaf(270).replace(b'"c":"00', b'"c":"11')
    target.write_bytes(data.replace(leaf(270), changed))
    assert watched.codes() == [("entry_differs", 270)]
    assert watched.look().read == 256


# Killed and begun again


def test_killed_anywhere_it_goes_on_where_it_was(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qyzmet.watch.monitor.monitor.BUNDLES", 2)
    hashes: list[bytes] = []
    entries = []
    for n in range(1500):
        entries.append(leaf(n, hashes[n - 3] if n >= 3 else None))
        hashes.append(leaf_hash(entries[-1]))
    watched.add(*entries, at=NOW + 2000)

    class Killed(BaseException):
        pass

    def kill_after(count: int) -> Any:
        def progress(read: int, size: int) -> None:
            nonlocal count
            count -= 1
            if not count:
                raise Killed

        return progress

    reads = []
    for count in (1, 3, 1, 2):
        state = State(watched.folder / "state.sqlite")
        with pytest.raises(Killed):
            watched.monitor(state, progress=kill_after(count)).look()
        reads.append(state.read)
        state.close()
    assert reads == [0, 512, 512, 1024]
    report = watched.look()
    assert (report.findings, report.read, report.fresh) == ([], 1500, 476)


def test_one_state_serves_one_monitor_of_one_log(watched: Watched) -> None:
    watched.add(leaf(1))
    watched.look()
    held = State(watched.folder / "state.sqlite")
    with pytest.raises(Refusal, match="state_busy"):
        State(watched.folder / "state.sqlite")
    held.close()
    watched.key = log_key("other.example.kz/log").public
    with pytest.raises(Refusal, match="state_of_another"):
        watched.look()
    (watched.folder / "text").write_text("this is no database " * 99)
    with pytest.raises(Refusal, match="state_unreadable"):
        State(watched.folder / "text")


# Cases


def test_steps_form_chains(watched: Watched) -> None:
    first, second = watched.add(leaf(1), leaf(2))
    third, _ = watched.add(leaf(3, first), leaf(4, second))
    watched.look()
    watched.add(leaf(5, third))
    assert watched.codes() == []


def test_a_case_with_two_histories_and_one_without_a_beginning_are_named(watched: Watched) -> None:
    first, _ = watched.add(leaf(1), leaf(2))
    watched.add(leaf(3, first), leaf(4, first), leaf(5, bytes(32)))
    report = watched.look()
    assert [(one.code, one.index, one.values) for one in report.findings] == [
        ("prev_twice", 3, {"previous": 0}),
        ("prev_unknown", 4, {}),
    ]


def test_a_step_cannot_continue_a_later_one(watched: Watched) -> None:
    later = leaf(2)
    watched.add(leaf(1, leaf_hash(later)), later)
    assert watched.codes() == [("prev_unknown", 0)]


def test_a_step_before_the_one_it_continues_is_named(watched: Watched) -> None:
    (first,) = watched.add(leaf(30))
    watched.add(leaf(29, first))
    assert watched.codes() == [("step_before_previous", 1)]


def test_entries_that_are_no_steps_are_named(watched: Watched) -> None:
    watched.add(leaf(1), b"{}", b"not json", leaf(2) + b" ", b'{"key":{}}', at=NOW + 1000)
    assert watched.codes() == [
        ("entry_bad_leaf", 1),
        ("entry_bad_json", 2),
        ("entry_bad_leaf", 3),
        ("entry_bad_key_change", 4),
    ]


# Times


def test_a_step_from_the_future_is_named(watched: Watched) -> None:
    watched.add(leaf(100), leaf(401), leaf(399), at=NOW + 100)
    assert watched.codes() == [("step_in_future", 1)]


def test_the_earliest_head_that_has_the_step_counts(watched: Watched) -> None:
    watched.add(leaf(0), at=NOW)
    watched.look()
    watched.add(leaf(5000), at=NOW + 100)
    state = State(watched.folder / "state.sqlite")
    stopped = watched.monitor(state, progress=lambda read, size: None)
    stopped.look()
    state.close()
    assert watched.codes() == [("step_in_future", 1)]


def test_a_back_dated_step_is_named(watched: Watched) -> None:
    watched.add(leaf(0), at=NOW + 10_000)
    watched.look()
    watched.add(leaf(10_000 - 3601), leaf(10_000 - 3599), at=NOW + 10_100)
    assert watched.codes() == [("step_entered_late", 1)]


def test_without_witnesses_a_live_log_is_held_to_when_the_monitor_looked(watched: Watched) -> None:
    watched.quorum, watched.log.witnesses, watched.live = "none", (), True
    watched.add(leaf(0), at=NOW + 10)
    watched.look()
    watched.now = NOW + 9000
    watched.look()
    watched.add(leaf(20), at=NOW + 9010)
    assert watched.codes() == [("step_entered_late", 1)]


def test_a_copy_of_unknown_age_proves_no_back_dating(watched: Watched) -> None:
    watched.quorum, watched.log.witnesses = "none", ()
    watched.add(leaf(0), at=NOW + 9000)
    watched.look()
    watched.add(leaf(20), at=NOW + 9010)
    assert watched.codes() == []


# Witnesses apart from the head


def apart(watched: Watched, *entries: bytes, follow: bool) -> None:
    """As our logs publish: the head at once, signed by the log alone; what the witnesses signed beside it."""
    watched.log.append(entries)
    watched.now += 10
    watched.log.publish()
    if follow:
        (watched.log.folder / "witnessed").write_bytes(watched.log.note(time=watched.now))


def test_the_head_the_witnesses_signed_may_lie_beside_the_log_s_own(watched: Watched) -> None:
    apart(watched, leaf(1), leaf(2), follow=True)
    assert watched.codes() == []
    apart(watched, leaf(3), follow=False)
    report = watched.look()
    assert (report.findings, report.size, report.witnessed, report.read) == ([], 3, 2, 3)
    assert [name for name, _ in report.witnesses] == [key.public.name for key in WITNESSES]


def test_times_are_held_to_what_the_witnesses_signed(watched: Watched) -> None:
    apart(watched, leaf(1), follow=True)
    watched.look()
    apart(watched, leaf(500), follow=True)
    assert watched.codes() == [("step_in_future", 1)]


def test_witnesses_who_saw_another_history_prove_the_fork(watched: Watched) -> None:
    apart(watched, leaf(1), leaf(2), follow=True)
    seen = (watched.log.folder / "witnessed").read_bytes()
    watched.log.rewrite([leaf(3), leaf(4), leaf(5)])
    apart(watched, follow=False)
    (watched.log.folder / "witnessed").write_bytes(seen)
    report = watched.look()
    assert [finding.code for finding in report.findings] == ["fork_proved"]
    check_fork(parse_fork(report.forks[0].read_bytes()), [watched.key])


def test_witnesses_who_do_not_follow_for_long_are_told(watched: Watched) -> None:
    watched.live = True
    apart(watched, leaf(1), follow=True)
    watched.look()
    apart(watched, leaf(2), follow=False)
    assert watched.codes() == []
    watched.now += 900
    assert watched.codes() == []
    watched.now += 1
    assert watched.codes() == [("witnesses_behind", None)]
    apart(watched, leaf(3), follow=True)
    assert watched.codes() == []


def test_too_few_witnesses_beside_the_head_are_too_few(watched: Watched) -> None:
    watched.log.witnesses = WITNESSES[1:]
    apart(watched, leaf(1), follow=True)
    watched.log.witnesses = WITNESSES
    assert watched.codes() == [("quorum_not_met", None)]


# Keys


def test_a_change_of_key_is_followed(watched: Watched) -> None:
    new = log_key(word="new")
    watched.add(leaf(1))
    watched.look()
    change = change_key(watched.log.key, new, at=START + timedelta(seconds=5)).text()
    watched.log.key = new
    watched.add(leaf(2), change, leaf(3))
    assert watched.codes() == []
    watched.add(leaf(4))
    assert (watched.codes(), watched.look().read) == ([], 5)


def test_after_a_change_the_old_key_signs_no_more(watched: Watched) -> None:
    old, new = watched.log.key, log_key(word="new")
    watched.add(leaf(1), change_key(old, new, at=START).text())
    assert watched.codes() == [("old_key", 1)]


def test_while_both_keys_sign_who_knows_only_the_old_one_finds_nothing(watched: Watched) -> None:
    old, new = watched.log.key, log_key(word="new")
    watched.add(leaf(1), change_key(old, new, at=START).text())
    head = watched.log.head().text()
    both = Note(head, (sign(head, new), sign(head, old), cosign(head, WITNESSES[0], time=watched.now)))
    (watched.log.folder / "checkpoint").write_bytes(str(both).encode())
    assert (watched.codes(), watched.codes()) == ([], [])


def test_a_key_nobody_knew_is_not_followed(watched: Watched) -> None:
    watched.add(leaf(1))
    watched.look()
    stranger, thief = log_key(word="stranger"), log_key(word="thief")
    watched.add(change_key(stranger, thief, at=START).text())
    assert watched.codes() == [("key_of_stranger", 1)]
    watched.log.key = thief
    watched.add(leaf(2))
    assert ("unsigned", None) in watched.codes()
    assert watched.look().read == 2


def test_what_a_log_that_began_anew_repeats_of_the_one_before_is_no_change_of_its_key(watched: Watched) -> None:
    before = log_key("log.example.kz/before"), log_key("log.example.kz/before", "new")
    watched.add(leaf(1), change_key(*before, at=START).text(), leaf(2))
    assert watched.codes() == []


def test_who_knows_the_new_key_alone_reads_from_the_beginning(watched: Watched) -> None:
    old, new = watched.log.key, log_key(word="new")
    watched.log.key, watched.key = new, new.public
    watched.add(leaf(1), change_key(old, new, at=START).text(), leaf(2))
    assert watched.codes() == []


# Promises


def promise(watched: Watched, entry: bytes, by: int) -> bytes:
    text = Promise(watched.log.key.public.name, leaf_hash(entry), NOW, by).text()
    return str(Note(text, (sign(text, watched.log.key),))).encode()


def test_a_promise_that_is_kept_is_quiet(watched: Watched) -> None:
    given = promise(watched, leaf(2), NOW + 100)
    watched.add(leaf(1))
    assert watched.codes(given) == []
    watched.add(leaf(2))
    assert watched.codes() == []
    watched.add(leaf(3), at=NOW + 5000)
    assert watched.codes() == []


def test_a_promise_given_after_the_entry_was_read_is_found_there(watched: Watched) -> None:
    watched.add(*(leaf(n) for n in range(300)), at=NOW + 1000)
    watched.look()
    assert watched.codes(promise(watched, leaf(299), NOW + 1)) == []
    watched.add(leaf(400), at=NOW + 9000)
    assert watched.codes() == []


def test_a_promise_is_broken_when_a_later_head_lacks_the_entry(watched: Watched) -> None:
    given = promise(watched, leaf(2), NOW + 100)
    watched.add(leaf(1), at=NOW + 400)
    assert watched.codes(given) == []
    watched.add(leaf(3), at=NOW + 401)
    assert watched.codes() == [("promise_broken", None)]


def test_an_entry_that_came_after_the_promised_time_is_named(watched: Watched) -> None:
    given = promise(watched, leaf(2), NOW + 100)
    watched.add(leaf(1), at=NOW + 500)
    watched.add(leaf(2), at=NOW + 510)
    assert watched.codes(given) == []
    (watched.folder / "state.sqlite").unlink()
    watched.log.rewrite([leaf(1)])
    watched.add(at=NOW + 500)
    watched.look(given)
    watched.add(leaf(2), at=NOW + 510)
    assert ("promise_late", 1) in watched.codes()


def test_a_promise_of_another_is_refused(watched: Watched) -> None:
    watched.add(leaf(1))
    other = Watched(watched.folder / "other")
    other.log.key = log_key(word="another")
    with pytest.raises(Invalid, match="unsigned"):
        watched.look(promise(other, leaf(1), NOW))


# Whatever a log does

FAULTS = ["rewrite", "drop", "fork", "back", "truncate"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_log_that_lies_is_caught_and_an_honest_one_is_not(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """It grows for a while, seen or not seen each time, and then does one of the things a log must not do."""
    watched = Watched(tmp_path_factory.mktemp("random"))
    sizes = data.draw(st.lists(st.integers(1, 300), min_size=1, max_size=3), "growth")
    seen = 0
    for more in sizes:
        watched.add(*(leaf(n) for n in range(watched.log.size, watched.log.size + more)), at=NOW + 1500)
        if data.draw(st.booleans(), "looked"):
            assert watched.codes() == []
            seen = watched.log.size
    if not seen:
        assert watched.codes() == []
        seen = watched.log.size
    honest = list(watched.log.entries)
    fault = data.draw(st.sampled_from(FAULTS), "fault")
    at = data.draw(st.integers(0, seen - 1), "at")
    more = [leaf(n) for n in range(10_000, 10_000 + data.draw(st.integers(1, 300), "more"))]
    if fault == "rewrite":
        watched.log.rewrite([*honest[:at], leaf(20_000), *honest[at + 1 :], *more])
    elif fault == "drop":
        watched.log.rewrite([*honest[:at], *honest[at + 1 :], *more])
    elif fault == "fork":
        watched.log.rewrite([*honest[:at], *more])
    elif fault == "back":
        watched.log.rewrite(honest[:at])
    else:
        watched.log.append(more)
    watched.add(at=NOW + 20_000)
    if fault == "truncate":
        size = watched.log.size
        fresh = [path for path in watched.log.folder.rglob("*") if path.is_file() and "tile" in path.parts]
        needed = [path for path in fresh if _needed(path.relative_to(watched.log.folder).as_posix(), seen, size)]
        path = data.draw(st.sampled_from(sorted(needed)), "file")
        path.write_bytes(path.read_bytes()[: -data.draw(st.integers(1, 40), "cut")])
    codes = [code for code, _ in watched.codes()]
    assert codes, (fault, at)
    if fault in ("rewrite", "drop") and watched.log.size >= seen:
        assert codes == ["fork_proved"]
    assert watched.look().read <= watched.log.size or fault in ("drop", "fork", "back")


def _needed(path: str, start: int, size: int) -> bool:
    """Whether a monitor that has read up to `start` must read this file to read up to `size`."""
    from qyzmet.ledger.tiles import parse_tile, width_at

    tile = parse_tile(path)
    if tile.level not in (None, 0) or tile.width != width_at(tile.level, tile.index, size):
        return False
    return (tile.index + 1) * 256 > start

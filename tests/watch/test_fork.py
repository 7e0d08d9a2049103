from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.ledger.invalid import Invalid
from qyzmet.watch.fork import Fork, check_fork, parse_fork, prove_fork
from tests.watch.fake_log import FakeLog, Files, log_key


def grown(folder: Path, entries: list[bytes]) -> FakeLog:
    log = FakeLog(folder)
    log.append(entries)
    return log


ENTRIES = [b"%d" % n for n in range(600)]


@pytest.mark.parametrize(("small", "large"), [(1, 2), (4, 9), (7, 8), (256, 300), (255, 600), (512, 513), (300, 300)])
def test_two_histories_are_proved_to_whoever_reads_the_file(tmp_path: Path, small: int, large: int) -> None:
    first = grown(tmp_path / "first", ENTRIES[:small])
    second = grown(tmp_path / "second", [b"rewritten", *ENTRIES[1:large]])
    keys = [first.key.public]
    for one, other in ((first.note(), second.note()), (second.note(), first.note())):
        fork = prove_fork(one, other, keys, Files(second.folder))
        assert fork is not None
        again = parse_fork(fork.text().encode())
        assert again == fork
        heads = check_fork(again, keys)
        assert {head.root for head in heads} == {first.head().root, second.head().root}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 599))
def test_a_proof_is_made_exactly_where_histories_part(
    tmp_path_factory: pytest.TempPathFactory, small: int, large: int, parts_at: int
) -> None:
    small, large = sorted((small, large))
    other = [*ENTRIES[:parts_at], b"other", *ENTRIES[parts_at + 1 :]]
    first = grown(tmp_path_factory.mktemp("first"), ENTRIES[:small])
    second = grown(tmp_path_factory.mktemp("second"), other[:large])
    fork = prove_fork(first.note(), second.note(), [first.key.public], Files(second.folder))
    assert (fork is not None) == (parts_at < small)


def test_heads_of_two_sizes_need_the_tree(tmp_path: Path) -> None:
    first, second = grown(tmp_path / "a", ENTRIES[:5]), grown(tmp_path / "b", [b"x", *ENTRIES[:8]])
    assert prove_fork(first.note(), second.note(), [first.key.public]) is None
    assert prove_fork(first.note(), first.note(), [first.key.public]) is None


def test_nobody_is_accused_by_a_note_the_log_has_not_signed(tmp_path: Path) -> None:
    first, second = grown(tmp_path / "a", ENTRIES[:5]), grown(tmp_path / "b", [b"x", *ENTRIES[1:5]])
    second.key = log_key(word="forger")
    with pytest.raises(Invalid, match="unsigned"):
        prove_fork(first.note(), second.note(), [first.key.public])
    fork = Fork(first.note(), second.note(), second.head().root)
    with pytest.raises(Invalid, match="unsigned"):
        check_fork(fork, [first.key.public])


def test_a_file_that_proves_nothing_is_refused(tmp_path: Path) -> None:
    log = grown(tmp_path / "a", ENTRIES[:5])
    small, keys = log.note(), [log.key.public]
    log.append(ENTRIES[5:9])
    honest = tuple(log.tree().consistency(5))
    for fork in (
        Fork(small, log.note(), log.head(5).root, honest),
        Fork(small, small, log.head(5).root),
        Fork(log.note(), small, log.head().root, honest),
    ):
        with pytest.raises(Invalid, match="not_a_fork"):
            check_fork(fork, keys)
    with pytest.raises(Invalid, match=r"wrong_root|proof_length"):
        check_fork(Fork(small, log.note(), bytes(32), honest), keys)


@pytest.mark.parametrize("wrong", [b"", b"qyzmet.fork/v1\n\na\n\nb\n\nc\n\nd\n", b"\xff", b"x\n\n" * 5])
def test_another_file_is_no_fork(wrong: bytes) -> None:
    with pytest.raises(Invalid):
        parse_fork(wrong)

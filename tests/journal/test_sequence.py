"""The sequencer: every row once and in its order, whatever happens between two statements."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from qyzmet.journal import actions, log
from qyzmet.journal.alone import alone
from qyzmet.journal.log import published_size
from qyzmet.journal.models import Entry, Head, Opening, WitnessState
from qyzmet.journal.sequence import sequence
from qyzmet.journal.signer.book import open_book
from qyzmet.journal.store import CHECKPOINT, Folder
from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.note import verify
from qyzmet.ledger.policy import parse_policy
from qyzmet.ledger.tiles import Tree, read_entries
from qyzmet.ledger.tree import root_of
from qyzmet.ledger.verdict import check_proof
from tests.fresh import without_triggers
from tests.journal.books import AT, Direct, Log, elsewhere, new_log, take_in, write

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process is gone."""


def run(own: Log) -> int:
    return sequence(at=AT, signer=own.signer, store=own.store).size


def whole(own: Log) -> None:
    """The published log holds every row once, in order, and its head says so."""
    entries = list(Entry.objects.order_by("opening__index").values_list("opening__index", "leaf", "leaf_hash"))
    assert [index for index, _, _ in entries] == list(range(len(entries)))
    checkpoint, note = parse_signed(own.store.read(CHECKPOINT))
    assert verify(note, [own.key])
    assert checkpoint.size == published_size() == len(entries)
    assert checkpoint.root == root_of(bytes(hashed) for _, _, hashed in entries)
    assert Tree(own.store, checkpoint.size).root() == checkpoint.root
    bundles = [read_entries(own.store, index, checkpoint.size) for index in range(-(-checkpoint.size // 256))]
    assert [entry for bundle in bundles for entry in bundle] == [leaf.encode() for _, leaf, _ in entries]
    assert Head.objects.get(name="signed").note.encode() == own.store.read(CHECKPOINT)


def test_rows_get_places_in_the_order_they_were_written(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    assert run(own) == 0
    for count, first in ((1, 0), (3, 1), (300, 4), (1, 304)):
        write(count, first=first)
        assert run(own) == first + count
        whole(own)
    assert run(own) == 305


def test_full_tiles_take_the_place_of_partial_ones(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    for first in range(0, 260, 20):
        write(20, first=first)
        run(own)
    assert sorted(path.name for path in (own.store.root / "tile" / "0").iterdir()) == ["000", "001.p"]
    assert sorted(path.name for path in (own.store.root / "tile" / "entries").iterdir()) == ["000", "001.p"]
    whole(own)


def test_every_row_is_proved(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    entries = write(20)
    run(own)
    late = write(1, first=20)
    found = log.proofs([*entries, *late], own.store)
    assert set(found) == {entry.pk for entry in entries}
    policy = parse_policy(f"log {own.key}\nquorum none\n".encode())
    for entry in entries:
        check_proof(found[entry.pk], leaf_hash(entry.leaf.encode()), policy)
    with pytest.raises(Invalid, match="wrong_root"):
        check_proof(found[entries[0].pk], leaf_hash(b"another"), policy)


def killed_at(own: Log, moment: int) -> bool:
    """Run until the given fault point; whether it came to that."""
    left = moment

    def between(_: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    try:
        sequence(at=AT, signer=own.signer, store=own.store, between=between)
    except Killed:
        return True
    return False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(40))
def test_killed_between_any_two_statements_it_goes_on_without_a_hole_or_a_double(tmp_path: Path, seed: int) -> None:
    rng, own, written = random.Random(seed), new_log(tmp_path), 0
    for _ in range(rng.randint(3, 8)):
        written += len(write(rng.choice([1, 2, 5, 60, 255, 257]), first=written))
        for _ in range(rng.randint(1, 3)):
            killed_at(own, rng.randint(0, 9))
            own.signer = Direct(open_book(own.signer.book.folder, origin="another name"))
    assert run(own) == written
    whole(own)


@pytest.mark.django_db(transaction=True)
def test_every_fault_point_is_reached(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    write(257)
    killed = [moment for moment in range(12) if killed_at(own, moment)]
    assert killed == list(range(len(killed)))
    assert len(killed) >= 7  # placed, five files, signed; then it had been published
    whole(own)


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = new_log(tmp_path)
    write(5)
    run(own)
    write(5, first=5)
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full_disk)
        with pytest.raises(OSError, match="No space"):
            run(own)
    assert parse_signed(own.store.read(CHECKPOINT))[0].size == 5
    assert not list(own.store.root.rglob(".*-*"))
    assert run(own) == 10
    whole(own)


def full_disk(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_an_emptied_folder_is_written_again(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    write(300)
    run(own)
    before = own.store.read(CHECKPOINT)
    for path in sorted(own.store.root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    run(own)
    assert own.store.read(CHECKPOINT) == before
    whole(own)


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_noticed_before_a_file_is_touched(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    write(6)
    run(own)
    yesterday = Head.objects.get(name="signed")
    restored = write(1, first=6)
    run(own)
    head, files = own.store.read(CHECKPOINT), contents(own)
    yesterday.save()  # in yesterday's database the seventh row was never written
    lose(restored)
    with pytest.raises(Invalid, match="log_went_back"):
        run(own)
    write(3, first=7)
    with pytest.raises(Invalid, match="other_history"):
        run(own)
    assert own.store.read(CHECKPOINT) == head
    assert contents(own) == files


def lose(entries: list[Entry]) -> None:
    """As if these had never been: what a restored backup does, without the triggers."""
    with transaction.atomic(), without_triggers():
        Opening.objects.filter(entry__in=entries).delete()
        Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()


def contents(own: Log) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in own.store.root.rglob("*") if path.is_file()}


def test_a_signer_put_back_to_yesterday_signs_no_second_history(tmp_path: Path) -> None:
    """Database and signer come from one backup; the folder is the only one here that knows what was signed since."""
    own = new_log(tmp_path)
    write(6)
    run(own)
    yesterday, head = (own.signer.book.folder / "head.json").read_bytes(), Head.objects.get(name="signed")
    lost = write(2, first=6)
    run(own)
    files = contents(own)
    (own.signer.book.folder / "head.json").write_bytes(yesterday)
    head.save()
    lose(lost)
    write(1, first=8)
    with pytest.raises(Invalid, match="signer_went_back"):
        run(own)
    write(5, first=9)
    with pytest.raises(Invalid, match="signer_went_back"):
        run(own)
    assert contents(own) == files


@pytest.mark.django_db(transaction=True)
def test_a_lost_row_is_named(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    entries = write(3)
    run(own)
    lose(entries[1:2])
    shutil.rmtree(own.store.root)
    with pytest.raises(Invalid, match="entry_lost"):
        run(own)


@pytest.mark.django_db(transaction=True)
def test_another_sequencer_at_work_is_left_alone(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    write(2)
    with alone(own.store.root) as got:
        assert (got, elsewhere(lambda: run(own))) == (True, 0)
    assert elsewhere(lambda: run(own)) == 2


def test_a_key_change_is_an_entry_of_the_log(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    write(1)
    old = own.key
    take_in(own)
    change = own.signer.book.change_key(at=AT)
    actions.note_key_change(change.text())
    run(own)
    log.name_keys(own.store, [str(key.public) for key in own.signer.book.keys])
    assert read_entries(own.store, 0, 2)[1] == change.text()
    note = parse_signed(own.store.read(CHECKPOINT))[1]
    assert [signed.key for signed in verify(note, [old, change.new])] == [change.new, old]
    policy = log.own_policy(own.store)
    assert policy is not None
    assert list(policy.logs) == [change.new, old]
    own.signer.book.retire()
    log.name_keys(own.store, [str(change.new)])
    write(1, first=1)
    run(own)
    with pytest.raises(Invalid, match="unsigned"):
        verify(parse_signed(own.store.read(CHECKPOINT))[1], [old])
    assert (own.store.read("policy")) == f"log {change.new}\nquorum none\n".encode()


def test_a_key_change_that_does_not_hold_is_not_entered(tmp_path: Path) -> None:
    change = new_log(tmp_path).signer.book.change_key(at=AT)
    other = new_log(tmp_path / "other").signer.book.change_key(at=AT)
    with pytest.raises(Invalid, match="bad_key_change"):
        actions.note_key_change(replace(change, new_signature=other.new_signature).text())
    assert not Entry.objects.exists()


def test_a_new_log_begins_with_all_rows_the_database_has(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    write(300)
    run(own)
    another = new_log(tmp_path / "another")
    write(1, first=300)
    assert run(another) == 301
    whole(another)


def test_what_witnesses_saw_of_the_log_that_ended_is_forgotten_with_it(tmp_path: Path) -> None:
    own = new_log(tmp_path)
    write(2)
    run(own)
    kept = Head.objects.get(name="signed")
    Head.objects.create(name="witnessed", size=2, root=kept.root, note=kept.note, at=AT)
    WitnessState.objects.create(name="maslikhat", size=2)
    write(1, first=2)
    run(own)
    assert (Head.objects.filter(name="witnessed").exists(), WitnessState.objects.count()) == (True, 1)
    another = Log(Direct(open_book(tmp_path / "another", origin="qala.example/log2")), Folder(tmp_path / "log2"))
    assert run(another) == 3
    assert (Head.objects.filter(name="witnessed").exists(), WitnessState.objects.count()) == (False, 0)

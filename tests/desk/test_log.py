"""The administrator's page of the public log."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qyzmet.journal.models import Head, Opening, WitnessState
from qyzmet.journal.signer.wire import Down
from tests.desk.room import Room, text
from tests.journal.books import Log, own_log, take_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/log/"


@pytest.fixture
def own(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Log:
    return own_log(tmp_path, settings, monkeypatch)


def shown(room: Room) -> str:
    answer = room.get("administrator", PAGE)
    assert answer.status_code == 200
    return text(answer)


def test_only_an_administrator_finds_it(own: Log, room: Room) -> None:
    assert room.get("water_head", PAGE).status_code == 404
    assert "/desk/log/" not in text(room.get("water_head", "/desk/help/"))
    assert "/desk/log/" in text(room.get("administrator", "/desk/help/"))


def test_before_and_after_the_first_head(own: Log, room: Room) -> None:
    assert '<svg class="desk-log"' not in shown(room)
    for _ in range(3):
        room.file("application", "water")
    assert ">3, the oldest since" in shown(room)
    take_in(own)
    page = shown(room)
    assert ">3, 15 April 2026" in page
    assert str(own.key) in page
    assert "No witness yet" in page
    assert page.count("<rect") == 2


def test_a_policy_that_cannot_be_read_is_told(own: Log, room: Room) -> None:
    assert "Receipts wait" not in shown(room)
    own.store.write("policy", b"quorum none\nquorum none\n")
    assert "the policy in the log's folder cannot be read. Correct it: Line 2" in shown(room)


def test_what_each_witness_has_seen(own: Log, room: Room) -> None:
    room.file("application", "water")
    take_in(own)
    WitnessState.objects.create(name="maslikhat", size=1, at=room.now, tried_at=room.now)
    WitnessState.objects.create(name="newsroom", problem="503 <busy>", tried_at=room.now)
    Head.objects.create(name="witnessed", size=1, root=b"", note="", at=room.now)
    page = shown(room)
    assert "maslikhat" in page
    assert "503 &lt;busy&gt;" in page
    assert page.count("<rect") == 3


def test_a_sequencer_that_does_not_run_is_told(own: Log, room: Room) -> None:
    room.file("application", "water")
    assert "the sequencer does not run" not in shown(room)
    room.now += timedelta(minutes=2)
    assert "the sequencer does not run" in shown(room)


def test_a_signer_that_is_away_is_told(own: Log, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "does not answer" not in shown(room)
    monkeypatch.setattr("qyzmet.journal.log.signer", lambda timeout=0.0: Away())
    assert "The signer does not answer" in shown(room)


class Away:
    def state(self) -> dict[str, Any]:
        raise Down("away")


def test_a_restored_backup_is_told(own: Log, room: Room) -> None:
    room.file("application", "water")
    take_in(own)
    head = own.store.read("checkpoint").decode().split("\n")
    own.store.write("checkpoint", "\n".join([head[0], "9", *head[2:]]).encode())
    assert "a backup was restored" in shown(room)


def test_a_restored_backup_is_told_when_writers_have_gone_on_beyond_it(own: Log, room: Room) -> None:
    room.file("application", "water")
    take_in(own)
    yesterday = Head.objects.get(name="signed")
    room.file("application", "water")
    take_in(own)
    assert "a backup was restored" not in shown(room)
    yesterday.save()
    for _ in range(2):
        room.file("application", "water")
    lost, *written = Opening.objects.order_by("entry_id")[1:]
    # in the place of what the world was shown stands another row
    Opening.objects.filter(pk=lost.pk).update(index=3)
    for index, opening in enumerate(written, 1):
        Opening.objects.filter(pk=opening.pk).update(index=index)
    room.now += timedelta(minutes=2)
    assert "a backup was restored" in shown(room)
    assert "the sequencer does not run or cannot go on" in shown(room)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_in_every_language(own: Log, room: Room, language: str) -> None:
    room.lang = language
    assert {"kk": "Ашық журнал", "ru": "Открытый журнал"}[language] in shown(room)

import hashlib

import pytest
from django.db import DatabaseError, transaction

from qyzmet.letters import actions, queries
from qyzmet.letters.errors import LetterError
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.text.refusal import Missing
from tests.letters.sample import AT, READER, VALUES, Text, compose

pytestmark = pytest.mark.django_db


def test_a_letter_is_kept_with_the_hash_of_its_words() -> None:
    letter = Letter.objects.get(pk=compose().pk)
    assert letter.text_sha256 == hashlib.sha256(f"{letter.subject}\n\n{letter.body}".encode()).hexdigest()
    assert (letter.to_email, letter.official_name, letter.created_at) == ("asel@example.kz", "Аманов Б. С.", AT)


def test_the_database_refuses_to_change_a_letter() -> None:
    letter = compose()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(body="басқа")
    letter.body = "басқа"
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        letter.save()
    letter.delete()
    assert not Dispatch.objects.exists()


def test_the_address_is_taken_from_the_values_but_not_how_it_was_signed() -> None:
    text = Text("Т", "{follow_url} {signature_note}", ("follow_url", "signature_note"))
    letter = compose(text=text, values={"follow_url": "https://q.example/1", "signature_note": "Демо"})
    assert (letter.follow_url, letter.signature_note) == ("https://q.example/1", "")  # how the appeal was signed
    assert compose(follow_url="https://q.example/2").follow_url == "https://q.example/2"


@pytest.mark.parametrize("change", [{"language": "de"}, {"channels": ["pigeon"]}, {"values": {}}])
def test_nothing_is_kept_of_a_letter_that_cannot_be(change: dict[str, object]) -> None:
    with pytest.raises(LetterError):
        compose(**change)
    assert not Letter.objects.exists()


def test_each_channel_begins_in_its_own_way() -> None:
    letter = compose(channels=["page", "email", "post", "hand", "page"])
    states = {row.channel: (row.state, row.address, row.sent_at) for row in letter.dispatches.all()}
    assert states == {
        "page": ("sent", "", AT),
        "email": ("pending", "asel@example.kz", None),
        "post": ("pending", "Өскемен қ., 7-үй", None),
        "hand": ("pending", "", None),
    }


@pytest.mark.parametrize("email", ["", "nobody", "a@example.kz\nBcc: b@example.kz", "a@example.kz, b@example.kz"])
def test_an_address_that_cannot_be_one_stops_nothing_and_is_listed(email: str) -> None:
    letter = compose(to=actions.Recipient("Ли", "", email), channels=["email", "post"])
    assert [row.error for row in queries.stuck(body_code="education").rows] == ["no_address", "no_address"]
    assert letter.dispatches.count() == 2


def test_queueing_twice_queues_once() -> None:
    letter = compose(channels=[])
    assert not letter.dispatches.exists()
    first = actions.enqueue(letter, channels=["email"], at=AT)
    again = actions.enqueue(letter, channels=["email"], at=AT)
    assert [row.pk for row in first] == [row.pk for row in again]


@pytest.mark.parametrize(
    ("to", "channels"),
    [
        (READER, ["page", "email"]),
        (actions.Recipient("Ли", "Қала", "nobody"), ["page", "post"]),
        (actions.Recipient("Ли"), ["page"]),
    ],
)
def test_ways_by_which_a_reader_can_be_reached(to: actions.Recipient, channels: list[str]) -> None:
    assert actions.channels_for(to) == channels


def test_long_names_are_kept_whole() -> None:
    name = "Ұзын" * 500
    letter = compose(to=actions.Recipient(name), body_names={"kk": name}, values=VALUES | {"applicant_name": name})
    assert Letter.objects.get(pk=letter.pk).to_name == name


def test_a_name_with_characters_no_database_keeps_does_not_hold_the_letter_up() -> None:
    letter = compose(to=actions.Recipient("Ли\x00\ud800", "Қала\x1b", ""), body_names={"kk": "Орган\x00"})
    assert (letter.to_name, letter.to_address, letter.body_names) == ("Ли", "Қала", {"kk": "Орган"})


def test_a_letter_is_found_by_its_own_case_only() -> None:
    letter = compose()
    courtesy = compose(language="en", courtesy_of=letter)
    compose(case_number="2026-0000-0000")
    assert list(queries.letters_of("2026-4K7M-9XQ2")) == [letter, courtesy]
    assert queries.letter(letter.pk, "2026-4K7M-9XQ2") == letter
    for pk, number in ((letter.pk, "2026-0000-0000"), (0, "2026-4K7M-9XQ2")):
        with pytest.raises(Missing):
            queries.letter(pk, number)

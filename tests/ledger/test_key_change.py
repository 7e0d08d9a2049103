"""The entry by which a log changes its key."""

from dataclasses import replace
from datetime import datetime

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.key_change import KeyChange, change_key, parse_key_change
from qyzmet.ledger.keys import signing_key
from tests.ledger.made import AT, LOG, NEXT_LOG, STRANGER, WITNESSES

GOOD = change_key(LOG, NEXT_LOG, at=AT)


def test_a_change_there_and_back() -> None:
    assert GOOD.holds
    assert parse_key_change(GOOD.text()) == GOOD
    assert len(GOOD.text()) < 1000


@pytest.mark.parametrize(
    "change",
    [
        change_key(LOG, LOG, at=AT),
        change_key(LOG, STRANGER, at=AT),
        change_key(LOG, signing_key(LOG.public.name, b"\x07" * 32, WITNESSES[0].public.kind), at=AT),
        replace(GOOD, old_signature=GOOD.new_signature),
        replace(GOOD, new_signature=GOOD.old_signature),
        replace(GOOD, old=NEXT_LOG.public, new=LOG.public),
        replace(GOOD, at=AT.replace(minute=1)),
    ],
    ids=["no change", "another name", "another kind", "not by old", "not by new", "turned round", "another time"],
)
def test_a_change_both_have_not_signed_is_refused(change: KeyChange) -> None:
    assert not change.holds
    with pytest.raises(Invalid, match="bad_key_change"):
        parse_key_change(change.text())


@pytest.mark.parametrize("data", [b"{}", b'{"key":[]}', b'{"key":{},"t":1}', b'{"key":"x","t":"2026-04-15","v":1}'])
def test_what_is_no_change(data: bytes) -> None:
    with pytest.raises(Invalid, match="bad_key_change"):
        parse_key_change(data)
    with pytest.raises(Invalid, match="bad_json"):
        parse_key_change(data[:-1])


def test_a_change_has_one_form() -> None:
    text = GOOD.text()
    for other in (text + b"\n", text.replace(b",", b", ", 1), text.replace(b'"v":1', b'"v":2'), text[:-1] + b',"x":1}'):
        with pytest.raises(Invalid, match="bad_key_change"):
            parse_key_change(other)


def test_a_time_has_a_zone() -> None:
    naive = datetime(2026, 4, 15, 5, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="has a zone"):
        replace(GOOD, at=naive).text()
    with pytest.raises(Invalid, match="bad_key_change"):
        parse_key_change(GOOD.text().replace(b"+00:00", b""))

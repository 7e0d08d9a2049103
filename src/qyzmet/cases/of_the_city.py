"""What stands in the public log though it belongs to no case: an order that moves a day, a statement of a body."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body
from qyzmet.cases.models import CalendarOrder
from qyzmet.cases.seen import Reader
from qyzmet.journal import actions as journal
from qyzmet.journal.models import Entry
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Missing, Refused


def administers(who: Reader) -> None:
    """Whoever is administrator of no body does not know that the calendar can be changed: `Missing`."""
    if not who.bodies("administrator"):
        raise Missing


def may_move_days(who: Reader) -> bool:
    """Whether the reader is administrator of the city's top body: an order moves the days of every body."""
    return bool(who.bodies("administrator")) and who.has(bodies.intake_body().pk, "administrator")


def moves_days(who: Reader) -> None:
    """`Missing` as `administers`; Refused(only_top_body_moves_days) for the administrators of other bodies."""
    administers(who)
    if not may_move_days(who):
        raise Refused("only_top_body_moves_days")


def order_content(row: CalendarOrder) -> dict[str, Any]:
    """What the log keeps of an order: all that stands in the row, the note as a hash."""
    days = {"off_on": row.off_on, "worked_on": row.worked_on, "dated": row.dated}
    return {
        "event": "take_back" if row.cancels else "move_day",
        "order": row.n,
        "version": row.version,
        "number": row.number,
        "url": row.url,
        "cancels": row.cancels.n if row.cancels else None,
        "note": sha(row.note),
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def statement_content(body: Body, texts: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What the log keeps of a statement: the body and a hash a language."""
    hashes = {f"statement_{one['lang']}": sha(f"{one['title']}\n{one['text']}") for one in texts}
    return {"event": "statement", "body": body.code, **hashes}


def withdrawal_content(body: Body, reason: str) -> dict[str, Any]:
    """What the log keeps of a statement's withdrawal."""
    return {"event": "withdraw_statement", "body": body.code, "note": sha(reason)}


def keep_row(content: Mapping[str, Any], *, at: datetime, after: Entry | None = None) -> Entry:
    """Append the row, in the caller's transaction; `after`: the row of the same matter before it."""
    return journal.record(at=at, row=journal.Row(content, prev=bytes(after.leaf_hash) if after else None))

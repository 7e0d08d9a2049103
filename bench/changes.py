"""What a copy of a told case has for itself, and how each field of its rows takes it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from bench.people import Applicant
from qyzmet.cases.models import Case, Party
from qyzmet.journal.models import Entry, Opening
from qyzmet.ledger import leaf_hash
from qyzmet.letters.models import Dispatch, Letter


@dataclass
class Own:
    """What one copy has for itself."""

    number: str
    code_hash: str
    applicant: Applicant
    people: dict[str, int]
    """Part ("home.registrar", "accused") -> person."""
    bodies: dict[str, Any]
    """"home" | "above" | "other" -> body."""
    accused_post: int | None
    barred: frozenset[int]
    random: bytes
    """32 bytes from which the salts follow."""
    ids: list[int] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)


Change = Callable[[Own, list[Any]], Any]


def at(place: int) -> Change:
    return lambda own, _: own.ids[place]


def person(part: str) -> Change:
    return lambda own, _: own.people[part]


def body(part: str) -> Change:
    return lambda own, _: own.bodies[part].pk


def _number(text: str, told: Case) -> Change:
    parts = text.split(told.number)
    if len(parts) == 1:
        return lambda own, _: text
    return lambda own, _: own.number.join(parts)


def _entry_leaf(moved: Any, row: Any) -> Change:
    """The leaf as the journal makes it: commitment over salt and content, chained to the leaf before."""
    told, number = moved.told, moved.told.entries.index(row.pk)
    old = json.loads(row.leaf)
    text = _swapped(row.leaf, "t", old["t"], (row.at + moved.span).isoformat(timespec="milliseconds"))
    if "d" in old and moved.due_on:
        text = _swapped(text, "d", old["d"], moved.due_on.isoformat())
    before, _, after = text.partition(old["c"])
    between, _, end = after.partition(old["p"]) if number else (after, "", "")
    content = _content(moved, told.entries[number]) if told.case.is_open else lambda own: own.number

    def change(own: Own, _: list[Any]) -> str:
        commitment = hashlib.sha256(_salt(own, number) + content(own).encode()).hexdigest()
        leaf = before + commitment + between + (own.leaves[-1].hex() + end if number else "")
        own.leaves.append(leaf_hash(leaf.encode()))
        return leaf

    return change


def _swapped(text: str, name: str, old: str, new: str) -> str:
    """A field of canonical JSON with another value."""
    return text.replace(f'"{name}":"{old}"', f'"{name}":"{new}"')


def _salt(own: Own, number: int) -> bytes:
    return hashlib.sha256(own.random + number.to_bytes(2, "big")).digest()


def _content(moved: Any, entry: int) -> Callable[[Own], str]:
    """Canonical content of a row with the number and body of the copy, and the day of the moved case."""
    told, text = moved.told, moved.told.row(Opening, entry).content
    old = json.loads(text)
    if old.get("due_on") and moved.due_on:
        text = _swapped(text, "due_on", old["due_on"], moved.due_on.isoformat())
    part = told.codes[old["body"]]
    # "body" sorts before "case" in the canonical form
    before, _, rest = text.partition(f'"body":"{old["body"]}"')
    between, _, after = rest.partition(f'"case":"{old["case"]}"')
    return lambda own: f'{before}"body":"{own.bodies[part].code}"{between}"case":"{own.number}"{after}'


def _opening_content(moved: Any, row: Any) -> Change:
    content = _content(moved, row.entry_id)
    return lambda own, _: content(own)


def _opening_salt(moved: Any, row: Any) -> Change:
    number = moved.told.entries.index(row.entry_id)
    return lambda own, _: _salt(own, number)


def _dispatch_key(told: Any, row: Any) -> Change:
    place = told.place[Letter, row.letter_id]
    return lambda own, _: f"letter-{own.ids[place]}-{row.channel}"


def _written_by(told: Any, row: Any) -> Change:
    part = told.codes[row.body_code]
    return lambda own, _: own.bodies[part].code


def _named(told: Any, row: Any) -> Change | None:
    if not told.case.is_open:
        return None
    part = told.codes[row.body_code]
    return lambda own, _: own.bodies[part].names_json


def _numbered(name: str) -> "Special":
    """A text in which the case's number may stand."""
    return lambda told, row: _number(getattr(row, name), told.case)


def _taken(name: str) -> "Special":
    """A field of the applicant."""
    return lambda told, row: lambda own, _: getattr(own.applicant, name)


def _own(name: str) -> "Special":
    return lambda told, row: lambda own, _: getattr(own, name)


Special = Callable[[Any, Any], Change | None]
SPECIAL: dict[tuple[type[models.Model], str], Special] = {
    (Case, "number"): _own("number"),
    (Case, "code_hash"): _own("code_hash"),
    (Case, "applicant_name"): _taken("name"),
    (Case, "applicant_key"): _taken("key"),
    (Case, "applicant_fold"): _taken("fold"),
    (Party, "name"): _taken("name"),
    (Party, "name_fold"): _taken("fold"),
    (Party, "iin"): _taken("iin"),
    (Party, "address"): _taken("address"),
    (Party, "residence"): _taken("address"),
    (Party, "email"): _taken("email"),
    (Party, "phone"): _taken("phone"),
    (Letter, "case_number"): _own("number"),
    (Letter, "body_code"): _written_by,
    (Letter, "body_names"): _named,
    (Letter, "subject"): _numbered("subject"),
    (Letter, "body"): _numbered("body"),
    (Letter, "follow_url"): _numbered("follow_url"),
    (Letter, "to_name"): _taken("name"),
    (Dispatch, "key"): _dispatch_key,
    (Dispatch, "body_code"): _written_by,
}
CHAINED: dict[tuple[type[models.Model], str], Callable[[Any, Any], Change]] = {
    (Entry, "leaf"): _entry_leaf,
    (Entry, "leaf_hash"): lambda moved, row: lambda own, _: own.leaves[-1],
    (Opening, "content"): _opening_content,
    (Opening, "salt"): _opening_salt,
}
"""What depends on the dates; the case's own `last_leaf` is known when its entries are made (`rows_of`)."""

"""What an appeal lacks by law (APPC 63(2), 93). A defect never stops intake; it is named, and can be cured."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from qyzmet import law
from qyzmet.text.ids import check_bin, check_iin

SEEN_BY_ITSELF = frozenset({"no_name", "no_postal_address", "no_signature", "wrong_iin", "wrong_bin", "no_residence"})
"""Defects found from what was given; the others only a reader can see."""
FIELDS = {
    "no_name": "name",
    "no_postal_address": "address",
    "wrong_iin": "iin",
    "wrong_bin": "bin",
    "no_residence": "residence",
}
"""Defect -> the person's own datum that cures it."""
NUMBERS = {"iin": check_iin, "bin": check_bin}


class Given(Protocol):
    """What of a person the rules look at."""

    @property
    def name(self) -> str: ...
    @property
    def is_company(self) -> bool: ...
    @property
    def iin(self) -> str: ...
    @property
    def bin(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def residence(self) -> str: ...


One = TypeVar("One", bound=Given)


def find_defects(procedure: law.Procedure, people: Sequence[Given], signature: str) -> list[str]:
    """Codes of the procedure's defects that this appeal has, in the procedure's own order."""
    first = people[0]
    has = {
        "no_name": not first.name,
        "no_postal_address": not first.address,
        "no_signature": signature == "unsigned",
        "wrong_iin": any(_is_wrong(one, "iin") for one in people),
        "wrong_bin": any(_is_wrong(one, "bin") for one in people),
        "no_residence": not (first.residence or first.is_company),
    }
    return [code for code in procedure.defects if has.get(code)]


def whose(people: Sequence[One], field: str) -> One:
    """Of several people the one to whom a datum given later belongs: whose number is wrong, else who filed."""
    return next((one for one in people if field in NUMBERS and _is_wrong(one, field)), people[0])


def _is_wrong(one: Given, field: str) -> bool:
    given = getattr(one, field)
    return bool(given and NUMBERS[field](given))

"""What an appeal lacks by law (APPC 63(2), 93). A defect never stops intake; it is named, and can be cured."""

from collections.abc import Sequence
from typing import Protocol

from qyzmet import law
from qyzmet.text.ids import check_bin, check_iin

SEEN_BY_ITSELF = frozenset({"no_name", "no_postal_address", "no_signature", "wrong_iin", "wrong_bin", "no_residence"})
"""Defects found from what was given; the others only a reader can see."""


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


def find_defects(procedure: law.Procedure, people: Sequence[Given], signature: str) -> list[str]:
    """Codes of the procedure's defects that this appeal has, in the procedure's own order."""
    first = people[0]
    has = {
        "no_name": not first.name,
        "no_postal_address": not first.address,
        "no_signature": signature == "unsigned",
        "wrong_iin": any(one.iin and check_iin(one.iin) for one in people),
        "wrong_bin": any(one.bin and check_bin(one.bin) for one in people),
        "no_residence": not (first.residence or first.is_company),
    }
    return [code for code in procedure.defects if has.get(code)]

"""The lists of a procedure, whatever they are called: grounds, defects, duties and what else has names and sources."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from qyzmet.law.procedure import Procedure

APART = ("states", "steps", "outcomes", "terms")
"""Parts with a form of their own."""


def lists(procedure: Procedure) -> dict[str, tuple[Any, ...]]:
    """Name of the list -> its entries, each with `code`, `name` and `source`; empty ones are left out."""
    parts = {part.name: getattr(procedure, part.name) for part in fields(procedure) if part.name not in APART}
    found = {name: tuple(part.values()) for name, part in parts.items() if isinstance(part, Mapping) and part}
    return {name: entries for name, entries in found.items() if all(hasattr(one, "source") for one in entries)}


def opening(procedure: Procedure) -> tuple[str, ...]:
    """The roles that may begin a case, in the order of the file."""
    roles = (role for step in procedure.steps.values() if not step.from_ for role in step.who)
    return tuple(dict.fromkeys(roles))

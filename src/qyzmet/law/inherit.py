"""Joining a folder with the procedure it extends: what the child says wins, key by key; `without` takes away."""

from dataclasses import dataclass
from typing import Any

from qyzmet.law.errors import LawError
from qyzmet.law.procedure import BEGINS
from qyzmet.law.read_procedure import SECTIONS, Entry, Folder


@dataclass
class Joined:
    """A folder together with all it extends, still as plain entries."""

    folder: Folder
    chain: tuple[str, ...]
    begins: str
    sections: dict[str, dict[str, Entry]]
    terms: dict[str, dict[str, Any]]
    gone_states: frozenset[str]
    gone_terms: frozenset[str]


def join(code: str, folders: dict[str, Folder], terms: dict[str, dict[str, dict[str, Any]]]) -> Joined:
    """The procedure `code` with everything it inherits."""
    return _join(code, folders, terms, ())


def _join(
    code: str, folders: dict[str, Folder], terms: dict[str, dict[str, dict[str, Any]]], seen: tuple[str, ...]
) -> Joined:
    own = folders[code]
    if own.extends is None:
        if own.without:
            raise LawError(own.file, "without", "nothing: the procedure extends none")
        begins = own.begins or BEGINS[0]
        return Joined(own, (code,), begins, own.sections, terms.get(code, {}), frozenset(), frozenset())
    if own.extends not in folders or own.extends in (*seen, code):
        others = sorted(set(folders) - {code, *seen})
        raise LawError(own.file, "extends", "one of: " + ", ".join(others) + "; never in a circle")
    above = _join(own.extends, folders, terms, (*seen, code))
    return _over(above, own, terms.get(code, {}))


def _over(above: Joined, own: Folder, terms: dict[str, dict[str, Any]]) -> Joined:
    gone = {name: frozenset(codes) for name, codes in own.without.items()}
    for name, codes in gone.items():
        there = above.terms if name == "terms" else above.sections[name]
        for code in sorted(codes - set(there)):
            raise LawError(own.file, f"without.{name}.{code}", "one of: " + ", ".join(there))
    sections = {
        section: _merged(above.sections[section], own.sections[section], gone.get(section, frozenset()))
        for section in SECTIONS
    }
    return Joined(
        folder=own,
        chain=(own.code, *above.chain),
        begins=own.begins or above.begins,
        sections=sections,
        terms=_merged(above.terms, terms, gone.get("terms", frozenset())),
        gone_states=above.gone_states | gone.get("states", frozenset()),
        gone_terms=above.gone_terms | gone.get("terms", frozenset()),
    )


def _merged(above: dict[str, Entry], own: dict[str, Entry], gone: frozenset[str]) -> dict[str, Entry]:
    merged = {code: dict(entry) for code, entry in above.items() if code not in gone}
    for code, entry in own.items():
        merged[code] = merged.get(code, {}) | entry
    return merged

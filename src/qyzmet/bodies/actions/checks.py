"""What several actions of the room ask before they write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction

from qyzmet.bodies.models import Body, Person, Role
from qyzmet.bodies.models.dated import covers
from qyzmet.text.languages import LANGS, Words
from qyzmet.text.refusal import Refused


def period(since: date, until: date | None) -> None:
    """Raises `ends_before_it_begins` unless the last day is the first day or later."""
    if until is not None and until < since:
        raise Refused("ends_before_it_begins", kind="input", since=since.isoformat(), until=until.isoformat())


def complete(names: Words) -> dict[str, str]:
    """The name columns for `names`; raises `name_missing` where a language has none."""
    for lang in LANGS:
        if not names.get(lang, "").strip():
            raise Refused("name_missing", kind="input", language=lang)
    return {f"name_{lang}": names[lang].strip() for lang in LANGS}


def columns(prefix: str, words: Words | None) -> dict[str, str]:
    """`words` as columns `<prefix>_kk`, `_ru`, `_en`; what is not given is empty."""
    return {f"{prefix}_{lang}": (words or {}).get(lang, "").strip() for lang in LANGS}


@contextmanager
def unique(refusal: str, *, taken: str) -> Iterator[None]:
    """Turns the database's word that something exists already into that refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as known:
        raise Refused(refusal, kind="input", taken=taken) from known


def governs(by: Person | None, body: Body, on: date) -> None:
    """Raises `not_administrator` unless `by` is an administrator of `body` on the day. None = set-up, no person."""
    if by is None:
        return
    held = Role.objects.filter(covers(on), person=by, body=body, role=Role.Kind.ADMINISTRATOR)
    if not held.exists():
        raise Refused("not_administrator")


def not_for_oneself(by: Person | None, person: Person) -> None:
    """Raises `right_for_oneself`: nobody gives a right to himself."""
    if by is not None and by.pk == person.pk:
        raise Refused("right_for_oneself")

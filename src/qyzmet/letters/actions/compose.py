"""Writes a letter. There is no action that edits one."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from qyzmet import rows
from qyzmet.letters.actions.enqueue import enqueue_all, enqueue_new
from qyzmet.letters.errors import LetterError
from qyzmet.letters.fill import fill
from qyzmet.letters.models import Letter
from qyzmet.letters.parties import LetterText, Official, Recipient
from qyzmet.text.clean import one_line
from qyzmet.text.languages import LANGS


@transaction.atomic
def compose(*, channels: Iterable[str], at: datetime, **letter: Any) -> Letter:
    """Write a letter (see `write`), keep it and queue it on every channel (none: queue it later with `enqueue`).

    Raises `LetterError` as `write` does, and for an unknown channel.
    """
    return keep(write(at=at, **letter), channels=channels)


def keep(letter: Letter, *, channels: Iterable[str]) -> Letter:
    """Keep a letter that was written before the transaction, and queue it."""
    rows.insert(letter)
    enqueue_new(letter, channels=channels, at=letter.created_at)
    return letter


def keep_all(written: Sequence[tuple[Letter, Iterable[str]]]) -> None:
    """Keep letters with their channels as `keep` does, with as many statements as for one."""
    rows.insert_all([letter for letter, _ in written])
    enqueue_all(written)


def write(
    *,
    kind: str,
    case_number: str,
    body_code: str,
    body_names: Mapping[str, str],
    language: str,
    text: LetterText,
    values: Mapping[str, str],
    to: Recipient,
    official: Official,
    at: datetime,
    body_address: str = "",
    follow_url: str = "",
    signature_note: str = "",
    courtesy_of: Letter | None = None,
    demo: bool = False,
) -> Letter:
    """A letter of the filled `text`, kept nowhere yet.

    `kind` is the letter's code. `follow_url` and `body_address` default to the values of those names;
    `signature_note` says how this letter was signed (the placeholder of that name, how the appeal was).
    Raises `LetterError` for an unknown language or placeholder and for a value that is missing.
    """
    if language not in LANGS:
        raise LetterError(kind, language, f"language must be one of {', '.join(LANGS)}")
    subject, body = fill(kind, language, text, values)
    letter = Letter(
        case_number=case_number,
        body_code=body_code,
        body_names={lang: one_line(name) for lang, name in body_names.items()},
        body_address=one_line(body_address or values.get("body_address", "")),
        kind=kind,
        language=language,
        to_name=one_line(to.name),
        to_address=one_line(to.address),
        to_email=one_line(to.email),
        subject=subject,
        body=body,
        created_at=at,
        official_name=one_line(official.name),
        official_post=one_line(official.post),
        signature_note=one_line(signature_note),
        demo=demo,
        follow_url=one_line(follow_url or values.get("follow_url", "")),
        courtesy_of=courtesy_of,
    )
    letter.text_sha256 = hashlib.sha256(letter.text.encode()).hexdigest()
    return letter

"""Puts values into a text. Strict: nothing unknown, nothing missing, and a value never means anything but itself."""

import re
from collections.abc import Mapping
from functools import lru_cache

from qyzmet.letters.errors import LetterError
from qyzmet.letters.paragraphs import without_headings
from qyzmet.letters.parties import LetterText
from qyzmet.text.clean import one_line, printable, tidy

PLACEHOLDERS = frozenset(
    {
        "number",
        "registered_on",
        "received_at",
        "kind_name",
        "body_name",
        "body_address",
        "applicant_name",
        "applicant_address",
        "official_name",
        "official_post",
        "today",
        "due_on",
        "due_before",
        "due_why",
        "rule",
        "subject",
        "outcome_name",
        "questions_and_answers",
        "facts",
        "decision",
        "ground",
        "complaint_body",
        "complaint_term",
        "complaint_order",
        "new_body_name",
        "defects",
        "cure_until",
        "extended_until",
        "extension_reason",
        "hearing_when",
        "hearing_where",
        "objection_until",
        "reason",
        "receiver_name",
        "receiver_post",
        "follow_url",
        "part_text",
        "signature_note",
        "stands_since",
    }
)
"""Every placeholder a letter may have; their values come ready in the letter's language."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(code: str, language: str, text: LetterText, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject (one line) and body of letter `code`; raises `LetterError` for anything unknown or missing."""
    _refuse_unknown(code, language, {*text.placeholders, *values})
    subject = one_line(_put(code, language, text.subject, values))
    body = tidy(re.sub(r"\n{3,}", "\n\n", _put(code, language, text.body, values)))
    if not subject or not body:
        raise LetterError(code, language, "subject and body must not be empty")
    return subject, body


def _refuse_unknown(code: str, language: str, names: set[str]) -> None:
    for name in sorted(names - PLACEHOLDERS):
        raise LetterError(code, language, "is not a known placeholder", name)


@lru_cache(maxsize=512)
def _is_whole(template: str) -> bool:
    """Whether every brace belongs to a placeholder; the texts of the law are few, and asked about with each letter."""
    return not set("{}") & set(_PLACEHOLDER.sub("", template))


def _put(code: str, language: str, template: str, values: Mapping[str, str]) -> str:
    """One pass from left to right, so that a value that looks like a placeholder stays as it is."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in PLACEHOLDERS:
            _refuse_unknown(code, language, {name})
        if not isinstance(values.get(name), str):
            raise LetterError(code, language, "has no value", name)
        return without_headings(printable(values[name]))

    if not _is_whole(template):
        raise LetterError(code, language, "a brace stands outside of a placeholder; write {name}")
    return _PLACEHOLDER.sub(value, template.replace("\r\n", "\n"))

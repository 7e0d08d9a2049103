"""What can go wrong: a file of the law that is written wrongly, or a question the law as written cannot answer."""

from datetime import date
from typing import Any, NamedTuple

from qyzmet.law.sentences import count_words, long_date, rule_words, say, unit_words


class LawError(Exception):
    """A file of the law is wrong: `file` and `key` say where, `allowed` what may stand there."""

    def __init__(self, file: str, key: str, allowed: str) -> None:
        super().__init__(file, key, allowed)
        self.file, self.key, self.allowed = file, key, allowed

    def said(self, lang: str) -> str:
        """The error in words of `lang`; names of files, keys and forms stay as they are."""
        return say("error", "bad_file", lang, file=self.file, key=self.key, allowed=self.allowed)

    def __str__(self) -> str:
        return self.said("en")


class QuestionError(LawError):
    """The files are right, but they do not answer this question. `code` names the entry in `sentences.toml`."""

    def __init__(self, code: str, /, **values: Any) -> None:
        super().__init__("", "", "")
        self.code, self.values = code, values

    def said(self, lang: str) -> str:
        """The error in words of `lang`."""
        return say("error", self.code, lang, **{key: _worded(value, lang) for key, value in self.values.items()})


class OutOfCalendar(QuestionError):
    """The question needs a day before the first or after the last one of the calendar."""


class UnknownProcedure(QuestionError):
    """There is no such procedure."""


class UnknownTerm(QuestionError):
    """The procedure has no such term."""


class NoRedaction(QuestionError):
    """No redaction of the rule is known for the day asked about, or it is unverified and not switched on."""


class BadCount(QuestionError):
    """The length of a term was given where the law sets it, is missing where the body sets it, or is not allowed."""


class MomentNeeded(QuestionError):
    """A term in hours needs the moment of the event, not only its day."""


class BadSuspension(QuestionError):
    """An interval in which a term stood is not one the law knows for it."""


class Rule(NamedTuple):
    """An act and an article, as a value of an error."""

    act: str
    article: str


class Amount(NamedTuple):
    """So many of a unit, or the unit alone, as a value of an error."""

    number: int | None
    unit: str


def _worded(value: Any, lang: str) -> object:
    if isinstance(value, date):
        return long_date(value, lang)
    if isinstance(value, Rule):
        return rule_words(*value, lang)
    if isinstance(value, Amount):
        return unit_words(value.unit, lang) if value.number is None else count_words(value.number, value.unit, lang)
    return value

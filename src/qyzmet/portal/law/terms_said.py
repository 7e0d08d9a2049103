"""The terms of a procedure as a reader sees them: every redaction with its length, its counting and its source."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qyzmet.law import Procedure, Source, Term, Value
from qyzmet.law.sentences import count_words, long_date, say
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.law import said

HOUSE = "house"
"""The act of a rule that is this desk's own: no law says it, so none is linked."""


def term_meant(procedure: Procedure) -> Term | None:
    """The term people mean where they name none: the decision, else the first of the file."""
    return procedure.terms.get("decision") or next(iter(procedure.terms.values()), None)


def all_terms(procedure: Procedure, on: date, *, only: bool) -> list[dict[str, Any]]:
    """Every term. `on`: the day for which the redaction in force is marked; `only`: leave the others out."""
    return [_term(term, on, only=only) for term in procedure.terms.values()]


def _term(term: Term, on: date, *, only: bool) -> dict[str, Any]:
    shown = [value for value in term.values if value.holds(on)] if only else list(reversed(term.values))
    return {
        "key": term.key,
        "name": term.name[lang()],
        "event": say("event", term.from_, lang()),
        "whose": said.WHOSE[term.whose],
        "values": [_value(term, value, on) for value in shown],
    }


def _value(term: Term, value: Value, on: date) -> dict[str, Any]:
    return {
        "since": long_date(value.valid_from, lang()),
        "until": long_date(value.valid_to, lang()) if value.valid_to else "",
        "now": value.holds(on),
        "length": length(value),
        "counted": _counted(value),
        "source": source(value.source),
        "unsure": _unsure(value),
        "off": value.source.status == "unverified" and not term.enabled,
        "note": value.note.get(lang(), ""),
    }


def length(value: Value) -> str:
    """'15 working days', or the bounds of a length that the body chooses."""
    if value.count is not None:
        return count_words(value.count, value.unit, lang())
    least, most = count_words(value.least, value.unit, lang()), count_words(value.most, value.most_unit, lang())
    return _("set by the body: at least %(least)s, at most %(most)s") % {"least": least, "most": most}


def _counted(value: Value) -> list[Any]:
    words = [said.FIRST_DAY[value.first_day], said.ROLL[value.roll]] if value.unit != "hours" else []
    return [*words, said.BACKWARD] if value.direction == "backward" else words


def _unsure(value: Value) -> dict[str, str] | None:
    if value.unsure is None:
        return None
    since, until = long_date(value.unsure.since, lang()), long_date(value.unsure.until, lang())
    return {"since": since, "until": until, "status": value.unsure.status}


def source(found: Source) -> dict[str, Any]:
    """Act and article, where to read them, when they were checked, how sure."""
    readable = found.act != HOUSE and found.url.startswith("https://")
    return {
        "words": found.said(lang()),
        "url": found.url if readable else "",
        "checked": long_date(found.checked, lang()),
        "status": found.status,
        "status_words": say("status", found.status, lang()),
    }

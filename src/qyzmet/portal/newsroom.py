"""A newsroom's place in words: each inquiry with its clock, the next step the law gives, the text to complain with."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qyzmet.cases import queries
from qyzmet.cases.newsrooms import CAPACITIES
from qyzmet.cases.queries import Asked
from qyzmet.cases.rules import procedure
from qyzmet.portal import clocks
from qyzmet.portal.forms.fields import lang
from qyzmet.text.dates import local, long_date
from qyzmet.text.languages import known


def context(newsroom: Any, found: Sequence[Asked]) -> dict[str, Any]:
    """Everything the place shows."""
    return {
        "newsroom": newsroom,
        "signers": [(one, CAPACITIES[one.capacity]) for one in queries.signers(newsroom)],
        "rows": [_row(n, one) for n, one in enumerate(found, 1)],
        "clock": clocks.drawing(found, local(timezone.now()).date()),
    }


def _row(n: int, one: Asked) -> dict[str, Any]:
    due = one.extension or one.first
    return {
        "n": n,
        "asked": one,
        "case": one.case,
        "state": procedure(one.case.procedure).states[one.case.state],
        "due": due,
        "next": _next(one),
        "complain": reverse("portal:answer", args=[one.case.number, "complain_further"]) if one.may_complain else "",
        "complaint": one.complaint.number if one.complaint else "",
    }


def _next(one: Asked) -> list[str]:
    """What comes next, and where one may complain: the same way that the letters of the case name."""
    lines = []
    if one.case.is_open and one.extended_at:
        lines.append(_("The term was extended on %(day)s.") % {"day": _day(one.extended_at)})
    if one.case.is_open:
        lines.append(_("If no answer comes by the last day, that counts as a refusal, and you may complain at once."))
    elif one.case.state == "deemed_refused":
        lines.append(_("No answer came in time: by law this counts as a refusal."))
    if one.complaint:
        lines.append(_("You complained: case %(number)s.") % {"number": one.complaint.number})
    elif one.case.is_open or one.may_complain:
        way = one.way.told(lang())
        lines.append(_("Where to complain: %(body)s; within %(term)s.") % {"body": way.body, "term": way.term})
    return lines


def _day(at: Any) -> str:
    return long_date(local(at).date(), known(translation.get_language() or "kk"))


def prepared(case: Any, step: str) -> dict[str, str]:
    """What stands in the form of a complaint about a newsroom's inquiry before anything is typed; else nothing."""
    if step != "complain_further" or not queries.is_inquiry(case):
        return {}
    (one,) = queries.clocks([case.inquiry], local(timezone.now()).date())
    with translation.override(known(case.language)):
        return {"text": "\n\n".join(_complaint(one))}


def _complaint(one: Asked) -> list[str]:
    """The complaint in the language of the inquiry."""
    case, spoken, due = one.case, known(one.case.language), one.first
    lines = [
        _("On %(day)s our newsroom sent the inquiry %(number)s to this body: %(body)s.")
        % {"day": long_date(case.registered_on, spoken), "number": case.number, "body": case.body.name(spoken)}
    ]
    if due:
        rule = procedure(case.procedure).terms["decision"].value_on(due.as_of).source.said(spoken)
        given = {"day": long_date(due.on, spoken), "rule": rule}
        lines.append(_("The answer was due by %(day)s (%(rule)s).") % given)
    if one.extension and one.extended_at:
        given = {"day": _day(one.extended_at), "until": long_date(one.extension.on, spoken)}
        lines.append(_("On %(day)s the term was extended until %(until)s.") % given)
    return [*lines, *_ending(one)]


def _ending(one: Asked) -> list[str]:
    if one.case.state == "deemed_refused":
        return [
            _("No answer came in time. By law this counts as a refusal, and we complain of it."),
            _("We ask that the silence be found unlawful and that each question of the inquiry be answered."),
        ]
    return [
        _("We do not agree with how the inquiry ended, because: …"),
        _("We ask that each question of the inquiry be answered in substance."),
    ]

"""The page of a case as its owner reads it: what happened, what comes next, by when and why."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qyzmet import law
from qyzmet.cases import queries
from qyzmet.cases.queries import Followed
from qyzmet.cases.rules import procedure, rules
from qyzmet.portal import talon
from qyzmet.portal.answers import ANSWERS, offered
from qyzmet.portal.forms.fields import lang
from qyzmet.text.dates import count_words, local, long_date, long_moment
from qyzmet.text.languages import known

NEXT: dict[str, Any] = {
    "registered": gettext_lazy(
        "The body gives the appeal to an official who works on it. If another body must decide, yours is passed on and "
        "you are told."
    ),
    "at_challenged": gettext_lazy(
        "The body complained of may do all that you ask. If it does not, it passes the complaint with the file to the "
        "body above it."
    ),
    "curing": gettext_lazy("The body waits for you: something is missing. The letter says what."),
    "in_work": gettext_lazy("An official looks into the matter and prepares the answer."),
    "preliminary": gettext_lazy(
        "You were told beforehand what the body is going to decide. You may object or ask for an oral hearing."
    ),
    "hearing": gettext_lazy("You will be heard in person. The body sets the time and place and invites you by letter."),
    "on_approval": gettext_lazy("The answer is written and is being checked by a second official."),
    "for_signature": gettext_lazy("The answer is checked and waits for the signature."),
    "signed": gettext_lazy("The answer is signed and is about to be sent to you."),
    "answered": gettext_lazy(
        "The answer was sent: it stands among the letters. If you do not agree, you may complain."
    ),
    "satisfied": gettext_lazy("The body did all that you asked for in your complaint."),
    "returned": gettext_lazy("The appeal was returned; the letter says why. You may file it again or complain."),
    "terminated": gettext_lazy("The procedure ended without a decision; the letter says why. You may complain."),
    "withdrawn": gettext_lazy(
        "You withdrew the appeal. You may file it again. If somebody made you withdraw it, you may complain."
    ),
    "deemed_refused": gettext_lazy(
        "The body did not decide in time. By law this counts as a refusal, and you may complain of it."
    ),
    "court_route": gettext_lazy("Nobody in the city may decide this. The letter explains the way to court."),
}
WHO = {
    "applicant": gettext_lazy("You"),
    "accused": gettext_lazy("The person complained of"),
    "system": gettext_lazy("By itself, by the calendar"),
}


def context(view: Followed) -> dict[str, Any]:
    """Everything the page shows."""
    case = view.case
    kind = procedure(case.procedure)
    deadlines = [talon.explained(one, case.procedure) for one in view.deadlines]
    return {
        "case": case,
        "kind": kind,
        "state": kind.states[case.state],
        "next": _next(view),
        "mine": [one for one in deadlines if one["whose"] == "applicant"],
        "theirs": [one for one in deadlines if one["whose"] != "applicant"],
        "standing": _standing(view),
        "items": [_item(view, step) for step in reversed(view.steps)],
        "letters": view.letters,
        "decision": next((one for one in reversed(view.letters) if one.kind.startswith("answer")), None),
        "papers": view.papers,
        "parties": view.parties,
        "children": view.children,
        "hearing": view.hearing if view.hearing and view.hearing.held_at else None,
        "defects": [kind.defects[one].name for one in case.defects if one in kind.defects and case.is_open],
        # an outcome that is signed and not sent is no answer yet
        "outcome": kind.outcomes[case.outcome].name if case.outcome in kind.outcomes and not case.is_open else None,
        "answers": [_link(case.number, code) for code in offered(view)],
        "court": kind.chapter == "complaint" and not case.is_open and case.state != "withdrawn",
    }


def _standing(view: Followed) -> list[dict[str, str]]:
    """Why there is no last day: what the clock waits for, since when, and by which rule."""
    if view.case.stands_since is None:
        return []
    rule, as_of = procedure(view.case.procedure), view.case.registered_on
    return [
        {"since": long_date(row.first, lang()), "cause": cause.name[lang()], "rule": cause.source.said(lang())}
        for row in view.standstills
        if row.last is None and (cause := law.cause_named(rule, row.cause, as_of))
    ]


def _next(view: Followed) -> Any:
    """What comes next; of a hearing that is set, when and where."""
    hearing = view.hearing
    if view.case.state == "hearing" and hearing and hearing.held_at is None:
        at = long_moment(hearing.set_for, known(lang()))
        said = _("You will be heard in person: %(at)s, %(place)s. You may come with a representative or send one.")
        return said % {"at": at, "place": hearing.place}
    return NEXT.get(view.case.state, "")


def _link(number: str, code: str) -> dict[str, Any]:
    title = _("Confirm your signature") if code == "confirm_signature" else ANSWERS[code].title
    return {"href": reverse("portal:answer", args=[number, code]), "title": title, "code": code}


def _item(view: Followed, step: Any) -> dict[str, Any]:
    case = view.case
    names = procedure(case.procedure).steps
    by_person = step.actor in ("applicant", "accused")
    return {
        "title": names[step.code].name[lang()] if step.code in names else step.code,
        "at": step.at,
        "by": _who(view, step),
        "text": "\n\n".join(part for part in (_result(step), step.note) if part),
        "lang": case.language if by_person else case.answer_language,
    }


def _result(step: Any) -> str:
    """What was decided about a motion, which the reason alone does not say; the stars of a rating."""
    if step.facts.get("stars"):
        return _("%(stars)s of 5") % {"stars": step.facts["stars"]}
    if "granted" not in step.facts:
        return ""
    return _("The motion is granted.") if step.facts["granted"] else _("The motion is not granted.")


def _who(view: Followed, step: Any) -> Any:
    """You, the calendar, or the body that took the step: the one that had the case before it went elsewhere."""
    sent = step.actor == "system" and step.facts.get("from") and step.n == 1
    return view.acting[step.pk].name(lang()) if sent else WHO.get(step.actor) or view.acting[step.pk].name(lang())


def route(view: Followed) -> dict[str, Any]:
    """The way and the term of a further complaint, for the page that takes it."""
    case = view.case
    term = rules().procedure("complaint").terms["pass_up"].value_on(case.registered_on)
    way = queries.way_on(case, local(timezone.now()).date())
    until = next((talon.explained(one, case.procedure) for one in view.deadlines if one.key == "complain"), None)
    return {
        "pass_up": count_words(term.count or 0, term.unit, lang()),
        "rule": term.source.said(lang()),
        "above": way.above.names if way.above else None,
        "court": way.told(lang()) if way.to_court else None,
        "until": until,
    }

"""The steps of a case in words, the newest first."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qyzmet.cases import queries
from qyzmet.cases.rules import rules
from qyzmet.desk import names
from qyzmet.desk.asking import Asking
from qyzmet.look.due import stands
from qyzmet.text.dates import long_date, long_moment
from qyzmet.text.languages import say

COMPLETING = frozenset({"supply", "cure"})
"""Steps that put right what filing found missing."""


def timeline(view: queries.CaseView, asking: Asking) -> list[dict[str, Any]]:
    """Items for the look's timeline."""
    acting = queries.acting_bodies(view.steps)
    return [_item(step, acting[step.pk], view, asking) for step in reversed(view.steps)]


def _item(step: Any, body: Any, view: queries.CaseView, asking: Asking) -> dict[str, Any]:
    known = rules().procedure(view.case.procedure).steps.get(step.code)
    by = step.by.short_name() if step.by else names.named(names.ACTORS, step.actor)
    if step.n == 1 and step.facts.get("from"):
        by = names.named(names.CHANNELS, "child")
    item = {
        "title": say(known.name, asking.lang) if known else step.code,
        "at": step.at,
        "by": f"{by} · {say(body.names, asking.lang)}" if body.pk != view.case.body_id else by,
        "text": "\n\n".join(part for part in (_detail(step, view, asking), step.note) if part),
    }
    if step.actor == "applicant" and step.note:
        item["lang"] = view.case.language
    child = step.facts.get("child")
    if child and child in {case.number for case in view.children}:
        item |= {
            "href": reverse("desk:case", kwargs={"number": child}),
            "action": _("Open case %(number)s") % {"number": child},
        }
    return item


def _detail(step: Any, view: queries.CaseView, asking: Asking) -> str:
    """What the facts of a step say besides its note."""
    facts, rule = step.facts, rules().procedure(view.case.procedure)
    parts = [
        _person(facts, view.people),
        _named(rule.defects, facts.get("defects") if step.code == "ask_to_cure" else None, asking),
        completed(facts),
        _left(rule.defects, facts, asking) if step.code in COMPLETING else "",
        _named(
            {**rule.return_grounds, **rule.termination_grounds, **rule.restoration_grounds},
            [facts.get("ground", "")],
            asking,
        ),
        _named(rule.outcomes, [facts.get("outcome", "")], asking),
        _until(facts, asking),
        _when(facts, asking),
        _dated_again(facts, asking),
        _where(step, asking),
        _stood(facts, view, asking),
        _still(facts, asking),
        _granted(facts),
        str(facts.get("number", "")),
    ]
    return "\n".join(part for part in parts if part)


def _person(facts: dict[str, Any], people: dict[int, str]) -> str:
    for key in ("executor", "person"):
        if facts.get(key) in people:
            return people[facts[key]]
    return ""


def _named(known: Any, codes: Any, asking: Asking) -> str:
    found = [say(known[code].name, asking.lang) for code in codes or [] if isinstance(code, str) and code in known]
    return "; ".join(found)


def completed(facts: dict[str, Any]) -> str:
    """Which own data a person gave after filing; what they say stands among the parties."""
    given = ", ".join(names.named(names.OWN_DATA, one) for one in facts.get("given", ()))
    return _("Given: %(data)s") % {"data": given} if given else ""


def _left(known: Any, facts: dict[str, Any], asking: Asking) -> str:
    left = _named(known, facts.get("left"), asking)
    return _("Still missing: %(defects)s") % {"defects": left} if left else _("Nothing is missing any more")


def _until(facts: dict[str, Any], asking: Asking) -> str:
    for key, words in (("until", _("until %(day)s")), ("not_before", _("the decision not before %(day)s"))):
        if facts.get(key):
            return words % {"day": long_date(date.fromisoformat(facts[key]), asking.lang)}
    return ""


def _when(facts: dict[str, Any], asking: Asking) -> str:
    """The moment a hearing is set for."""
    return long_moment(datetime.fromisoformat(facts["when"]), asking.lang) if facts.get("when") else ""


def _dated_again(facts: dict[str, Any], asking: Asking) -> str:
    """From which last day to which, and by which order."""
    if not (facts.get("before") and facts.get("due_on")):
        return ""
    days = [long_date(date.fromisoformat(facts[key]), asking.lang) for key in ("before", "due_on")]
    return " → ".join(days) + (f" ({facts['order']})" if facts.get("order") else "")


def _where(step: Any, asking: Asking) -> str:
    """The body a step brought the case to."""
    moved = step.code in ("redirect", "pass_up", "pass_up_lapsed", "resolve_about")
    return _("To: %(body)s") % {"body": say(step.body.names, asking.lang)} if moved else ""


def _stood(facts: dict[str, Any], view: queries.CaseView, asking: Asking) -> str:
    """What the step changed of when the clock stood."""
    rule, as_of = rules().procedure(view.case.procedure), view.case.registered_on
    rows = map(_row, facts.get("standstills", []))
    return "\n".join(names.standstill(row, rule, asking.lang, as_of=as_of) for row in rows)


def _still(facts: dict[str, Any], asking: Asking) -> str:
    """Since when the clock stands of which somebody was reminded."""
    return stands(date.fromisoformat(facts["stands_since"]), asking.lang) if facts.get("stands_since") else ""


def _row(told: dict[str, Any]) -> SimpleNamespace:
    first, last = (date.fromisoformat(told[key]) if told[key] else None for key in ("first", "last"))
    return SimpleNamespace(cause=told["cause"], first=first, last=last, is_void=told["void"], ground="")


def _granted(facts: dict[str, Any]) -> str:
    if "granted" not in facts:
        return ""
    return _("granted") if facts["granted"] else _("not granted")

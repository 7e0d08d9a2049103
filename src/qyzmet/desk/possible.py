"""What a person may do with a case now, and why not the rest: words for both."""

from collections.abc import Mapping
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from qyzmet import law
from qyzmet.cases.queries import CaseView
from qyzmet.cases.rules import rules
from qyzmet.desk import names
from qyzmet.desk.ways import GROUPS, WAYS, way_of
from qyzmet.look import words
from qyzmet.text.languages import Lang, say
from qyzmet.text.refusal import Refused

ORDER = {code: place for place, code in enumerate(WAYS)}


class Choice(NamedTuple):
    """A step that may be taken now, and where its form is."""

    step: law.Step
    href: str


def fits(view: CaseView, step: law.Step) -> bool:
    """Whether the desk has a form for the step, and the case what the step is about."""
    way = way_of(step)
    return way is not None and way.fits(view)


def steps(view: CaseView) -> list[tuple[law.Step, Refused | None]]:
    """Every step that fits the case, in the order of the desk, with what stands against it now (None = nothing)."""
    shown = [one for one in view.possible if fits(view, one.step)]
    shown.sort(key=lambda one: ORDER.get(one.step.code, len(ORDER)))
    return [(one.step, one.why_not or _lack(view, one.step)) for one in shown]


def _lack(view: CaseView, step: law.Step) -> Refused | None:
    way = way_of(step)
    lack = way.lacks(view) if way else ""
    return Refused(lack) if lack else None


def groups(view: CaseView) -> list[tuple[str, list[Choice]]]:
    """What this person may do now, in groups that have something."""
    may = [step for step, refusal in steps(view) if refusal is None]
    found = []
    for group, title in GROUPS.items():
        choices = [_choice(view, step) for step in may if (way := way_of(step)) and way.group == group]
        if choices:
            found.append((str(title), choices))
    return found


def _choice(view: CaseView, step: law.Step) -> Choice:
    return Choice(step, reverse("desk:act", kwargs={"number": view.case.number, "code": step.code}))


def not_possible(view: CaseView, lang: Lang) -> list[tuple[law.Step, str]]:
    """The other steps, each with the reason."""
    return [(step, reason(view, step, refusal, lang)) for step, refusal in steps(view) if refusal is not None]


def reason(view: CaseView, step: law.Step, refusal: Refused, lang: Lang) -> str:
    """Why the step cannot be taken: in which states it can, or whose it is, where that is the reason."""
    if refusal.code == "not_in_this_state":
        return _when(step, rules().procedure(view.case.procedure).states, lang)
    if refusal.code == "not_your_role":
        roles = [str(names.ROLES[code]) for code in step.who if code in names.ROLES]
        return _("Done by: %(roles)s.") % {"roles": ", ".join(roles)}
    return words.refusal(refusal, lang)


def _when(step: law.Step, states: Mapping[str, law.State], lang: Lang) -> str:
    if {code for code, state in states.items() if state.open} <= set(step.from_) | {"at_challenged"}:
        return _("Possible only while the case is open.")
    said = "; ".join(say(states[code].name, lang) for code in step.from_ if code in states)
    return _("Possible in these states: %(states)s.") % {"states": said}

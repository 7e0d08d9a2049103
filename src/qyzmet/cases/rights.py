"""Why a person may not take a step now: the table of steps, the roles, and the relations that bar from deciding."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qyzmet import law
from qyzmet.cases import carried_out, challenged, deadlines, seen, standstills
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Accusation, Case, CoExecutor
from qyzmet.cases.recused import recused
from qyzmet.cases.rules import procedure
from qyzmet.text.languages import LANGS
from qyzmet.text.refusal import Refused

DECIDING = frozenset(
    {
        *("draft", "submit", "approve", "sign", "preliminary", "hold_hearing", "extend", "terminate", "return"),
        *("stand_still", "decide_restoration"),
    }
)
"""Steps that decide a case or prepare its decision: closed to those whose act is challenged (APPC 97(2)), and to the
recused, whatever other role they hold (APPC 67)."""
IN_TIME = frozenset({"sign", "extend", "stand_still", "redirect", "resolve_about", "return", "terminate", "withdraw"})
"""Steps that would turn silence into something else: too late once the last day is over, ticked or not (APPC 91(2))."""
WITHIN = {"satisfy": "pass_up"}
"""Steps that are open only while a term runs: afterwards the complaint goes up, ticked or not (APPC 91(4))."""
BEFORE_RESOLVED = frozenset({"resolve_about", "confirm_signature", "supply", "reissue_code", "add_paper"})
"""What intake may do before it is known whom an accusation means."""
PUBLISHING = frozenset({"agree_publication", "publish"})
"""Steps that nobody can ever take in a case about somebody's conduct: nothing of it becomes public."""
BY_ROLE = frozenset({"registrar", "approver", "head"})
STOP = "stand_still"
"""The step that stops a clock; what holds for it holds for any other with which a clock stands by itself."""


@dataclass
class Standing:
    """An actor before a case. What the answers need is looked up once, however many steps are asked about."""

    case: Case
    by: Actor
    who: seen.Reader | None = None
    """The rights of the day; None unless the actor is an official."""
    on: date | None = None
    """The day of the step; None on a page of the person, where only what has no end in sight counts as lasting."""

    @cached_property
    def unresolved(self) -> bool:
        """Whether it is not known yet whom the accusation means."""
        return self.case.is_accusation and Accusation.objects.filter(case=self.case, resolved_at=None).exists()

    @cached_property
    def works_on(self) -> bool:
        """Whether the official is executor or co-executor and still holds a role in the body."""
        if self.who is None or self.case.body_id not in self.who.bodies():
            return False
        if self.case.executor_id == self.who.person.pk:
            return True
        return CoExecutor.objects.filter(case=self.case, person=self.who.person).exists()

    @cached_property
    def is_challenged(self) -> bool:
        """Whether the act complained of is theirs: a role in the challenged body or below it, or a hand in the act."""
        if self.who is None or self.case.challenged_id is None:
            return False
        return challenged.stands_under(self.case, self.who.bodies()) or challenged.had_a_hand(
            self.case, self.who.person
        )

    @cached_property
    def stood(self) -> standstills.Intervals:
        """When the clocks of the case stood."""
        return standstills.of_case(self.case)

    @cached_property
    def is_recused(self) -> bool:
        """Whether a motion for the official's recusal was granted in this case."""
        return self.who is not None and self.who.person.pk in recused(self.case)


def why_not(step: law.Step, standing: Standing) -> Refused | None:
    """Why this actor may not take the step in the case's present state; None if they may."""
    case, by = standing.case, standing.by
    rule = procedure(case.procedure)
    if code := law.may(rule, step.code, case.state):
        return Refused(code, step=step.code, state=rule.states[case.state].name)
    if step.code in PUBLISHING and case.is_accusation:
        return Refused("accusation_not_published")
    if step.code == "supply" and not case.defects:
        return Refused("nothing_lacking")
    if cause := _lasting(step, standing):
        return Refused("not_while_it_lasts", cause=cause.name, rule=_words(step.source))
    if standing.who is None:
        return None if by.kind in step.who else Refused("not_your_role", step=step.code)
    if not _holds(step, standing, standing.who):
        return Refused("not_your_role", step=step.code)
    if step.code not in BEFORE_RESOLVED and standing.unresolved:
        return Refused("about_not_resolved")
    stop = rule.steps.get(STOP) if standstills.begins_with(case, step.code) else None
    if stop and not _holds(stop, standing, standing.who):
        return Refused("stops_the_clock", step=step.code)
    codes = {step.code, STOP} if stop else {step.code}
    if codes & DECIDING and standing.is_challenged:
        return Refused("challenged_may_not_decide")
    if codes & DECIDING and standing.is_recused:
        return Refused("recused_may_not_decide")
    if codes & IN_TIME and _is_silent(case, standing.who):
        return Refused("term_over")
    if step.code in WITHIN and deadlines.is_over(case, WITHIN[step.code], today=standing.who.on):
        return Refused("days_for_this_over")
    if step.code == carried_out.STEP and not any(deadlines.is_running(case, key) for key in carried_out.TERM):
        return Refused("nothing_to_carry_out")  # a refusal orders nothing, and what was done is said once
    return None


def _lasting(step: law.Step, standing: Standing) -> law.Suspension | None:
    """The cause of suspension that lasts and during which nobody takes the step (TC 192(5))."""
    if not step.not_while:
        return None
    known = law.causes(procedure(standing.case.procedure), standing.case.registered_on)
    lasting = {one.cause for one in standing.stood if _lasts(one, standing.on)}
    return next((known[cause] for cause in step.not_while if cause in lasting & known.keys()), None)


def _lasts(interval: law.Interval, on: date | None) -> bool:
    """Whether it is not over; on its last day it is."""
    return interval.last is None or (on is not None and interval.first <= on < interval.last)


def _words(source: law.Source) -> dict[str, str]:
    return {lang: source.said(lang) for lang in LANGS}


def _is_silent(case: Case, who: seen.Reader) -> bool:
    """Whether the last day went by without a decision; the next tick records the refusal."""
    lapses = not law.may(procedure(case.procedure), "lapse", case.state)
    return lapses and case.due_on is not None and case.due_on < who.on


def _holds(step: law.Step, standing: Standing, who: seen.Reader) -> bool:
    case = standing.case
    if "executor" in step.who and standing.works_on:
        return True
    if "challenged" in step.who and case.challenged_id == case.body_id and who.has(case.body_id, "head"):
        return True
    return who.has(case.body_id, *(BY_ROLE & set(step.who)))

"""Who works on a case, and which body: resolve whom it is about, assign, redirect in whole or part, pass up."""

from datetime import datetime
from functools import partial

from django.db import transaction

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body, Person
from qyzmet.cases import accuse, challenged, deadlines, post_room, words
from qyzmet.cases.actions.register import Filed, open_child
from qyzmet.cases.actor import SYSTEM, Actor
from qyzmet.cases.models import Accusation, Case, CoExecutor, Deadline, Step
from qyzmet.cases.move import Move, begin
from qyzmet.cases.queries import people
from qyzmet.cases.rules import procedure
from qyzmet.text.clean import one_line, tidy
from qyzmet.text.dates import local, long_date, long_moment
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Missing, Refused

SATISFYING = frozenset({"act_cancelled", "act_replaced", "action_done"})
"""Outcomes by which a challenged body can meet a complaint in full."""


@transaction.atomic
def resolve_about(case: Case, *, post_code: str, by: Actor, at: datetime) -> Step:
    """Intake says which post a free text means. The case goes to the body that may decide about that post's holder."""
    move = begin(case, "resolve_about", by=by, at=at)
    accusation = Accusation.objects.filter(case=move.case).first()
    if accusation is None:
        raise Refused("nobody_accused")
    if accusation.resolved_at:
        raise Refused("about_resolved_already")
    try:
        post = bodies.post_by_code(post_code)
    except Missing:
        raise Refused("unknown_post", kind="input", given=post_code) from None
    filed_on = local(move.case.registered_at).date()
    accused = bodies.holder(post, filed_on) or bodies.holder(post, move.today)
    accusation.post, accusation.person, accusation.resolved_at = post, accused, at
    accusation.save()
    for day in (filed_on, move.today):
        accuse.bar(move.case, accuse.barred_ids(move.case, day))
    decider = accuse.decider(move.case, post, on=move.today)
    if decider is None:
        step = move.finish(facts={"post": post.code})
        return _tell_court(move.case, at=at) or step
    if decider.pk != move.case.body_id:
        _arrive(move, decider)
    return move.finish(facts={"post": post.code, "body": move.case.body.code})


def _tell_court(case: Case, *, at: datetime) -> Step:
    move = begin(case, "court_route", by=SYSTEM, at=at)
    step = move.finish(outcome="court_route")
    post_room.send(move.case, step, "court_route", at=at, values={"reason": words.NOBODY_ABOVE.__getitem__})
    return step


@transaction.atomic
def assign(case: Case, *, executor_id: int, by: Actor, at: datetime, note: str = "") -> Step:
    """Give the case to an executor of the body: somebody with that role, not barred, not challenged, not recused."""
    return _give(case, "assign", executor_id, by, at, note)


@transaction.atomic
def reassign(case: Case, *, executor_id: int, by: Actor, at: datetime, note: str = "") -> Step:
    """Give the case to another executor."""
    return _give(case, "reassign", executor_id, by, at, note)


def _give(case: Case, code: str, executor_id: int, by: Actor, at: datetime, note: str) -> Step:
    move = begin(case, code, by=by, at=at)
    move.case.executor = _fit(move, executor_id)
    CoExecutor.objects.filter(case=move.case, person=move.case.executor).delete()
    return move.finish(note=one_line(note), facts={"executor": executor_id})


@transaction.atomic
def add_co_executor(case: Case, *, person_id: int, by: Actor, at: datetime) -> Step:
    """Let a second person of the body work on the case."""
    move = begin(case, "add_co_executor", by=by, at=at)
    person = _fit(move, person_id)
    if person.pk == move.case.executor_id:
        raise Refused("executor_already")
    CoExecutor.objects.get_or_create(case=move.case, person=person, defaults={"since": at})
    return move.finish(facts={"person": person.pk})


def _fit(move: Move, person_id: int) -> Person:
    """The person, if they may work on this case; one answer for all others, so that the bar is not told by asking."""
    for person in people.assignable(move.case, move.today):
        if person.pk == person_id:
            return person
    raise Refused("not_assignable", kind="input")


@transaction.atomic
def redirect(case: Case, *, body: str, reason: str, by: Actor, at: datetime) -> Step:
    """Send the whole appeal to the competent body (APPC 65): its term begins anew there (76(2)); the person is told."""
    move = begin(case, "redirect", by=by, at=at)
    target = _target(move, body)
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    if move.case.stands_since:
        raise Refused("clock_stands")  # the cause is one of this body, and the whole term begins anew at the other
    old, late = move.case.body, _is_late(move, "redirect")
    due = _arrive(move, target)
    step = move.finish(note=tidy(reason), facts={"from": old.code, "to": target.code, "late": late})
    values: post_room.Values = {"new_body_name": target.name, "reason": tidy(reason)}
    post_room.send(move.case, step, "redirect", at=at, by=by.person, due=due, values=values, sender=old)
    envelope = post_room.body_envelope(move.case, target)
    post_room.send(
        move.case,
        step,
        "redirect_body",
        at=at,
        by=by.person,
        due=due,
        values=values,
        lang="kk",
        envelope=envelope,
        sender=old,
    )
    return step


@transaction.atomic
def redirect_part(case: Case, *, body: str, part_text: str, reason: str, by: Actor, at: datetime) -> Filed:
    """Send a part to the competent body as a case of its own; the person follows it with the same code."""
    move = begin(case, "redirect_part", by=by, at=at)
    target = _target(move, body)
    if not part_text.strip() or not reason.strip():
        raise Refused("part_and_reason_needed", kind="input")
    child = open_child(
        move.case,
        procedure=move.case.procedure,
        body=target,
        text=part_text,
        relation="part",
        at=at,
        challenged=move.case.challenged,
    )
    step = move.finish(note=tidy(reason), facts={"to": target.code, "child": child.case.number})
    values: post_room.Values = {"new_body_name": target.name, "reason": tidy(reason), "part_text": tidy(part_text)}
    due = child.case.deadlines.get(key="decision")
    post_room.send(move.case, step, "redirect_part", at=at, by=by.person, due=due, values=values)
    _tell_receiver(move, child.case, due, values)
    return child


def _tell_receiver(move: Move, child: Case, due: Deadline, values: post_room.Values) -> None:
    """The letter that goes with a part to the body that is to decide it: from whom it comes, since when, and why."""
    whole = move.case
    own: post_room.Values = {
        **values,
        "received_at": partial(long_moment, whole.received_at),
        "registered_on": partial(long_date, whole.registered_on),
    }
    post_room.send(
        child,
        child.steps.get(n=1),
        "redirect_body",
        at=move.at,
        by=move.by.person,
        due=due,
        values=own,
        lang="kk",
        envelope=post_room.body_envelope(child, child.body),
        sender=whole.body,
    )


def _target(move: Move, code: str) -> Body:
    try:
        target = bodies.body_by_code(code)
    except Missing:
        raise Refused("unknown_body", kind="input", given=code) from None
    if target.pk == move.case.body_id:
        raise Refused("same_body", kind="input")
    if challenged.stands_under(move.case, [target.pk]):
        raise Refused("challenged_may_not_decide")
    if move.case.is_accusation and not accuse.is_free(move.case, target, on=move.today):
        raise Refused("body_answers_to_accused")
    return target


def _is_late(move: Move, key: str) -> bool:
    deadline = move.case.deadlines.filter(key=key).order_by("-id").first()
    return bool(deadline and deadline.on < move.today)


def _arrive(move: Move, body: Body) -> Deadline:
    """The case comes to another body: nobody has it in hand there, and the decision's term runs anew."""
    case = move.case
    case.body, case.executor, case.back_state = body, None, ""
    CoExecutor.objects.filter(case=case).delete()
    arrival = deadlines.arrival(move.at, body.cutoff)
    case.arrived_on = arrival.on
    # a motion against an official of the other body, and its days for a return, stay behind with it
    move.end("pass_up", "redirect", "extension", "return", "recusal")
    if "redirect" in move.procedure.terms:
        move.start("redirect")
    return move.start("decision", on=deadlines.arrived_on(case, move.at, arrival), arrival=arrival)


@transaction.atomic
def pass_up(case: Case, *, by: Actor, at: datetime, position: str = "") -> Step:
    """Pass a complaint with the case file to the superior body (APPC 91(4)), with the own position if there is one."""
    return _up(begin(case, "pass_up", by=by, at=at), position)


@transaction.atomic
def pass_up_lapsed(case: Case, *, at: datetime) -> Step | None:
    """The challenged body let its days pass: the complaint goes up by itself (rule of this house). None before."""
    move = begin(case, "pass_up_lapsed", by=SYSTEM, at=at)
    return _up(move, "") if deadlines.is_over(move.case, "pass_up", today=move.today) else None


def _up(move: Move, position: str) -> Step:
    by, at, old = move.by, move.at, move.case.body
    superior = accuse.superior_for(move.case, on=move.today)
    if superior is None:
        return _tell_court(move.case, at=at)
    due = _arrive(move, superior)
    step = move.finish(note=tidy(position), facts={"from": old.code, "to": superior.code})
    values: post_room.Values = {"new_body_name": superior.name, "reason": tidy(position)}
    post_room.send(move.case, step, "passed_up", at=at, by=by.person, due=due, values=values, sender=old)
    return step


@transaction.atomic
def satisfy(case: Case, *, outcome: str, text: str, ground: str, by: Actor, at: datetime) -> Step:
    """The challenged body meets the complaint's demand in full, and need not pass it up (APPC 91(4))."""
    move = begin(case, "satisfy", by=by, at=at)
    outcomes = procedure(move.case.procedure).outcomes
    if outcome not in outcomes or outcomes[outcome].adverse == "yes" or outcome not in SATISFYING:
        raise Refused("outcome_does_not_satisfy", kind="input")
    if not text.strip() or not ground.strip():
        raise Refused("facts_and_ground_needed", kind="input")
    move.hashes["answer"] = sha(text + ground)
    step = move.finish(note=tidy(text), outcome=outcome)
    post_room.send(
        move.case, step, "satisfied", at=at, by=by.person, values={"facts": tidy(text), "ground": tidy(ground)}
    )
    return step

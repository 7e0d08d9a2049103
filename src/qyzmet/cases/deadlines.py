"""Deadlines of a case: begun by an event, ended by a step, computed by `law` and stored with the way to them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Protocol

from qyzmet import law, rows
from qyzmet.cases import standstills
from qyzmet.cases.models import Case, Deadline
from qyzmet.cases.rules import procedure, rules
from qyzmet.text.dates import local
from qyzmet.text.languages import LANGS
from qyzmet.text.refusal import Refused

AFTER_CLOSING = frozenset({"complain", "complain_no_route", "court", "file_access", "correction", "act_execution"})
"""Terms that go on, or begin, when a case is closed."""


MET_AT_ONCE = frozenset(
    {
        "suspension_notice",
        "extension_notice",
        "termination_notice",
        "recusal_notice",
        "left_notice",
        "correction_sent",
        "protocol",
        "return",
    }
)
"""Terms a step would begin and meets itself: its letter or protocol is made in the same transaction."""


def compute(
    case: Case,
    key: str,
    *,
    on: date,
    count: int | None = None,
    arrival: law.Registration | None = None,
    under: law.Law | None = None,
    suspended: standstills.Intervals = (),
) -> law.Due:
    """The day that follows. A case runs under the rule in force when it was registered.

    A term of the body that ends after the last calendar row has no day yet (`law.NOT_KNOWN`); dating again gives it.
    `arrival`: what found the day `on`, if that was an arrival; its facts and doubts become part of the answer.
    `under`: a law that is only tried, in place of the one in force. `suspended`: when clocks of the case stood; those
    that stop this term count. While one still stands there is no day (`law.NOT_KNOWN`).
    `Refused(kind="input")` with the law's own words for a length it does not allow, or a day past the calendar.
    """
    rule, as_of = procedure(case.procedure), case.registered_on
    used = under or rules()
    stood = law.stopping(rule, key, suspended, as_of) if suspended else ()
    try:
        return law.due(used, rule, key, start=on, as_of=as_of, count=count, registration=arrival, suspended=stood)
    except law.QuestionError as question:
        if isinstance(question, law.OutOfCalendar) and _waits(used, rule.terms[key], on, count):
            return law.not_known(used, rule, key, start=on, as_of=as_of, registration=arrival)
        said = {lang: question.said(lang) for lang in LANGS}
        raise Refused("law_cannot_answer", kind="input", said=said) from None


def _waits(used: law.Law, term: law.Term, on: date, count: int | None) -> bool:
    """Whether the body may go on without the day: the law sets the length, and the calendar ends too early."""
    return count is None and term.whose == "body" and on >= used.calendar.first


def arrival(received: datetime, cutoff: time | None) -> law.Registration:
    """The day of registration; on the day it came where no calendar knows the next working one."""
    try:
        return law.registration(rules(), received, cutoff=cutoff)
    except law.OutOfCalendar:
        if local(received).date() < rules().calendar.first:
            raise
        return law.taken_at_once(rules(), received)


def plan(case: Case, received: datetime, arrival: law.Registration) -> list[Deadline]:
    """Unsaved deadlines of a case that has no row yet; sets the case's own two dates from them.

    The decision runs from registration (APPC 76, 99) unless its act says from receipt (MM 36(1)); redirecting and
    passing up from receipt (65(1), 91(4)).
    """
    planned = [_made(case, "decision", arrived_on(case, received, arrival), None, arrival)]
    second = "pass_up" if case.challenged == case.body else "redirect"
    if second in procedure(case.procedure).terms:
        planned.append(_made(case, second, _day(received, arrival), None))
    set_days(case, planned)
    return planned


def arrived_on(case: Case, received: datetime, arrival: law.Registration) -> date:
    """The day from which the decision runs in the redaction of this case: of registration, or of receipt."""
    event = procedure(case.procedure).term("decision").event_on(case.registered_on)
    return _day(received, arrival) if event == "receipt" else arrival.on


def _day(received: datetime, arrival: law.Registration) -> date:
    """The local day of receipt; for an old paper no later than its registration."""
    return min(local(received).date(), arrival.on)


def start(
    case: Case, key: str, *, on: date, count: int | None = None, arrival: law.Registration | None = None
) -> Deadline:
    """Store a new open deadline in place of an open one of the same term."""
    made = _made(case, key, on, count, arrival, standstills.of_case(case))
    end(case, [key], at=None)
    rows.insert(made)
    return made


def _made(
    case: Case,
    key: str,
    on: date,
    count: int | None,
    arrival: law.Registration | None = None,
    suspended: standstills.Intervals = (),
) -> Deadline:
    due = compute(case, key, on=on, count=count, arrival=arrival, suspended=suspended)
    return Deadline(
        case=case,
        key=key,
        start_on=on,
        as_of=case.registered_on,
        count=count,
        on=due.on,
        rule=due.rule,
        stood_by=stood_by(due.facts),
        redaction=due.redaction,
        status=due.status,
        facts=list(due.facts),
        whose=procedure(case.procedure).terms[key].whose,
    )


def end(case: Case, keys: Iterable[str], *, at: datetime | None) -> None:
    """Close the open deadlines of these terms."""
    if case.pk and keys:
        Deadline.objects.filter(case=case, key__in=list(keys), is_open=True).update(is_open=False, ended_at=at)


def end_all(case: Case, *, at: datetime) -> None:
    """Close what cannot outlive an open case."""
    running = Deadline.objects.filter(case=case, is_open=True).exclude(key__in=AFTER_CLOSING)
    running.update(is_open=False, ended_at=at)


def is_running(case: Case, key: str) -> bool:
    """Whether the term runs already."""
    return Deadline.objects.filter(case=case, key=key, is_open=True).exists()


def is_over(case: Case, key: str, *, today: date) -> bool:
    """Whether the term runs and its last day is over."""
    return Deadline.objects.filter(case=case, key=key, is_open=True, on__lt=today).exists()


def refresh(case: Case) -> None:
    """Set the case's own two dates from its open deadlines."""
    set_days(case, list(Deadline.objects.filter(case=case, is_open=True).only("key", "whose", "on")))


class Running(Protocol):
    """What the dates of a case follow from: a stored deadline, or what was read of one."""

    @property
    def key(self) -> str: ...
    @property
    def whose(self) -> str: ...
    @property
    def on(self) -> date: ...


def set_days(case: Case, running: Iterable[Running]) -> None:
    """Set the two dates from these open deadlines; a closed case keeps the last day of its decision.

    A decision without a day yet leaves `due_on` empty; a queue sorts what has no day yet behind all that has one.
    """
    decision = [deadline.on for deadline in running if deadline.key in ("decision", "extension")]
    mine = [deadline.on for deadline in running if deadline.whose == "body"]
    if decision:
        case.due_on = None if max(decision) == law.NOT_KNOWN else max(decision)
    case.act_on = min(mine) if mine else None


def open_rule(case: Case) -> str | None:
    """The rule of the decision's deadline, as it stands in the journal row, with those for which its clock stood."""
    decision = Deadline.objects.filter(case=case, key__in=("decision", "extension"), is_open=True)
    rules_of = decision.values_list("rule", "stood_by").last()
    return told_rule(*rules_of) if rules_of else None


def told_rule(rule: str, stood_by: str) -> str:
    """A rule as a journal row names it, with those for which its clock stood."""
    return "; ".join(filter(None, (rule, stood_by)))


def stood_by(facts: Iterable[law.Fact]) -> str:
    """The rules of the causes for which the clock stood on the way that these facts tell, each once."""
    stood = (f"{fact['act']} {fact['article']}" for fact in facts if fact["fact"] == "suspended")
    return "; ".join(dict.fromkeys(stood))

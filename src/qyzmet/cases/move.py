"""The one way in which a case moves: lock, ask the law, write, record, queue letters, in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qyzmet import law
from qyzmet.cases import deadlines, seen
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Accusation, Case, CoExecutor, Deadline, Step
from qyzmet.cases.rules import procedure
from qyzmet.journal import actions as journal
from qyzmet.journal.models import Entry
from qyzmet.text.dates import local
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Missing, Refused

DECIDING = frozenset(
    {"draft", "submit", "approve", "sign", "preliminary", "hold_hearing", "extend", "terminate", "return"}
)
"""Steps that decide a complaint or prepare its decision: closed to those whose act is challenged (APPC 97(2))."""


BEFORE_RESOLVED = frozenset({"resolve_about", "confirm_signature", "reissue_code", "add_paper"})
"""What intake may do before it is known whom an accusation means."""


@dataclass
class Move:
    """A step being taken on a locked case. Made by `begin`, written by `finish`."""

    case: Case
    step: law.Step
    by: Actor
    at: datetime
    reader: seen.Reader | None = None
    from_state: str = ""
    hashes: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The local date of the step."""
        return local(self.at).date()

    @property
    def procedure(self) -> law.Procedure:
        """The case's procedure."""
        return procedure(self.case.procedure)

    def start(
        self, key: str, *, on: date | None = None, count: int | None = None, arrival: law.Registration | None = None
    ) -> Deadline:
        """Begin a term on `on` (today if not given); `count` where the law leaves the number to the official."""
        return deadlines.start(self.case, key, on=on or self.today, count=count, arrival=arrival)

    def end(self, *keys: str) -> None:
        """Close the open deadlines of these terms."""
        deadlines.end(self.case, keys, at=self.at)

    def finish(
        self, *, note: str = "", facts: Mapping[str, Any] | None = None, to: str = "", outcome: str = ""
    ) -> Step:
        """Write the step: state, deadlines, journal row, case. Letters are added after it, in the same transaction."""
        case = self.case
        case.state = to or self._to()
        state = self.procedure.states[case.state]
        self.end(*self.step.ends)
        if case.is_open and not state.open:
            case.is_open, case.closed_at = False, self.at
            deadlines.end_all(case, at=self.at)
        for key in self.step.starts:
            if key not in deadlines.MET_AT_ONCE and not deadlines.is_running(case, key):
                self.start(key)
        case.outcome = outcome or case.outcome
        deadlines.refresh(case)
        return self._write(note, dict(facts or {}))

    def first(self, planned: list[Deadline], *, note: str = "", facts: Mapping[str, Any] | None = None) -> Step:
        """Write the step that opens a case, the case with it, and its first deadlines."""
        rule = next(deadline.rule for deadline in planned if deadline.key == "decision")
        entry = self._record(note, rule)
        self.case.save(force_insert=True)
        for deadline in planned:
            deadline.case = self.case
        Deadline.objects.bulk_create(planned)
        return self._step(entry, note, dict(facts or {}))

    def _to(self) -> str:
        if self.step.to == "same":
            return self.case.state
        if self.step.to == "back":
            return self.case.back_state or "registered"
        return self.step.to

    def _write(self, note: str, facts: dict[str, Any]) -> Step:
        entry = self._record(note, deadlines.open_rule(self.case))
        self.case.save()
        return self._step(entry, note, facts)

    def _record(self, note: str, rule: str | None) -> Entry:
        """The journal row of this step; the case remembers its leaf as the next row's `prev`."""
        case = self.case
        case.steps_count += 1
        content = {
            "case": case.number,
            "body": case.body.code,
            "event": self.step.code,
            "n": case.steps_count,
            "state": case.state,
            "received_at": case.received_at.isoformat(),
            "note": sha(note),
            **self.hashes,
        }
        prev = bytes(case.last_leaf) if case.last_leaf else None
        row = journal.Row(content, prev=prev, rule=rule, due_on=case.due_on, sealed=case.is_accusation)
        entry = journal.record(at=self.at, row=row)
        case.last_leaf = bytes(entry.leaf_hash)
        return entry

    def _step(self, entry: Entry, note: str, facts: dict[str, Any]) -> Step:
        case = self.case
        return Step.objects.create(
            case=case,
            n=case.steps_count,
            code=self.step.code,
            at=self.at,
            actor=self.by.kind,
            by=self.by.person,
            from_state=self.from_state,
            to_state=case.state,
            body=case.body,
            public=self.step.public,
            note=note,
            facts=facts,
            entry=entry,
        )


def begin(case: Case, step_code: str, *, by: Actor, at: datetime) -> Move:
    """Lock the case and ask whether `by` may take this step now.

    Raises `Missing` if an official may not see the case (absent and barred alike), `Refused` with the reason otherwise.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("body").get(pk=case.pk)
    steps = procedure(locked.procedure).steps
    if step_code not in steps:
        raise Refused("not_in_this_procedure", step=step_code)
    move = Move(locked, steps[step_code], by, at, from_state=locked.state)
    if by.kind == "official":
        move.reader = seen.reader(by.person, move.today)
        if not seen.may_see(move.reader, locked.pk):
            raise Missing
    refusal = why_not(locked, move.step, by, move.reader)
    if refusal:
        raise refusal
    return move


def why_not(case: Case, step: law.Step, by: Actor, who: seen.Reader | None) -> Refused | None:
    """Why this actor may not take the step in the case's present state; None if they may."""
    code = law.may(procedure(case.procedure), step.code, case.state)
    if code:
        return Refused(code, step=step.code, state=case.state)
    if by.kind != "official":
        return None if by.kind in step.who else Refused("not_your_role", step=step.code)
    assert who is not None
    return _official_refusal(case, step, who)


def _official_refusal(case: Case, step: law.Step, who: seen.Reader) -> Refused | None:
    if not _holds(case, step, who):
        return Refused("not_your_role", step=step.code)
    if step.code not in BEFORE_RESOLVED and _unresolved(case):
        return Refused("about_not_resolved")
    if step.code in DECIDING and case.challenged_id and is_challenged(case, who):
        return Refused("challenged_may_not_decide")
    return None


def _unresolved(case: Case) -> bool:
    return case.is_accusation and Accusation.objects.filter(case=case, resolved_at=None).exists()


def _holds(case: Case, step: law.Step, who: seen.Reader) -> bool:
    if "executor" in step.who and works_on(case, who):
        return True
    if "challenged" in step.who and case.challenged_id == case.body_id and who.has(case.body_id, "head"):
        return True
    return who.has(case.body_id, *({"registrar", "approver", "head"} & set(step.who)))


def works_on(case: Case, who: seen.Reader) -> bool:
    """Whether the reader is the executor or a co-executor and still holds a role in the body."""
    if case.body_id not in who.bodies():
        return False
    if case.executor_id == who.person.pk:
        return True
    return CoExecutor.objects.filter(case=case, person=who.person).exists()


def is_challenged(case: Case, who: seen.Reader) -> bool:
    """Whether the act complained of is this person's: a role in the challenged body, or a hand in the act itself."""
    if case.challenged_id in who.bodies():
        return True
    if case.parent is None:
        return False
    signed = case.parent.drafts.filter(stage="signed")
    hands = signed.values_list("author_id", "approver_id", "signer_id")
    return any(who.person.pk in row for row in hands)

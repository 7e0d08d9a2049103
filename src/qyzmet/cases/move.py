"""The one way in which a case moves: lock, ask the law, write, record, queue letters, in the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qyzmet import law, rows
from qyzmet.cases import dating, deadlines, rights, seen, standstills
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Case, Deadline, Paper, Standstill, Step
from qyzmet.cases.rules import procedure
from qyzmet.journal import actions as journal
from qyzmet.text.dates import local
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Missing, Refused


@dataclass
class Move:
    """A step being taken on a locked case. Made by `begin`, written by `finish`."""

    case: Case
    step: law.Step
    by: Actor
    at: datetime
    from_state: str = ""
    hashes: dict[str, str] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    """Terms that began with this step: what the step ends is what ran before it."""
    stood: list[Standstill] = field(default_factory=list)
    """Rows on when the clock stood that this step wrote or changed."""

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
        self.begun.add(key)
        return deadlines.start(self.case, key, on=on or self.today, count=count, arrival=arrival)

    def start_own(self, key: str, *, on: date | None = None) -> None:
        """Begin a term of the step's own. A person's term that cannot be told yet must not stop the body's act."""
        try:
            self.start(key, on=on)
        except Refused as refused:
            if refused.code != "law_cannot_answer" or self.procedure.terms[key].whose == "body":
                raise

    def end(self, *keys: str) -> None:
        """Close the open deadlines of these terms."""
        deadlines.end(self.case, keys, at=self.at)

    def attach(self, papers: Sequence[Paper]) -> None:
        """Files that come with the step: they become the case's, and the journal row of the step has their prints."""
        for n, paper in enumerate(papers, 1):
            self.hashes[f"paper{n}"] = paper.sha256
        Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(case=self.case, draft=None)

    def finish(
        self,
        *,
        note: str = "",
        facts: Mapping[str, Any] | None = None,
        to: str = "",
        outcome: str = "",
        without: Collection[str] = (),
    ) -> Step:
        """Write the step: state, deadlines, journal row, case. Letters are added after it, in the same transaction.

        `without`: terms of the step that do not begin with it this time.
        """
        case = self.case
        case.state = to or self._to()
        state = self.procedure.states[case.state]
        self.end(*(key for key in self.step.ends if key not in self.begun))
        if case.is_open and not state.open:
            case.is_open, case.closed_at = False, self.at
            deadlines.end_all(case, at=self.at)
        self._stand()
        for key in self.step.starts:
            if key not in (*without, *deadlines.MET_AT_ONCE) and not deadlines.is_running(case, key):
                self.start_own(key)
        case.outcome = outcome or case.outcome
        deadlines.refresh(case)
        return self._write(note, self._with_stood(dict(facts or {})))

    def prepare_first(self, planned: list[Deadline], *, note: str = "") -> journal.Prepared:
        """The journal row of the step that opens a case; no database is asked."""
        return self._row(note, next(deadline.rule for deadline in planned if deadline.key == "decision"))

    def first(
        self,
        row: journal.Prepared,
        planned: list[Deadline],
        *,
        note: str = "",
        facts: Mapping[str, Any] | None = None,
    ) -> Step:
        """Write the step that opens a case, the case with it, and its first deadlines."""
        rows.insert(self.case)
        for deadline in planned:
            deadline.case = self.case
        rows.insert_all(planned)
        return self._step(row, note, dict(facts or {}))

    def _stand(self) -> None:
        """What the step itself lets stand or run; then the days of the case follow from all that is known by now."""
        case = self.case
        self.stood += standstills.follow(case, self.step.code, step=case.steps_count + 1, on=self.today)
        if self.stood:
            case.stands_since = standstills.since(standstills.of_case(case))
            dating.date_again(case, today=self.today)
            self._look_again()
        if not case.is_open:
            case.stands_since = None

    def _look_again(self) -> None:
        """While a clock stands with no end in sight, a term runs after which the body looks whether it still does."""
        key = standstills.CHECK
        if self.case.stands_since is None:
            self.end(key)
        elif key in self.procedure.terms and not deadlines.is_running(self.case, key):
            self.start(key, on=self.case.stands_since)

    def _with_stood(self, facts: dict[str, Any]) -> dict[str, Any]:
        if self.stood:
            facts[standstills.FACT] = [standstills.told(row) for row in self.stood]
            self.hashes[standstills.FACT] = standstills.print_of(facts)
        return facts

    def _to(self) -> str:
        if self.step.to == "same":
            return self.case.state
        if self.step.to == "back":
            return self.case.back_state or "registered"
        return self.step.to

    def _write(self, note: str, facts: dict[str, Any]) -> Step:
        row = self._row(note, deadlines.open_rule(self.case))
        rows.update(self.case)
        return self._step(row, note, facts)

    def _row(self, note: str, rule: str | None) -> journal.Prepared:
        """The journal row of this step; the case remembers its leaf as the next row's `prev`."""
        case = self.case
        case.steps_count += 1
        content = {
            "case": case.number,
            "procedure": case.procedure,
            "body": case.body.code,
            "event": self.step.code,
            "n": case.steps_count,
            "state": case.state,
            "received_at": case.received_at.isoformat(),
            "registered_on": case.registered_on.isoformat(),
            "note": sha(note),
            **self.hashes,
        }
        prev = bytes(case.last_leaf) if case.last_leaf else None
        row = journal.Row(content, prev=prev, rule=rule, due_on=case.due_on, sealed=case.is_accusation)
        prepared = journal.prepare(at=self.at, row=row)
        case.last_leaf = prepared.entry.leaf_hash
        return prepared

    def _step(self, row: journal.Prepared, note: str, facts: dict[str, Any]) -> Step:
        """The journal row, and the step that points to it."""
        case = self.case
        step = Step(
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
            entry=journal.keep([row])[0],
        )
        rows.insert(step)
        return step


def begin(case: Case, step_code: str, *, by: Actor, at: datetime) -> Move:
    """Lock the case and ask whether `by` may take this step now.

    Raises `Missing` if an official may not see the case (absent and barred alike), `Refused` with the reason otherwise.
    """
    # without its body: PostgreSQL drops a row from a join that whoever held the lock has just sent to another body
    locked = Case.objects.select_for_update().get(pk=case.pk)
    who = seen.reader(by.person, local(at).date()) if by.kind == "official" else None
    if who and not seen.may_see_locked(who, locked):
        raise Missing
    step = procedure(locked.procedure).steps.get(step_code)
    if step is None:
        raise Refused("not_in_this_procedure", step=step_code)
    refusal = rights.why_not(step, rights.Standing(locked, by, who, local(at).date()))
    if refusal:
        raise refusal
    return Move(locked, step, by, at, from_state=locked.state)

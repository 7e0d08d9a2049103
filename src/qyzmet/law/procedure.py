"""A procedure: states, steps, outcomes, grounds and terms of one kind of appeal, with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qyzmet.law.errors import UnknownTerm
from qyzmet.law.terms import Source, Term
from qyzmet.law.words import Words

CHAPTERS = ("ordinary", "complaint", "simplified", "internal")
OFFERED = ("portal", "desk")
"""Where a procedure may be chosen: by anybody on the portal, by a registrar at the desk."""
ROLES = (
    *("registrar", "executor", "approver", "head", "applicant", "challenged", "accused", "system"),
    *("decider", "inquirer", "commission", "employee", "speaker"),
)
"""The last row: who acts in what begins inside a body. decider: may impose, order or confirm; inquirer: leads a service
inquiry; employee: whom it concerns; speaker: whoever may speak for the body."""
BEGINS = ("applicant", "body")
NEEDS = ("outcome", "answer_to_each_question", "facts", "ground", "language", "route", "heard")
"""What the law may ask of a decision; the gate knows how to look for each."""
WHEN = ("always", "adverse")


@dataclass(frozen=True)
class State:
    """Where a case can stand. `waits`: whose move it is (body | applicant | none)."""

    code: str
    name: Words
    open: bool
    waits: str


@dataclass(frozen=True)
class Step:
    """A move. `from_`: () = opens a case. `to`: a state, "same" or "back" (the state before)."""

    code: str
    name: Words
    from_: tuple[str, ...]
    to: str
    also: tuple[str, ...]
    """Other states it may lead to."""
    who: tuple[str, ...]
    starts: tuple[str, ...]
    """Terms that begin with it."""
    ends: tuple[str, ...]
    """Terms that it closes."""
    letter: str | None
    public: bool
    """Whether the person's page shows it."""
    plain: bool
    """Whether its record is all there is to it: faces offer it without knowing it."""
    not_while: tuple[str, ...]
    """Causes of suspension, as cases name them: while one of them lasts, nobody takes the step."""
    source: Source


@dataclass(frozen=True)
class Outcome:
    """A decision the law knows. `adverse`: yes | no | depends (on what is decided)."""

    code: str
    name: Words
    adverse: str
    source: Source


@dataclass(frozen=True)
class Named:
    """A defect or a ground with its source."""

    code: str
    name: Words
    source: Source

    @property
    def status(self) -> str:
        """The status of its source."""
        return self.source.status


@dataclass(frozen=True)
class Suspension:
    """A cause for which terms stand still. It holds in the redactions from `valid_from` to `valid_to`."""

    code: str
    name: Words
    same_as: str
    """The code by which cases name it; redactions of one cause share it."""
    terms: tuple[str, ...]
    """Keys of the terms that it stops."""
    begins: tuple[str, ...]
    """Steps with which it begins by itself; () = it is entered."""
    ends: tuple[str, ...]
    """Steps with which one that began by itself ends: the day of the step counts again."""
    longer_by: str
    """Key of a term for which the clock goes on standing after the last day of an interval; "" = it runs again."""
    valid_from: date
    valid_to: date | None
    note: Words
    source: Source
    enabled: bool
    """Whether it stops terms here although it is `unverified`."""

    def holds(self, day: date) -> bool:
        """Whether the law knows the cause for a case of this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Quota:
    """How many must be there: at least so many, or at least that part (`least` of `of`) of all."""

    code: str
    name: Words
    least: int
    of: int | None
    source: Source

    def met(self, present: int, everybody: int) -> bool:
        """Whether so many of everybody are enough."""
        return present >= self.least if self.of is None else present * self.of >= self.least * everybody


@dataclass(frozen=True)
class Need:
    """One thing a decision must contain. `code`: one of NEEDS. `outcomes`: the decisions it is asked of; `when`: of
    all of them, or only where the decision goes against the person."""

    code: str
    name: Words
    outcomes: tuple[str, ...]
    when: str
    source: Source


@dataclass(frozen=True)
class Procedure:
    """All that holds for one kind of appeal, the general part included."""

    code: str
    chapter: str
    begins: str
    """Who begins a case: an applicant, or the body itself (then no portal, form or program takes it in)."""
    abstract: bool
    offered: tuple[str, ...]
    """Of `OFFERED`: () = only a step of another case opens it."""
    name: Words
    definition: Words
    everyday: Words
    """Everyday matters of this kind, for people who choose one; {} if the folder gives none."""
    source: Source
    chain: tuple[str, ...]
    """Its own code and those it extends, nearest first."""
    states: Mapping[str, State]
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Outcome]
    decision: Mapping[str, Need]
    """What a decision must contain, by code of the need."""
    terms: Mapping[str, Term]
    defects: Mapping[str, Named]
    return_grounds: Mapping[str, Named]
    no_return_grounds: Mapping[str, Named]
    termination_grounds: Mapping[str, Named]
    withdrawal_grounds: Mapping[str, Named]
    extension_grounds: Mapping[str, Named]
    recusal_grounds: Mapping[str, Named]
    restoration_grounds: Mapping[str, Named]
    """Reasons for which a term that a person missed may be restored."""
    hearing_exemptions: Mapping[str, Named]
    offences: Mapping[str, Named]
    bars: Mapping[str, Named]
    """Why somebody may not take part, or why an act may not be issued."""
    rights: Mapping[str, Named]
    contents: Mapping[str, Named]
    """What the act must contain."""
    suspensions: Mapping[str, Suspension]
    quotas: Mapping[str, Quota]
    refusal_grounds: Mapping[str, Named]
    duties: Mapping[str, Named]
    """What the body owes besides the answer: language, form, publicity. Nothing here is computed."""
    folders: tuple[str, ...]
    """Where its files lie, the folder that wins first."""

    @property
    def main_term(self) -> str:
        """The term meant where none is named: the decision, else the first of the file."""
        return "decision" if "decision" in self.terms else next(iter(self.terms), "decision")

    def term(self, key: str) -> Term:
        """The term with this key. UnknownTerm if the procedure has none."""
        try:
            return self.terms[key]
        except KeyError:
            known = ", ".join(self.terms)
            raise UnknownTerm("unknown_term", procedure=self.code, key=key, known=known) from None

    def asked_of(self, outcome: str, *, adverse: bool) -> list[str]:
        """Codes of what a decision with this outcome must contain; of an outcome nobody knows all is asked."""
        return [
            need.code
            for need in self.decision.values()
            if (outcome in need.outcomes or outcome not in self.outcomes) and (adverse or need.when == "always")
        ]


Refusal = Literal["not_in_this_state", "not_in_this_procedure"]


def may(procedure: Procedure, step_code: str, state: str | None) -> Refusal | None:
    """Why the step cannot be taken in the state; None if it can. `state` None: there is no case yet."""
    step = procedure.steps.get(step_code)
    if step is None:
        return "not_in_this_procedure"
    fits = state in step.from_ if state else not step.from_
    return None if fits else "not_in_this_state"

"""How a case comes into being: everything is made first, then written in one short transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from qyzmet import rows
from qyzmet.bodies import queries as bodies
from qyzmet.cases import accuse, deadlines, fingerprints, listed, post_room, words
from qyzmet.cases.actor import SYSTEM, Actor
from qyzmet.cases.defects import find_defects
from qyzmet.cases.lateness import LATE
from qyzmet.cases.models import Case, Paper, Party, Question
from qyzmet.cases.move import Move, begin
from qyzmet.cases.queries.filing import Filing
from qyzmet.cases.questions import split_questions
from qyzmet.cases.rules import procedure
from qyzmet.text import codes
from qyzmet.text.clean import one_line
from qyzmet.text.dates import local
from qyzmet.text.hashes import sha

if TYPE_CHECKING:
    from qyzmet.cases.actions.register import Author


@dataclass(frozen=True)
class Opening:
    """A case on its way into the database: where it goes, who files it and with what, who receives it."""

    case: Case
    where: accuse.Place
    people: Sequence["Author"]
    papers: Sequence[Paper]
    receiver: bodies.Receiver
    by: Actor
    at: datetime
    consent: bool = False
    late: bool = False
    """Whether it is a complaint that came after its term."""

    def run(self) -> Filing:
        """Number it and write it; once more with another number, should this one be taken (once in 2^40)."""
        self._fill()
        while True:
            self._number()
            try:
                return self._run()
            except IntegrityError:
                if not Case.objects.filter(number=self.case.number).exists():
                    raise

    def _fill(self) -> None:
        """Dates, defects, and what lists look for."""
        case, where, first = self.case, self.where, self.people[0]
        case.body, case.challenged, case.is_accusation = where.body, where.challenged, where.is_accusation
        case.state = "at_challenged" if where.challenged == where.body else "registered"
        case.subject = _subject(case.text)
        rule = procedure(case.procedure)
        found = {*find_defects(rule, self.people, case.signature), *([LATE] if self.late else [])}
        case.defects = [code for code in rule.defects if code in found]
        case.applicant_name = listed.shown(first.name)
        case.applicant_key, case.applicant_fold = listed.key(first.name), listed.folded(first.name)
        case.registered_at, case.receiver = self.at, self.receiver.person

    def _number(self) -> None:
        case = self.case
        case.number = codes.case_number(local(self.at).year, secrets.token_bytes(5))
        case.pk, case.last_leaf, case.steps_count = None, None, 0

    def _run(self) -> Filing:
        """The journal row, the case and all that hangs on it, and the talon."""
        case, at = self.case, self.at
        arrival = deadlines.arrival(case.received_at, self.where.body.cutoff)
        case.registered_on = case.arrived_on = arrival.on
        planned = deadlines.plan(case, case.received_at, arrival)
        move = Move(case, procedure(case.procedure).steps["register"], self.by, at)
        parties = self._parties()
        papers = {f"paper{n}": one.sha256 for n, one in enumerate(self.papers, 1)}
        move.hashes = {"appeal": sha(case.text), "people": fingerprints.people(parties), **papers}
        if case.parent:
            move.hashes |= {"parent": case.parent.number, "relation": case.relation}
        row = move.prepare_first(planned, note=case.received_ground)
        envelope = post_room.applicant_envelope(case, parties[0])
        filling = post_room.Filling(case, case.body, at, case.receiver, planned[0], parties[0], {}, self.receiver.post)
        talon = post_room.write(filling, "talon", envelope)
        with transaction.atomic():
            facts = {"defects": case.defects, "consent": self.consent, **self._sender()}
            step = move.first(row, planned, note=case.received_ground, facts=facts)
            self._hang(parties)
            post_room.keep(talon, step, envelope)
            if self.where.nobody_decides:
                _court_route(case, at=at)
        return Filing(case, case.body, planned[0])

    def _sender(self) -> dict[str, str]:
        """Which body sent this part here: nobody at this one has registered it."""
        case = self.case
        return {"from": case.parent.body.code} if case.relation == "part" and case.parent else {}

    def _parties(self) -> list[Party]:
        return [
            Party(n=n, name_fold=listed.folded(author.name), **vars(author)) for n, author in enumerate(self.people, 1)
        ]

    def _hang(self, parties: list[Party]) -> None:
        """What belongs to the case: people, questions, papers, and whom it accuses."""
        case = self.case
        for party in parties:
            party.case = case
        rows.insert_all(parties)
        rows.insert_all([Question(case=case, n=n, text=one) for n, one in enumerate(split_questions(case.text), 1)])
        if self.papers:
            Paper.objects.filter(pk__in=[paper.pk for paper in self.papers]).update(case=case, draft=None)
        if self.where.is_accusation:
            accuse.record(case, self.where, at=self.at)


def _subject(text: str) -> str:
    line = one_line(text.split("\n", 1)[0])
    return line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0].rstrip(" .,:;!?–-…") + "…"


def _court_route(case: Case, *, at: datetime) -> None:
    """Nobody inside the city may decide: the person is told the way to court at once."""
    move = begin(case, "court_route", by=SYSTEM, at=at)
    step = move.finish(outcome="court_route")
    post_room.send(move.case, step, "court_route", at=at, values={"reason": words.NOBODY_ABOVE.__getitem__})

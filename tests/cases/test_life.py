"""Random lives: anybody tries anything at any moment, time passes, and some things hold after each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from qyzmet.cases import accuse, actions, queries
from qyzmet.cases.actions import About, Actor
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, Deadline, Draft, Hearing, Party, Question, Standstill, Step
from qyzmet.cases.rights import Standing, why_not
from qyzmet.cases.rules import procedure
from qyzmet.journal.models import Entry
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import Desk
from tests.cases.plausible import NAMES, SAID, Draw, arguments
from tests.cases.wholeness import flaws

pytestmark = pytest.mark.django_db
LIVES, STEPS, LONGEST = 1 if connection.vendor == "postgresql" else 3, 30, 200
"""Lives of each kind, attempts in a life, days after which time only goes by in hours."""
CONDUCT = {
    "by post": About("conduct", post_code="centre-head"),
    "by name": About("conduct", text="Жастар орталығының басшысы Ысқақов"),
    "unknown": About("conduct", text="Бір бастық"),
}
KINDS = [("application", ""), ("complaint", ""), ("message", ""), ("request", ""), ("suggestion", ""), ("response", "")]
KINDS += [("tax-complaint", "")]
KINDS += [("message", "by post"), ("application", "by name"), ("complaint", "by post"), ("request", "unknown")]
TABLES = (Case, Step, Deadline, Standstill, Draft, Hearing, Party, Question, Entry, Letter, Dispatch)
CLOCK = {"preliminary": "objection", "curing": "cure", "at_challenged": "pass_up"}
"""States -> the term at whose end the clock goes on without anybody."""


once = settings(
    max_examples=LIVES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],  # a life that fails is told step by step; making it shorter would take minutes
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def forgotten() -> Iterator[None]:
    """Each life disappears. The outbox, which wants its commits to be real, takes this for the test's transaction."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]
    with around:
        yield
        transaction.set_rollback(True)


def stored() -> list[Any]:
    """Everything an action may write, to the last column."""
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


@dataclass
class Life:
    """A case, those that come out of it, and the moment."""

    desk: Desk
    draw: Draw
    case: Case
    code: str
    readers: list[queries.Reader]
    """Everybody's rights: nobody's roles or chiefs change here."""
    days: int = 0
    looked_at: dict[int, int] = field(default_factory=dict)
    """Case -> its steps when it was found whole; what writes no step writes nothing."""
    asked: dict[tuple[int, int, date], list[Standing]] = field(default_factory=dict)

    def family(self) -> list[Case]:
        found = list(Case.objects.order_by("pk"))
        assert self.case in found
        return found

    def step(self) -> None:
        if self.draw(st.integers(0, 4)) == 0:
            self.wait()
        else:
            self.act(self.draw(st.sampled_from(self.family())))
        for case in self.family():
            if self.looked_at.get(case.pk) == case.steps_count:
                continue
            self.looked_at[case.pk] = case.steps_count
            assert flaws(case) == []
            assert self.who_may_move(case), f"nobody can move {case.procedure} out of {case.state}"
            self.barred_see_nothing(case)

    def wait(self) -> None:
        hours = self.draw(st.sampled_from([1, 9, 24, 24, 72, 72, 240, 500]))
        hours = hours if self.days < LONGEST else 1
        self.days += hours // 24
        self.desk.now += timedelta(hours=hours)
        done = tick(at=self.desk.at()).done
        note(f"{hours} hours: {done}")
        assert "failed" not in done
        before = stored()
        again = tick(at=self.desk.now).done
        assert not any(again.values())
        assert stored() == before

    def act(self, case: Case) -> None:
        actors = [actions.APPLICANT, *(Actor.official(who.person) for who in self.readers)]
        steps = [
            step for step in procedure(case.procedure).steps.values() if step.from_ and set(step.who) != {"system"}
        ]
        able = self.standings(case)
        allowed = [(step.code, one.by) for step in steps for one in able if why_not(step, one) is None]
        anything = st.tuples(st.sampled_from([step.code for step in steps]), st.sampled_from(actors))
        likely = st.sampled_from(allowed) if allowed else anything
        code, by = self.draw(anything if self.draw(st.integers(0, 3)) == 0 else likely)
        if code == "accused_answers":
            return
        self.take(case, code, by)

    def take(self, case: Case, code: str, by: Actor) -> None:
        at = self.desk.at()
        posts = [post.code for post in self.desk.cast.posts.values()]
        given = arguments(code, case, [who.person for who in self.readers], posts, at=at, draw=self.draw)
        name = by.person.login if by.person else by.kind
        before = stored()
        barred = by.person and by.person.pk in accuse.barred_ids(case, local(at).date())
        try:
            action_of(case, code)(case, by=by, at=at, **given)
        except (Refused, Missing) as refusal:
            note(f"{name}: {code} {given} -> {refusal!r}")
            assert stored() == before
            assert not barred or isinstance(refusal, Missing)
        else:
            note(f"{name}: {code} {given}")
            assert not barred
            assert Step.objects.filter(case=case).latest("n").at == at

    def standings(self, case: Case) -> list[Standing]:
        """The person who filed, and every official who may see the case."""
        key = (case.pk, case.steps_count, local(self.desk.now).date())
        if key not in self.asked:
            now = Case.objects.get(pk=case.pk)
            own = [who for who in self.today() if now.body_id in who.bodies() and queries.may_see(who, now.pk)]
            officials = [Standing(now, Actor.official(who.person), who) for who in own]
            self.asked[key] = [Standing(now, actions.APPLICANT), *officials]
        return self.asked[key]

    def today(self) -> list[queries.Reader]:
        """Everybody's rights on the day of the next step."""
        return [replace(who, on=local(self.desk.now).date()) for who in self.readers]

    def who_may_move(self, case: Case) -> bool:
        """Whether the case can leave its state by the one it waits for: a body, or the person and then the clock."""
        rule = procedure(case.procedure)
        state, (person, *officials) = rule.states[case.state], self.standings(case)
        ways = [step for step in rule.steps.values() if step.to not in ("same", case.state) and step.code != "withdraw"]
        if not state.open:
            return True
        clock = Deadline.objects.filter(case=case, key=CLOCK.get(state.code, ""), is_open=True).exists()
        if state.waits == "applicant":
            return clock and any(why_not(step, person) is None for step in ways)
        if any(standing.unresolved for standing in officials):
            ways = [rule.steps["resolve_about"]]
        return clock or any(why_not(step, standing) is None for step in ways for standing in officials)

    def barred_see_nothing(self, case: Case) -> None:
        barred = accuse.barred_ids(case, local(self.desk.now).date())
        out = [who for who in self.today() if who.person.pk in barred]
        assert len(out) == len(barred)
        assert case.executor_id not in barred
        assert not any(queries.may_see(who, case.pk) for who in out)
        sent = Letter.objects.filter(case_number=case.number, to_email__in=[who.person.email for who in out])
        assert all(letter.to_accused for letter in sent)


def action_of(case: Case, code: str) -> Any:
    """What takes the step; all those that the law calls plain are taken by one."""
    step = procedure(case.procedure).steps.get(code)
    return partial(actions.take_plain, code=code) if step and step.plain else getattr(actions, NAMES.get(code, code))


def born(desk: Desk, readers: list[queries.Reader], kind: str, conduct: str, draw: Draw) -> Life:
    appeal = {
        "text": draw(SAID),
        "language": draw(st.sampled_from(["kk", "ru", "en"])),
        "signature": draw(st.sampled_from(["signed", "unsigned"])),
        "answer_channel": draw(st.sampled_from(["page", "email", "post", "hand"])),
    }
    if conduct:
        appeal["about"] = CONDUCT[conduct]
    filed = desk.file(kind, draw(st.sampled_from(["centre", "dep", "water", "city"])), **appeal)
    return Life(desk, draw, filed.case, filed.code, readers)


@pytest.mark.parametrize(("kind", "conduct"), KINDS)
def test_whatever_anybody_tries(desk: Desk, kind: str, conduct: str) -> None:
    born_at, people = desk.now, set(desk.cast.people.values())
    readers = [queries.reader(person, local(born_at).date()) for person in sorted(people, key=lambda one: one.pk)]

    @once
    @given(data=st.data())
    def live(data: st.DataObject) -> None:
        desk.now = born_at
        with forgotten():
            life = born(desk, readers, kind, conduct, data.draw)
            for _ in range(STEPS):
                life.step()
            queries.followed(Case.objects.get(pk=life.case.pk))

    live()

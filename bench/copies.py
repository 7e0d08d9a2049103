"""Copies of a told case: the same rows in every table, with numbers, people, body, dates and hashes of their own.

A told case is read from the database once. For each number of weeks it is moved its dates and deadlines are computed
again by the law; each copy then only changes what is its own.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import connection, models

from bench.changes import CHAINED, SPECIAL, Change, Own, at, body, person
from qyzmet import law
from qyzmet.bodies.models import Body, Person, Post
from qyzmet.cases import deadlines
from qyzmet.cases.models import (
    Accusation,
    Barred,
    Case,
    CaseLetter,
    CoExecutor,
    Deadline,
    Draft,
    Hearing,
    Party,
    Question,
    Step,
)
from qyzmet.cases.rules import procedure, rules
from qyzmet.journal.models import Entry, Opening
from qyzmet.letters.models import Dispatch, Letter

ORDER: tuple[type[models.Model], ...] = (
    Case, Party, Question, CoExecutor, Accusation, Entry, Opening, Step, Deadline, Letter, Dispatch, CaseLetter, Draft,
    Hearing,
)  # fmt: skip
"""Tables of a case, each after those it points to. `Barred` differs with the body and is written apart."""


CUT = 120
"""Characters that are left of a letter and of a draft in the copies of a closed case."""
KEPT_FACTS = 1
"""Facts that are left of the explanation of each of its days. Its openings are left out, as if they were erased."""


class Told:
    """A case that the actions told, as objects of every table."""

    def __init__(self, case: Case, people: dict[int, str], bodies: dict[int, str], codes: dict[str, str]) -> None:
        self.case, self.people, self.bodies, self.codes = case, people, bodies, codes
        letters = [link.letter_id for link in CaseLetter.objects.filter(case=case)]
        entries = list(Step.objects.filter(case=case).order_by("n").values_list("entry_id", flat=True))
        found: dict[type[models.Model], Any] = {
            Case: Case.objects.filter(pk=case.pk),
            Entry: Entry.objects.filter(pk__in=entries),
            Opening: Opening.objects.filter(pk__in=entries),
            Letter: Letter.objects.filter(pk__in=letters),
            Dispatch: Dispatch.objects.filter(letter__in=letters),
        }
        self.rows: list[models.Model] = []
        for model in ORDER:
            rows = found[model] if model in found else model._default_manager.filter(case=case)
            self.rows += [self._kept(row) for row in rows.order_by("pk") if case.is_open or model is not Opening]
        self.place = {(type(row), row.pk): n for n, row in enumerate(self.rows)}
        self.entries = [row.pk for row in self.rows if isinstance(row, Entry)]
        self.sheets = [Sheet(self, row) for row in self.rows]
        self.last = max(row.at for row in self.rows if isinstance(row, Step))

    def _kept(self, row: models.Model) -> models.Model:
        """Of a closed case, whose copies are most of a city, the long texts are cut: no list reads them."""
        if not self.case.is_open and isinstance(row, Letter):
            row.body, row.body_names = row.body[:CUT], {}
        if not self.case.is_open and isinstance(row, Draft):
            row.facts, row.ground, row.answers = row.facts[:CUT], row.ground[:CUT], {}
        return row

    def row(self, model: type[models.Model], key: int) -> Any:
        """The row of that table."""
        return self.rows[self.place[model, key]]

    def fits(self, weeks: int) -> bool:
        """Whether the case may be moved so far: the day of its registration is worked, and the law has its rules."""
        span = timedelta(weeks=weeks)
        try:
            return rules().calendar.is_working(self.case.registered_on + span) and bool(self.dues(span))
        except law.QuestionError:
            return False

    def dues(self, span: timedelta) -> dict[int, law.Due]:
        """What the law says of each deadline of the case, were everything so much later."""
        return {row.pk: self._due(row, span) for row in self.rows if isinstance(row, Deadline)}

    def _due(self, row: Deadline, span: timedelta) -> law.Due:
        start, as_of = row.start_on + span, row.as_of + span
        arrival = self._arrival(row, start, span)
        rule = procedure(self.case.procedure)
        return law.due(rules(), rule, row.key, start=start, as_of=as_of, count=row.count, registration=arrival)

    @staticmethod
    def _arrival(row: Deadline, start: date, span: timedelta) -> law.Registration | None:
        """What found the first day of the term, where its explanation begins with an arrival."""
        if not row.facts or row.facts[0]["fact"] != "received":
            return None
        moment = datetime.fromisoformat(row.facts[0]["at"]) + span
        arrival = law.registration(rules(), moment, cutoff=row.case.body.cutoff)
        return arrival if arrival.on == start else None


class Moved:
    """A told case some weeks earlier or later: rows with all that copies have in common, and what each changes."""

    def __init__(self, told: Told, weeks: int) -> None:
        self.told, self.span = told, timedelta(weeks=weeks)
        self.dues = told.dues(self.span)
        self.due_on, self.act_on = self._days()
        self.plans = [self._plan(row, sheet) for row, sheet in zip(told.rows, told.sheets, strict=True)]

    def _days(self) -> tuple[date | None, date | None]:
        """The case's two dates, as the actions set them."""
        case = self.told.case
        own = [row for row in self.told.rows if isinstance(row, Deadline)]
        as_if = SimpleNamespace(due_on=None, act_on=None)
        running = [SimpleNamespace(key=row.key, whose=row.whose, on=self.dues[row.pk].on) for row in own if row.is_open]
        deadlines.set_days(as_if, running)  # type: ignore[arg-type]
        last = [self.dues[row.pk].on for row in own if row.on == case.due_on and row.key in ("decision", "extension")]
        return as_if.due_on or (last[0] if last else None), as_if.act_on

    def _plan(self, row: models.Model, sheet: "Sheet") -> "Plan":
        values = sheet.values.copy()
        for n, one in sheet.dates:
            values[n] = prepared(one, getattr(row, one.attname) + self.span)
        for name, value in self._computed(row).items():
            n = sheet.names.index(name)
            values[n] = prepared(sheet.fields[n], value)
        leaf = [(n, make(self, row)) for n, make in sheet.chained]
        return Plan(type(row), values, sheet.changes + leaf)

    def _computed(self, row: models.Model) -> dict[str, Any]:
        """What the law says anew."""
        if isinstance(row, Deadline):
            due = self.dues[row.pk]
            told = ("on", "status", "rule", "redaction")
            facts = list(due.facts) if self.told.case.is_open else list(due.facts[:KEPT_FACTS])
            return {**{name: getattr(due, name) for name in told}, "facts": facts}
        if isinstance(row, Case):
            return {"due_on": self.due_on, "act_on": self.act_on}
        return {}


class Sheet:
    """A row of a told case: its values as the database takes them, and what a copy changes in it."""

    def __init__(self, told: Told, row: models.Model) -> None:
        self.fields = row._meta.concrete_fields
        self.names = [one.name for one in self.fields]
        self.values = [prepared(one, getattr(row, one.attname)) for one in self.fields]
        self.dates = [(n, one) for n, one in enumerate(self.fields) if isinstance(getattr(row, one.attname), date)]
        self.changes: list[tuple[int, Change]] = []
        self.chained: list[tuple[int, Callable[[Moved, Any], Change]]] = []
        for n, one in enumerate(self.fields):
            if (type(row), one.name) in CHAINED:
                self.chained.append((n, CHAINED[type(row), one.name]))
            elif change := self._change(told, row, one):
                self.changes.append((n, change))

    @staticmethod
    def _change(told: Told, row: models.Model, one: Any) -> Change | None:
        special = SPECIAL.get((type(row), one.name))
        if special:
            return special(told, row)
        to = one.related_model if one.is_relation else None
        if one.primary_key and not to:
            return at(told.place[type(row), row.pk])
        value = getattr(row, one.attname)
        if to is None or value is None:
            return None
        if to is Person:
            return person(told.people[value])
        if to is Body:
            return body(told.bodies[value])
        if to is Post:
            return lambda own, _: own.accused_post
        return at(told.place[to, value])


def prepared(one: Any, value: Any) -> Any:
    """A field's value as the database's own driver takes it."""
    if isinstance(one, models.JSONField):
        return json.dumps(value)
    if isinstance(value, memoryview):
        value = bytes(value)
    if connection.vendor == "sqlite":
        return one.get_db_prep_save(value, connection)
    return value


@dataclass
class Plan:
    """One row of a moved case."""

    model: type[models.Model]
    values: list[Any]
    changes: list[tuple[int, Change]]

    def row(self, own: Own) -> list[Any]:
        """The row of one copy."""
        made = self.values.copy()
        for n, change in self.changes:
            made[n] = change(own, made)
        return made


LAST_LEAF = [field.name for field in Case._meta.concrete_fields].index("last_leaf")


def rows_of(moved: Moved, own: Own) -> Iterator[tuple[type[models.Model], list[Any]]]:
    """The rows of one copy, `own.ids` given."""
    case: list[Any] = []
    for plan in moved.plans:
        made = plan.row(own)
        if plan.model is Case:
            case = made
        yield plan.model, made
    case[LAST_LEAF] = own.leaves[-1]
    barred_ids = iter(own.ids[len(moved.plans) :])
    for barred in sorted(own.barred):
        yield Barred, [next(barred_ids), own.ids[0], barred]

"""The one place that says which cases a person may see. Every other query starts here.

Two things narrow a list. Rights: roles in the body that holds the case now. The bar: a person accused, and whoever
answers to the accused at filing (`Barred`) or on the day of asking (`answers_to`), sees nothing, whatever their roles.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Person
from qyzmet.cases.models import Accusation, Barred, Case, CoExecutor
from qyzmet.text.codes import normalise_number
from qyzmet.text.refusal import Missing

WHOLE_BODY = frozenset({"registrar", "approver", "head", "administrator"})
"""Roles that see every case of their body; an executor sees the own ones."""
FEW = 3
"""Cases of at most so many bodies are found body by body; those of more by walking over all in the list's order."""

_PLACE = ExpressionWrapper(F("body_id") + 0, BigIntegerField())
"""The body of a case, in a form that keeps a database from finding the cases by it: no index holds a sum."""
_OF_CASE = Q(case=OuterRef("pk"), case__gte=OuterRef("pk"))
"""Of this case; said twice, for PostgreSQL would read the whole table first to look each case up in what it found.

A list has few accusations, and each is asked about by the key of its case."""


@dataclass(frozen=True)
class Reader:
    """A person with the rights of one day, looked up once a request."""

    person: Person
    on: date
    roles: frozenset[tuple[int, str]]

    @cached_property
    def above(self) -> frozenset[int]:
        """Persons this one answers to on that day, and the person; looked up when first asked for."""
        return bodies.answers_to(self.person, self.on) | {self.person.pk}

    def bodies(self, *roles: str) -> list[int]:
        """Bodies where the reader holds one of these roles (any role if none is named)."""
        return sorted({body for body, role in self.roles if not roles or role in roles})

    def has(self, body_id: int, *roles: str) -> bool:
        """Whether the reader holds one of these roles in that body."""
        return any((body_id, role) in self.roles for role in roles)


def reader(person: Person, on: date) -> Reader:
    """The rights of `person` on a day, substitutions included."""
    return Reader(person, on, bodies.roles_at(person, on))


def not_barred(who: Reader) -> Q:
    """The condition that keeps every case from which this reader is barred out of a list."""
    at_filing = Barred.objects.filter(_OF_CASE, person=who.person)
    today = Accusation.objects.filter(_OF_CASE, person__in=who.above)
    return Q(is_accusation=False) | Q(~Exists(at_filing), ~Exists(today))


def known(who: Reader) -> Q:
    """Accusations whose accused is not known yet are for the intake of the body alone."""
    unresolved = Accusation.objects.filter(_OF_CASE, resolved_at=None)
    return Q(is_accusation=False) | Q(body__in=who.bodies("registrar")) | Q(~Exists(unresolved))


def of_bodies(who: Reader, *, short: bool = False) -> QuerySet[Case]:
    """The cases of every body in which this reader sees the whole body's cases.

    `short`: of all their cases the caller wants few, which may be sorted.
    """
    rows, bodies = Case.objects.filter(not_barred(who), known(who)), who.bodies(*WHOLE_BODY)
    if short or len(bodies) <= FEW:
        return rows.filter(body__in=bodies)
    # an index of bodies would make the database sort every open case of all of them
    return rows.alias(place=_PLACE).filter(place__in=bodies)


def own(who: Reader) -> QuerySet[Case]:
    """The cases this reader works on as executor, in bodies where the reader still holds a role."""
    return Case.objects.filter(not_barred(who), known(who), executor=who.person, body__in=who.bodies())


def visible(who: Reader, *, few: bool = False) -> QuerySet[Case]:
    """Every case this reader may see. `few`: the caller chooses a handful by an index of its own, whatever the body."""
    whole, body = who.bodies(*WHOLE_BODY), "place" if few else "body"
    sees, other = Q(**{f"{body}__in": whole}), [one for one in who.bodies() if one not in whole]
    if other:
        helps = CoExecutor.objects.filter(case=OuterRef("pk"), person=who.person)
        sees |= Q(**{f"{body}__in": other}) & (Q(executor=who.person) | Q(Exists(helps)))
    return Case.objects.alias(place=_PLACE).filter(not_barred(who), known(who)).filter(sees)


def with_files(who: Reader) -> QuerySet[Case]:
    """The cases whose file came to this reader with a complaint that went up (APPC 91(4)): to be read, not to be moved.

    They stand in no list; whoever is barred from one has no way to it here either.
    """
    complaint = visible(who).filter(parent=OuterRef("pk"), relation="complaint")
    return Case.objects.filter(not_barred(who), known(who)).filter(Exists(complaint))


def find_to_read(who: Reader, number: str) -> Case:
    """As `find`, of a case or of the file of one that a complaint brought here."""
    try:
        return find(who, number)
    except Missing:
        wanted = with_files(who).filter(number=normalise_number(number) or "")
        case = wanted.select_related("body", "executor", "challenged").first()
    if case is None:
        raise Missing
    return case


def find(who: Reader, number: str) -> Case:
    """The case of that number. `Missing` for a case that is not there and for one the reader may not see alike."""
    case = (
        visible(who)
        .filter(number=normalise_number(number) or "")
        .select_related("body", "executor", "challenged")
        .first()
    )
    if case is None:
        raise Missing
    return case


def may_see(who: Reader, case_id: int) -> bool:
    """Whether the reader may see this case."""
    return visible(who).filter(pk=case_id).exists()


def may_see_locked(who: Reader, case: Case) -> bool:
    """As `may_see`, of a row read under a lock. Nobody is barred from what accuses nobody: rights alone decide."""
    if case.is_accusation:
        return may_see(who, case.pk)
    if who.has(case.body_id, *WHOLE_BODY):
        return True
    if case.body_id not in who.bodies():
        return False
    return case.executor_id == who.person.pk or CoExecutor.objects.filter(case=case, person=who.person).exists()

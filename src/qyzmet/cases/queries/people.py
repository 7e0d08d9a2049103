"""People of a body who may be given a case."""

from datetime import date

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Person
from qyzmet.cases import accuse, challenged
from qyzmet.cases.models import Case
from qyzmet.cases.recused import recused


def assignable(case: Case, on: date) -> list[Person]:
    """Executors of the body who are not barred, not challenged and not recused, in alphabetical order."""
    out = set(accuse.barred_ids(case, on)) | recused(case)
    found = bodies.persons_with_role(case.body, "executor", on)
    if case.challenged_id:
        out |= {person.pk for person in found if _is_challenged(case, person, on)}
    return [person for person in found if person.pk not in out]


def _is_challenged(case: Case, person: Person, on: date) -> bool:
    own = {body for body, _ in bodies.roles_at(person, on)}
    return challenged.stands_under(case, own) or challenged.had_a_hand(case, person)

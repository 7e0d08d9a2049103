"""Whose act is complained of: they, and the bodies that answer to theirs, do not decide (APPC 91(4), 97(2))."""

from collections.abc import Iterable, Iterator

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Person
from qyzmet.cases.models import Case


def stands_under(case: Case, body_ids: Iterable[int]) -> bool:
    """Whether one of the bodies is the challenged one, or answers to it: what it decides the challenged can direct."""
    if case.challenged_id is None:
        return False
    ids = set(body_ids)
    if case.challenged_id in ids:
        return True
    above = {body.pk for body in bodies.every_superior(ids)}
    return case.challenged_id in above


def had_a_hand(case: Case, person: Person) -> bool:
    """Whether the person wrote, approved or signed an act that this case, or the complaint it is a part of, challenges.

    Only acts complained of count: each stands one step above a complaint, however many parts lie between.
    """
    for act in _acts(case):
        hands = act.drafts.filter(stage="signed").values_list("author_id", "approver_id", "signer_id")
        if any(person.pk in row for row in hands):
            return True
    return False


def _acts(case: Case) -> Iterator[Case]:
    met: set[int] = set()
    while case.parent is not None and case.pk not in met:
        met.add(case.pk)
        if case.relation == "complaint":
            yield case.parent
        case = case.parent

"""Who answers to whom on a day: the ground of every bar.

The person starts from the posts held, the posts stood in for (see `standing_in`) and the bodies of own roles, and
goes up (see `ladder`). Above the person is whoever holds a post met on the way, or stands in for its holder. A vacant
post is passed through. The posts the person holds put nobody above: who stands in for a chief on leave does not become
the chief's chief.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Value

from qyzmet.bodies.models import Appointment, Person, Role
from qyzmet.bodies.models.dated import covers

from . import ladder
from .standing_in import stand_ins
from .statements import STARTS, ask, occupants


def answers_to(person: Person, on: date) -> frozenset[int]:
    """Ids of everybody above `person` on the day; never the person's own. Three queries whatever the city's size."""
    held, lent, bodies = _starts(person, on)
    above = ladder.posts_above(held | lent, bodies) - held
    return frozenset(occupants(above, on) - {person.pk})


def below(person: Person, on: date) -> frozenset[int]:
    """Ids of everybody who has `person` in `answers_to` on the day. One query a post held or stood in for, and one."""
    held, lent, _ = _starts(person, on)
    found: set[int] = set()
    for post_id in held | lent:
        found |= _under(post_id, on)
    return frozenset(found - {person.pk})


def _starts(person: Person, on: date) -> tuple[set[int], set[int], set[int]]:
    """Posts held, posts stood in for, bodies of own roles."""
    found: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for number, kind in ask(STARTS, on=on, person=person.pk):
        found[kind].add(number)
    return found


def _under(post_id: int, on: date) -> set[int]:
    """Everybody who starts below the post and does not hold it."""
    posts, bodies = ladder.posts_below(post_id), ladder.bodies_below(post_id)
    holders = Appointment.objects.filter(covers(on), post__in=posts).values_list("person_id", Value(0))
    acting = stand_ins(on).filter(post__in=posts).values_list("substitute_id", Value(0))
    roles = Role.objects.filter(covers(on), body__in=bodies).values_list("person_id", Value(0))
    own = Appointment.objects.filter(covers(on), post=post_id).annotate(own=F("person_id")).values_list("own", Value(1))
    rows = set(holders.union(acting, roles, own))
    return {number for number, kind in rows if kind == 0} - {number for number, kind in rows if kind == 1}

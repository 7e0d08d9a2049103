"""What is asked on every request of an official, as statements written once: who has which role, who sits where.

The day is given as the value `on`; `dated` is the condition of `models.dated.covers`, and `STANDING_IN` what
`standing_in.stand_ins` finds. The ORM would build these statements anew each time, which takes longer than they do.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection

from qyzmet.bodies.models import Absence, Appointment, Post, Role, Substitution

_TABLES = {model.__name__.lower(): model._meta.db_table for model in (Absence, Appointment, Post, Role, Substitution)}


def _dated(*names: str) -> str:
    return " AND ".join(
        f"{name}.since <= %(on)s AND ({name}.until IS NULL OR {name}.until >= %(on)s)" for name in names
    )


_AWAY = f"""
EXISTS (SELECT 1 FROM {{absence}} absence WHERE absence.person_id = held.person_id AND {_dated("absence")})
"""  # noqa: S608 (own text, as below)
_STANDING_IN = f"""
SELECT instead.post_id, instead.substitute_id FROM {{substitution}} instead WHERE {_dated("instead")} AND (
  EXISTS (SELECT 1 FROM {{appointment}} held
          WHERE held.post_id = instead.post_id AND held.person_id <> instead.substitute_id AND {_dated("held")}
            AND {_AWAY})
  OR NOT EXISTS (SELECT 1 FROM {{appointment}} held WHERE held.post_id = instead.post_id AND {_dated("held")}))
"""  # noqa: S608
_ROLES = f"""
SELECT role.body_id, role.role FROM {{role}} role WHERE role.person_id = %(person)s AND {_dated("role")}
UNION
SELECT role.body_id, role.role FROM {{substitution}} instead
JOIN {{post}} post ON post.id = instead.post_id
JOIN {{appointment}} held ON held.post_id = post.id AND held.person_id <> instead.substitute_id
JOIN {{role}} role ON role.person_id = held.person_id AND role.body_id = post.body_id
WHERE instead.substitute_id = %(person)s AND {_dated("instead", "held", "role")} AND {_AWAY}
"""  # noqa: S608
_BEARERS = f"""
SELECT role.person_id FROM {{role}} role
WHERE role.body_id = %(body)s AND role.role = %(role)s AND {_dated("role")}
UNION
SELECT instead.substitute_id FROM {{substitution}} instead
JOIN {{post}} post ON post.id = instead.post_id AND post.body_id = %(body)s
JOIN {{appointment}} held ON held.post_id = post.id AND held.person_id <> instead.substitute_id
JOIN {{role}} role ON role.person_id = held.person_id AND role.body_id = %(body)s AND role.role = %(role)s
WHERE {_dated("instead", "held", "role")} AND {_AWAY}
"""  # noqa: S608
_STARTS = f"""
SELECT held.post_id, 0 FROM {{appointment}} held WHERE held.person_id = %(person)s AND {_dated("held")}
UNION SELECT standing.post_id, 1 FROM ({_STANDING_IN}) standing WHERE standing.substitute_id = %(person)s
UNION SELECT role.body_id, 2 FROM {{role}} role WHERE role.person_id = %(person)s AND {_dated("role")}
"""  # noqa: S608
_OCCUPANTS = f"""
SELECT held.person_id FROM {{appointment}} held WHERE held.post_id IN ({{posts}}) AND {_dated("held")}
UNION SELECT standing.substitute_id FROM ({_STANDING_IN}) standing WHERE standing.post_id IN ({{posts}})
"""  # noqa: S608
ROLES, BEARERS, STARTS = (one.format(**_TABLES) for one in (_ROLES, _BEARERS, _STARTS))


def ask(statement: str, *, on: date, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement on that day."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"on": connection.ops.adapt_datefield_value(on), **values})
        return list(cursor.fetchall())


def occupants(posts: Collection[int], on: date) -> set[int]:
    """Ids of those who hold one of these posts on the day, or stand in there. One query; none without posts."""
    if not posts:
        return set()
    listed = ", ".join(str(int(post)) for post in posts)
    return {person for (person,) in ask(_OCCUPANTS.format(posts=listed, **_TABLES), on=on)}

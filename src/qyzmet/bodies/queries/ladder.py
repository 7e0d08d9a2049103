"""The two walks over the tree of posts and bodies, each one recursive statement, whatever the size of the city.

One step up leads from a post to its superior post and to its body; from a body to its head posts and to its superior
body. A row is a post or a body, never both; `start` rows are where the walk begins and are not part of the result
unless a step leads back to them. UNION drops rows met before, so that a cycle ends.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

from qyzmet.bodies.models import Body, Post

_WAYS = "(SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)"
_TABLES = {"post": Post._meta.db_table, "body": Body._meta.db_table, "ways": _WAYS}

_UP = """
WITH RECURSIVE walk(post_id, body_id, start) AS (
  {seeds}
  UNION
  SELECT CASE way.n WHEN 1 THEN post.superior_id WHEN 3 THEN head.id END,
         CASE way.n WHEN 2 THEN post.body_id WHEN 4 THEN body.superior_id END, 0
  FROM walk CROSS JOIN {ways} way
  LEFT JOIN {post} post ON way.n IN (1, 2) AND post.id = walk.post_id
  LEFT JOIN {post} head ON way.n = 3 AND head.body_id = walk.body_id AND head.is_head
  LEFT JOIN {body} body ON way.n = 4 AND body.id = walk.body_id
  WHERE COALESCE(post.id, head.id, body.id) IS NOT NULL
)
SELECT post_id FROM walk WHERE start = 0 AND post_id IS NOT NULL
"""

_DOWN = """
WITH RECURSIVE walk(post_id, body_id, start) AS (
  {seeds}
  UNION
  SELECT CASE way.n WHEN 1 THEN inferior.id WHEN 4 THEN member.id END,
         CASE way.n WHEN 2 THEN headed.body_id WHEN 3 THEN body.id END, 0
  FROM walk CROSS JOIN {ways} way
  LEFT JOIN {post} inferior ON way.n = 1 AND inferior.superior_id = walk.post_id
  LEFT JOIN {post} headed ON way.n = 2 AND headed.id = walk.post_id AND headed.is_head
  LEFT JOIN {body} body ON way.n = 3 AND body.superior_id = walk.body_id
  LEFT JOIN {post} member ON way.n = 4 AND member.body_id = walk.body_id
  WHERE COALESCE(inferior.id, headed.id, body.id, member.id) IS NOT NULL
)
SELECT {column} FROM walk WHERE start = 0 AND {column} IS NOT NULL
"""
_SEED = "SELECT CAST(%s AS bigint), CAST(%s AS bigint), 1"


def posts_above(posts: Iterable[int], bodies: Iterable[int]) -> set[int]:
    """Ids of the posts reached by going up from `posts` and `bodies`. One query; none if there is no start."""
    starts = [(post, None) for post in posts] + [(None, body) for body in bodies]
    if not starts:
        return set()
    seeds = " UNION ".join([_SEED] * len(starts))
    with connection.cursor() as cursor:
        cursor.execute(_UP.format(seeds=seeds, **_TABLES), [part for start in starts for part in start])
        return {row[0] for row in cursor.fetchall()}


def posts_below(post_id: int) -> RawSQL:
    """Sub-select of the ids of the posts from which `post_id` is above."""
    return RawSQL(_DOWN.format(seeds=_SEED, column="post_id", **_TABLES), (post_id, None))  # noqa: S611 (own text)


def bodies_below(post_id: int) -> RawSQL:
    """Sub-select of the ids of the bodies from which `post_id` is above."""
    return RawSQL(_DOWN.format(seeds=_SEED, column="body_id", **_TABLES), (post_id, None))  # noqa: S611 (own text)

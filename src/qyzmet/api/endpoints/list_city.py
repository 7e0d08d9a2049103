"""Bodies and procedures: open to anybody."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from qyzmet.api.endpoints.answered import PUBLIC
from qyzmet.api.reading import only
from qyzmet.api.schemas import city
from qyzmet.api.show import city as show
from qyzmet.bodies import queries as bodies
from qyzmet.text.refusal import Refused

router = Router(tags=["city"])


@router.get("/bodies", response={200: city.Bodies, **PUBLIC}, summary="Bodies of the city")
def list_bodies(
    request: HttpRequest,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> city.Bodies:
    """In the order of their Kazakh names, page by page."""
    only(request, "after", "limit")
    found = bodies.every_body()
    start = _place_after(after, [body.code for body in found]) if after else 0
    rows = found[start : start + limit]
    more = start + limit < len(found)
    return city.Bodies(rows=[show.body(body) for body in rows], after=rows[-1].code if more else None)


def _place_after(after: str, codes: list[str]) -> int:
    if after not in codes:
        raise Refused("bad_page_key", kind="input")
    return codes.index(after) + 1


@router.get("/procedures", response=city.Procedures, summary="Kinds of appeals")
def list_procedures(request: HttpRequest) -> city.Procedures:
    """Each with its states, steps, outcomes, terms, defects and grounds: the codes that other requests use."""
    return show.procedures()

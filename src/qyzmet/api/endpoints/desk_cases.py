"""One case for the desk. What may not be seen is as absent as what is not there."""

from django.http import HttpRequest
from ninja import Router

from qyzmet.api.endpoints.answered import DESK
from qyzmet.api.endpoints.desk_lists import reader
from qyzmet.api.keys import READ
from qyzmet.api.language import wanted
from qyzmet.api.schemas import desk
from qyzmet.api.show import desk as show
from qyzmet.cases import queries

router = Router(tags=["desk"], auth=READ)


@router.get("/desk/cases/{number}", response={200: desk.DeskCase, **DESK}, summary="A case")
def show_case(request: HttpRequest, number: str) -> desk.DeskCase:
    """Everything that hangs on it, and what this official may do now, or why not."""
    return show.case(queries.case_view(reader(request), number), wanted(request))


@router.get("/desk/cases/{number}/assignable", response={200: desk.Officials, **DESK}, summary="Who may get it")
def list_assignable(request: HttpRequest, number: str) -> desk.Officials:
    """Executors of the body who are not barred, not challenged and not recused."""
    who = reader(request)
    found = queries.assignable(queries.find(who, number), who.on)
    return desk.Officials(rows=[show.official(person) for person in found])


@router.get("/desk/cases/{number}/earlier", response={200: desk.Rows, **DESK}, summary="Earlier appeals")
def list_earlier(request: HttpRequest, number: str) -> desk.Rows:
    """Of the same person, the newest first: the ground for a return of an identical one."""
    who = reader(request)
    found = queries.earlier_of(who, queries.find(who, number))
    return desk.Rows(rows=[show.row(case, who.on) for case in found], after=None)

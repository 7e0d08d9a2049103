"""The files of a case, as they were sent."""

import io
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Path, Router

from qyzmet.api.endpoints.answered import DESK, FOLLOWING
from qyzmet.api.endpoints.desk_lists import reader
from qyzmet.api.endpoints.follow_appeal import Code, case_by_code
from qyzmet.api.keys import READ
from qyzmet.cases import actions, papers, queries
from qyzmet.text.refusal import Missing

router = Router()
PaperId = Annotated[int, Path(ge=1, le=2**63 - 1)]
BYTES: dict[str, Any] = {"responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}}


@router.get(
    "/appeals/{number}/papers/{paper_id}",
    response={200: None, 422: FOLLOWING[404], **FOLLOWING},
    tags=["appeals"],
    openapi_extra=BYTES,
    summary="An own file",
)
def own_paper(request: HttpRequest, number: str, paper_id: PaperId, code: Code = "") -> FileResponse:
    """A file that the person added."""
    case_by_code(request, number, code)
    return _sent(queries.paper_by_code(number, code, paper_id))


@router.get(
    "/appeals/{number}/receipt",
    response={200: dict[str, Any], **FOLLOWING},
    tags=["appeals"],
    summary="The receipt",
)
def receipt(request: HttpRequest, number: str, code: Code = "") -> HttpResponse:
    """Every step so far with its proof (docs/receipts.md), or the log's promise until then; 404 without either."""
    case = case_by_code(request, number, code)
    actions.promise_pending(case)
    return HttpResponse(queries.receipt(case).text(), content_type="application/json; charset=utf-8")


@router.get(
    "/desk/cases/{number}/papers/{paper_id}",
    response={200: None, **DESK},
    tags=["desk"],
    auth=READ,
    openapi_extra=BYTES,
    summary="A file of a case",
)
def paper(request: HttpRequest, number: str, paper_id: PaperId) -> FileResponse:
    """Any file of the case."""
    found = queries.paper_of(reader(request), number, paper_id)
    if found is None:
        raise Missing
    return _sent(found)


def _sent(paper: Any) -> FileResponse:
    """To be saved, never shown in place: what it holds is somebody else's."""
    content = io.BytesIO(papers.read(paper))
    return FileResponse(content, as_attachment=True, filename=paper.name, content_type=paper.media_type)

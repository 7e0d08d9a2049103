"""Lists of the desk, each narrowed to what the token's person may see."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from qyzmet.api.endpoints.answered import DESK
from qyzmet.api.keys import READ
from qyzmet.api.reading import only
from qyzmet.api.schemas import desk
from qyzmet.api.show import desk as show
from qyzmet.cases import queries
from qyzmet.text.dates import local

router = Router(tags=["desk"], auth=READ)
Limit = Annotated[int, Field(ge=1, le=200)]


class QueueAsked(BaseModel):
    """What narrows a queue."""

    list: Literal["mine", "body"] = "mine"
    procedure: str = ""
    state: str = ""
    overdue: bool = False
    unassigned: bool = False
    closed: bool = False
    after_closing: bool = Field(False, description="Closed cases in which the body still owes something.")
    standing: bool = Field(False, description="Open cases whose clock stands with no end in sight.")
    due_by: date | None = None
    after: str = ""
    limit: Limit = queries.COUNT_LIMIT // 20


class LookUpAsked(BaseModel):
    """A number, or the beginning of an applicant's name."""

    text: str
    after: str = ""
    limit: Limit = queries.COUNT_LIMIT // 20


def reader(request: Any) -> queries.Reader:
    """The rights of the token's person today, looked up once a request."""
    return queries.reader(request.auth, local(timezone.now()).date())


@router.get("/desk/queue", response={200: desk.Rows, **DESK}, summary="My queue or my bodies'")
def queue(request: HttpRequest, asked: Annotated[QueueAsked, Query()]) -> desk.Rows:
    """The nearest day first; closed ones the newest first."""
    only(request, *QueueAsked.model_fields)
    who = reader(request)
    switches = ("overdue", "standing", "unassigned", "closed", "after_closing")
    fields = {"procedure", "state", *switches, "due_by"}
    what = queries.Filter(**asked.model_dump(include=fields))
    listed = queries.my_queue if asked.list == "mine" else queries.body_queue
    return show.rows(listed(who, what, after=asked.after or None, limit=asked.limit), who.on)


@router.get("/desk/look-up", response={200: desk.Rows, **DESK}, summary="Find cases")
def look_up(request: HttpRequest, asked: Annotated[LookUpAsked, Query()]) -> desk.Rows:
    """By number, or by the beginning of the applicant's name in Kazakh alphabetical order."""
    only(request, *LookUpAsked.model_fields)
    who = reader(request)
    return show.rows(queries.look_up(who, asked.text, after=asked.after or None, limit=asked.limit), who.on)

"""Registering for others: what came on paper, by post, by telephone or at the counter."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Body, Router
from ninja.responses import Status

from qyzmet.api.endpoints.answered import DESK_STEP
from qyzmet.api.endpoints.file_appeal import Key, file
from qyzmet.api.keys import ACT
from qyzmet.api.schemas.appeal import AppealFiled, PaperAppealGiven
from qyzmet.api.show import appeal as show
from qyzmet.cases import actions

router = Router(tags=["desk"], auth=ACT)


@router.post("/desk/cases", response={201: AppealFiled, **DESK_STEP}, summary="Register for a person")
def register_case(
    request: HttpRequest, given: Annotated[PaperAppealGiven, Body()], key: Key = ""
) -> Status[AppealFiled]:
    """As a registrar of the body. The code is for the person alone."""
    person: Any = request.auth  # type: ignore[attr-defined]
    filed = file(
        given,
        by=actions.Actor.official(person),
        key=key,
        whose=f"person {person.pk}",
        channel=given.channel,
        signature=given.signature,
        received_at=given.received_at,
        received_ground=given.received_ground,
    )
    return Status(201, show.filed(filed))

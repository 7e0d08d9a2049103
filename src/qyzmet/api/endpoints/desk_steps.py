"""Steps of officials: one address a step. The law's data and the action say who may; nothing is decided here."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Path, Router

from qyzmet.api.endpoints.answered import DESK_STEP
from qyzmet.api.endpoints.desk_lists import reader
from qyzmet.api.endpoints.named import body_of, describe
from qyzmet.api.keys import ACT
from qyzmet.api.schemas.desk import DeskTaken
from qyzmet.api.show.follow import state_of
from qyzmet.api.steps.official import OFFERS, Recorded, plain
from qyzmet.api.steps.taking import Nothing, Offer, StepGiven, Taking
from qyzmet.cases import actions, queries
from qyzmet.text.refusal import Refused

router = Router(tags=["desk"], auth=ACT)


def _no_signature(case: Any, **_: Any) -> None:
    """Whoever signs shows two factors; a token is one."""
    raise Refused("sign_needs_two_factors")


def _no_publication(case: Any, **_: Any) -> None:
    """Whoever publishes has read the masked text on the page."""
    raise Refused("publish_needs_reading")


SIGN = Offer("sign", Nothing, _no_signature)
PUBLISH = Offer("publish", Nothing, _no_publication)


def _offer(offer: Offer) -> None:
    needs: Any = offer.needs

    def take(
        request: HttpRequest,
        number: str,
        given: Annotated[needs, Body(body_of(offer))],
    ) -> DeskTaken:
        return _take(request, number, offer, given)

    path = f"/desk/cases/{{number}}/steps/{offer.step}"
    router.post(path, response={200: DeskTaken, **DESK_STEP}, **describe(offer, "official"))(take)


def _take(request: Any, number: str, offer: Offer, given: StepGiven) -> DeskTaken:
    case = queries.find(reader(request), number)
    taking = Taking(actions.Actor.official(request.auth), timezone.now())
    with transaction.atomic():  # files and the step that adds them stay or go together
        result = offer.take(case, given, taking)
    return _taken(result.case, offer.step, result.child, result.draft, result.code)


def _taken(case: Any, step: str, child: str | None, draft: int | None, code: str | None) -> DeskTaken:
    """Told from the case as the step left it: whoever sent it to another body may not see it any more."""
    return DeskTaken(
        number=case.number, step=step, state=state_of(case), child=child, due_on=case.due_on, draft=draft, code=code
    )


@router.post(
    "/desk/cases/{number}/steps/plain/{step}",
    response={200: DeskTaken, **DESK_STEP},
    summary="A step that only its procedure knows",
)
def official_plain(
    request: HttpRequest,
    number: str,
    step: Annotated[str, Path(max_length=60)],
    given: Annotated[Recorded, Body(Recorded())],
) -> DeskTaken:
    """Records a step that the case's procedure calls plain, such as the publication of a decision on a petition."""
    return _take(request, number, plain(step), given)


for _one in (*OFFERS, SIGN, PUBLISH):
    _offer(_one)

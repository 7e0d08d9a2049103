"""Steps of the person who filed: one address a step."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Router

from qyzmet.api.endpoints.answered import FOLLOWING_STEP
from qyzmet.api.endpoints.follow_appeal import Code, case_by_code
from qyzmet.api.endpoints.named import body_of, describe
from qyzmet.api.schemas.follow import Taken
from qyzmet.api.show import follow as show
from qyzmet.api.steps.applicant import OFFERS
from qyzmet.api.steps.taking import Offer, StepGiven, Taking
from qyzmet.cases import actions

router = Router(tags=["appeals"])


def _offer(offer: Offer) -> None:
    needs: Any = offer.needs

    def take(
        request: HttpRequest,
        number: str,
        given: Annotated[needs, Body(body_of(offer))],
        code: Code = "",
    ) -> Taken:
        return _take(request, number, code, offer, given)

    path = f"/appeals/{{number}}/steps/{offer.step}"
    router.post(path, response={200: Taken, **FOLLOWING_STEP}, **describe(offer, "applicant"))(take)


def _take(request: HttpRequest, number: str, code: str, offer: Offer, given: StepGiven) -> Taken:
    case = case_by_code(request, number, code)
    taking = Taking(actions.APPLICANT, timezone.now())
    with transaction.atomic():  # files and the step that adds them stay or go together
        result = offer.take(case, given, taking)
    return show.taken(result.case, offer.step, child=result.child)


for _one in OFFERS:
    _offer(_one)

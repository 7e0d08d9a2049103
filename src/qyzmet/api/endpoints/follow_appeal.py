"""Following a case with its code."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router

from qyzmet.api import throttle
from qyzmet.api.endpoints.answered import FOLLOWING
from qyzmet.api.schemas.follow import Followed
from qyzmet.api.show import follow as show
from qyzmet.cases import queries
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing

router = Router(tags=["appeals"])
Code = Annotated[str, Header(alias="X-Follow-Code", description="The code given at filing.")]


@router.get("/appeals/{number}", response={200: Followed, **FOLLOWING}, summary="Follow a case")
def follow_appeal(request: HttpRequest, number: str, code: Code = "") -> Followed:
    """State, dates and why, public steps, letters, and what may be done. A wrong number and a wrong code look alike."""
    return show.followed(queries.followed(case_by_code(request, number, code)), local(timezone.now()).date())


def case_by_code(request: HttpRequest, number: str, code: str) -> Any:
    """The case, if the code is its own; a wrong one is counted, and too many hold up whoever tries them."""
    throttle.hold(request, number)
    try:
        return queries.case_by_code(number, code)
    except Missing:
        throttle.count(request, number)
        raise

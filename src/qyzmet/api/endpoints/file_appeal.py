"""Filing an appeal: open to anybody."""

import hashlib
import json
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Header, Router
from ninja.responses import Status

from qyzmet.api.endpoints.answered import FILING
from qyzmet.api.problems import Stop
from qyzmet.api.schemas.appeal import AppealFiled, AppealGiven, AuthorGiven, PaperAppealGiven
from qyzmet.api.show import appeal as show
from qyzmet.bodies import queries as bodies
from qyzmet.cases import actions
from qyzmet.look import flood
from qyzmet.text.clean import one_line
from qyzmet.text.refusal import Missing

router = Router(tags=["appeals"])
ROLES = ("applicant", "representative", "joined")
KEY_FORM = r"^[!-~]{1,128}$"
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key", pattern=KEY_FORM, description="Of your choice; repeated, it never makes a second case."
    ),
]


@router.post("/appeals", response={201: AppealFiled, **FILING}, summary="File an appeal")
def file_appeal(request: HttpRequest, given: Annotated[AppealGiven, Body()], key: Key = "") -> Status[AppealFiled]:
    """Taken whatever it lacks by law: what is missing is a defect that can be cured. The code is shown here once.

    Refused are only an unknown `kind`, an empty `text`, control characters, what is longer than we can keep, and JSON
    that is not of this form.
    """
    if flood.must_wait(request):
        raise Stop("filing_must_wait", 429, headers={"Retry-After": str(flood.SECONDS)}, seconds=flood.SECONDS)
    filed = file(given, by=actions.APPLICANT, key=key, whose="public", channel="api")
    if filed.filing:  # not a repeated request
        flood.count(request)
    return Status(201, show.filed(filed))


def file(
    given: AppealGiven | PaperAppealGiven, *, by: actions.Actor, key: str, whose: str, **more: Any
) -> actions.Filed:
    """Register the appeal; once, if the sender gave a key. `whose`: keys of different senders never meet."""
    appeal = {**_appeal(given), "by": by, "at": timezone.now(), **more}
    if not key:
        return actions.register(**appeal)
    return actions.register_once(key=f"{whose}:{key}", request_hash=_hash(given), **appeal)


def _hash(given: AppealGiven | PaperAppealGiven) -> str:
    return hashlib.sha256(json.dumps(given.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()


def _appeal(given: AppealGiven | PaperAppealGiven) -> dict[str, Any]:
    authors = ([given.author] if given.author else []) + list(given.authors)
    return {
        "procedure": given.kind,
        "body": given.body or "",
        "text": given.text,
        "language": given.language,
        "about": _about(one_line(given.about or "")),
        "authors": [_author(one, first=n == 0) for n, one in enumerate(authors)],
        "answer_language": given.answer_language or "",
        "answer_channel": given.answer_channel,
        "learned_on": given.learned,
        "told_route": given.told_route,
    }


def _about(text: str) -> actions.About:
    """The code of a post names the person exactly; other words are settled by intake."""
    if not text:
        return actions.About()
    try:
        post = bodies.post_by_code(text)
    except Missing:
        return actions.About("conduct", text=text)
    return actions.About("conduct", post_code=post.code)


def _author(given: AuthorGiven, *, first: bool) -> actions.Author:
    values = {name: value or "" for name, value in given.model_dump(exclude={"role"}).items()}
    role = given.role if given.role in ROLES else "applicant" if first else "joined"
    return actions.Author(**values, role=role, is_company=bool(given.bin))

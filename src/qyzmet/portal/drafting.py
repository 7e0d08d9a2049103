"""The form on its way: a cookie holds its key, the server what was typed, for a day."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from qyzmet.cases import actions
from qyzmet.text.refusal import Missing

COOKIE = "qyzmet_draft"
KEPT = timedelta(days=1)
"""A promise of this house, not of the law; the clock deletes what is older."""
NUL = "\u2400"
"""The picture of the one character that no database keeps."""


@dataclass
class Kept:
    """An open form and its key; without either while nothing was typed yet."""

    draft: Any = None
    token: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What was typed so far: page -> field -> text."""
        return self.draft.data if self.draft else {}

    def of(self, page: str) -> dict[str, Any]:
        """What was typed on one page; empty if it was not sent yet."""
        return self.data.get(page) or {}

    def keep(self, **changes: Any) -> None:
        """Keep what a page sent, right or wrong."""
        self.draft = actions.save_draft(self.draft, changes=_storable(changes), at=timezone.now())

    @property
    def is_sent(self) -> bool:
        """Whether it has become a case."""
        return self.draft.case_id is not None


def _storable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _storable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return value.replace("\x00", NUL) if isinstance(value, str) else value


def kept(request: HttpRequest) -> Kept | None:
    """The form this browser holds the key of; None if there is none or its day is over."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    try:
        draft = actions.open_draft(token)
    except Missing:
        return None
    return None if timezone.now() - draft.updated_at > KEPT else Kept(draft, token)


def begin() -> Kept:
    """A new empty form."""
    return Kept(*actions.begin_draft(at=timezone.now()))


def hand_over(response: HttpResponseBase, form: Kept) -> None:
    """Give the browser the key, for a day from now."""
    response.set_cookie(
        COOKIE,
        form.token,
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponseBase) -> None:
    """Take the key out of the browser."""
    response.delete_cookie(COOKIE, samesite="Lax")


def erase(form: Kept) -> None:
    """Delete everything that was typed and attached, before it was sent."""
    actions.erase_draft(form.draft)

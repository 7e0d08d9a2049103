"""Who asks, when, and in which language: made once a request, handed to every view of the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from qyzmet.cases import queries
from qyzmet.cases.actions import Actor
from qyzmet.text.dates import local
from qyzmet.text.languages import Lang, known


@dataclass(frozen=True)
class Asking:
    """A logged-in official with the rights of this day, the moment of the request, the language of the page."""

    who: queries.Reader
    at: datetime
    lang: Lang

    @property
    def today(self) -> date:
        """The local date."""
        return self.who.on

    @property
    def by(self) -> Actor:
        """The official as the one who takes a step."""
        return Actor.official(self.who.person)


View = Callable[..., HttpResponseBase]


def desk_page(view: View) -> View:
    """A page for officials alone; the view is called with the request and its `Asking`. No browser keeps a copy."""

    @never_cache
    @login_required
    @wraps(view)
    def asked(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        at = timezone.now()
        who = queries.reader(request.user, local(at).date())  # type: ignore[arg-type]
        return view(request, Asking(who, at, known(get_language() or "kk")), **parts)

    return asked

"""The dispatch register: what waits for the post or for a hand, what is stuck, what left."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qyzmet.cases import actions, queries
from qyzmet.cases.queries import dispatches
from qyzmet.desk import names
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.forms.after import end_of
from qyzmet.letters import actions as letters
from qyzmet.look import words
from qyzmet.look.forms import DayField, DayWidget
from qyzmet.text.languages import say
from qyzmet.text.refusal import Missing, Refused

FIRST_YEAR = 2021
"""No letter is older than the Code."""

VERBS: dict[str, Callable[..., Any]] = {
    "posted": letters.note_posted,
    "handed": letters.note_handed,
    "resend": letters.resend,
    "sent": letters.mark_sent,
    "cancel": letters.cancel,
}
ARRIVES = frozenset({"handed", "delivered"})
"""Verbs after which the reader has the letter."""
PAGES = {"posted": "dispatch", "handed": "dispatch", "delivered": "book"}
"""Where the list stands that a verb belongs to; all others belong to what is stuck."""


@require_safe
@desk_page
def waiting(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """Letters that wait for the post or for a hand."""
    return _listed(request, asking, dispatches.waiting, "waiting", _("Letters to be posted or handed over"))


@require_safe
@desk_page
def stuck(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """Letters that failed, or of which nobody knows whether they left."""
    return _listed(request, asking, dispatches.stuck, "stuck", _("Letters that did not leave"))


@require_safe
@desk_page
def book(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """The register of a year, the newest number first."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() and len(typed) == len("2026") else asking.today.year
    year = year if FIRST_YEAR <= year <= asking.today.year else asking.today.year
    context = {"year": year, "years": range(asking.today.year, FIRST_YEAR - 1, -1)}
    title = _("Dispatch register, %(year)s") % {"year": year}
    return _listed(request, asking, dispatches.dispatch_register, "book", title, context, year=year)


@require_POST
@desk_page
def note(request: HttpRequest, asking: Asking, *, number: str, dispatch_id: int, verb: str) -> HttpResponseBase:
    """Note what became of a letter, or decide about a stuck one."""
    found = dispatches.dispatch_of(asking.who, number, dispatch_id)
    if verb != "delivered" and verb not in VERBS:
        raise Missing
    try:
        if verb != "delivered":
            VERBS[verb](found, at=asking.at)
        if verb in ARRIVES:
            when = _day(request, asking) if verb == "delivered" else asking.at
            _delivered(asking, found, number, when)
    except Refused as refused:
        messages.error(request, words.refusal(refused, asking.lang))
    else:
        messages.success(
            request,
            _("Noted: letter “%(subject)s”, case %(number)s") % {"subject": found.letter.subject, "number": number},
        )
    page = reverse(f"desk:{PAGES.get(verb, 'stuck')}")
    return redirect(f"{page}?{urlencode({'body': found.body_code})}")


def _delivered(asking: Asking, found: Any, number: str, when: datetime) -> None:
    """On a closed case a step of its own, since the term to complain runs from it; else a note in the register."""
    try:
        case = queries.find(asking.who, number)
        actions.delivered(case, dispatch_id=found.pk, delivered_at=when, by=asking.by, at=asking.at)
    except Missing:
        letters.note_delivered(found, delivered_at=when, at=asking.at)
    except Refused as refused:
        if refused.code != "not_in_this_state":
            raise
        letters.note_delivered(found, delivered_at=when, at=asking.at)


def _day(request: HttpRequest, asking: Asking) -> datetime:
    """The day typed in the row, as its last moment; `Refused` for what is no day."""
    field, widget = DayField(label=""), DayWidget()
    try:
        day = field.clean(widget.value_from_datadict(request.POST, request.FILES, "day"))
    except Exception as wrong:
        raise Refused("delivery_date_impossible", kind="input") from wrong
    return end_of(day, asking.at)


def _listed(
    request: HttpRequest,
    asking: Asking,
    ask: Callable[..., Any],
    tab: str,
    title: str,
    more: dict[str, Any] | None = None,
    **options: Any,
) -> HttpResponse:
    ours = dispatches.dispatching_bodies(asking.who)
    body = next((one for one in ours if one.code == request.GET.get("body")), ours[0] if ours else None)
    found = ask(asking.who, body, after=_after(request), **options) if body else None
    context = {
        "nav": "dispatch",
        "tab": tab,
        "title": title,
        "body": body,
        "ours": [(one.code, say(one.names, asking.lang)) for one in ours],
        "rows": [_row(one) for one in found.rows] if found else [],
        "next": _next(request, found.next) if found and found.next else None,
        "today": asking.today,
    }
    return render(request, "desk/dispatch.html", context | (more or {}))


def _row(dispatch: Any) -> dict[str, Any]:
    return {
        "way": dispatch,
        "letter": dispatch.letter,
        "channel": names.named(names.DISPATCH, dispatch.channel),
        "state": names.named(names.DISPATCH_STATES, dispatch.state),
    }


def _after(request: HttpRequest) -> tuple[int, ...] | None:
    """The key of the page before; what is no key begins the list anew."""
    parts = request.GET.get("after", "").split("-")
    if not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    wanted = 3 if request.resolver_match and request.resolver_match.url_name == "book" else 1
    return tuple(int(part) for part in parts) if len(parts) == wanted else None


def _next(request: HttpRequest, key: tuple[int, ...]) -> str:
    asked = {name: value for name, value in request.GET.items() if name != "after"}
    return f"?{urlencode(asked | {'after': '-'.join(map(str, key))})}"

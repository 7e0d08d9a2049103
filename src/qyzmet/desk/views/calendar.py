"""The calendar for the administrator: orders that move days, what one would change, how far cases are dated again."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qyzmet.cases import actions, queries
from qyzmet.desk import preview as counting
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.forms.calendar import ActForm, BackForm, OrderForm, Sure
from qyzmet.look import words
from qyzmet.text.refusal import Missing, Refused

VERBS: dict[str, Callable[..., Any]] = {
    "stop": actions.stop_redating,
    "resume": actions.resume_redating,
    "again": actions.date_again,
}
"""What an administrator may do with a run."""


@require_safe
@desk_page
def state(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The orders, the run, and the form for the next order. An administrator's page; nobody else knows of it."""
    return _state(request, asking, OrderForm())


def _state(request: HttpRequest, asking: Asking, form: OrderForm, status: int = 200) -> HttpResponse:
    found = queries.calendar_now(asking.who)
    context: dict[str, Any] = {"nav": "help", "orders": _rows(found), "run": found.run, "form": form}
    context |= {"years": found.years, "may_enter": found.may_enter}
    return render(request, "desk/calendar.html", context, status=status)


def _rows(found: queries.Calendars) -> list[dict[str, Any]]:
    taken = {row.cancels_id for row in found.orders}
    return [{"row": row, "stands": row.n in found.standing, "taken": row.pk in taken} for row in found.orders]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def preview(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """GET: what the order would change; nothing is written. POST: it is entered, and the run begins."""
    version = queries.calendar_now(asking.who).version
    form = OrderForm(request.POST if request.method == "POST" else request.GET)
    trial = _tried(form, asking)
    if trial is None:
        return _state(request, asking, form, status=422)
    sure = Sure(request.POST if request.method == "POST" else None)
    if request.method == "POST" and sure.is_valid():
        given = {**form.order()._asdict(), "base": sure.cleaned_data["base"]}
        if _done(request, sure, asking, lambda: actions.move_day(**given, by=asking.by, at=asking.at)):
            return redirect("desk:calendar")
    about = (asking.who.person.pk, version, *form.order())
    context = {"form": form, "sure": sure, "order": form.order(), "version": version, "carried": form.typed()}
    return _page(request, asking, trial, about, context)


def _tried(form: OrderForm, asking: Asking) -> queries.Trial | None:
    """The calendar with the order over it; None, with the reason in the form, where it cannot be entered."""
    if not form.is_valid():
        return None
    try:
        return queries.try_order(asking.who, form.order())
    except Refused as refused:
        form.refuse(refused, asking.lang)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def back(request: HttpRequest, asking: Asking, *, n: int) -> HttpResponseBase:
    """GET: what would change without the order. POST: it is taken back, and the run begins."""
    version = queries.calendar_now(asking.who).version
    try:
        gone, trial = queries.try_without(asking.who, n)
    except Refused as refused:
        messages.error(request, words.refusal(refused, asking.lang))
        return redirect("desk:calendar")
    sent = request.POST if request.method == "POST" else None
    form, sure = BackForm(sent), Sure(sent)
    if sent is not None and all((form.is_valid(), sure.is_valid())):
        given = {**form.cleaned_data, "base": sure.cleaned_data["base"], "n": n}
        if _done(request, form, asking, lambda: actions.take_back(**given, by=asking.by, at=asking.at)):
            return redirect("desk:calendar")
    about = (asking.who.person.pk, version, "back", n)
    return _page(request, asking, trial, about, {"form": form, "sure": sure, "gone": gone, "version": version})


def _done(request: HttpRequest, form: Any, asking: Asking, act: Callable[[], Any]) -> bool:
    """Whether the order was entered; if not, the form says why."""
    try:
        act()
    except Refused as refused:
        if isinstance(form, ActForm):
            form.refuse(refused, asking.lang)
        else:
            form.add_error(None, words.refusal(refused, asking.lang))
        return False
    messages.success(request, _("Entered. Open cases are dated again; this page shows how far that is."))
    return True


def _page(
    request: HttpRequest, asking: Asking, trial: queries.Trial, about: Sequence[Any], context: dict[str, Any]
) -> HttpResponse:
    """The count, as far as there is time for it, and the form under it."""
    so_far = counting.opened(request.GET.get("so_far", ""), about)
    counted = counting.count(asking, trial.law, so_far)
    asked = [(name, value) for name, value in request.GET.items() if name != "so_far"]
    on = "" if counted.whole else urlencode([*asked, ("so_far", counting.kept(counted, about))])
    context |= {"nav": "help", "remarks": trial.remarks, "on": on, **counting.shown(counted, asking)}
    wrong = any(one.errors for one in (context["form"], context["sure"]))
    return render(request, "desk/calendar_preview.html", context, status=422 if wrong else 200)


@require_POST
@desk_page
def turn(request: HttpRequest, asking: Asking, *, verb: str) -> HttpResponseBase:
    """Stop the run, let it go on, or begin one after the files of the calendar were changed."""
    if verb not in VERBS:
        raise Missing
    try:
        VERBS[verb](by=asking.by, at=asking.at)
    except Refused as refused:
        messages.error(request, words.refusal(refused, asking.lang))
    return redirect("desk:calendar")

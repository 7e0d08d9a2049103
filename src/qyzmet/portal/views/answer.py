"""What the owner of a case answers: one page a step, the action behind it, and nothing typed is lost."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qyzmet.cases import actions, queries
from qyzmet.cases.queries import Followed
from qyzmet.cases.rules import procedure
from qyzmet.law import Named
from qyzmet.look import words
from qyzmet.portal import kept_files, newsroom, one_time, opened, progress
from qyzmet.portal.answers import ANSWERS, Answer, offered
from qyzmet.portal.forms import follow as forms
from qyzmet.portal.forms.fields import Question, lang
from qyzmet.portal.views import sign
from qyzmet.portal.views.follow import STEPS, ask_again
from qyzmet.text.codes import normalise_number
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing, Refused

WAITING = "portal_waiting"
"""Where the session keeps what was typed when the code had to be entered again."""

MOST_HELD = 60_000
"""Characters of it: more than the longest text that any of the forms takes; what is longer nobody typed."""


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Show the form of a step, or take it."""
    found = normalise_number(number) or ""
    own = opened.case_of(request, found)
    if own is None:
        _hold(request, found, step)
        return ask_again(number, step)
    if step not in STEPS:
        raise Missing
    view = queries.followed(own)
    if step not in offered(view):
        raise Refused("not_in_this_state", state=procedure(own.procedure).states[own.state].name)
    return _confirm(request, view) if step == "confirm_signature" else _one(request, view, step)


def _hold(request: HttpRequest, number: str, step: str) -> None:
    """Keep what was typed until the code is entered again."""
    if request.method == "POST":
        typed = {
            name: str(value).replace("\x00", "")
            for name, value in request.POST.items()
            if name != "csrfmiddlewaretoken"
        }
        if sum(map(len, (*typed, *typed.values()))) <= MOST_HELD:
            request.session[WAITING] = {"number": number, "step": step, "typed": typed}


def _held(request: HttpRequest, number: str, step: str) -> dict[str, str]:
    kept = request.session.get(WAITING) or {}
    if (kept.get("number"), kept.get("step")) != (number, step):
        return {}
    del request.session[WAITING]
    return dict(kept["typed"])


def _one(request: HttpRequest, view: Followed, step: str) -> HttpResponse:
    own = ANSWERS[step]
    options = _options(view, step)
    if request.method == "POST":
        form = own.form(request.POST, request.FILES, asked=request.POST.getlist("asked"), **options)
        if form.is_valid() and (done := _act(own, view, form)) is not None:
            return _done(request, view, own, done)
    else:
        initial = _held(request, view.case.number, step) or newsroom.prepared(view.case, step)
        form = own.form(initial=initial, **options)
    return _show(request, view, step, form)


def _options(view: Followed, step: str) -> dict[str, Any]:
    """What the form of a step must know of the case."""
    if step in ("cure", "supply"):
        return {"defects": view.case.defects, "people": view.parties}
    if step == "complain_further":
        first = view.parties[0] if view.parties else None
        late = queries.may_only_complain_late(view.case, local(timezone.now()).date())
        knows = first is not None and bool(first.residence or first.is_company)
        return {"knows_residence": knows, "grounds": _named(queries.late_grounds()) if late else ()}
    if step == "ask_restoration":
        return {"grounds": _named(procedure(view.case.procedure).restoration_grounds)}
    return {}


def _named(grounds: Mapping[str, Named]) -> list[tuple[str, str]]:
    return [(code, one.name[lang()]) for code, one in grounds.items()]


def _act(own: Answer, view: Followed, form: Question) -> object | None:
    """Keep the files and take the step in one transaction; a refusal is said in the form and nothing is kept."""
    at = timezone.now()
    try:
        with transaction.atomic():
            return own.act(view.case, form.cleaned_data, kept_files.keep(form, at), at)
    except Refused as refused:
        field = next((name for name in ("text", "file", "signed") if name in form.fields), None)
        form.add_error(field if refused.kind == "input" else None, words.refusal(refused, lang()))
        return None


def _done(request: HttpRequest, view: Followed, own: Answer, result: object) -> HttpResponse:
    messages.success(request, own.done)
    number = view.case.number
    child = result.case.number if isinstance(result, actions.Filed) else ""
    if child:
        opened.relate(request, number, child)
    return HttpResponseRedirect(reverse("portal:case", args=[child or number]))


def _show(request: HttpRequest, view: Followed, step: str, form: Question) -> HttpResponse:
    context = {
        "form": form,
        "answer": ANSWERS[step],
        "case": view.case,
        "step": step,
        "works": view.case.executor if step == "ask_recusal" else None,
        "hearing": view.hearing if step == "remark_protocol" else None,
        "route": progress.route(view) if step == "complain_further" else None,
        "back": reverse("portal:case", args=[view.case.number]),
        "asked": form.doubted,
    }
    return render(request, "portal/answer.html", context)


def _confirm(request: HttpRequest, view: Followed) -> HttpResponse:
    """Confirm the signature of a filed appeal: by a code to the e-mail given when filing, or by a signed paper."""
    email = view.parties[0].email if view.parties else ""
    key = f"portal_sign_{view.case.number}"
    paper, code = forms.SignedNow(), forms.SignCode()
    said = ""
    if "send" in request.POST and email:
        state, said = sign.send_to(request, request.session.get(key) or {}, email)
        request.session[key] = state
    elif "paper" in request.POST:
        paper = forms.SignedNow(request.POST, request.FILES)
        if paper.is_valid() and _sign(view, paper, "signed"):
            return _signed(request, view)
    elif request.method == "POST":
        code = forms.SignCode(request.POST)
        entered = code.is_valid() and one_time.entered(request.session, key, code, at=timezone.now())
        if entered and _sign(view, code, "confirmed"):
            return _signed(request, view)
    state = request.session.get(key) or {}
    context = {
        "form": code if code.errors else paper,
        "paper": paper,
        "code": code,
        "said": said,
        "email": email,
        "sent": bool(state.get("hash")),
        "again": one_time.may_send(state),
        "demo_code": one_time.shown(state),
        "case": view.case,
        "back": reverse("portal:case", args=[view.case.number]),
    }
    return render(request, "portal/confirm.html", context)


def _sign(view: Followed, form: Question, how: str) -> bool:
    at = timezone.now()
    try:
        with transaction.atomic():
            kept = kept_files.keep(form, at)
            actions.confirm_signature(view.case, how=how, papers=kept, by=actions.APPLICANT, at=at)
    except Refused as refused:
        form.add_error("signed" if "signed" in form.fields else "code", words.refusal(refused, lang()))
        return False
    return True


def _signed(request: HttpRequest, view: Followed) -> HttpResponse:
    messages.success(request, _("Your signature is confirmed."))
    return HttpResponseRedirect(reverse("portal:case", args=[view.case.number]))

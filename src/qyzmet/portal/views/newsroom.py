"""A newsroom's place: opened with one code, without an account; what it asked, and the way to ask."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qyzmet.bodies import queries as bodies
from qyzmet.cases import actions, queries
from qyzmet.cases.newsrooms import MOST_BODIES
from qyzmet.look import flood, words
from qyzmet.portal import newsroom, one_time, opened, throttle
from qyzmet.portal.chosen import kept
from qyzmet.portal.forms import newsroom as forms
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.views import sign
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing, Refused

FRESH = "portal_newsroom_fresh"
"""Whether the code in this browser was just given and has not been said to be kept."""
SENT = "portal_newsroom_mail"
FOUND = 20
View = Callable[..., HttpResponse]


def _own(view: View) -> View:
    """A page of the newsroom whose code this browser holds; without one, to the door."""

    @never_cache
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        own = opened.newsroom_of(request)
        return view(request, own) if own else HttpResponseRedirect(reverse("portal:newsroom"))

    return asked


@never_cache
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """The newsroom's inquiries with their clocks; the door for who has not entered the code."""
    own = opened.newsroom_of(request)
    if own is None:
        return _door(request)
    found = queries.inquiries(own, after=request.GET.get("after"))
    context = newsroom.context(own, queries.clocks(found.rows, local(timezone.now()).date())) | {
        "next": f"?{urlencode({'after': found.after})}" if found.after else None,
        "first": "?" if request.GET.get("after") else None,
        "fresh": bool(request.session.get(FRESH)),
    }
    return render(request, "portal/newsroom.html", context)


def _door(request: HttpRequest) -> HttpResponse:
    form = forms.Enter(request.POST) if request.method == "POST" else forms.Enter()
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _try(request, form)
        if status == 302:
            return HttpResponseRedirect(reverse("portal:newsroom"))
    return render(request, "portal/newsroom_door.html", {"form": form}, status=status)


def _try(request: HttpRequest, form: forms.Enter) -> int:
    where, code = flood.network(request), form.cleaned_data["code"]
    if throttle.WRONG_FROM.is_full(where):
        form.add_error(None, _("Too many wrong codes. Wait a quarter of an hour and try again."))
        return 429
    try:
        queries.newsroom_by_code(code)
    except Missing:
        throttle.WRONG_FROM.count(where)
        form.add_error("code", _("There is no newsroom with this code. Check it."))
        return 404
    opened.remember_newsroom(request, code)
    return 302


@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register the newsroom once."""
    form = forms.Register(request.POST, asked=request.POST.getlist("asked")) if request.method == "POST" else None
    if form and form.is_valid():
        if throttle.NEWSROOMS.is_full(flood.network(request)):
            form.add_error(None, _("Too many newsrooms were registered from here. Wait an hour and try again."))
        elif _registered(request, form):
            return HttpResponseRedirect(reverse("portal:newsroom_code"))
    shown = form or forms.Register(initial={"languages": ["kk"], "capacity": "editor"})
    return render(request, "portal/newsroom_register.html", {"form": shown, "asked": shown.doubted})


def _registered(request: HttpRequest, form: forms.Register) -> bool:
    given = form.cleaned_data
    try:
        made = actions.register_newsroom(
            given=given, languages=given["languages"], signers=[(given["signer"], given["capacity"])], at=timezone.now()
        )
    except Refused as refused:
        form.add_error(None, words.refusal(refused, lang()))
        return False
    throttle.NEWSROOMS.count(flood.network(request))
    _hold(request, made.code)
    return True


def _hold(request: HttpRequest, code: str) -> None:
    opened.remember_newsroom(request, code)
    request.session[FRESH] = True


@_own
def code(request: HttpRequest, own: Any) -> HttpResponse:
    """The code that was just given, until the editor says that it is kept; or a new one."""
    if "kept" in request.POST:
        request.session.pop(FRESH, None)
        return HttpResponseRedirect(reverse("portal:newsroom"))
    if "change" in request.POST:
        _hold(request, actions.change_newsroom_code(own).code)
        return HttpResponseRedirect(reverse("portal:newsroom_code"))
    fresh = opened.newsroom_code(request) if request.session.get(FRESH) else ""
    return render(request, "portal/newsroom_code.html", {"code": fresh, "newsroom": own})


@_own
def confirm(request: HttpRequest, own: Any) -> HttpResponse:
    """Confirm the newsroom's e-mail address by six digits."""
    address, digits, said = forms.Address(initial={"email": own.email}), forms.Confirm(), ""
    if "send" in request.POST:
        address = forms.Address(request.POST, asked=request.POST.getlist("asked"))
        own, said = _send(request, own, address)
    elif request.method == "POST":
        digits = forms.Confirm(request.POST)
        if digits.is_valid() and _confirmed(request, own, digits):
            messages.success(request, _("The address is confirmed. Your inquiries are signed from now on."))
            return HttpResponseRedirect(reverse("portal:newsroom"))
    state = request.session.get(SENT) or {}
    context = {
        "form": digits if digits.errors else address,
        "address": address,
        "digits": digits,
        "said": said,
        "newsroom": own,
        "email": own.email,
        "sent": bool(state.get("hash")),
        "again": one_time.may_send(state),
        "demo_code": one_time.shown(state),
    }
    return render(request, "portal/newsroom_confirm.html", context)


def _send(request: HttpRequest, own: Any, form: forms.Address) -> tuple[Any, str]:
    """Send digits to the address; the newsroom as it stands then, and what to say if they were not sent."""
    if not form.is_valid():
        return own, ""
    form.doubt_email("email")
    if form.errors or not form.cleaned_data["email"]:
        return own, "" if form.errors else _("No e-mail address was given.")
    own = actions.change_newsroom_email(own, email=form.cleaned_data["email"])
    state, said = sign.send_to(request, request.session.get(SENT) or {}, own.email, newsroom=True)
    request.session[SENT] = state
    return own, said


def _confirmed(request: HttpRequest, own: Any, form: forms.Confirm) -> bool:
    email = one_time.entered(request.session, SENT, form, at=timezone.now())
    if not email:
        return False
    try:
        actions.confirm_newsroom(own, email=email, at=timezone.now())
    except Refused as refused:
        form.add_error("code", words.refusal(refused, lang()))
        return False
    return True


@_own
def signers(request: HttpRequest, own: Any) -> HttpResponse:
    """Who may sign: add somebody, take somebody out."""
    form = forms.Signer(initial={"capacity": "accredited"})
    if request.method == "POST":
        form = forms.Signer(request.POST) if "remove" not in request.POST else form
        if _signers_changed(request, own, form):
            return HttpResponseRedirect(reverse("portal:newsroom_signers"))
    return render(request, "portal/newsroom_signers.html", newsroom.context(own, []) | {"form": form})


def _signers_changed(request: HttpRequest, own: Any, form: forms.Signer) -> bool:
    at, number = timezone.now(), request.POST.get("remove", "")
    try:
        if number:
            actions.remove_signer(own, signer_id=int(number) if number.isdecimal() and len(number) < 19 else 0, at=at)
        elif form.is_valid():
            given = form.cleaned_data
            actions.add_signer(own, name=given["signer"], capacity=given["capacity"], at=at)
        else:
            return False
    except Refused as refused:
        if number:
            messages.warning(request, words.refusal(refused, lang()))
            return True
        form.add_error("signer", words.refusal(refused, lang()))
        return False
    return True


@_own
def choose(request: HttpRequest, own: Any) -> HttpResponse:
    """Which bodies to ask: looked for by name or duty, any number up to the limit."""
    chosen = _bodies(request)
    asked = request.GET.get("q", "").strip()[:200]
    if chosen and "go" in request.GET:
        return HttpResponseRedirect(f"{reverse('portal:newsroom_ask')}?{_query(chosen)}")
    known = {body.code for body in chosen}
    found = [body for body in bodies.find_bodies(asked, lang(), FOUND) if body.code not in known] if asked else []
    context = {"asked": asked, "found": found, "chosen": chosen, "none": "go" in request.GET, "most": MOST_BODIES}
    return render(request, "portal/newsroom_bodies.html", context)


def _bodies(request: HttpRequest) -> list[Any]:
    """The bodies named in the address, each once; what is none is left out."""
    found = []
    for code in dict.fromkeys(request.GET.getlist("body")[: MOST_BODIES * 2]):
        try:
            found.append(bodies.body_by_code(code[:60]))
        except Missing:
            continue
    return found[:MOST_BODIES]


def _query(chosen: list[Any]) -> str:
    return urlencode([("body", body.code) for body in chosen])


@_own
def ask(request: HttpRequest, own: Any) -> HttpResponse:
    """Write the inquiry and send it to the chosen bodies, a case each."""
    chosen = _bodies(request)
    if not chosen:
        return HttpResponseRedirect(reverse("portal:newsroom_bodies"))
    able = queries.signers(own)
    status = 200
    if request.method == "POST":
        form = forms.Inquiry(request.POST, request.FILES, signers=able)
        if form.is_valid():
            if flood.must_wait(request):
                form.add_error(None, words.say("filing_must_wait", lang(), seconds=flood.SECONDS))
                status = 429
            elif _asked(request, own, form, chosen):
                return HttpResponseRedirect(reverse("portal:newsroom"))
    else:
        form = forms.Inquiry(initial=_start(own, able), signers=able)
    context = {"form": form, "chosen": chosen, "newsroom": own, "query": _query(chosen)}
    response = render(request, "portal/newsroom_ask.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(flood.SECONDS)
    return response


def _start(own: Any, able: list[Any]) -> dict[str, Any]:
    spoken = own.languages[0] if own.languages else "kk"
    return {
        "together": secrets.token_hex(16),
        "language": spoken,
        "answer_language": "ru" if spoken == "ru" else "kk",
        "how": "email" if own.email else "page",
        "signer": str(able[0].pk) if able else "",
    }


def _asked(request: HttpRequest, own: Any, form: forms.Inquiry, chosen: list[Any]) -> bool:
    given, at = form.cleaned_data, timezone.now()
    try:
        with kept(form, at) as files:
            filed = actions.ask_bodies(
                own,
                bodies=[body.code for body in chosen],
                text=given["text"],
                language=given["language"],
                answer_language=given["answer_language"],
                answer_channel=given["how"],
                signer_id=int(given["signer"]),
                papers=files,
                publish=given["publish"],
                together=given["together"][:32] or secrets.token_hex(16),
                at=at,
            )
    except Refused as refused:
        field = "file" if refused.code.startswith(("file_", "too_many_files")) else None
        form.add_error(field, words.refusal(refused, lang()))
        return False
    for _one in filed:
        flood.count(request)
    numbers = ", ".join(one.case.number for one in filed)
    messages.success(request, _("The inquiry is registered: %(numbers)s.") % {"numbers": numbers})
    return True

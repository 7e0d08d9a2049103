"""The page of somebody whose conduct is complained of: letters to them, their explanation, nothing of the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qyzmet.cases import actions, queries
from qyzmet.letters import queries as letters
from qyzmet.look import flood, words
from qyzmet.portal import opened, throttle
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.forms.follow import AccusedCode, Explanation
from qyzmet.portal.views.follow import as_pdf
from qyzmet.text.languages import recognised
from qyzmet.text.refusal import Missing, Refused


@never_cache
@require_http_methods(["GET", "POST"])
def accused(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show the page it opens."""
    page = _page(request)
    if page is None:
        return _enter(request)
    form = Explanation(request.POST) if request.method == "POST" else Explanation()
    if request.method == "POST" and form.is_valid() and _explain(request, form):
        messages.success(request, _("Your explanation was received."))
        return HttpResponseRedirect(reverse("portal:accused"))
    spoken = recognised(page.explanation, lang())
    shown = [(letter, letters.paragraphs(letter)) for letter in page.letters]
    return render(request, "portal/accused.html", {"page": page, "letters": shown, "form": form, "spoken": spoken})


def _page(request: HttpRequest) -> queries.AccusedPage | None:
    code = opened.accused_code(request)
    try:
        return queries.accused_page(code) if code else None
    except Missing:
        return None


def _enter(request: HttpRequest) -> HttpResponse:
    form = AccusedCode(request.POST) if request.method == "POST" else AccusedCode()
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _try(request, form)
        if status == 302:
            return HttpResponseRedirect(reverse("portal:accused"))
    return render(request, "portal/accused_code.html", {"form": form}, status=status)


def _try(request: HttpRequest, form: AccusedCode) -> int:
    where = flood.network(request)
    if throttle.WRONG_FROM.is_full(where):
        form.add_error(None, _("Too many wrong codes. Wait a quarter of an hour and try again."))
        return 429
    try:
        queries.accused_page(form.cleaned_data["code"])
    except Missing:
        throttle.WRONG_FROM.count(where)
        form.add_error("code", _("This code opens nothing. Check it against the letter."))
        return 404
    opened.remember_accused(request, form.cleaned_data["code"])
    return 302


def _explain(request: HttpRequest, form: Explanation) -> bool:
    try:
        actions.accused_answers(code=opened.accused_code(request), text=form.cleaned_data["text"], at=timezone.now())
    except Refused as refused:
        form.add_error("text", words.refusal(refused, lang()))
        return False
    return True


@never_cache
@require_GET
def letter_pdf(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter to the accused as PDF."""
    page = _page(request)
    found = next((one for one in page.letters if one.pk == letter_id), None) if page else None
    if found is None:
        raise Missing
    return as_pdf(found)

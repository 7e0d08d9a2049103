"""Follow an appeal: number and code, then everything its owner may see."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qyzmet.cases import papers, queries
from qyzmet.letters import pdf
from qyzmet.letters import queries as letters
from qyzmet.look import flood
from qyzmet.portal import opened, progress, receipts, throttle
from qyzmet.portal.answers import ANSWERS
from qyzmet.portal.forms.follow import Follow
from qyzmet.text.codes import normalise_number
from qyzmet.text.refusal import Missing

STEPS = ("confirm_signature", *ANSWERS)


@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for number and code. A wrong number and a wrong code are answered alike, and counted."""
    form = (
        Follow(request.POST) if request.method == "POST" else Follow(initial={"number": request.GET.get("number", "")})
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _try(request, form)
        if status == 302:
            return HttpResponseRedirect(_page(form.cleaned_data["number"], request.GET.get("then", "")))
    return render(request, "portal/follow.html", {"form": form}, status=status)


def _try(request: HttpRequest, form: Follow) -> int:
    """302 if the code opens the case; else the status of the page that says why not."""
    number, code, where = form.cleaned_data["number"], form.cleaned_data["code"], flood.network(request)
    here = f"{where} {number}"  # by number alone, whoever knows it could keep its owner out
    if throttle.WRONG_CODES.is_full(here) or throttle.WRONG_FROM.is_full(where):
        form.add_error(None, _("Too many wrong codes. Wait a quarter of an hour and try again."))
        return 429
    try:
        case = queries.case_by_code(number, code)
    except Missing:
        throttle.WRONG_CODES.count(here)
        throttle.WRONG_FROM.count(where)
        form.add_error("code", _("There is no appeal with this number and this code. Check both."))
        return 404
    opened.remember(request, case.number, code)
    return 302


def _page(number: str, then: str) -> str:
    """The page of the case, or the answer the person was about to give."""
    return reverse("portal:answer", args=[number, then]) if then in STEPS else reverse("portal:case", args=[number])


def ask_again(number: str, then: str = "") -> HttpResponseRedirect:
    """To the form with the number in it; the same for any number, whether there is such a case or not."""
    known = normalise_number(number) or ""
    query = {"number": known} | ({"then": then} if then else {})
    return HttpResponseRedirect(f"{reverse('portal:follow')}?{urlencode(query)}")


def _open(request: HttpRequest, number: str) -> tuple[str, Any]:
    found = normalise_number(number) or ""
    return found, opened.case_of(request, found)


@never_cache
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case as its owner sees it."""
    found, own = _open(request, number)
    if own is None:
        return ask_again(number)
    view = queries.followed(own)
    for child in view.children:
        opened.relate(request, found, child.number)
    context = progress.context(view)
    context["receipt"] = receipts.state(own)
    context["parent"] = own.parent.number if own.parent and opened.code_of(request, own.parent.number) else ""
    return render(request, "portal/case.html", context)


@never_cache
@require_GET
def letter(request: HttpRequest, number: str, letter_id: str) -> HttpResponse:
    """One letter as a page."""
    found, own = _open(request, number)
    if own is None:
        return ask_again(number)
    read = queries.letter_by_code(found, opened.code_of(request, found), int(letter_id))
    return render(request, "portal/letter.html", {"letter": read, "paragraphs": letters.paragraphs(read), "case": own})


@never_cache
@require_GET
def letter_pdf(request: HttpRequest, number: str, letter_id: str) -> HttpResponse:
    """One letter as PDF."""
    found, own = _open(request, number)
    if own is None:
        return ask_again(number)
    return as_pdf(queries.letter_by_code(found, opened.code_of(request, found), int(letter_id)))


@never_cache
@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt as a file."""
    _found, own = _open(request, number)
    if own is None:
        return ask_again(number)
    return receipts.as_file(own)


def as_pdf(letter: Any) -> HttpResponse:
    """A letter, made into a PDF on the spot."""
    response = HttpResponse(pdf.render(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{pdf.file_name(letter)}"'
    return response


@never_cache
@require_GET
def paper(request: HttpRequest, number: str, paper_id: str) -> HttpResponse:
    """A file the owner added, as a download."""
    found, own = _open(request, number)
    if own is None:
        return ask_again(number)
    kept = queries.paper_by_code(found, opened.code_of(request, found), int(paper_id))
    response = HttpResponse(papers.read(kept), content_type=kept.media_type)
    response.headers["Content-Disposition"] = _attachment(kept.name)
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close the case in this browser."""
    opened.forget_all(request)
    return HttpResponseRedirect(reverse("portal:follow"))

"""The case page, and what can be taken from it: papers and letters."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qyzmet.cases import papers, queries
from qyzmet.desk import case_page, names
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.letters import pdf
from qyzmet.letters import queries as letters
from qyzmet.text.refusal import Missing


@require_safe
@desk_page
def case(request: HttpRequest, asking: Asking, *, number: str) -> HttpResponseBase:
    """Everything about one case, and what may be done now."""
    view = queries.case_view(asking.who, number)
    return render(request, "desk/case.html", case_page.context(view, asking))


@require_safe
@desk_page
def paper(request: HttpRequest, asking: Asking, *, number: str, paper_id: int) -> HttpResponseBase:
    """A file of the case, always as a download: nothing that came from outside is opened in a page of ours."""
    found = queries.paper_of(asking.who, number, paper_id)
    if found is None:
        raise Missing
    try:
        file = papers.path_of(found.sha256).open("rb")
    except FileNotFoundError:
        raise Missing from None
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
@desk_page
def letter(request: HttpRequest, asking: Asking, *, number: str, letter_id: int) -> HttpResponseBase:
    """A letter of the case as a page, with the ways it went."""
    link = queries.letter_of(asking.who, number, letter_id)
    if link is None:
        raise Missing
    ways = [
        (names.named(names.DISPATCH, way.channel), names.named(names.DISPATCH_STATES, way.state), way)
        for way in letters.letter(letter_id, link.letter.case_number).dispatches.order_by("id")
    ]
    to = names.named(names.READERS, link.reader)
    shown = {"letter": link.letter, "paragraphs": letters.paragraphs(link.letter), "number": number}
    return render(request, "desk/letter.html", shown | {"ways": ways, "to": to})


@require_safe
@desk_page
def letter_pdf(request: HttpRequest, asking: Asking, *, number: str, letter_id: int) -> HttpResponseBase:
    """The same letter as a file, for the registrar to print where it waits for the post or a hand."""
    link = queries.letter_of(asking.who, number, letter_id, to_print=True)
    if link is None:
        raise Missing
    headers = {"Content-Disposition": f'inline; filename="{pdf.file_name(link.letter)}"'}
    return HttpResponse(pdf.render(link.letter), content_type="application/pdf", headers=headers)

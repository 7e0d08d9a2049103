"""The law as anybody may read it: every procedure, each with its picture, and the calendar."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qyzmet.cases.rules import rules
from qyzmet.law import Procedure
from qyzmet.portal.forms.as_of import AsOf
from qyzmet.portal.law import procedure_page, said, terms_said, year_page
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Every procedure under its kind, with who begins it, its main term and how sure that is."""
    today = local(timezone.now()).date()
    found = rules().procedures.values()
    chapters = [(code, name, [_row(one, today) for one in found if one.chapter == code]) for code, name in _chapters()]
    return render(request, "portal/law/list.html", {"chapters": chapters, "year": today.year})


def _chapters() -> list[tuple[str, Any]]:
    """Kinds of procedures that there are, in their order."""
    known = {one.chapter for one in rules().procedures.values()}
    return [(code, name) for code, name in said.CHAPTERS.items() if code in known]


def _row(procedure: Procedure, today: date) -> dict[str, Any]:
    term = terms_said.term_meant(procedure)
    value = next((one for one in term.values if one.holds(today)), term.values[-1]) if term else None
    return {
        "code": procedure.code,
        "name": procedure.name,
        "definition": procedure.definition,
        "begins": procedure_page.begins(procedure),
        "term": term.name if term else None,
        "length": terms_said.length(value) if value else "",
        "source": terms_said.source(value.source) if value else None,
    }


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure; `?on=2024-01-01` shows its terms as of that day, `?print=1` opens every letter."""
    found = rules().procedures.get(code)
    if found is None:
        raise Missing
    form = AsOf.of(request.GET)
    if form.is_bound and form.is_valid() and request.GET.get("on") != form.on.isoformat():
        return HttpResponseRedirect(f"{reverse('portal:law_procedure', args=[code])}?on={form.on.isoformat()}")
    dated = form.is_bound and form.is_valid()
    on = form.on if dated else local(timezone.now()).date()
    page = procedure_page.context(found, on, only=dated)
    shown = {"form": form, "on": on if dated else None, "open": "print" in request.GET}
    return render(request, "portal/law/procedure.html", page | shown)


@require_safe
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """The days off and the moved days of a year."""
    found = rules().calendar
    if year not in year_page.years(found):
        raise Missing
    return render(request, "portal/law/year.html", year_page.context(found, year))

"""The date calculator for anybody: a question in the address, the day, the way to it, and a file for calendars."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from qyzmet.cases.rules import rules
from qyzmet.law import NOT_KNOWN, Answer, QuestionError
from qyzmet.portal.forms.date import DateForm, KindForm, linked
from qyzmet.portal.law import answer_page
from qyzmet.portal.law.question import Question
from qyzmet.text import ical


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """First the kind, then the term and the day; a question that is whole has one address."""
    procedure = rules().procedures.get(request.GET.get("kind", ""))
    if procedure is None:
        return _kinds(request)
    form = _form(request, procedure)
    context: dict[str, Any] = {"form": form, "kind": procedure}
    if form.is_whole():
        question = form.question()
        if request.GET.urlencode() != question.query:
            return HttpResponseRedirect(f"{reverse('portal:law_date')}?{question.query}")
        if found := _answered(form, question):
            page = answer_page.context(rules(), question, found)
            file_link = f"{reverse('portal:law_ical')}?{question.query}" if found.due.on != NOT_KNOWN else ""
            links = {"link": _link(request, question), "file": file_link}
            context |= {"answer": page | links}
    return render(request, "portal/law/date.html", context)


def _kinds(request: HttpRequest) -> HttpResponse:
    form = KindForm(request.GET if "kind" in request.GET else None, law=rules())
    return render(request, "portal/law/kinds.html", {"form": form})


def _form(request: HttpRequest, procedure: Any) -> DateForm:
    """The form with what the address says; a kind and a term alone are the beginning of a question."""
    given = linked(request.GET)
    if "day_0" in given:
        return DateForm(given, procedure=procedure)
    return DateForm(
        initial={"term": given["term"]} if given.get("term") in procedure.terms else {}, procedure=procedure
    )


def _answered(form: DateForm, question: Question) -> Answer | None:
    try:
        return question.answer(rules())
    except QuestionError as error:
        form.add_fault(*answer_page.fault(error))
        return None


def _link(request: HttpRequest, question: Question) -> str:
    return request.build_absolute_uri(f"{reverse('portal:law_date')}?{question.query}")


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The answer as an iCalendar file; a question without one leads to the page that says why."""
    procedure = rules().procedures.get(request.GET.get("kind", ""))
    form = _form(request, procedure) if procedure else None
    question = form.question() if form and form.is_whole() else None
    found = _answered(form, question) if form and question else None
    if question is None or found is None or found.due.on == NOT_KNOWN:
        return HttpResponseRedirect(f"{reverse('portal:law_date')}?{request.GET.urlencode()}")
    event = answer_page.event(rules(), question, found, link=_link(request, question), made=timezone.now())
    response = HttpResponse(ical.file_of(event), content_type="text/calendar; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename=f"{question.kind}-{found.due.on}.ics")
    response.headers["Content-Disposition"] = str(name)
    return response

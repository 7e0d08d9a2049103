"""Registering for somebody who came, called or wrote on paper; the talon with the follow-up code, shown once."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qyzmet import law
from qyzmet.cases import actions, queries
from qyzmet.cases.queries import dispatches
from qyzmet.cases.rules import rules
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.forms.register import RegisterForm
from qyzmet.desk.rows import rows
from qyzmet.letters import pdf
from qyzmet.letters import queries as letters
from qyzmet.text.refusal import Missing, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def register(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """The form, and what came of it. Sent twice, it registers once and shows the same talon."""
    where = dispatches.dispatching_bodies(asking.who)
    if not where:
        raise Refused("not_your_role", step="register")
    if request.method != "POST":
        token = actions.begin_draft(at=asking.at)[1]
        return _form(request, RegisterForm(asking, where, initial={"draft": token}))
    draft, token = _draft(request, asking)
    form = RegisterForm(asking, where, _with(request, token), request.FILES)
    if draft.case_id is None:
        _keep_files(request, form, draft, asking)
    if form.is_valid():
        try:
            filed = actions.send_draft(draft, token=token, at=asking.at, by=asking.by, **form.appeal())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _filed(request, asking, filed)
    return _form(request, form, list(draft.papers.all()), status=422)


def _draft(request: HttpRequest, asking: Asking) -> tuple[Any, str]:
    """The form on its way and its token; a new one where the old is gone, so that nothing typed is lost."""
    token = request.POST.get("draft", "")
    try:
        return actions.open_draft(token), token
    except Missing:
        return actions.begin_draft(at=asking.at)


def _with(request: HttpRequest, token: str) -> Any:
    data = request.POST.copy()
    data["draft"] = token
    return data


def _keep_files(request: HttpRequest, form: RegisterForm, draft: Any, asking: Asking) -> None:
    """Files are kept with the form at once: a mistake elsewhere does not make anybody look for them again."""
    for dropped in request.POST.getlist("drop"):
        if dropped.isdecimal():
            actions.drop_file(draft, paper_id=int(dropped))
    for file in request.FILES.getlist("papers"):
        try:
            with transaction.atomic():
                actions.add_file(draft, file=file, name=file.name or "", at=asking.at)
        except Refused as refused:
            form.full_clean()
            form.refuse(refused)


def _form(request: HttpRequest, form: RegisterForm, kept: list[Any] | None = None, status: int = 200) -> HttpResponse:
    return render(request, "desk/register.html", {"nav": "register", "form": form, "kept": kept or []}, status=status)


def _filed(request: HttpRequest, asking: Asking, filed: actions.Filed) -> HttpResponse:
    """The talon on the screen, also for who may not see the case where it went."""
    case, filing = filed.case, queries.filing(filed.case)
    sees = queries.may_see(asking.who, case.pk)
    talon = next((one for one in letters.letters_of(case.number) if one.kind == "talon"), None)
    context = {
        "nav": "register",
        "case": case,
        "filing": filing,
        "kind": rules().procedure(case.procedure).name,
        "why": law.explain(filing.due.facts, asking.lang),
        "code": filed.code,
        "talon": talon,
        "paragraphs": letters.paragraphs(talon) if talon else [],
        "sees": sees,
        "earlier": rows(asking, queries.earlier_of(asking.who, case)) if sees else [],
    }
    messages.success(request, _("The appeal is registered: %(number)s") % {"number": case.number})
    return render(request, "desk/filed.html", context)


@require_POST
@desk_page
def talon(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """The talon as a file with the follow-up code on it. Only who has the code gets it: it is kept nowhere else."""
    number, code = request.POST.get("number", ""), request.POST.get("code", "")
    case = queries.case_by_code(number, code)
    found = next((one for one in letters.letters_of(case.number) if one.kind == "talon"), None)
    if found is None:
        raise Missing
    headers = {"Content-Disposition": f'attachment; filename="{pdf.file_name(found)}"'}
    made = pdf.render(found, follow_code=code)
    return HttpResponse(made, content_type="application/pdf", headers=headers)

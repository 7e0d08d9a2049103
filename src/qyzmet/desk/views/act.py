"""One step on one case, whichever it is: its form, its action, and where the official is led afterwards."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qyzmet import law
from qyzmet.cases import actions, queries
from qyzmet.desk import decision
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.forms.base import Setting, StepForm
from qyzmet.desk.forms.decide import lacks
from qyzmet.desk.possible import reason, steps
from qyzmet.desk.rows import rows
from qyzmet.desk.ways import Way, way_of
from qyzmet.law.sentences import rule_words
from qyzmet.look import words
from qyzmet.text.languages import say
from qyzmet.text.refusal import Missing, Refused

STATUS = {"input": 422, "gate": 422, "state": 409}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def act(request: HttpRequest, asking: Asking, *, number: str, code: str) -> HttpResponseBase:
    """The step `code` on the case `number`."""
    setting = Setting(queries.case_view(asking.who, number), asking)
    step, refusal = _step(setting, code)
    if refusal is not None:
        return _refused(request, setting, step, refusal)
    way = way_of(step)
    if way is None:
        raise Missing
    form = _form(request, way, setting)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, setting, step, _take(way, form, asking))
        except Refused as refused:
            form.refuse(refused)
    return render(request, way.template, _context(setting, step, way, form), status=_status(form))


def _step(setting: Setting, code: str) -> tuple[law.Step, Refused | None]:
    """The step, and why this person may not take it. `Missing` for what the desk or the case has no such step for."""
    for step, refusal in steps(setting.view):
        if step.code == code:
            return step, refusal
    raise Missing


def _form(request: HttpRequest, way: Way, setting: Setting) -> StepForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"in": request.GET.get("in", "")}
    return way.form(setting, grave=bool(way.warning), data=sent[0], files=sent[1], initial=initial)


def _take(way: Way, form: StepForm, asking: Asking) -> Any:
    """The action with what the form gives; files that were kept for a refused action are forgotten with it."""
    case = form.setting.case
    with transaction.atomic():
        return way.action(case, **form.arguments(asking.at), by=asking.by, at=asking.at)


def _done(request: HttpRequest, setting: Setting, step: law.Step, done: Any) -> HttpResponseBase:
    number, asking = setting.case.number, setting.asking
    if step.code == "draft":
        return _draft_saved(request, setting)
    if isinstance(done, actions.Filed) and done.code:
        return render(request, "desk/code.html", {"number": number, "code": done.code})
    messages.success(request, _("Case %(number)s: %(step)s") % {"number": number, "step": say(step.name, asking.lang)})
    if not queries.may_see(asking.who, setting.case.pk):
        return redirect("desk:queue")
    return redirect("desk:case", number=number)


def _draft_saved(request: HttpRequest, setting: Setting) -> HttpResponseBase:
    """Back to the draft, where the gate says what is missing; on to the case if the gate let it be submitted."""
    case, asking = setting.case, setting.asking
    if request.POST.get("then") != "submit":
        messages.success(request, _("The draft is saved. The gate says below what is still missing."))
        return redirect("desk:act", number=case.number, code="draft")
    try:
        actions.submit(case, by=asking.by, at=asking.at)
    except Refused as refused:
        messages.warning(
            request, _("The draft is saved, but not submitted.") + " " + words.refusal(refused, asking.lang)
        )
        return redirect("desk:act", number=case.number, code="draft")
    messages.success(request, _("The draft is submitted for approval."))
    return redirect("desk:case", number=case.number)


def _refused(request: HttpRequest, setting: Setting, step: law.Step, refusal: Refused) -> HttpResponse:
    context = {"case": setting.case, "step": step, "said": reason(setting.view, step, refusal, setting.lang)}
    return render(request, "desk/refused.html", context, status=STATUS.get(refusal.kind, 409))


def _context(setting: Setting, step: law.Step, way: Way, form: StepForm) -> dict[str, Any]:
    view = setting.view
    earlier = queries.earlier_of(setting.asking.who, view.case) if "earlier" in way.shows else []
    shown = decision.shown(view, setting.lang)
    decided = "draft" in way.shows and bool(shown.get("draft"))
    return {
        "case": view.case,
        "view": view,
        "step": step,
        "house": step.source.act == "house",
        "source": rule_words(step.source.act, step.source.article, setting.lang),
        "begins": [say(setting.rule.terms[key].name, setting.lang) for key in step.starts if key in setting.rule.terms],
        "form": form,
        "fields": [form[name] for name in form.fields if name != "sure"],
        "warning": way.warning,
        "shows": way.shows,
        **shown,
        # a decision is read before it is approved, signed or sent; what else is of use stands beside the form
        "decided": decided,
        "beside": bool(set(way.shows) - {"draft", "accusation"}) if decided else bool(way.shows),
        "lacks": lacks(setting) if "draft" in way.shows else {},
        "earlier": rows(setting.asking, earlier),
        "motion": _motion(view, step.code),
    }


MOTIONS = {
    "correct": "ask_correction",
    "refuse_correction": "ask_correction",
    "give_file": "ask_file",
    "decide_recusal": "ask_recusal",
    "decide_restoration": "ask_restoration",
}
"""Step that settles a motion -> the step with which it was made."""


def _motion(view: queries.CaseView, code: str) -> Any:
    """The newest motion that this step settles, for whoever decides about it; None for other steps."""
    return next((step for step in reversed(view.steps) if step.code == MOTIONS.get(code) and step.note), None)


def _status(form: StepForm) -> int:
    return STATUS[form.refused_by] if form.errors else 200

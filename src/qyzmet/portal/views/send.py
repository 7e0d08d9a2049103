"""Check, send, and the talon."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qyzmet.cases import actions, queries
from qyzmet.letters import pdf
from qyzmet.look import flood, words
from qyzmet.portal import appeal, drafting, opened, receipts, review, talon
from qyzmet.portal.drafting import Kept
from qyzmet.portal.forms.fields import Question, lang
from qyzmet.portal.views.question import QuestionView, url
from qyzmet.text.refusal import Missing, Refused


class Check(QuestionView):
    """Everything once more, and the button that sends it."""

    page = "check"
    form = Question
    template = "portal/check.html"
    keeps = False

    def changes(self, form: Any) -> dict[str, Any]:
        return {}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send once; what cannot be taken is said on this page."""
        if appeal.lacks(self.kept):
            return self.show(request, self.form({}))
        if flood.must_wait(request):
            return self.wait(request)
        try:
            filed = actions.send_draft(
                self.kept.draft, token=self.kept.token, at=timezone.now(), **appeal.of(self.kept)
            )
        except Refused as refused:
            form = self.form({})
            form.add_error(None, words.refusal(refused, lang()))
            return self.show(request, form)
        if filed.filing:  # not the button pressed twice
            flood.count(request)
        opened.remember(request, filed.case.number, filed.code)
        return HttpResponseRedirect(reverse("portal:sent"))

    def wait(self, request: HttpRequest) -> HttpResponse:
        """The same page, with everything on it: the button works again in a minute."""
        form = self.form({})
        form.add_error(None, words.say("filing_must_wait", lang(), seconds=flood.SECONDS))
        response = self.show(request, form)
        response.status_code, response["Retry-After"] = 429, str(flood.SECONDS)
        return response

    def more(self, form: Any) -> dict[str, Any]:
        said = {
            "kind": _("Choose the kind of appeal"),
            "post": _("Say whose conduct it is about"),
            "text": _("Write what happened"),
        }
        lacking = [(url(page) + "?check=1", said[page]) for page in appeal.lacks(self.kept)]
        return {
            "rows": review.rows(self.kept),
            "lacking": lacking,
            "conduct": appeal.is_conduct(self.kept),
        }


def _sent(request: HttpRequest) -> tuple[Kept, Any, str] | None:
    """The sent form of this browser, its case and its code ('' once the body has issued another)."""
    kept = drafting.kept(request)
    if kept is None or not kept.is_sent:
        return None
    filed = actions.send_draft(kept.draft, token=kept.token, at=timezone.now())
    try:
        queries.case_by_code(filed.case.number, filed.code)
    except Missing:
        return kept, filed.case, ""
    return kept, filed.case, filed.code


@require_GET
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """The talon and the code, as long as this browser holds the key of the form."""
    found = _sent(request)
    if found is None:
        return render(request, "portal/expired.html", {"sent": True}, status=404)
    _kept, case, code = found
    context = talon.context(queries.followed(case), code) | {"receipt": receipts.state(case)}
    return render(request, "portal/sent.html", context)


@require_GET
def sent_pdf(request: HttpRequest, language: str) -> HttpResponse:
    """The talon as PDF, with the code on it."""
    found = _sent(request)
    letters = queries.followed(found[1]).letters if found else []
    letter = next((one for one in letters if one.kind == "talon" and one.language == language), None)
    if found is None or letter is None:
        raise Missing
    response = HttpResponse(pdf.render(letter, follow_code=found[2]), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{pdf.file_name(letter)}"'
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget everything on this computer: the form, the talon, the open cases."""
    response = HttpResponseRedirect(reverse("portal:start"))
    drafting.forget(response)
    opened.forget_all(request)
    return response

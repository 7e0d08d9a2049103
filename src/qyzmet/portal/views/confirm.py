"""Confirm the signature of a filed appeal: by a code sent by e-mail, or by a signed paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qyzmet.cases import actions
from qyzmet.cases.queries import Followed
from qyzmet.look import words
from qyzmet.portal import chosen, one_time
from qyzmet.portal.forms import follow as forms
from qyzmet.portal.forms.fields import Question, lang
from qyzmet.portal.views import sign
from qyzmet.text.refusal import Refused


class Confirming:
    """One request to the page. Who gave no address when filing gives one here; the code proves whose it is."""

    def __init__(self, request: HttpRequest, view: Followed) -> None:
        self.request, self.view = request, view
        self.key = f"portal_sign_{view.case.number}"
        self.known = one_time.mailbox(view.parties[0].email) if view.parties else ""
        self.paper, self.code = forms.SignedNow(), forms.SignCode()
        self.said = ""
        if self.known and self.state.get("email") not in (None, self.known):
            # the case has another address by now: a code that went to the one before proves nothing any more
            self.state = {**self.state, "hash": "", "confirmed": ""}
        self.address = forms.SignAddress(initial={"email": self.state.get("email", "")})

    @property
    def state(self) -> dict[str, Any]:
        """The code that was sent, and how often."""
        return self.request.session.get(self.key) or {}

    @state.setter
    def state(self, value: dict[str, Any]) -> None:
        self.request.session[self.key] = value

    def is_done(self) -> bool:
        """Take what was sent; whether the appeal is signed now."""
        asked = self.request.POST
        if "send" in asked:
            self._send()
        elif "paper" in asked:
            self.paper = forms.SignedNow(asked, self.request.FILES)
            return self.paper.is_valid() and self._sign(self.paper, "signed")
        elif self.request.method == "POST":
            self.code = forms.SignCode(asked)
            at, session = timezone.now(), self.request.session
            entered = self.code.is_valid() and one_time.entered(session, self.key, self.code, at=at)
            return bool(entered) and self._sign(self.code, "confirmed")
        return False

    def _send(self) -> None:
        email = self.known
        if not email:
            self.address = forms.SignAddress(self.request.POST)
            if not self.address.is_valid():
                return
            email = self.address.cleaned_data["email"]
        self.state, self.said = sign.send_to(self.request, self.state, email)

    def _sign(self, form: Question, how: str) -> bool:
        at = timezone.now()
        proved = self.state["confirmed"] if how == "confirmed" and not self.known else ""
        try:
            with chosen.kept(form, at) as papers:
                given: dict[str, Any] = {"how": how, "papers": papers, "email": proved}
                actions.confirm_signature(self.view.case, by=actions.APPLICANT, at=at, **given)
        except Refused as refused:
            form.add_error("signed" if "signed" in form.fields else "code", words.refusal(refused, lang()))
            return False
        return True

    def context(self) -> dict[str, Any]:
        """For the page."""
        state, case = self.state, self.view.case
        sent = bool(state.get("hash"))
        return {
            "form": next((form for form in (self.code, self.address) if form.errors), self.paper),
            "address": self.address,
            "paper": self.paper,
            "code": self.code,
            "said": self.said,
            "known": self.known,
            "email": state["email"] if sent else self.known,
            "sent": sent,
            "again": one_time.may_send(state),
            "demo_code": one_time.shown(state),
            "case": case,
            "back": reverse("portal:case", args=[case.number]),
        }


def confirm(request: HttpRequest, view: Followed) -> HttpResponse:
    """The page, or back to the case when the appeal is signed."""
    page = Confirming(request, view)
    if page.is_done():
        messages.success(request, _("Your signature is confirmed."))
        return HttpResponseRedirect(reverse("portal:case", args=[view.case.number]))
    return render(request, "portal/confirm.html", page.context())

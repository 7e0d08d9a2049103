"""The signature: none, a code sent by e-mail, or a signed paper."""

import logging
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from qyzmet.look import flood
from qyzmet.portal import one_time, throttle
from qyzmet.portal.forms import people
from qyzmet.portal.forms.fields import Question
from qyzmet.portal.views.question import QuestionView, url

log = logging.getLogger(__name__)


class Signature(QuestionView):
    """How the appeal is signed."""

    page = "signature"
    form: ClassVar[type[Question]] = people.Sign
    template = "portal/signature.html"
    keeps = False

    @property
    def email(self) -> str:
        """The address a code can be sent to; empty if none was given or it cannot be one."""
        return one_time.mailbox(str(self.kept.of("contacts").get("email", "")))

    def arguments(self) -> dict[str, Any]:
        return {"email": self.email}

    def go_on(self, request: HttpRequest, form: Any) -> HttpResponse:
        """A code is sent when it is first asked for."""
        state = self.kept.of("one_time")
        if form.cleaned_data["signature"] == "code" and state.get("email") != self.email:
            said = send(request, self, self.email)
            if said:
                form.add_error("signature", said)
                return self.show(request, form)
        return super().go_on(request, form)

    def more(self, form: Any) -> dict[str, Any]:
        return {"email": self.email}


def send(request: HttpRequest, view: QuestionView, email: str) -> str:
    """Send a code and keep its hash; what to say if it could not be sent, else ''."""
    state = view.kept.of("one_time")
    sent, said = send_to(request, state, email)
    view.kept.keep(one_time=sent)
    return said


def send_to(
    request: HttpRequest, state: dict[str, Any], email: str, *, newsroom: bool = False
) -> tuple[dict[str, Any], str]:
    """What to keep after sending a code to `email`, and what to say if it was not sent."""
    where = flood.network(request)
    if not one_time.may_send(state):
        return state, _("A code was sent three times already. Go on without it: the signature can be confirmed later.")
    if throttle.MAIL_TO.is_full(email.lower()) or throttle.MAIL_FROM.is_full(where):
        return state, _("Too many codes were asked for. Try again in an hour, or go on without a code.")
    throttle.MAIL_TO.count(email.lower())
    throttle.MAIL_FROM.count(where)
    try:
        return one_time.send(state, email=email, at=timezone.now(), newsroom=newsroom), ""
    except OSError:
        log.exception("a one-time code could not be sent")
        return state, _("The e-mail could not be sent now. Try again later, or go on without a code.")


class Code(Signature):
    """Enter the code, ask for another, or go on without."""

    page = "code"
    form: ClassVar[type[Question]] = people.Code
    template = "portal/code.html"

    def arguments(self) -> dict[str, Any]:
        return {}

    def post(self, request: HttpRequest) -> HttpResponse:
        """What the pressed button says."""
        form = self.bound(request)
        if "again" in request.POST:
            return self.again(request)
        if "without" in request.POST:
            self.kept.keep(signature={"signature": "unsigned"}, code={})
            return HttpResponseRedirect(url("check"))
        if form.is_valid() and (why := self.check(form)):
            form.add_error("code", one_time.words(why))
        if form.errors:
            return self.show(request, form)
        self.kept.keep(code={"done": True})
        return HttpResponseRedirect(self.next_url())

    def check(self, form: Any) -> str:
        """Compare the code; why it was not taken, or ''."""
        if self.confirmed:
            return ""
        state, why = one_time.check(self.kept.of("one_time"), form.cleaned_data["code"], at=timezone.now())
        self.kept.keep(one_time=state)
        return why

    def again(self, request: HttpRequest) -> HttpResponse:
        """Send one more."""
        said = send(request, self, self.email) if self.email else _("No e-mail address was given.")
        if not said:
            return HttpResponseRedirect(request.get_full_path())
        form = self.form({"code": ""})
        form.add_error("code", said)
        return self.show(request, form)

    @property
    def confirmed(self) -> bool:
        """Whether the address that stands in the form now has been confirmed."""
        return bool(self.email) and self.kept.of("one_time").get("confirmed") == self.email

    def more(self, form: Any) -> dict[str, Any]:
        state = self.kept.of("one_time")
        again, demo_code = one_time.may_send(state), one_time.shown(state)
        return {"email": self.email, "confirmed": self.confirmed, "again": again, "demo_code": demo_code}

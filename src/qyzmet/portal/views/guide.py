"""Help me choose: four plain questions that end at a kind of appeal."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qyzmet.portal import drafting
from qyzmet.portal.forms.fields import OneOf
from qyzmet.portal.views.question import url

QUESTIONS: tuple[tuple[Any, tuple[tuple[str, Any], ...]], ...] = (
    (
        _("Did an official ask for or take money, a gift or a favour for doing their work?"),
        (("corruption", _("Yes")), ("next", _("No"))),
    ),
    (
        _("Do you disagree with what a body or an official decided, did or failed to do, and want it put right?"),
        (("complaint", _("Yes, I want it put right")), ("next", _("No"))),
    ),
    (
        _("Do you need something from the body?"),
        (
            ("application", _("Yes: help, a permit, a decision for me or for others")),
            ("request", _("Yes: information")),
            ("next", _("No, I want to tell something")),
        ),
    ),
    (
        _("What do you want to tell?"),
        (
            ("message", _("Something is broken, or somebody breaks the law")),
            ("suggestion", _("How to make something better")),
            ("response", _("What I think of a policy or an event")),
        ),
    ),
)


class Plain(forms.Form):
    """One plain question."""

    answer = OneOf()

    def __init__(self, *args: Any, number: int, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["answer"]
        field.label, field.choices = QUESTIONS[number - 1]


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Question `number`; an answer leads to the next one, to a kind, or to the page on corruption."""
    if not 1 <= number <= len(QUESTIONS):
        raise Http404
    form = Plain(request.POST or None, number=number)
    if request.method == "POST" and form.is_valid():
        return _go_on(request, form.cleaned_data["answer"], number)
    back = reverse("portal:help", args=[number - 1]) if number > 1 else url("kind")
    context = {"form": form, "number": number, "of": len(QUESTIONS), "back": back}
    return render(request, "portal/help.html", context)


def _go_on(request: HttpRequest, answer: str, number: int) -> HttpResponse:
    if answer == "corruption":
        return HttpResponseRedirect(reverse("portal:corruption"))
    if answer == "next":
        return HttpResponseRedirect(reverse("portal:help", args=[number + 1]))
    kept = drafting.kept(request)
    if kept is None or kept.is_sent:
        kept = drafting.begin()
    kept.keep(kind={"kind": answer})
    response = HttpResponseRedirect(url("kind"))
    drafting.hand_over(response, kept)
    return response

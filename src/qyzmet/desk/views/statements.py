"""Statements of a body: made by its head, withdrawn with a reason."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qyzmet.bodies import queries as bodies
from qyzmet.cases import actions, queries
from qyzmet.desk import names
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.forms.base import say_required
from qyzmet.desk.forms.publish import Statement, Withdrawal
from qyzmet.look import words
from qyzmet.text.refusal import Missing, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def statements(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """What the reader's bodies have said, and a form for the next statement; nothing for who heads no body."""
    own = bodies.bodies_by_id(asking.who.bodies("head"))
    if not own:
        raise Missing
    places = names.places(own.values(), asking.lang)
    form = Statement(request.POST if request.method == "POST" else None, places=places, initial={"body": places[0][0]})
    say_required(form)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = next(body for body in own.values() if body.code == form.cleaned_data["body"])
            actions.make_statement(body=chosen, texts=form.texts(), by=asking.by, at=asking.at)
            messages.success(request, _("The statement is published."))
            return redirect("desk:statements")
        except Refused as refused:
            form.add_error(None, words.refusal(refused, asking.lang))
    found = queries.statements(asking.who, after=request.GET.get("after"))
    context = {
        "form": form,
        "rows": [(one, one.texts[0]) for one in found.rows],
        "next": f"?{urlencode({'after': found.after})}" if found.after else None,
        "nav": "statements",
    }
    return render(request, "desk/statements.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def withdraw(request: HttpRequest, asking: Asking, *, publication_id: int) -> HttpResponseBase:
    """Take one down."""
    found = queries.statement(asking.who, publication_id)
    form = Withdrawal(request.POST if request.method == "POST" else None)
    say_required(form)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_statement(found.pk, reason=form.cleaned_data["reason"], by=asking.by, at=asking.at)
        messages.success(request, _("The statement is taken down."))
        return redirect("desk:statements")
    context = {"form": form, "one": found, "title": found.texts[0], "nav": "statements"}
    return render(request, "desk/statement_withdraw.html", context, status=422 if form.errors else 200)

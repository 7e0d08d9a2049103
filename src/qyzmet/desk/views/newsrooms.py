"""The city's list of newsrooms: whoever checks registrations looks them up here, and gives out new codes."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qyzmet.cases import actions, queries
from qyzmet.cases.newsrooms import CAPACITIES
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.forms.base import say_required
from qyzmet.desk.forms.publish import Check, Identity
from qyzmet.look import words
from qyzmet.text.refusal import Refused


@require_safe
@desk_page
def newsrooms(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """All newsrooms, the newest first."""
    found = queries.newsrooms(asking.who, after=request.GET.get("after"))
    following = f"?{urlencode({'after': found.after})}" if found.after else None
    return render(request, "desk/newsrooms.html", {"rows": found.rows, "next": following, "nav": "newsrooms"})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def newsroom(request: HttpRequest, asking: Asking, *, newsroom_id: int) -> HttpResponseBase:
    """One newsroom: note what the list of the media says, or give it a new code."""
    found = queries.newsroom_to_check(asking.who, newsroom_id)
    check = Check(request.POST if "check" in request.POST else None)
    identity = Identity(request.POST if "reissue" in request.POST else None)
    for form in (check, identity):
        say_required(form)
    if check.is_bound and check.is_valid() and _checked(newsroom_id, check, asking):
        messages.success(request, _("What you found is noted."))
        return redirect("desk:newsrooms")
    if identity.is_bound and identity.is_valid() and (made := _reissued(newsroom_id, identity, asking)):
        return render(request, "desk/newsroom_code.html", {"newsroom": made.newsroom, "code": made.code})
    context = {
        "newsroom": found,
        "signers": [(one, CAPACITIES[one.capacity]) for one in queries.signers(found)],
        "check": check,
        "identity": identity,
        "form": check if check.errors else identity,
        "nav": "newsrooms",
    }
    return render(request, "desk/newsroom.html", context, status=422 if check.errors or identity.errors else 200)


def _checked(newsroom_id: int, form: Check, asking: Asking) -> bool:
    given = form.cleaned_data
    try:
        actions.check_newsroom(
            newsroom_id, is_known=given["known"] == "yes", note=given["note"], by=asking.by, at=asking.at
        )
    except Refused as refused:
        form.add_error("note", words.refusal(refused, asking.lang))
        return False
    return True


def _reissued(newsroom_id: int, form: Identity, asking: Asking) -> Any:
    try:
        identity = form.cleaned_data["identity"]
        return actions.reissue_newsroom_code(newsroom_id, identity=identity, by=asking.by, at=asking.at)
    except Refused as refused:
        form.add_error("identity", words.refusal(refused, asking.lang))
        return None

"""Queues, what is overdue, and the look-up by number and name."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qyzmet.bodies import queries as bodies
from qyzmet.cases import queries
from qyzmet.cases.rules import rules
from qyzmet.desk import names
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.rows import rows
from qyzmet.law import Procedure
from qyzmet.text.codes import normalise_number

MOST_TYPED = 200
"""Characters of a look-up that are read; nobody's name is longer."""
SWITCHES = ("overdue", "standing", "unassigned", "closed", "after_closing")
OWN_SWITCHES = ("overdue", "standing", "closed", "after_closing")
"""What narrows the list of a body, and the list of the cases somebody works on."""


@require_safe
@desk_page
def mine(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """What I work on, the nearest day first; below it what I help with."""
    context = _queue(request, asking, queries.my_queue)
    context |= {"nav": "mine", "title": _("My queue"), "helping": rows(asking, queries.helping(asking.who))}
    return render(request, "desk/queue.html", context | {"shortcuts": _shortcuts(asking), "switches": OWN_SWITCHES})


@require_safe
@desk_page
def queue(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """Everything my bodies have, the nearest day first."""
    context = _queue(request, asking, queries.body_queue) | {"nav": "queue", "title": _("Queue of the body")}
    return render(request, "desk/queue.html", context | {"switches": SWITCHES})


@require_safe
@desk_page
def overdue(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """What my bodies should have done by now, the longest overdue first; made to be printed."""
    found = queries.body_queue(asking.who, queries.Filter(overdue=True), after=request.GET.get("after"))
    context = {"nav": "overdue", "title": _("Overdue"), "plain": True} | _listed(request, asking, found)
    return render(request, "desk/queue.html", context)


@require_safe
@desk_page
def lookup(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """Cases by number, or by the beginning of a name. A number that is found opens its case at once."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    found = queries.look_up(asking.who, typed, after=request.GET.get("after"))
    if len(found.rows) == 1 and normalise_number(typed):
        return redirect("desk:case", number=found.rows[0].number)
    context = {"nav": "lookup", "typed": typed} | _listed(request, asking, found)
    return render(request, "desk/lookup.html", context)


@require_safe
@desk_page
def suggest(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """The first cases that a look-up would find, for the list under the box."""
    found = queries.suggest(asking.who, request.GET.get("q", "").strip()[:MOST_TYPED])
    shown = [{"number": row.number, "name": row.applicant_name, "subject": row.subject} for row in found]
    return JsonResponse({"cases": shown})


@require_safe
@desk_page
def keys(request: HttpRequest, asking: Asking) -> HttpResponse:
    """What the keyboard does, and what the marks mean."""
    context = {
        "nav": "help",
        "administrator": bool(asking.who.bodies("administrator")),
        "checks_newsrooms": queries.checks_newsrooms(asking.who),
        "speaks": bool(asking.who.bodies("head")),
    }
    return render(request, "desk/help.html", context)


def _queue(request: HttpRequest, asking: Asking, ask: Callable[..., Any]) -> dict[str, Any]:
    chosen = _filter(request)
    found = ask(asking.who, chosen, after=request.GET.get("after"))
    return {
        "filter": chosen,
        "kinds": [(rule.code, rule.name) for rule in _filed_kinds()],
        "states": _states(open_ones=not (chosen.closed or chosen.after_closing)),
        "counts": _counts(asking),
        **_listed(request, asking, found),
    }


def _filter(request: HttpRequest) -> queries.Filter:
    """What the address asks for; what it cannot mean is left out."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    switched: dict[str, Any] = {switch: request.GET.get(switch) == "1" for switch in SWITCHES}
    return queries.Filter(
        procedure=kind if kind in {rule.code for rule in _filed_kinds()} else "",
        state=state if state in dict(_states()) else "",
        **switched,
    )


def _filed_kinds() -> list[Procedure]:
    return [rule for rule in rules().procedures.values() if "desk" in rule.offered]


def _states(open_ones: bool | None = None) -> list[tuple[str, Any]]:
    """States of all procedures by code, each once; only open or only closed ones if asked."""
    found = {code: state for rule in _filed_kinds() for code, state in rule.states.items()}
    return [(code, state.name) for code, state in found.items() if open_ones in (None, state.open)]


def _counts(asking: Asking) -> list[tuple[str, str, str]]:
    """Label, figure and address of what lies on the desk; an executor has no lists of a whole body."""
    found, whole = queries.counts(asking.who), queries.sees_whole_body(asking.who)
    mine, queue = reverse("desk:mine"), reverse("desk:queue")
    widest = queue if whole else mine
    told = [(_("Mine"), found.mine, mine)]
    told += [(_("Of the body"), found.body, queue)] if whole else []
    told += [(_("Overdue"), found.overdue, f"{widest}?overdue=1")]
    told += [(_("Nobody has it in hand"), found.unassigned, f"{queue}?unassigned=1")] if whole else []
    owed = (_("Still to do on closed cases"), found.after_closing, f"{widest}?after_closing=1")
    told += [owed] if found.after_closing else []
    return [(words, _figure(figure), address) for words, figure, address in told]


def _figure(count: int) -> str:
    return _("more than 1,000") if count > queries.COUNT_LIMIT else str(count)


def _shortcuts(asking: Asking) -> list[tuple[str, str]]:
    """Where the work of each of the reader's roles waits."""
    queue, roles = reverse("desk:queue"), {role for _body, role in asking.who.roles}
    waits = [
        ("registrar", _("To be assigned"), f"{queue}?state=registered"),
        ("registrar", _("To be sent"), f"{queue}?state=signed"),
        ("approver", _("To be approved"), f"{queue}?state=on_approval"),
        ("head", _("To be signed"), f"{queue}?state=for_signature"),
        ("head", _("Complaints about our acts"), f"{queue}?state=at_challenged"),
        ("head", _("Clocks that stand"), f"{queue}?standing=1"),
        ("head", _("How we answer"), reverse("desk:answers")),
        ("head", _("Statements"), reverse("desk:statements")),
    ]
    return [(words, address) for role, words, address in waits if role in roles]


def _listed(request: HttpRequest, asking: Asking, found: queries.Page[Any]) -> dict[str, Any]:
    """The rows with the addresses of the first and the next page."""
    asked = {key: value for key, value in request.GET.items() if key != "after"}
    ours = bodies.bodies_by_id(asking.who.bodies())
    return {
        "rows": rows(asking, found.rows),
        "first": f"?{urlencode(asked)}" if request.GET.get("after") else None,
        "next": f"?{urlencode(asked | {'after': found.after})}" if found.after else None,
        "many_bodies": len(ours) > 1,
        "bodies": ", ".join(name for _code, name in names.places(ours.values(), asking.lang)),
    }

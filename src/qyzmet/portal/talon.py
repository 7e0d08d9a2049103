"""What the talon shows, and how a stored day is explained."""

from typing import Any

from django.urls import reverse

from qyzmet import law
from qyzmet.bodies import queries as bodies
from qyzmet.cases.queries import Followed
from qyzmet.cases.rules import procedure
from qyzmet.portal.forms.fields import lang
from qyzmet.text.dates import local


def explained(deadline: Any, kind: str) -> dict[str, Any]:
    """A deadline with its name and the sentences that lead to its day."""
    return {
        "key": deadline.key,
        "name": procedure(kind).terms[deadline.key].name[lang()],
        "on": deadline.on,
        "stands": law.stands_since(deadline.facts),
        "status": deadline.status,
        "whose": deadline.whose,
        "why": law.explain(deadline.facts, lang()),
        "law": f"{reverse('portal:law_procedure', args=[kind])}#term-{deadline.key}",
    }


def context(view: Followed, code: str) -> dict[str, Any]:
    """The talon (APPC 64(2)): number, date, time, receiver, body, due date and why, defects, the code."""
    case = view.case
    kind = procedure(case.procedure)
    receiver = case.receiver
    post = bodies.post_in(receiver, case.body, local(case.registered_at).date()) if receiver else None
    return {
        "case": case,
        "kind": kind,
        "code": code,
        "receiver": receiver,
        "receiver_post": post.names if post else None,
        "due": next((explained(one, case.procedure) for one in view.deadlines if one.key == "decision"), None),
        "defects": [kind.defects[one].name for one in case.defects if one in kind.defects],
        "talons": [letter for letter in view.letters if letter.kind == "talon"],
        "is_open": case.is_open,
        "closed_letters": [letter for letter in view.letters if letter.kind != "talon"],
    }

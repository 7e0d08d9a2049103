"""The dispatch register of a body for its registrars: what they have to post, what is stuck, what left.

A body keeps its register whole: a letter it wrote stays there when the case has gone to another body. Only letters of
cases from which the reader is barred, or which are for another intake alone, are left out.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body
from qyzmet.cases.models import Accusation, Barred, Case
from qyzmet.cases.seen import Reader, known, not_barred
from qyzmet.letters import queries as letters
from qyzmet.letters.models import Dispatch
from qyzmet.text.refusal import Missing


def dispatching_bodies(who: Reader) -> list[Body]:
    """The bodies whose dispatch register this reader keeps, in the order of their codes."""
    found = bodies.bodies_by_id(who.bodies("registrar"))
    return sorted(found.values(), key=lambda body: body.code)


def waiting(who: Reader, body: Body, *, after: tuple[int, ...] | None = None, size: int = 50) -> letters.Page:
    """Letters of the body that wait for the post or for a hand, the oldest first."""
    return _asked(who, body, letters.waiting, after=after, size=size)


def stuck(who: Reader, body: Body, *, after: tuple[int, ...] | None = None, size: int = 50) -> letters.Page:
    """Letters of the body that failed or may have left, the oldest first."""
    return _asked(who, body, letters.stuck, after=after, size=size)


def dispatch_register(
    who: Reader, body: Body, *, year: int, after: tuple[int, ...] | None = None, size: int = 50
) -> letters.Page:
    """What the body posted or handed over in the year, the newest number first."""
    return _asked(who, body, letters.dispatch_register, year=year, after=after, size=size)


def dispatch_of(who: Reader, number: str, dispatch_id: int) -> Dispatch:
    """One dispatch; `Missing` for one that is not there, of another body, or of a case hidden from the reader alike.

    One question to the database answers for all three, so that the time it takes does not tell them apart.
    """
    own = [body.code for body in dispatching_bodies(who)]
    return letters.dispatch(dispatch_id, number, body_codes=own, without=hidden(who).values_list("number", flat=True))


def hidden(who: Reader) -> QuerySet[Case]:
    """Accusations that this reader must not meet in any register. Found by the bar, not by walking over all cases."""
    at_filing = Barred.objects.filter(person=who.person).values("case")
    today = Accusation.objects.filter(person__in=who.above).values("case")
    unresolved = Accusation.objects.filter(resolved_at=None).values("case")
    suspect = Q(pk__in=at_filing) | Q(pk__in=today) | Q(pk__in=unresolved)
    return Case.objects.filter(suspect).exclude(Q(not_barred(who)) & Q(known(who)))


def _asked(who: Reader, body: Body, ask: Callable[..., letters.Page], **options: Any) -> letters.Page:
    if not who.has(body.pk, "registrar"):
        raise Missing
    return ask(body_code=body.code, without=hidden(who).values("number"), **options)

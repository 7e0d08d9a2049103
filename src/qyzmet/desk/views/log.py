"""The public log for the administrator: whether it goes on, who has seen it, what waits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qyzmet.desk.asking import Asking, desk_page
from qyzmet.journal import log, store
from qyzmet.journal.signer.wire import Down
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.words import say
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Missing

PATIENCE_SECONDS = 0.5
LATE = timedelta(minutes=1)
"""How long a row may wait for a signed head before the page says that the sequencer does not keep up."""
WIDTH = 600
"""Of the drawing, in its own units."""


@dataclass(frozen=True)
class Signer:
    """What the signer answered: the size it signed last, or why there is none."""

    size: int | None = None
    problem: str = ""


@require_safe
@desk_page
def state(request: HttpRequest, asking: Asking) -> HttpResponse:
    """How the log stands. An administrator's page; nobody else knows that it is there."""
    if not asking.who.bodies("administrator"):
        raise Missing
    found = log.state(store.folder())
    late = found.oldest_unsigned is not None and asking.at - found.oldest_unsigned > LATE
    return render(
        request,
        "desk/log.html",
        {
            "nav": "help",
            "log": found,
            "limit": log.PENDING_LIMIT,
            "late": late,
            "spoilt": say(found.spoilt.code, asking.lang, **found.spoilt.values) if found.spoilt else "",
            "signer": _signer(asking.lang),
            "went_back": log.lost_rows(store.folder()),
            "marks": _marks(found),
            "witnesses": [_witness(one, found) for one in found.witnesses],
        },
    )


def _signer(lang: Lang) -> Signer:
    try:
        return Signer(size=int(log.signer(PATIENCE_SECONDS).state()["size"]))
    except Down:
        return Signer(problem="down")
    except Invalid as refused:
        return Signer(problem=say(refused.code, lang, **refused.values))


def _witness(one: Any, found: log.LogState) -> dict[str, Any]:
    behind = (found.signed.size if found.signed else 0) - one.size
    return {"name": one.name, "size": one.size, "at": one.at, "behind": behind, "problem": one.problem}


def _marks(found: log.LogState) -> list[dict[str, Any]]:
    """Where on the line of all entries the heads stand, for the drawing."""
    if not found.placed:
        return []
    places = [("placed", found.placed)]
    places += [("signed", found.signed.size)] if found.signed else []
    places += [("witnessed", found.witnessed.size)] if found.witnessed else []
    return [{"kind": kind, "size": size, "x": round(WIDTH * size / found.placed)} for kind, size in places]

"""How a body answers: what looked like no answer, by month, for its heads alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qyzmet.bodies import queries as bodies
from qyzmet.cases import queries
from qyzmet.desk import names
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.text.refusal import Missing

WIDTH, HEIGHT, FOOT = 600, 220, 24
"""Of the drawing, in its own units; FOOT is the room of the labels."""


@require_safe
@desk_page
def answers(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Counts, drawing and reasons of the bodies the reader heads. Nobody else knows that the page is there."""
    if not queries.heads(asking.who):
        raise Missing
    months = queries.findings_by_month(asking.who)
    ours = bodies.bodies_by_id(asking.who.bodies("head")).values()
    context = {
        "nav": "help",
        "bodies": ", ".join(name for _code, name in names.places(ours, asking.lang)),
        "rules": names.FINDINGS.values(),
        "months": [_row(month) for month in months],
        "bars": _bars(months),
        "width": WIDTH,
        "height": HEIGHT,
        "reasons": [_reason(row) for row in queries.overrulings(asking.who)],
    }
    return render(request, "desk/answers.html", context)


def _row(month: queries.MonthOfFindings) -> dict[str, Any]:
    counts = [month.rules.get(rule, 0) for rule in names.FINDINGS]
    return {"label": f"{month.first:%m.%Y}", "counts": counts, "found": month.found, "overruled": month.overruled}


def _bars(months: list[queries.MonthOfFindings]) -> list[dict[str, Any]]:
    """A bar a month, the oldest first, as tall as it has findings; the overruled ones from the bottom of it."""
    most, room = max((month.found for month in months), default=1), HEIGHT - FOOT
    wide = WIDTH // max(len(months), 6)
    bars = []
    for n, month in enumerate(reversed(months)):
        tall, overruled = (round(room * count / most) for count in (month.found, month.overruled))
        place = {"x": n * wide + 4, "width": wide - 8, "middle": n * wide + wide // 2, "label_y": HEIGHT - 6}
        found = {"top": room - tall, "tall": tall}
        said_false = {"overruled_top": room - overruled, "overruled_tall": overruled}
        bars.append({**place, **found, **said_false, "label": f"{month.first:%m.%y}"})
    return bars


def _reason(row: Any) -> dict[str, Any]:
    step = row.overruled
    return {
        "number": row.case.number,
        "rule": names.named(names.FINDINGS, row.rule),
        "sentence": row.sentence,
        "reason": step.facts.get("overrule_reason", ""),
        "by": step.by.short_name() if step.by else "",
        "at": step.at,
    }

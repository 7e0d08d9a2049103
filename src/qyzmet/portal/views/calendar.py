"""The calendar in force as files, orders laid over it: with them anybody computes a date as this city does."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qyzmet.cases.rules import rules
from qyzmet.law import calendar_text
from qyzmet.text.refusal import Missing


@require_safe
def year_file(request: HttpRequest, year: int) -> HttpResponse:
    """`calendar/<year>.toml` as `--law` of `qyzmet verify` reads it."""
    try:
        told = calendar_text(rules().calendar, year)
    except KeyError:
        raise Missing from None
    response = HttpResponse(told, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response

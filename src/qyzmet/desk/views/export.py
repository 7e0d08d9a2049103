"""The rows that the state register "Electronic appeals" asks for, as a table for other programs."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qyzmet.bodies import queries as bodies
from qyzmet.cases.queries import state_register as register
from qyzmet.cases.rules import rules
from qyzmet.desk import names
from qyzmet.desk.asking import Asking, desk_page
from qyzmet.desk.forms.base import say_required
from qyzmet.look.forms import DayField
from qyzmet.text.dates import local
from qyzmet.text.languages import Lang, say

HEADS = {
    "number": _("number"),
    "state_register_number": _("number in the state register"),
    "registered_on": _("registered on"),
    "received_at": _("received at"),
    "kind": _("kind"),
    "form": _("form"),
    "language": _("language"),
    "applicant_kind": _("natural or legal person"),
    "applicant": _("applicant"),
    "iin_bin": _("IIN or BIN"),
    "address": _("address"),
    "body": _("body"),
    "subject": _("subject"),
    "due_on": _("due on"),
    "state": _("state"),
    "outcome": _("outcome"),
    "closed_at": _("closed at"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would take for a formula."""
_NEXT_CELL = re.compile(r"(;\s*)(?=[=+\-@])")
"""In Kazakh and Russian settings a spreadsheet ends a cell at a semicolon too, wherever one stands in the line."""


class Period(forms.Form):
    """From the first day to the last, both included."""

    since = DayField(label=_("Registered from"))
    until = DayField(label=_("to"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_required(self)

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("The last day is before the first"))


@require_safe
@desk_page
def state_register(request: HttpRequest, asking: Asking) -> HttpResponseBase:
    """The period to choose, and the file of it."""
    asked = "since_0" in request.GET
    form = Period(request.GET if asked else None, initial={"since": asking.today.replace(day=1), "until": asking.today})
    if not asked or not form.is_valid():
        status = 422 if asked else 200
        return render(request, "desk/export.html", {"nav": "export", "form": form}, status=status)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    response = StreamingHttpResponse(_file(asking, since, until), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{since}-{until}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(asking: Asking, since: date, until: date) -> Iterator[str]:
    """Lines of the file, with the mark by which spreadsheets know UTF-8. Rows are read as they are sent."""
    writer = csv.writer(_Passing())
    heads = [str(HEADS[name]) for name in register.COLUMNS]
    yield "\ufeff" + writer.writerow(heads)
    bodies_by_code = {body.code: say(body.names, asking.lang) for body in bodies.every_body()}
    for row in register.rows(asking.who, since, until):
        told = _told(dict(zip(register.COLUMNS, row.values, strict=True)), bodies_by_code, asking.lang)
        yield writer.writerow([safe(value) for value in told.values()])


def _told(row: dict[str, str], bodies_by_code: dict[str, str], lang: Lang) -> dict[str, str]:
    """The row with its codes in words and its moments on the clock of Almaty."""
    rule = rules().procedure(row["kind"])
    outcome, state = rule.outcomes.get(row["outcome"]), rule.states.get(row["state"])
    return row | {
        "kind": say(rule.name, lang),
        "form": names.named(names.CHANNELS, row["form"]),
        "language": names.named(names.LANGUAGES, row["language"]),
        "applicant_kind": names.named(names.PERSONS, row["applicant_kind"]),
        "body": bodies_by_code.get(row["body"], row["body"]),
        "state": say(state.name, lang) if state else row["state"],
        "outcome": say(outcome.name, lang) if outcome else row["outcome"],
        "received_at": _clock(row["received_at"]),
        "closed_at": _clock(row["closed_at"]),
    }


def _clock(moment: str) -> str:
    return f"{local(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M}" if moment else ""


def safe(cell: str) -> str:
    """The cell as text in every spreadsheet: what would begin a formula gets an apostrophe in front."""
    cell = _NEXT_CELL.sub(r"\1'", cell)
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class _Passing:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line

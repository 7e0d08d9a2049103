"""The calculator's boxes for the days on which the clock stood: why, from when, until when."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qyzmet.law import Interval, Procedure
from qyzmet.look.forms import DayField
from qyzmet.portal.forms.fields import lang

MOST = 6
"""Stretches that one question may name: a brake of this page, no rule of law."""


class StoodForm(forms.Form):
    """One stretch; nothing typed means none."""

    cause = forms.ChoiceField(label=gettext_lazy("Why did the clock stand? (optional)"), required=False)
    first = DayField(label=gettext_lazy("From which day did it stand?"), required=False)
    last = DayField(
        label=gettext_lazy("Until which day, that day included?"),
        help_text=gettext_lazy("Leave it empty if the clock still stands."),
        required=False,
    )

    def __init__(self, *args: Any, procedure: Procedure, **options: Any) -> None:
        super().__init__(*args, **options)
        causes = {one.same_as: one.name[lang()] for one in procedure.suspensions.values()}
        field: Any = self.fields["cause"]
        field.choices = [("", _("Choose")), *causes.items()]
        field.error_messages = {"invalid_choice": _("Choose one of the causes in the list")}

    def clean(self) -> dict[str, Any]:
        """A stretch has a cause and a first day, and does not end before it."""
        given: dict[str, Any] = self.cleaned_data
        if self.errors or not any(given.values()):
            return given
        if not given["cause"]:
            self.add_error("cause", _("Choose one of the causes in the list"))
        if not given["first"]:
            self.add_error("first", _("Enter the day, month and year"))
        elif given["last"] and given["last"] < given["first"]:
            self.add_error("last", _("The last day is before the first"))
        return given

    def interval(self) -> Interval | None:
        """The stretch, once the form is valid; None where nothing was typed."""
        given = self.cleaned_data
        return Interval(given["cause"], given["first"], given["last"]) if given["cause"] else None


def stood_forms(data: Mapping[str, str] | None, procedure: Procedure) -> list[StoodForm]:
    """A box for each stretch that was typed and an empty one more; none where no cause stops a term."""
    if not procedure.suspensions:
        return []
    filled = [n for n in range(MOST) if any(v for k, v in (data or {}).items() if k.startswith(f"stood{n}-"))]
    shown = min(len(filled) + 1, MOST)
    places = [*filled, *(n for n in range(MOST) if n not in filled)][:shown]
    return [StoodForm(data, procedure=procedure, prefix=f"stood{n}") for n in places]


def typed_interval(n: int, text: str) -> dict[str, str]:
    """An interval of a link, '2026-07-10..2026-07-20:illness', as the form has it; what is wrong is refused there."""
    days, _dots, cause = text.partition(":")
    first, _dots, last = days.partition("..")
    found = {f"stood{n}-cause": cause or "?"}
    for name, day in (("first", first), ("last", last)):
        year, _dots, rest = day.partition("-")
        month, _dots, number = rest.partition("-")
        found |= {f"stood{n}-{name}_{place}": part for place, part in enumerate((number, month, year))}
    return found

"""The calculator's form: which term, and the day and hour from which it runs."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qyzmet.law import Law, Procedure, Source
from qyzmet.law.sentences import say
from qyzmet.look.forms import DayField
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.forms.stood import MOST, StoodForm, stood_forms, typed_interval
from qyzmet.portal.law.question import SUSPENDED, UNVERIFIED, Question, typed
from qyzmet.portal.law.terms_said import term_meant

HOUR = re.compile(r"(\d{1,2})[:.\-](\d{2})(?:[:.\-](\d{2}))?")


class HourField(forms.CharField):
    """An hour as people write it, 9:05 or 19.05; cleans to a `time`, or to None."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, max_length=8, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed:
            return None
        found = HOUR.fullmatch(typed)
        try:
            hour, minute, second = (int(part or 0) for part in found.groups()) if found else (-1, -1, -1)
            return time(hour, minute, second)
        except ValueError:
            raise ValidationError(_("Enter the hour and the minutes, for example 19:05"), code="invalid") from None


class KindForm(forms.Form):
    """Which procedure."""

    kind = forms.ChoiceField(label=gettext_lazy("What was filed, or what is being done?"))

    def __init__(self, *args: Any, law: Law, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        missing = _("Choose one of the procedures in the list")
        field.error_messages = {"required": missing, "invalid_choice": missing}
        kinds = [(one.code, one.name[lang()]) for one in law.procedures.values()]
        field.choices = [("", _("Choose")), *kinds]


class DateForm(forms.Form):
    """Which term of the procedure, from when. The day and the hours are typed; a link carries them in one word each."""

    term = forms.ChoiceField(label=gettext_lazy("Which term?"))
    day = DayField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy(
            "For the decision and all that runs from registration: the day on which the body received it. For another "
            "term: the day of the event that stands beside it in the list."
        ),
    )
    hour = HourField(
        label=gettext_lazy("At what hour? (optional)"),
        help_text=gettext_lazy("What arrives after the end of the working day is registered on the next working day."),
    )
    count = forms.IntegerField(
        label=gettext_lazy("How long? (only where the body sets the length)"), required=False, min_value=1
    )
    closing = HourField(
        label=gettext_lazy("When does the body close? (only if it states its own hour)"),
    )
    unverified = forms.BooleanField(
        label=gettext_lazy("Let rules decide that nobody has checked"),
        help_text=gettext_lazy("Such a rule has no value until a body switches it on knowingly. The answer says so."),
        required=False,
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, procedure: Procedure, **options: Any) -> None:
        super().__init__(data, **options)
        self.procedure, self.stood = procedure, stood_forms(data, procedure)
        if not any(source.status == "unverified" for source in _sources(procedure)):
            del self.fields["unverified"]
        fields: Any = self.fields
        missing = _("Choose one of the terms in the list")
        fields["term"].error_messages = {"required": missing, "invalid_choice": missing}
        fields["term"].choices = [(term.key, self._named(term)) for term in procedure.terms.values()]
        meant = term_meant(procedure)
        fields["term"].initial = meant.key if meant else None
        said = _("Enter the number in digits, for example 10")
        fields["count"].error_messages = {"invalid": said, "min_value": said}
        fields["count"].widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})

    def _named(self, term: Any) -> str:
        return _("%(term)s (runs from: %(event)s)") % {
            "term": term.name[lang()],
            "event": say("event", term.from_, lang()),
        }

    @property
    def boxes(self) -> list[forms.Form]:
        """This form and its boxes, for the summary of what is wrong."""
        return [self, *self.stood]

    def is_whole(self) -> bool:
        """Whether a question was typed, without a fault in any box. All are asked, so that each tells its faults."""
        return self.is_bound and not [one for one in self.boxes if not one.is_valid()]

    def question(self) -> Question:
        """What is asked, once the form is whole."""
        given = self.cleaned_data
        day: date = given["day"]
        asked: dict[str, Any] = {"hour": given["hour"], "count": given["count"], "closing": given["closing"]}
        stretches = [one.interval() for one in self.stood]
        asked |= {SUSPENDED: tuple(one for one in stretches if one), UNVERIFIED: given.get("unverified", False)}
        return Question(self.procedure.code, given["term"], day, **asked)

    def add_fault(self, field: str, words: str, cause: str) -> None:
        """Put words beside a field: of the box that names `cause`, or of the form."""
        box: StoodForm | None = next((one for one in self.stood if one.cleaned_data.get("cause") == cause), None)
        if cause and box:
            box.add_error("cause", words)
        else:
            self.add_error(field if field in self.fields else "day", words)


def _sources(procedure: Procedure) -> list[Source]:
    values = [value.source for term in procedure.terms.values() for value in term.values]
    return values + [cause.source for cause in procedure.suspensions.values()]


def linked(given: QueryDict) -> dict[str, str]:
    """A question of a link as the form has it, its boxes too."""
    said = {name: str(given[name]) for name in given}
    found = typed(said) | {name: text for name, text in said.items() if name.startswith("stood")}
    for n, text in enumerate(given.getlist(SUSPENDED)[:MOST]):
        found |= typed_interval(n, text)
    return found

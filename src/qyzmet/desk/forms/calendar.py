"""The forms of the calendar: an order that moves a day, and its taking back."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qyzmet.cases.moved_days import Order
from qyzmet.desk.forms.base import say_required
from qyzmet.look import words
from qyzmet.look.forms import DayField
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Refused

FIELD_OF = {
    "no_day_moved": "off_on",
    "same_day_moved": "worked_on",
    "day_is_off_already": "off_on",
    "day_is_worked_already": "worked_on",
    "order_number_needed": "number",
    "order_address_needed": "url",
    "order_from_future": "dated",
    "reason_needed": "note",
}
"""Beside which field the words of a refusal stand; above the form for the others."""


class ActForm(forms.Form):
    """The act by which the calendar changes: number, date, address."""

    number = forms.CharField(label=_("Number of the order"), max_length=60)
    dated = DayField(label=_("Date of the order"))
    url = forms.CharField(label=_("Address where its text stands"), max_length=300, help_text="https://adilet.zan.kz/…")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_required(self)

    def refuse(self, refused: Refused, lang: Lang) -> None:
        """Put the words of a refusal beside its field, or above the form."""
        field = FIELD_OF.get(refused.code)
        if refused.code == "day_has_an_order" and refused.values["day"] == self.cleaned_data.get("worked_on"):
            field = "worked_on"
        self.add_error(field if field in self.fields else None, words.refusal(refused, lang))


class OrderForm(ActForm):
    """An order that moves a day: what becomes a day off, what becomes a working day, or both."""

    off_on = DayField(label=_("Becomes a day off"), required=False)
    worked_on = DayField(label=_("Becomes a working day"), required=False)
    field_order = ("off_on", "worked_on", "number", "dated", "url")

    def order(self) -> Order:
        """What was typed, as an order."""
        given = self.cleaned_data
        return Order(given["off_on"], given["worked_on"], given["number"], given["dated"], given["url"].strip())

    def typed(self) -> list[tuple[str, str]]:
        """Each box by its name, for the form that carries them to the confirmation."""
        days = [f"{name}_{n}" for name in ("off_on", "worked_on", "dated") for n in range(3)]
        return [(name, str(self.data.get(name, ""))) for name in (*days, "number", "url")]


class BackForm(ActForm):
    """The taking back of an order."""

    note = forms.CharField(
        label=_("Why it no longer stands"),
        max_length=300,
        help_text=_("For example: cancelled by a later order; entered with a wrong day."),
    )


class Sure(forms.Form):
    """The confirmation under a preview."""

    sure = forms.BooleanField(label=_("I have the text of the order before me, and the days are right."))
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sure"].error_messages["required"] = gettext(
            "Confirm that you have the text of the order before you"
        )

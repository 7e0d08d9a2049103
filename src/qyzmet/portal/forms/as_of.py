"""Which day's wording of the law is shown."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from qyzmet.look.forms import DayField
from qyzmet.portal.law.question import typed


class AsOf(forms.Form):
    """A day."""

    day = DayField(label=gettext_lazy("Show the terms as of a day"))

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "AsOf":
        """The form of an address: the day typed in three boxes, or `on`; without either, empty."""
        parts = typed({"day": given["on"]} if "on" in given else given)
        return cls(parts if "day_0" in parts else None)

    @property
    def on(self) -> date:
        """The day, once the form is valid."""
        found: date = self.cleaned_data["day"]
        return found

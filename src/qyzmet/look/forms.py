"""Form fields that Django has not: a day in three boxes, choices with hints."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayWidget(forms.MultiWidget):
    """Day, month and year in three boxes, in the order people write them."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()], attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [str(data.get(f"{name}_{index}") or "").strip() for index in range(3)]


class DayField(forms.Field):
    """A date typed as three numbers; cleans to a `date`, or to None where it is not required."""

    widget = DayWidget

    def clean(self, value: Any) -> date | None:
        typed = [part for part in value or [] if part]
        if not typed:
            if self.required:
                raise ValidationError(_("Enter the day, month and year"), code="required")
            return None
        try:
            day, month, year = (int(part) for part in value)
            return date(year, month, day)
        except (TypeError, ValueError):
            raise ValidationError(_("Enter a real date, for example 27 3 2026"), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial) or any(data or [])


class ManyOf(forms.CheckboxSelectMultiple):
    """Boxes to tick; `langs` maps a value to the language of its label."""

    def __init__(self, *, langs: Mapping[str, str] | None = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.langs = dict(langs or {})


class HintedChoices(forms.RadioSelect):
    """Radio buttons; `hints` maps a value to a line under its label, `langs` to the language of the label itself.

    Values of `folded` stand below the others in a part of its own, closed under `folded_words` till one is chosen.
    """

    def __init__(
        self,
        *,
        hints: Mapping[str, Any] | None = None,
        langs: Mapping[str, str] | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.hints = dict(hints or {})
        self.langs = dict(langs or {})
        self.folded: frozenset[str] = frozenset()
        self.folded_words: Any = ""

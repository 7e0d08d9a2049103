"""Fields that every form of the desk uses: lines, long texts, whole numbers, files, moments."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qyzmet.bodies.queries import Seat
from qyzmet.look import words
from qyzmet.look.forms import HintedChoices
from qyzmet.text.clean import control_characters
from qyzmet.text.dates import ALMATY
from qyzmet.text.languages import known, say

LONG = 20_000
TOO_LONG = _("Too long: at most %(limit_value)s characters")


def no_control_characters(text: str) -> None:
    """ValidationError for characters that no letter can carry."""
    if bad := control_characters(text):
        lang = known(get_language() or "kk")
        raise ValidationError(words.say("control_characters", lang, found=" ".join(bad)), code="control_characters")


class Line(forms.CharField):
    """A text of one line."""

    def __init__(self, *, label: Any, max_length: int = 300, required: bool = True, **options: Any) -> None:
        options.setdefault("error_messages", {"max_length": TOO_LONG})
        super().__init__(label=label, max_length=max_length, required=required, **options)
        self.validators.append(no_control_characters)


class Area(Line):
    """A long text."""

    widget = forms.Textarea

    def __init__(self, *, label: Any, max_length: int = LONG, required: bool = True, **options: Any) -> None:
        super().__init__(label=label, max_length=max_length, required=required, **options)


class WorkingDays(forms.IntegerField):
    """A number of working days that the law leaves to the official; its limits are told by the law itself."""

    widget = forms.TextInput

    def __init__(self, *, label: Any, **options: Any) -> None:
        wrong = _("Enter a whole number of working days, 1 or more")
        errors = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        super().__init__(label=label, min_value=1, max_value=999, error_messages=errors, **options)
        self.widget.attrs["inputmode"] = "numeric"


class One(forms.ChoiceField):
    """One of a few, as radio buttons; `hints` maps a value to a line under its label."""

    def __init__(self, *, label: Any, hints: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(label=label, widget=HintedChoices(hints=hints), **options)


class Listed(forms.ChoiceField):
    """One of many, as a list to unfold. Nothing is chosen beforehand."""

    def __init__(self, *, label: Any, choices: Iterable[tuple[str, Any]] = (), **options: Any) -> None:
        super().__init__(label=label, choices=[("", _("choose")), *choices], **options)


class Several(forms.MultipleChoiceField):
    """Any of a few, as checkboxes."""

    widget = forms.CheckboxSelectMultiple


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files; cleans to a list. What a file is, is judged by its content when it is kept."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not given:
            super().clean(None, initial)
        # an empty file is refused by name when it is kept
        return given


class OneFile(forms.FileField):
    """A single file, perhaps empty: the action says so by name."""

    widget = forms.FileInput

    def __init__(self, *, label: Any, required: bool = True, **options: Any) -> None:
        super().__init__(label=label, required=required, allow_empty_file=True, **options)


class Clock(forms.TimeField):
    """A time of the day as 9:30 or 18:05."""

    widget = forms.TextInput

    def __init__(self, *, label: Any, required: bool = True, **options: Any) -> None:
        errors = {"invalid": _("Enter a time such as 9:30 or 18:05")}
        formats = ["%H:%M", "%H.%M"]
        super().__init__(label=label, required=required, input_formats=formats, error_messages=errors, **options)


def moment(day: date, clock: time) -> datetime:
    """The day and time on the clock of Almaty, aware."""
    return datetime.combine(day, clock, tzinfo=ALMATY)


def named_choices(named: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """Choices of what the law names: defects, grounds, outcomes."""
    return [(code, say(one.name, lang)) for code, one in named.items()]


def seat_choice(seat: Seat, lang: str) -> tuple[str, str]:
    """A post with whoever holds it."""
    holder = seat.holder.full_name() if seat.holder else gettext("vacant")
    return seat.post.code, f"{say(seat.post.names, lang)}: {holder}"

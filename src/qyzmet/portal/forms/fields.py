"""Fields that keep what was typed and refuse only what no case can hold."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qyzmet.cases.actions import LIMITS
from qyzmet.look import words
from qyzmet.look.forms import HintedChoices
from qyzmet.text.clean import control_characters, tidy
from qyzmet.text.ids import check_bin, check_iin
from qyzmet.text.languages import Lang, known
from qyzmet.text.refusal import Refused


def lang() -> Lang:
    """The language of the page."""
    return known(get_language() or "kk")


def say(code: str, **values: Any) -> ValidationError:
    """The house's words for a refusal, beside a field."""
    return ValidationError(words.refusal(Refused(code, kind="input", **values), lang()), code=code)


class Words(forms.CharField):
    """Text a person types. Optional, whatever the law wants: what is missing becomes a defect, not a closed door."""

    def __init__(self, *, limit: int, lines: int = 1, **options: Any) -> None:
        attrs = options.pop("attrs", {})
        widget = forms.Textarea(attrs) if lines > 1 else forms.TextInput(attrs)
        super().__init__(required=False, strip=False, widget=widget, **options)
        self.limit = self.max_length = limit
        self.validators = []

    def clean(self, value: Any) -> str:
        typed = str(value or "")
        if bad := control_characters(typed):
            raise say("control_characters", found=" ".join(bad))
        clean = tidy(typed)
        if len(clean) > self.limit:
            raise say("text_too_long", limit=self.limit, given=len(clean))
        return clean


class Number(Words):
    """An IIN or BIN: blanks and dashes are dropped."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(limit=LIMITS["iin"], attrs=attrs, **options)

    def clean(self, value: Any) -> str:
        return super().clean("".join(char for char in str(value or "") if char not in " -\u00a0\t"))


class OneOf(forms.ChoiceField):
    """One of a few answers, as radio buttons."""

    def __init__(
        self,
        *,
        choices: Iterable[Any] = (),
        hints: dict[str, Any] | None = None,
        langs: dict[str, str] | None = None,
        missing: Any = "",
        **options: Any,
    ) -> None:
        missing = missing or gettext_lazy("Choose one of the answers")
        messages = {"required": missing, "invalid_choice": missing}
        super().__init__(
            choices=choices, widget=HintedChoices(hints=hints, langs=langs), error_messages=messages, **options
        )


class ManyFiles(forms.ClearableFileInput):
    """A control that lets one choose several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files; whether they are taken is judged where they are kept."""

    widget = ManyFiles

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=ManyFiles(attrs={"multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [one for one in (data if isinstance(data, list | tuple) else [data]) if one]


class Question(forms.Form):
    """A page. `asked`: values that were questioned once already and are now taken as they are."""

    def __init__(self, *args: Any, asked: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = set(asked)
        self.doubted: list[str] = []

    def raw(self) -> dict[str, Any]:
        """What was typed, field by field, before anything was judged."""
        typed: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, Files):
                continue
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            typed[name] = value if isinstance(value, bool | list) else str(value or "")
        return typed

    def doubt(self, name: str, said: str) -> None:
        """Ask once about a value; the second time it is taken as it is."""
        value = self.cleaned_data.get(name, "")
        if value and value not in self.asked:
            self.doubted.append(value)
            self.add_error(name, said)

    def doubt_number(self, name: str, check: Callable[[str], str | None]) -> None:
        """Ask once about an IIN or BIN that cannot be right."""
        value = self.cleaned_data.get(name, "")
        fault = check(value) if value else None
        if fault == "not_12_digits":
            self.doubt(name, _("The number has 12 digits. Check it; if it is as you want it, press the button again."))
        elif fault:
            said = _("There seems to be a slip in the number. Check it; if it is right, press the button again.")
            self.doubt(name, said)

    def doubt_email(self, name: str) -> None:
        """Ask once about something that cannot be an e-mail address."""
        try:
            validate_email(self.cleaned_data.get(name) or "a@b.kz")
        except ValidationError:
            said = _("This does not look like an e-mail address. Check it; if it is right, press the button again.")
            self.doubt(name, said)


IIN, BIN = check_iin, check_bin

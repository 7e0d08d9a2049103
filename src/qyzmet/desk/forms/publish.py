"""Publishing: the masked text is read first, and what was read is what is published."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qyzmet.cases import actions, queries
from qyzmet.desk.forms.base import StepForm, carried
from qyzmet.desk.forms.fields import Area, Line, One
from qyzmet.look import words
from qyzmet.text.languages import LANGS
from qyzmet.text.refusal import Refused


class Publish(StepForm):
    """What to take out besides, and that the text was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    hide = Area(
        label=_("Take out besides"),
        help_text=_("A word or phrase a line. Nothing can be put in or changed; press the button to see the new text."),
        required=False,
        max_length=20_000,
    )
    read = forms.BooleanField(label=_("I have read the text as it stands here: nothing in it tells who asked"))

    def prepare(self) -> None:
        self.texts = self._masked(str(self.data.get("hide", "")) if self.is_bound else "")
        self.initial["seen"] = actions.fingerprint(self.texts)

    def _masked(self, hide: str) -> list[dict[str, Any]]:
        try:
            return queries.masked_texts(self.setting.asking.who, self.setting.case, hide.splitlines())
        except Refused:
            return queries.masked_texts(self.setting.asking.who, self.setting.case)

    def clean(self) -> None:
        """Another text than the one that was read is shown before anything is published."""
        now = actions.fingerprint(self.texts)
        if self.cleaned_data.get("seen") != now:
            self.data = carried(self.data, seen=now)
            self.add_error(None, words.say("publication_not_seen", self.setting.lang))

    def arguments(self, at: datetime) -> dict[str, Any]:
        return {"hide": self.cleaned_data["hide"].splitlines(), "seen": self.cleaned_data["seen"]}


class Statement(forms.Form):
    """A statement of a body in up to three languages; Kazakh is needed."""

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"] = One(label=gettext("Body"), choices=places)
        names = {"kk": gettext("Kazakh"), "ru": gettext("Russian"), "en": gettext("English")}
        for lang in LANGS:
            given = {"language": names[lang]}
            attrs = {"lang": lang}
            title = Line(label=gettext("Title (%(language)s)") % given, max_length=200, required=False)
            text = Area(label=gettext("Text (%(language)s)") % given, required=False)
            title.widget.attrs |= attrs
            text.widget.attrs |= attrs
            self.fields |= {f"title_{lang}": title, f"text_{lang}": text}

    def texts(self) -> dict[str, tuple[str, str]]:
        """Language -> title and text."""
        given = self.cleaned_data
        return {lang: (given[f"title_{lang}"], given[f"text_{lang}"]) for lang in LANGS}


class Withdrawal(forms.Form):
    """Why a statement is taken down."""

    reason = Area(label=_("Reason"), max_length=500)


class Check(forms.Form):
    """What a look at the list of the media has shown."""

    known = One(
        label=_("Is the registration in the list of the media?"),
        choices=[("yes", _("Yes, and the particulars agree")), ("no", _("No, or they do not agree"))],
    )
    note = Line(label=_("Where you looked, and what you found"), max_length=500)


class Identity(forms.Form):
    """How it was checked who asks for a new code."""

    identity = Line(
        label=_("How you checked who asks"),
        help_text=_("For example: a letter of the newsroom and an identity card shown, number not copied."),
        max_length=500,
    )

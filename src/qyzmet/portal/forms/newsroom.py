"""Forms of a newsroom's place."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qyzmet.cases.newsrooms import CAPACITIES
from qyzmet.look.forms import ManyOf
from qyzmet.portal.forms.fields import Files, OneOf, Question, Words, lang, say
from qyzmet.portal.forms.follow import CODE_ATTRS
from qyzmet.portal.forms.matter import TEXT_LIMIT

LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
EMAIL_ATTRS = {"type": "email", "autocomplete": "email", "spellcheck": "false"}


class Enter(Question):
    """The newsroom's code."""

    code = Words(
        limit=80,
        label=gettext_lazy("Code of the newsroom"),
        help_text=gettext_lazy("Four groups of five signs. Small letters, blanks and dashes do not matter."),
        attrs=CODE_ATTRS,
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not code:
            raise forms.ValidationError(_("Enter the code of the newsroom"))
        return code


class Signer(Question):
    """Somebody who signs inquiries."""

    signer = Words(
        limit=250,
        label=gettext_lazy("Who signs inquiries: surname, given name and patronymic (if any)"),
        attrs={"autocomplete": "name"},
    )
    capacity = OneOf(label=gettext_lazy("In which capacity?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["capacity"]
        field.choices = [(code, words[lang()]) for code, words in CAPACITIES.items()]

    def clean_signer(self) -> str:
        name: str = self.cleaned_data["signer"]
        if not name:
            raise say("signer_needed")
        return name


class Register(Signer):
    """The newsroom as its editor gives it, with the first signer."""

    name = Words(
        limit=250, label=gettext_lazy("Name of the media or the newsroom"), attrs={"autocomplete": "organization"}
    )
    registration_number = Words(
        limit=60,
        label=gettext_lazy("Registration number of the media"),
        help_text=gettext_lazy(
            "As on the certificate. If you leave it out, you may ask all the same; the body sees it."
        ),
    )
    bin = Words(limit=20, label=gettext_lazy("Business identification number (BIN), if any"))
    address = Words(limit=300, label=gettext_lazy("Postal address"), attrs={"autocomplete": "street-address"})
    email = Words(limit=254, label=gettext_lazy("E-mail of the newsroom"), attrs=EMAIL_ATTRS)
    languages = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Languages it comes out in"),
        choices=LANGUAGES,
        widget=ManyOf(langs={one: one for one, _n in LANGUAGES}),
    )
    field_order = ("name", "registration_number", "bin", "address", "email", "languages", "signer", "capacity")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name:
            raise say("newsroom_name")
        return name

    def clean(self) -> dict[str, Any]:
        self.doubt_email("email")
        return self.cleaned_data


class Confirm(Question):
    """The digits that were sent."""

    code = Words(
        limit=20,
        label=gettext_lazy("Code from the e-mail"),
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class Address(Question):
    """Where the digits go."""

    email = Words(limit=254, label=gettext_lazy("E-mail of the newsroom"), attrs=EMAIL_ATTRS)


class Inquiry(Question):
    """What is asked, of whom, and how the answer is wanted."""

    text = Words(
        limit=TEXT_LIMIT,
        lines=10,
        label=gettext_lazy("Your inquiry"),
        help_text=gettext_lazy("Write each question on a line of its own: the body must answer each of them."),
    )
    language = OneOf(
        label=gettext_lazy("In which language is it written?"),
        choices=LANGUAGES,
        langs={one: one for one, _n in LANGUAGES},
    )
    answer_language = OneOf(label=gettext_lazy("In which language do you want the answer?"))
    how = OneOf(
        label=gettext_lazy("In which form do you want the answer?"),
        choices=[
            ("page", gettext_lazy("As a text on the newsroom's page")),
            ("email", gettext_lazy("By e-mail too")),
            ("post", gettext_lazy("On paper, by post")),
            ("hand", gettext_lazy("On paper, in hand at the body")),
        ],
    )
    signer = OneOf(label=gettext_lazy("Who signs it?"))
    file = Files(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "PDF, JPG, PNG, DOCX, XLSX, ODT, TXT, MP3, MP4 or WEBM; up to 20 MB each, up to 10 files."
        ),
    )
    publish = forms.BooleanField(
        required=False,
        label=gettext_lazy("The body may publish our questions and its answer on its page, with the name of the media"),
    )
    together = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signers: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["signer"]
        field.choices = [(str(one.pk), f"{one.name}, {CAPACITIES[one.capacity][lang()]}") for one in signers]
        field = self.fields["answer_language"]
        field.choices = [
            ("kk", _("In Kazakh, the state language")),
            ("ru", _("In Russian, if the inquiry is in Russian")),
        ]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text:
            raise say("no_text")
        return text

"""Who files, how to reach them, how to answer, and the signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qyzmet.cases.actions import LIMITS
from qyzmet.portal.forms.fields import BIN, IIN, Files, Number, OneOf, Question, Words

NAME = gettext_lazy("Surname, given name and patronymic (if any)")
IIN_LABEL = gettext_lazy("Individual identification number (IIN), if you have one")
IIN_HINT = gettext_lazy("12 digits. No copy of an identity paper is needed.")


class Who(Question):
    """On whose behalf the appeal is filed."""

    who = OneOf(
        label=gettext_lazy("Who files the appeal?"),
        missing=gettext_lazy("Choose who files the appeal"),
        choices=[
            ("person", gettext_lazy("I myself, a person")),
            ("company", gettext_lazy("A company or organisation")),
            ("representative", gettext_lazy("I represent somebody else")),
            ("people", gettext_lazy("Several people together")),
        ],
        hints={
            "representative": gettext_lazy("You will be asked for both names."),
            "people": gettext_lazy("The first one gets the letters."),
        },
    )


class Person(Question):
    """A person who files for themselves."""

    name = Words(limit=LIMITS["name"], label=NAME, attrs={"autocomplete": "name"})
    iin = Number(label=IIN_LABEL, help_text=IIN_HINT)

    def clean(self) -> dict[str, Any]:
        self.doubt_number("iin", IIN)
        return self.cleaned_data


class Company(Question):
    """A company or organisation."""

    name = Words(
        limit=LIMITS["name"],
        label=gettext_lazy("Name of the company or organisation"),
        attrs={"autocomplete": "organization"},
    )
    bin = Number(
        label=gettext_lazy("Business identification number (BIN), if any"), help_text=gettext_lazy("12 digits.")
    )
    signer = Words(
        limit=LIMITS["name"],
        label=gettext_lazy("Who signs for it: surname, given name, post"),
        attrs={"autocomplete": "name"},
    )

    def clean(self) -> dict[str, Any]:
        self.doubt_number("bin", BIN)
        return self.cleaned_data


class Representative(Question):
    """Somebody who files for another person or for a company."""

    of = Words(limit=LIMITS["name"], label=gettext_lazy("Whom do you represent? Full name of the person or company"))
    number = Number(label=gettext_lazy("Their IIN or BIN, if any"), help_text=gettext_lazy("12 digits."))
    name = Words(
        limit=LIMITS["name"],
        label=gettext_lazy("Your own surname, given name and patronymic (if any)"),
        attrs={"autocomplete": "name"},
    )
    iin = Number(label=IIN_LABEL, help_text=IIN_HINT)

    def clean(self) -> dict[str, Any]:
        self.doubt_number("number", self._either)
        self.doubt_number("iin", IIN)
        return self.cleaned_data

    @staticmethod
    def _either(number: str) -> str | None:
        return IIN(number) and BIN(number)


class OneMore(Question):
    """One of several people."""

    name = Words(limit=LIMITS["name"], label=NAME)
    iin = Number(label=gettext_lazy("IIN, if any"), help_text=gettext_lazy("12 digits."))
    address = Words(limit=LIMITS["address"], label=gettext_lazy("Postal address"))

    def clean(self) -> dict[str, Any]:
        self.doubt_number("iin", IIN)
        return self.cleaned_data

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(self.raw().values())


class Contacts(Question):
    """Where letters go, and the consent to the use of data."""

    address = Words(
        limit=LIMITS["address"],
        lines=3,
        label=gettext_lazy("Postal address"),
        help_text=gettext_lazy("Index, city, street, house, flat."),
        attrs={"autocomplete": "street-address"},
    )
    residence = Words(
        limit=LIMITS["residence"],
        lines=3,
        label=gettext_lazy("Address where you actually live"),
        help_text=gettext_lazy("The law asks for it in a complaint. Leave it empty if it is the postal address."),
    )
    email = Words(
        limit=LIMITS["email"],
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("For letters and for the code that confirms who signs."),
        attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"},
    )
    phone = Words(limit=LIMITS["phone"], label=gettext_lazy("Phone"), attrs={"autocomplete": "tel", "inputmode": "tel"})
    consent = forms.BooleanField(
        required=False, label=gettext_lazy("I agree that my data are used for this, as said above")
    )

    def __init__(self, *args: Any, complaint: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not complaint:
            del self.fields["residence"]

    def clean(self) -> dict[str, Any]:
        self.doubt_email("email")
        return self.cleaned_data


class How(Question):
    """By which way and in which language to answer."""

    how = OneOf(
        label=gettext_lazy("How do you want to get the answer?"),
        choices=[
            ("page", gettext_lazy("On the page of my case")),
            ("email", gettext_lazy("By e-mail")),
            ("post", gettext_lazy("By post")),
            ("hand", gettext_lazy("In hand, at the body")),
        ],
        hints={"page": gettext_lazy("You open it with the number and the code. All letters are there in any case.")},
    )
    answer_language = OneOf(label=gettext_lazy("In which language?"))

    def __init__(self, *args: Any, language: str = "kk", mailbox: str = "", **options: Any) -> None:
        """`mailbox`: where an e-mail could go; '' where no such address was given."""
        super().__init__(*args, **options)
        self.mailbox = mailbox
        field: Any = self.fields["answer_language"]
        field.choices = [("kk", _("In Kazakh, the state language"))]
        if language == "ru":
            field.choices = [*field.choices, ("ru", _("In Russian, the language of my appeal"))]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("how") == "email" and not self.mailbox:
            said = _(
                "You gave no e-mail address. Go back and give one, or press the button again: the answer then comes to "
                "the page of your case."
            )
            self.doubt("how", said)
        return self.cleaned_data


class Sign(Question):
    """How the appeal is signed; not at all is allowed, and is a defect that can be cured."""

    signature = OneOf(label=gettext_lazy("How do you sign the appeal?"), missing=gettext_lazy("Choose how you sign"))

    def __init__(self, *args: Any, email: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["signature"]
        rows = [
            ("code", _("With a code sent to my e-mail"), _("We send six digits to %(email)s.") % {"email": email}),
            ("paper", _("I upload a signed paper"), _("A photograph or scan of the printed and signed appeal.")),
            (
                "unsigned",
                _("I do not sign now"),
                _("The appeal is taken all the same. The missing signature is a defect: you can cure it later."),
            ),
        ]
        shown = rows if email else rows[1:]
        field.choices = [(value, label) for value, label, _hint in shown]
        field.widget.hints = {value: hint for value, _label, hint in shown}


class Code(Question):
    """The six digits from the e-mail."""

    code = Words(
        limit=20,
        label=gettext_lazy("Code from the e-mail"),
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class SignedPaper(Question):
    """A signed paper, as a file."""

    file = Files(
        label=gettext_lazy("Choose the file with your signature"),
        help_text=gettext_lazy("A photograph or scan (PDF, JPG or PNG), up to 20 MB. No copy of an identity paper."),
    )

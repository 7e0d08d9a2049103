"""Forms of the follow page: number and code, and what a person may answer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from qyzmet.cases.actions import LIMITS
from qyzmet.cases.defects import FIELDS, whose
from qyzmet.portal.forms.fields import BIN, IIN, Files, Number, OneOf, Question, Words
from qyzmet.portal.forms.matter import TEXT_LIMIT
from qyzmet.portal.one_time import mailbox
from qyzmet.text.codes import normalise_number

CODE_ATTRS = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class Follow(Question):
    """Number and code, in any spelling."""

    number = Words(
        limit=60, label=_("Number of the appeal"), help_text=_("For example 2026-4K7M-9XQ2"), attrs=CODE_ATTRS
    )
    code = Words(
        limit=80,
        label=_("Follow-up code"),
        help_text=_("Four groups of five signs. Small letters, blanks and dashes do not matter."),
        attrs=CODE_ATTRS,
    )

    def clean_number(self) -> str:
        found = normalise_number(self.cleaned_data["number"])
        if not found:
            raise forms.ValidationError(_("Enter the number as it stands on the talon: the year and eight signs"))
        return found

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not code:
            raise forms.ValidationError(_("Enter the follow-up code"))
        return code


class AccusedCode(Question):
    """The code from the letter that asks for an explanation."""

    code = Words(
        limit=80,
        label=_("Code from the letter"),
        help_text=_("Four groups of five signs. Small letters, blanks and dashes do not matter."),
        attrs=CODE_ATTRS,
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not code:
            raise forms.ValidationError(_("Enter the code from the letter"))
        return code


def text_field(label: Any, hint: Any = "", lines: int = 8, limit: int = 10_000) -> Words:
    """A field for a few paragraphs."""
    return Words(limit=limit, lines=lines, label=label, help_text=hint)


class Explanation(Question):
    """What the accused says."""

    text = text_field(_("Your explanation"), lines=12)


class Objection(Question):
    """Why the preliminary decision is wrong."""

    text = text_field(_("Why do you not agree?"), _("Facts, documents and articles of law, if you know them."))


class HearingWish(Question):
    """A motion for an oral hearing."""

    text = text_field(_("What do you want to say at the hearing? (not required)"))


class Remarks(Question):
    """Remarks on the protocol."""

    text = text_field(_("What is wrong or missing in the protocol?"))


class FileWish(Question):
    """A motion to see the file."""

    text = text_field(_("Which papers do you want to see, and when can you come? (not required)"), lines=4)


class Recusal(Question):
    """Why the official may not be impartial."""

    text = text_field(
        _("Why may the official who works on your case not be impartial?"),
        _("Kinship, dependence, an own interest in the outcome, or an earlier part in the same matter."),
    )


class Correction(Question):
    """A slip in the answer."""

    text = text_field(
        _("Which slip is in the answer, and what is right?"), _("A misspelt name, a wrong number or date.")
    )


class Consent(Question):
    """Consent in so many words."""

    agree = forms.BooleanField(
        required=False, label=_("I agree that my question and the answer to it are published without my personal data")
    )

    def clean_agree(self) -> bool:
        if not self.cleaned_data["agree"]:
            raise forms.ValidationError(_("Tick the box if you agree; without it nothing is published"))
        return True


class Complaint(Question):
    """A further complaint."""

    text = text_field(
        _("Your complaint"),
        _("What you do not agree with, why, what proves it, and what you ask for."),
        lines=12,
        limit=TEXT_LIMIT,
    )
    residence = Words(
        limit=LIMITS["residence"],
        label=_("Address where you actually live"),
        help_text=_("The law asks for it in a complaint. You may leave it out; then it is named as missing."),
    )

    late_ground = OneOf(label=_("Why did you miss the term?"), required=False)
    late_reason = text_field(
        _("What happened? (not required)"),
        _("If illness or something else kept you from complaining in time, say so: the term may be restored."),
    )

    def __init__(
        self, *args: Any, knows_residence: bool = False, grounds: Sequence[tuple[str, str]] = (), **options: Any
    ) -> None:
        """`grounds`: for which the term may be restored, where it is over; else nobody is asked."""
        super().__init__(*args, **options)
        if knows_residence:
            del self.fields["residence"]
        if grounds:
            self.fields["late_ground"].choices = grounds  # type: ignore[attr-defined]
        else:
            del self.fields["late_ground"], self.fields["late_reason"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("late_reason") and not given.get("late_ground"):
            self.add_error("late_ground", _("Choose one of the reasons"))
        return given


class Restoration(Question):
    """Why the term was missed."""

    ground = OneOf(label=_("Why did you miss the term?"))
    text = text_field(
        _("What happened, and what shows it?"), _("Papers that show it can be added to the case afterwards.")
    )

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]


class Withdrawal(Question):
    """A withdrawal, confirmed."""

    text = text_field(_("Why do you withdraw the appeal? (not required)"), lines=4)
    sure = forms.BooleanField(
        required=True,
        label=_("Yes, I withdraw my appeal"),
        error_messages={"required": _("Tick the box if you really want to withdraw the appeal")},
    )


class Rating(Question):
    """One to five, and words."""

    stars = OneOf(
        label=_("How good is the answer?"),
        missing=_("Choose a number from 1 to 5"),
        choices=[
            ("5", _("5 – very good")),
            ("4", _("4 – good")),
            ("3", _("3 – so-so")),
            ("2", _("2 – bad")),
            ("1", _("1 – very bad")),
        ],
    )
    text = text_field(_("What should be better? (not required)"), lines=4)


class MorePapers(Question):
    """Files to add to the case."""

    file = Files(label=_("Choose files"), help_text=_("Up to 20 MB each. No copies of identity papers."))
    text = text_field(_("What are these papers? (not required)"), lines=3)


class Cure(Question):
    """Only the fields that the named defects ask for, a note, and files."""

    name = Words(limit=LIMITS["name"], label=_("Full name, or name of the company"), attrs={"autocomplete": "name"})
    iin = Number(label=_("IIN"))
    bin = Number(label=_("BIN"))
    address = Words(
        limit=LIMITS["address"], lines=3, label=_("Postal address"), attrs={"autocomplete": "street-address"}
    )
    residence = Words(limit=LIMITS["residence"], lines=3, label=_("Address where you actually live"))
    signed = Files(
        label=_("A signed paper: photograph or scan of your appeal with your signature"),
        help_text=_(
            "Without a paper: confirm the signature by a code that we send by e-mail, on the page of the case."
        ),
    )
    file = Files(label=_("Other files, if they are asked for"))
    text = text_field(_("Anything you want to add"), lines=6)

    FOR: ClassVar = {**FIELDS, "no_signature": "signed"}

    def __init__(self, *args: Any, defects: Any = (), people: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        asked_for = {self.FOR[code] for code in defects if code in self.FOR}
        for field in set(self.FOR.values()) - asked_for:
            del self.fields[field]
        for field in {"iin", "bin"} & asked_for if len(people) > 1 else ():
            self.fields[field].label = f"{self.fields[field].label} – {whose(people, field).name}"

    def clean(self) -> dict[str, Any]:
        self.doubt_number("iin", IIN)
        self.doubt_number("bin", BIN)
        return self.cleaned_data


class SignedNow(Question):
    """A signed paper for a case that is not signed."""

    signed = Files(label=_("Photograph or scan of the paper with your signature"))


class SignAddress(Question):
    """Where the code goes, for somebody who gave no address that can be one."""

    email = Words(
        limit=LIMITS["email"],
        label=_("E-mail address to which we send a code"),
        help_text=_("It is kept with your data in the case once you have entered the code."),
        attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"},
    )

    def clean_email(self) -> str:
        found = mailbox(self.cleaned_data["email"])
        if not found:
            raise forms.ValidationError(_("Enter an e-mail address, for example name@mail.kz"))
        return found


class SignCode(Question):
    """The code that confirms the signature of a filed appeal."""

    code = Words(
        limit=20, label=_("Code from the e-mail"), attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
    )

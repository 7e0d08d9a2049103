"""Putting an appeal in order: defects, signature, questions, return."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qyzmet.cases.actions import LIMITS
from qyzmet.cases.defects import FIELDS
from qyzmet.desk.forms.base import StepForm
from qyzmet.desk.forms.fields import Area, Files, Line, One, OneFile, Several, WorkingDays

EMPTY_QUESTIONS = 3


class AskToCure(StepForm):
    """Defects and the days to cure them."""

    defects = Several(label=_("What is missing or wrong"))
    days = WorkingDays(
        label=_("Working days to put it in order"),
        help_text=_("The law sets no number, only a reasonable period; this desk allows at most 15."),
    )
    note = Area(
        label=_("What the person should do"), help_text=_("The person reads it."), required=False, max_length=4000
    )

    def prepare(self) -> None:
        known = self.setting.rule.defects
        self.choose_named("defects", known)
        self.fields["defects"].initial = [code for code in self.setting.case.defects if code in known]


class Cure(StepForm):
    """What the person brought or said, entered for them. A field left empty stays as it was."""

    name = Line(
        label=_("Surname, given name, patronymic, or name of the company"), required=False, max_length=LIMITS["name"]
    )
    iin = Line(label=_("IIN"), required=False, max_length=LIMITS["iin"])
    bin = Line(label=_("BIN"), required=False, max_length=LIMITS["bin"])
    address = Line(label=_("Postal address"), required=False, max_length=LIMITS["address"])
    residence = Line(label=_("Address of actual residence or seat"), required=False, max_length=LIMITS["residence"])
    email = Line(label=_("E-mail"), required=False, max_length=LIMITS["email"])
    phone = Line(label=_("Phone"), required=False, max_length=LIMITS["phone"])
    signed = OneFile(label=_("Signed paper"), help_text=_("Cures a missing signature."), required=False)
    papers = Files(label=_("Other files"), required=False)
    note = Area(label=_("Note"), required=False, max_length=4000)

    def kinds(self) -> Mapping[str, tuple[str, str]]:
        return {"papers": ("attachment", "applicant"), "signed": ("signed_paper", "applicant")}

    def arguments(self, at: datetime) -> dict[str, Any]:
        kept = super().arguments(at)
        files = [*kept.pop("papers", []), *([kept.pop("signed")] if "signed" in kept else [])]
        note = kept.pop("note")
        return {"given": {name: value for name, value in kept.items() if value}, "papers": files, "note": note}

    def clean(self) -> None:
        if not any(self.cleaned_data.get(name) for name in self.fields):
            raise ValidationError(gettext("Enter what the person added, or attach a file"))


class Supply(Cure):
    """The same before the body has asked: only what filing found missing or wrong."""

    def prepare(self) -> None:
        lacking = {FIELDS[code] for code in self.setting.case.defects if code in FIELDS}
        if "no_signature" in self.setting.case.defects:
            lacking.add("signed")
        for name in {*FIELDS.values(), "email", "phone", "signed"} - lacking:
            del self.fields[name]


class ConfirmSignature(StepForm):
    """How the missing signature was made good."""

    how = One(
        label=_("How"),
        choices=[
            ("visit", _("The person came, showed an identity document and signed")),
            ("paper", _("A signed paper came")),
        ],
    )
    paper = OneFile(label=_("The signed paper"), help_text=_("Needed if a signed paper came."), required=False)
    note = Line(
        label=_("Note"), help_text=_("For a visit: how the identity was checked."), required=False, max_length=1000
    )

    def kinds(self) -> Mapping[str, tuple[str, str]]:
        return {"paper": ("signed_paper", "applicant")}

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("how") == "paper" and not given.get("paper"):
            self.add_error("paper", gettext("Attach the signed paper"))
        if given.get("how") == "visit" and not given.get("note"):
            self.add_error("note", gettext("Say how the identity was checked"))

    def arguments(self, at: datetime) -> dict[str, Any]:
        kept = super().arguments(at)
        files = [kept["paper"]] if "paper" in kept else []
        return {"how": "signed", "papers": files, "note": kept["note"]}


class Return(StepForm):
    """The ground and the reason of a return, and the case that was considered before."""

    ground = One(label=_("Ground"))
    reason = Area(label=_("Reason"), help_text=_("The person reads it in the notice of return."))
    parent = Line(
        label=_("Number of the earlier case"),
        help_text=_("For an identical appeal: where it was considered."),
        required=False,
        max_length=60,
    )

    def prepare(self) -> None:
        grounds = self.setting.rule.return_grounds
        self.choose_named("ground", grounds)


class Questions(StepForm):
    """What the appeal asks, a field each; an emptied one is taken out."""

    def prepare(self) -> None:
        texts = [question.text for question in self.setting.view.questions]
        count = max(len(texts) + EMPTY_QUESTIONS, self._sent())
        for n in range(1, min(count, 60) + 1):
            label = gettext("Question %(n)s") % {"n": n}
            initial = texts[n - 1] if n <= len(texts) else ""
            self.fields[f"question_{n}"] = Area(label=label, initial=initial, required=False, max_length=40_000)

    def _sent(self) -> int:
        return sum(name.startswith("question_") for name in self.data)

    def arguments(self, at: datetime) -> dict[str, Any]:
        return {"questions": [text for name, text in self.cleaned_data.items() if name.startswith("question_")]}


ORIGINS = [("applicant", _("from the person: the person sees it")), ("official", _("from this body"))]


class AddPaper(StepForm):
    """Files for the case."""

    papers = Files(label=_("Files"), help_text=_("PDF, pictures, documents, sound or video; up to 20 MB each."))
    note = Line(label=_("What it is"), required=False, max_length=1000)
    origin = One(
        label=_("From whom"),
        choices=ORIGINS,
        initial="official",
    )

    def prepare(self) -> None:
        if self.setting.view.accusation is not None:
            accused = ("accused", _("from the person complained of: the person who complains does not see it"))
            self.choose("origin", [*ORIGINS, accused])

    def kinds(self) -> Mapping[str, tuple[str, str]]:
        return {"papers": ("attachment", self.cleaned_data["origin"])}

    def arguments(self, at: datetime) -> dict[str, Any]:
        kept = super().arguments(at)
        del kept["origin"]
        return kept

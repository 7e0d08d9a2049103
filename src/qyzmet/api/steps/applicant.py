"""Steps of the person who filed, known by the follow-up code."""

from typing import Any

from pydantic import Field, StrictInt

from qyzmet.api.schemas.values import Given, Line, Text
from qyzmet.api.steps.taking import Nothing, Offer, StepGiven, Taking, WithPapers
from qyzmet.cases import actions


class Wording(StepGiven):
    """Words that are needed."""

    text: Text


class FurtherComplaint(Wording):
    """What the complaint says, and where the person really lives."""

    residence: Text = ""
    late_ground: Line = ""
    late_reason: Text = Field("", description="Where the term is over: files the motion to restore it too.")


class PerhapsWording(StepGiven):
    """Words, if the person likes."""

    text: Text = ""


class PerhapsReason(StepGiven):
    """A reason, if the person likes."""

    reason: Text = ""


class Reason(StepGiven):
    """A reason that is needed."""

    reason: Text


class Restoration(Reason):
    """Why the term was missed: a ground of the procedure, and what happened."""

    ground: Line


class Completed(Given):
    """What was missing or wrong of the person's own data."""

    name: Text = ""
    iin: Text = ""
    bin: Text = ""
    address: Text = ""
    residence: Text = ""
    email: Text = ""
    phone: Text = ""


class Cure(WithPapers):
    """What puts the appeal in order."""

    given: Completed = Completed()
    note: Text = ""

    def values(self, taking: Taking) -> dict[str, Any]:
        """Only what was filled in."""
        filled = {name: value for name, value in self.given.model_dump().items() if value.strip()}
        return {**super().values(taking), "given": filled}


class Supply(Cure):
    """What was named as missing when the appeal was filed, before the body asks for it; nothing else."""


class SignedPaper(WithPapers):
    """The appeal with the own signature, as a file of kind `signed_paper`."""

    note: Text = ""

    def values(self, taking: Taking) -> dict[str, Any]:
        """A code sent by e-mail confirms on the page, not here."""
        return {**super().values(taking), "how": "signed"}


class MorePapers(WithPapers):
    """Files to add."""

    note: Text = ""


class Rating(StepGiven):
    """One to five stars."""

    stars: StrictInt
    text: Text = ""


OFFERS = (
    Offer("confirm_signature", SignedPaper, actions.confirm_signature),
    Offer("supply", Supply, actions.supply),
    Offer("cure", Cure, actions.cure),
    Offer("object", Wording, actions.object_to),
    Offer("ask_hearing", PerhapsWording, actions.ask_hearing),
    Offer("remark_protocol", Wording, actions.remark_protocol),
    Offer("withdraw", PerhapsReason, actions.withdraw),
    Offer("ask_file", PerhapsWording, actions.ask_file),
    Offer("ask_recusal", Reason, actions.ask_recusal),
    Offer("ask_restoration", Restoration, actions.ask_restoration),
    Offer("ask_correction", Wording, actions.ask_correction),
    Offer("complain_further", FurtherComplaint, actions.complain_further),
    Offer("rate", Rating, actions.rate),
    Offer("add_paper", MorePapers, actions.add_paper),
    Offer("agree_publication", Nothing, actions.agree_publication),
    Offer("revoke_publication", Nothing, actions.revoke_publication),
)
"""Every step of the law's data that an applicant may take, in the order of a case's life."""

"""What a person may answer on the page of their case: the form, the words, and the action behind each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qyzmet.cases import actions, queries
from qyzmet.cases.actions import APPLICANT
from qyzmet.cases.defects import FIELDS
from qyzmet.cases.queries import Followed
from qyzmet.portal.forms import follow as forms
from qyzmet.portal.forms.fields import Question
from qyzmet.text.refusal import Refused

Act = Callable[..., object]


@dataclass(frozen=True)
class Answer:
    """One thing a person may do: `act(case, given, papers, at)`."""

    title: Any
    lead: Any
    button: Any
    done: Any
    form: type[Question]
    act: Act


def _object(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.object_to(case, text=given["text"], by=APPLICANT, at=at)


def _hearing(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.ask_hearing(case, text=given["text"], by=APPLICANT, at=at)


def _remark(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.remark_protocol(case, text=given["text"], by=APPLICANT, at=at)


def _file(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.ask_file(case, text=given["text"], by=APPLICANT, at=at)


def _recusal(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.ask_recusal(case, reason=given["text"], by=APPLICANT, at=at)


def _correction(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.ask_correction(case, text=given["text"], by=APPLICANT, at=at)


def _complain(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    named = {name: given.get(name, "") for name in ("residence", "late_ground", "late_reason")}
    return actions.complain_further(case, text=given["text"], **named, by=APPLICANT, at=at)


def _restore(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.ask_restoration(case, ground=given["ground"], reason=given["text"], by=APPLICANT, at=at)


def _withdraw(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.withdraw(case, reason=given["text"], by=APPLICANT, at=at)


def _rate(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.rate(case, stars=int(given["stars"]), text=given["text"], by=APPLICANT, at=at)


def _add(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.add_paper(case, papers=papers, note=given["text"], by=APPLICANT, at=at)


def _agree(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.agree_publication(case, by=APPLICANT, at=at)


def _revoke(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.revoke_publication(case, by=APPLICANT, at=at)


def _cure(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    fields = _own_data(given)
    if not (fields or papers or given["text"]):
        raise Refused("nothing_given", kind="input")
    return actions.cure(case, given=fields, papers=papers, note=given["text"], by=APPLICANT, at=at)


def _supply(case: Any, given: dict[str, Any], papers: Sequence[Any], at: datetime) -> object:
    return actions.supply(case, given=_own_data(given), papers=papers, note=given["text"], by=APPLICANT, at=at)


def _own_data(given: dict[str, Any]) -> dict[str, str]:
    return {name: given[name] for name in FIELDS.values() if given.get(name)}


ANSWERS: dict[str, Answer] = {
    "cure": Answer(
        _("Put the appeal in order"),
        _("Give what is missing. What you cannot give now may stay open; the appeal goes on as it stands."),
        _("Send"),
        _("Thank you. What you gave is in the case."),
        forms.Cure,
        _cure,
    ),
    "supply": Answer(
        _("Give what is missing"),
        _(
            "What was missing or wrong in your data when you filed can be put right now, before the body asks for it. "
            "No term changes by it."
        ),
        _("Send"),
        _("Thank you. What you gave is in the case."),
        forms.Cure,
        _supply,
    ),
    "object": Answer(
        _("Object to the preliminary decision"),
        _("The body must look at your objection before it decides."),
        _("Send the objection"),
        _("Your objection is in the case."),
        forms.Objection,
        _object,
    ),
    "ask_hearing": Answer(
        _("Ask for an oral hearing"),
        _("The body sets a time and invites you. You speak, a protocol is written, and you may remark on it."),
        _("Ask for a hearing"),
        _("Your motion for a hearing is in the case."),
        forms.HearingWish,
        _hearing,
    ),
    "remark_protocol": Answer(
        _("Remark on the protocol"),
        _("Read the protocol of the hearing and say what is wrong or missing in it."),
        _("Send the remarks"),
        _("Your remarks are in the case."),
        forms.Remarks,
        _remark,
    ),
    "ask_restoration": Answer(
        _("Ask to restore the term you missed"),
        _("Your complaint came late. If you had a valid reason, the body that examines it may restore the term."),
        _("Ask to restore the term"),
        _("Your motion is in the case. The body decides on it before it decides on the complaint."),
        forms.Restoration,
        _restore,
    ),
    "add_paper": Answer(
        _("Add a paper"),
        _("Add documents, photographs or recordings to the case."),
        _("Add to the case"),
        _("The papers are in the case."),
        forms.MorePapers,
        _add,
    ),
    "ask_file": Answer(
        _("See the file of the case"),
        _("You may read the papers of your case. The body tells you when and where."),
        _("Ask to see the file"),
        _("Your motion to see the file is in the case."),
        forms.FileWish,
        _file,
    ),
    "ask_recusal": Answer(
        _("Ask for another official"),
        _("If the official may not be impartial, a superior decides whether another one takes the case."),
        _("Send the motion"),
        _("Your motion is in the case."),
        forms.Recusal,
        _recusal,
    ),
    "ask_correction": Answer(
        _("Ask to correct a slip in the answer"),
        _("Only slips of the pen and of counting. If you do not agree with the answer itself, complain."),
        _("Ask for the correction"),
        _("Your motion is in the case."),
        forms.Correction,
        _correction,
    ),
    "rate": Answer(
        _("Rate the answer"),
        _("Your rating helps to see where answers are good and where they are not."),
        _("Rate"),
        _("Thank you for your rating."),
        forms.Rating,
        _rate,
    ),
    "agree_publication": Answer(
        _("Let the body publish the answer"),
        _(
            "The body may then put your question and its answer on its public page, for others who ask the same. "
            "Names, numbers, phones and addresses are taken out before that. You may take the consent back at any time."
        ),
        _("I agree to publication"),
        _("Your consent is in the case. You may take it back at any time."),
        forms.Consent,
        _agree,
    ),
    "revoke_publication": Answer(
        _("Take the consent to publication back"),
        _("What was published is erased from the public page at once. You need give no reason."),
        _("Take the consent back"),
        _("The consent is taken back. Nothing of this case is public."),
        Question,
        _revoke,
    ),
    "complain_further": Answer(
        _("Complain further"),
        _("If you do not agree with how the case ended, you may complain. It cannot make things worse for you."),
        _("File the complaint"),
        _("Your complaint is registered. It has a number of its own; the code stays the same."),
        forms.Complaint,
        _complain,
    ),
    "withdraw": Answer(
        _("Withdraw the appeal"),
        _("The case ends without a decision. You may file it again later. Nobody may force you to withdraw it."),
        _("Withdraw the appeal"),
        _("The appeal is withdrawn."),
        forms.Withdrawal,
        _withdraw,
    ),
}
"""In the order in which they are offered; `confirm_signature` has a page of its own."""

ONCE_RUNNING = {"ask_file": "file_access", "ask_recusal": "recusal", "ask_correction": "correction"}
"""Motions that are not offered again while the body's answer to the first one is due."""


def offered(view: Followed) -> list[str]:
    """Codes of the steps this person may take now, in the order of `ANSWERS`."""
    possible = {step.code for step in view.possible}
    running = {deadline.key for deadline in view.deadlines}
    hidden = {code for code, term in ONCE_RUNNING.items() if term in running}
    if not queries.may_ask_restoration(view.case):
        hidden.add("ask_restoration")
    if view.case.executor_id is None:
        hidden.add("ask_recusal")
    if view.hearing is None or view.hearing.held_at is None or view.hearing.remarks:
        hidden.add("remark_protocol")
    if not view.case.is_open and view.case.state != "answered":
        hidden.add("agree_publication")  # there will never be an answer to publish
    if view.case.signature != "unsigned":
        hidden.add("confirm_signature")
    if set(view.case.defects) == {"no_signature"}:
        hidden.add("supply")  # the page for the signature does the same, and by a code too
    return [code for code in ("confirm_signature", *ANSWERS) if code in possible - hidden]

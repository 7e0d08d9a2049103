"""Every step the desk can take: the form that asks for what it needs, and the action that takes it.

What a step is called, whom it may be asked of, which letter it sends and which terms it begins stands in the law.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from qyzmet import law
from qyzmet.cases import actions, publication
from qyzmet.cases.queries import CaseView
from qyzmet.cases.rules import rules
from qyzmet.desk.forms import after, decide, hear, intake, route, terms
from qyzmet.desk.forms.base import Plain, StepForm
from qyzmet.desk.forms.publish import Publish

GROUPS = {
    "work": _("Work on the case"),
    "end": _("Another way out"),
    "person": _("For the person"),
    "keep": _("Keep the file"),
}
"""Groups of steps on the case page, in this order."""


def _always(view: CaseView) -> bool:
    return True


def _accuses(view: CaseView) -> bool:
    return view.accusation is not None


def _asks_whom(view: CaseView) -> bool:
    return view.accusation is not None and view.accusation.resolved_at is None


def _unsigned(view: CaseView) -> bool:
    return view.case.signature != "signed"


def _nothing(view: CaseView) -> str:
    return ""


def _no_draft(view: CaseView) -> str:
    return "" if view.drafts and view.drafts[0].stage == "draft" else "no_draft"


def _no_hearing(view: CaseView) -> str:
    return "" if view.hearing and view.hearing.held_at is None else "hearing_not_set"


def _no_protocol(view: CaseView) -> str:
    return "" if view.hearing and view.hearing.held_at else "hearing_not_set"


def _nobody_works(view: CaseView) -> str:
    return "" if view.case.executor_id else "nobody_to_recuse"


def _no_recusal(view: CaseView) -> str:
    asked = any(one.key == "recusal" and one.is_open for one in view.deadlines)
    return "" if asked else "recusal_not_asked"


def _court(view: CaseView) -> str:
    return "court_is_next" if rules().procedure(view.case.procedure).chapter == "complaint" else ""


def _accuses_nobody(view: CaseView) -> bool:
    return not view.case.is_accusation


def _not_publishable(view: CaseView) -> str:
    codes = [step.code for step in view.steps]
    if not publication.agreed(codes):
        return "publication_not_agreed"
    return "published_already" if publication.standing(codes) else ""


def _not_published(view: CaseView) -> str:
    return "" if publication.standing(step.code for step in view.steps) else "not_published"


def _may_stand(view: CaseView) -> bool:
    return bool(law.causes(rules().procedure(view.case.procedure), view.case.registered_on))


def _never_stood(view: CaseView) -> str:
    return "" if any(not row.is_void for row in view.standstills) else "no_such_standstill"


def _stands(view: CaseView) -> str:
    return "clock_stands" if view.case.stands_since else ""


def _not_extendable(view: CaseView) -> str:
    extended = any(one.key == "extension" and one.is_open for one in view.deadlines)
    return "extended_already" if extended else _stands(view)


def _no_motion(view: CaseView) -> str:
    motions = [step.code for step in view.steps if step.code in ("ask_restoration", "decide_restoration")]
    return "" if motions and motions[-1] == "ask_restoration" else "restoration_not_asked"


@dataclass(frozen=True)
class Way:
    """One step: `group` on the case page; `warning`: what cannot be undone, to be confirmed; `shows`: parts of the
    case that are needed beside the form (text, draft, accusation, earlier); `fits`: whether the case has what the step
    is about; `lacks`: the code of what must come first, so that nobody fills in a form for nothing ("" = nothing).
    """

    form: type[StepForm]
    action: Callable[..., Any]
    group: str = "work"
    warning: Any = ""
    shows: tuple[str, ...] = ()
    fits: Callable[[CaseView], bool] = _always
    lacks: Callable[[CaseView], str] = _nothing
    template: str = "desk/act.html"


WHOLE_AWAY = _("The case leaves this body, and its term begins anew there. You will no longer see it.")
CLOSES = _("This closes the case.")

WAYS: dict[str, Way] = {
    "resolve_about": Way(
        route.ResolveAbout, actions.resolve_about, shows=("accusation", "text"), fits=_asks_whom,
        template="desk/resolve.html",
        warning=_(
            "From this moment the case goes to the body that decides about this person, and whoever answers to the "
            "person sees nothing of it. That may include you."
        ),
    ),
    "assign": Way(route.Assign, actions.assign),
    "list_questions": Way(intake.Questions, actions.list_questions, shows=("text",)),
    "draft": Way(decide.DraftForm, actions.draft, shows=("accusation", "text"), template="desk/draft.html"),
    "submit": Way(decide.Overruling, actions.submit, shows=("draft",), lacks=_no_draft),
    "approve": Way(Plain, actions.approve, shows=("draft", "accusation", "text")),
    "sign": Way(
        decide.Sign, actions.sign, shows=("draft", "accusation", "text"),
        warning=_("You sign the decision as it stands on this page. It cannot be changed afterwards."),
    ),
    "send_back": Way(decide.SendBack, actions.send_back, shows=("draft",)),
    "dispatch": Way(
        Plain, actions.dispatch, shows=("draft",), warning=_("The answer goes to the person, and the case is closed.")
    ),
    "ask_to_cure": Way(intake.AskToCure, actions.ask_to_cure, shows=("text",)),
    "preliminary": Way(hear.Preliminary, actions.preliminary, shows=("text",)),
    "set_hearing": Way(hear.SetHearing, actions.set_hearing),
    "hold_hearing": Way(hear.HoldHearing, actions.hold_hearing, lacks=_no_hearing),
    "hear_accused": Way(
        hear.HearAccused, actions.hear_accused, shows=("accusation", "text"), fits=_accuses,
        warning=_(
            "The letter goes to the person complained of. Make sure that it does not give the complainant away: "
            "no name, no address, nothing that only one person can know."
        ),
    ),
    "reassign": Way(route.Reassign, actions.reassign),
    "add_co_executor": Way(route.CoExecutor, actions.add_co_executor),
    "extend": Way(after.Extend, actions.extend, lacks=_not_extendable),
    "stand_still": Way(terms.StandStill, actions.stand_still, fits=_may_stand),
    "run_again": Way(terms.RunAgain, actions.run_again, fits=_may_stand, lacks=_never_stood),
    "decide_restoration": Way(terms.DecideRestoration, actions.decide_restoration, lacks=_no_motion),
    "decide_recusal": Way(after.DecideRecusal, actions.decide_recusal, lacks=_no_recusal),
    "give_file": Way(after.GiveFile, actions.give_file),
    "correct": Way(after.Text, actions.correct, shows=("draft",)),
    "refuse_correction": Way(after.Reason, actions.refuse_correction),
    "redirect": Way(route.Redirect, actions.redirect, "end", WHOLE_AWAY, ("text",), lacks=_stands),
    "redirect_part": Way(route.RedirectPart, actions.redirect_part, "end", shows=("text",)),
    "pass_up": Way(
        route.PassUp, actions.pass_up, "end", _("The complaint leaves this body. You will no longer see it."), ("text",)
    ),
    "satisfy": Way(route.Satisfy, actions.satisfy, "end", CLOSES, ("text",)),
    "return": Way(intake.Return, actions.return_appeal, "end", CLOSES, ("text", "earlier")),
    "terminate": Way(after.Terminate, actions.terminate, "end", CLOSES, ("text", "earlier")),
    "supply": Way(intake.Supply, actions.supply, "person"),
    "cure": Way(intake.Cure, actions.cure, "person"),
    "confirm_signature": Way(intake.ConfirmSignature, actions.confirm_signature, "person", fits=_unsigned),
    "object": Way(hear.Said, actions.object_to, "person"),
    "ask_hearing": Way(hear.SaidOrNot, actions.ask_hearing, "person"),
    "remark_protocol": Way(hear.Said, actions.remark_protocol, "person", lacks=_no_protocol),
    "ask_file": Way(hear.SaidOrNot, actions.ask_file, "person"),
    "ask_recusal": Way(after.Reason, actions.ask_recusal, "person", lacks=_nobody_works),
    "ask_restoration": Way(terms.AskRestoration, actions.ask_restoration, "person"),
    "ask_correction": Way(hear.Said, actions.ask_correction, "person"),
    "complain_further": Way(after.Complain, actions.complain_further, "person", lacks=_court),
    "withdraw": Way(after.ReasonOrNot, actions.withdraw, "person", CLOSES),
    "reissue_code": Way(after.ReissueCode, actions.reissue_code, "person", _("The old code stops working.")),
    "add_paper": Way(intake.AddPaper, actions.add_paper, "keep"),
    "note_state_register": Way(after.RegisterNumber, actions.note_state_register, "keep"),
    "delivered": Way(after.Delivered, actions.delivered, "keep"),
    "publish": Way(
        Publish, actions.publish, "keep", fits=_accuses_nobody, lacks=_not_publishable, template="desk/publish.html"
    ),
    "unpublish": Way(after.Reason, actions.unpublish, "keep", fits=_accuses_nobody, lacks=_not_published),
}  # fmt: skip
"""Step code -> its way. A step of the law that is missing here and is not plain cannot be taken at the desk; a test
compares."""


def way_of(step: law.Step) -> Way | None:
    """How the desk takes the step; None for one it does not take."""
    if step.code in WAYS or not step.plain:
        return WAYS.get(step.code)
    return Way(after.Note, partial(actions.take_plain, code=step.code), "keep")

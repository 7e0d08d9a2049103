"""The only writers of a case. Every face calls these; each is one transaction."""

from qyzmet.cases.actions.after import (
    add_paper,
    ask_correction,
    ask_file,
    ask_recusal,
    complain_further,
    correct,
    decide_recusal,
    delivered,
    give_file,
    note_state_register,
    rate,
    refuse_correction,
    reissue_code,
)
from qyzmet.cases.actions.close import dispatch, lapse, terminate, withdraw
from qyzmet.cases.actions.cure import ask_to_cure, confirm_signature, cure, cure_lapsed, return_appeal
from qyzmet.cases.actions.decide import Answer, approve, draft, list_questions, send_back, sign, submit
from qyzmet.cases.actions.extend import extend
from qyzmet.cases.actions.hear import (
    accused_answers,
    ask_hearing,
    hear_accused,
    hold_hearing,
    object_to,
    objection_lapsed,
    preliminary,
    remark_protocol,
    set_hearing,
)
from qyzmet.cases.actions.intake import add_file, begin_draft, drop_file, open_draft, save_draft, send_draft
from qyzmet.cases.actions.register import About, Author, Filed, register
from qyzmet.cases.actions.route import (
    add_co_executor,
    assign,
    pass_up,
    pass_up_lapsed,
    reassign,
    redirect,
    redirect_part,
    resolve_about,
    satisfy,
)
from qyzmet.cases.actor import ACCUSED, APPLICANT, SYSTEM, Actor

__all__ = [
    "ACCUSED", "APPLICANT", "SYSTEM", "About", "Actor", "Answer", "Author", "Filed", "accused_answers", "add_co_executor",
    "add_file", "add_paper", "approve", "ask_correction", "ask_file", "ask_hearing", "ask_recusal", "ask_to_cure", "assign",
    "begin_draft", "complain_further", "confirm_signature", "correct", "cure", "cure_lapsed", "decide_recusal", "delivered",
    "dispatch", "draft", "drop_file", "extend", "give_file", "hear_accused", "hold_hearing", "lapse", "list_questions",
    "note_state_register", "object_to", "objection_lapsed", "open_draft", "pass_up", "pass_up_lapsed", "preliminary", "rate",
    "reassign", "redirect", "redirect_part", "refuse_correction", "register", "reissue_code", "remark_protocol",
    "resolve_about", "return_appeal", "satisfy", "save_draft", "send_back", "send_draft", "set_hearing", "sign", "submit",
    "terminate", "withdraw",
]  # fmt: skip

"""Words for what stands in the law's files as a code: roles, chapters, sections, ways of counting."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

CHAPTERS: Mapping[str, Any] = {
    "ordinary": _("ordinary procedure"),
    "complaint": _("procedure of a complaint"),
    "simplified": _("simplified procedure"),
    "internal": _("procedure inside a body"),
}
ROLES: Mapping[str, Any] = {
    "registrar": _("registrar"),
    "executor": _("executor"),
    "approver": _("approver"),
    "head": _("head of the body"),
    "applicant": _("applicant"),
    "challenged": _("body whose act is complained of"),
    "accused": _("person complained of"),
    "system": _("by itself, by the calendar"),
    "decider": _("official who decides"),
    "inquirer": _("official who leads the inquiry"),
    "commission": _("commission"),
    "employee": _("employee concerned"),
    "speaker": _("official who may speak for the body"),
}
"""Every role of `law.procedure.ROLES`."""
SECTIONS: Mapping[str, Any] = {
    "defects": _("What may be missing"),
    "return_grounds": _("When it is returned"),
    "no_return_grounds": _("When it may not be returned"),
    "termination_grounds": _("When the procedure ends without a decision"),
    "withdrawal_grounds": _("When it is taken back"),
    "extension_grounds": _("When the term may be extended"),
    "refusal_grounds": _("When it may be refused"),
    "recusal_grounds": _("Who may not take part"),
    "restoration_grounds": _("When a missed term may be restored"),
    "hearing_exemptions": _("When nobody need be heard"),
    "offences": _("Offences"),
    "bars": _("What stands in the way"),
    "rights": _("Rights"),
    "contents": _("What the act must contain"),
    "suspensions": _("When the clock stands"),
    "quotas": _("How many must be there"),
    "duties": _("What the body owes besides"),
    "decision": _("What a decision must contain"),
}
"""Every list of entries with a name and a source that a procedure may have."""
WHOSE: Mapping[str, Any] = {
    "body": _("the body must act by then"),
    "applicant": _("the person may act until then"),
    "act": _("nothing may happen before"),
}
WAITS: Mapping[str, Any] = {
    "body": _("the body's move"),
    "applicant": _("the person's move"),
    "none": _("nobody's move"),
}
ADVERSE: Mapping[str, Any] = {
    "yes": _("against the person"),
    "no": _("not against the person"),
    "depends": _("for or against, as decided"),
}
FIRST_DAY: Mapping[str, Any] = {
    "next": _("the count begins the next day"),
    "same": _("the day of the event is day one"),
}
ROLL: Mapping[str, Any] = {
    "next_working_day": _("an end on a day off moves to the next working day"),
    "none": _("an end on a day off stays"),
}
BACKWARD = _("counted back from the event")
KINDS: Mapping[str, Any] = {
    "holiday": _("holiday"),
    "carry_over": _("day off for a holiday that fell on a weekend"),
    "moved": _("moved day off"),
    "day_off": _("day off"),
    "worked": _("working day in place of a day off"),
    "weekend": _("weekend"),
}
"""Every reason of a row of the calendar, and a plain weekend."""

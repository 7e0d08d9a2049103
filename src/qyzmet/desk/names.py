"""Words of the desk for codes that are not in the law's data."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qyzmet import law
from qyzmet.look import words
from qyzmet.text.dates import long_date
from qyzmet.text.fold import sort_key
from qyzmet.text.languages import Lang, say

CHANNELS = {
    "portal": _("through the portal"),
    "api": _("from another system"),
    "paper": _("on paper, brought in"),
    "post": _("by post"),
    "phone": _("by phone"),
    "visit": _("spoken, at a visit"),
    "child": _("from another case"),
}
"""How an appeal came in."""

ANSWER_CHANNELS = {
    "page": _("on the follow page alone"),
    "email": _("by e-mail too"),
    "post": _("by post too"),
    "hand": _("handed over at the counter too"),
}
"""How the person wants letters."""

SIGNATURES = {
    "signed": _("signed"),
    "confirmed": _("confirmed by a code"),
    "unsigned": _("not signed"),
}

SIGNING = {
    "upload": _("Upload the file as it was signed with the official's own certificate, or by hand and scanned"),
    "demo": _("Demo signature: a press of a button, without legal force; the letter says so"),
}
"""Ways to sign."""

LANGUAGES = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}

PARTIES = {
    "applicant": _("Applicant"),
    "representative": _("Representative"),
    "joined": _("Joined"),
}

OWN_DATA = {
    "name": _("name"),
    "iin": _("IIN"),
    "bin": _("BIN"),
    "address": _("postal address"),
    "residence": _("address of actual residence or seat"),
    "email": _("e-mail address"),
    "phone": _("phone"),
}
"""What a person may give of themselves after filing."""

PERSONS = {"natural": _("natural person"), "legal": _("legal person")}

ACTORS = {
    "applicant": _("the person"),
    "accused": _("the person complained of"),
    "system": _("by itself, on the day"),
}
"""Who took a step, if no official did."""

READERS = {
    "applicant": _("to the person"),
    "accused": _("to the person complained of"),
    "body": _("to a body"),
}
"""To whom a letter goes."""

DISPATCH = {
    "email": _("e-mail"),
    "post": _("post"),
    "hand": _("by hand"),
    "page": _("page of the person"),
}
"""Ways of a letter."""

DISPATCH_STATES = {
    "pending": _("waits"),
    "sending": _("is being sent"),
    "sent": _("sent"),
    "uncertain": _("nobody knows whether it left"),
    "failed": _("could not be sent"),
    "cancelled": _("cancelled"),
}

STAGES = {
    "draft": _("being written"),
    "submitted": _("submitted for approval"),
    "sent_back": _("sent back"),
    "approved": _("approved"),
    "signed": _("signed"),
}
"""Stages of a draft."""

RELATIONS = {
    "part": _("a part of it, redirected"),
    "complaint": _("a complaint about its outcome"),
    "repeat": _("a repeat of it"),
}
"""What a case is to its parent."""


ROLES = {
    "registrar": _("registrar"),
    "executor": _("executor of the case"),
    "approver": _("approver"),
    "head": _("head"),
    "challenged": _("head of the body complained of"),
}
"""Who takes a step."""


FINDINGS = {
    "formula": _("only says it was considered"),
    "no_fact": _("no fact of the case"),
    "no_ground": _("a refusal without ground"),
    "bare_denial": _("a denial with nothing to show for it"),
    "copied": _("copied text"),
}
"""What looks like no answer, by rule."""


def finding(row: Any, lang: Lang) -> str:
    """What the gate says of a finding: the rule, the sentence, what to do."""
    return words.say(f"nonanswer_{row.rule}", lang, value=row.sentence, count=row.count)


def standstill(row: Any, rule: law.Procedure, lang: Lang, *, as_of: date) -> str:
    """For which cause the clock of a case of that day stood, from when to when, and what shows it."""
    cause = law.cause_named(rule, row.cause, as_of)
    said = {"cause": say(cause.name, lang) if cause else row.cause, "from": long_date(row.first, lang)}
    if row.is_void:
        form = _("%(cause)s: %(from)s, entered by mistake")
    elif row.last is None:
        form = _("%(cause)s: from %(from)s, not over yet")
    else:
        form, said["to"] = _("%(cause)s: %(from)s – %(to)s"), long_date(row.last, lang)
    return str(form) % said + (f" ({row.ground})" if row.ground else "")


def named(known: Mapping[str, Any], code: str) -> str:
    """The words of a code; the code itself where nobody has written any."""
    return str(known.get(code, code))


def places(bodies: Iterable[Any], lang: Lang) -> list[tuple[str, str]]:
    """Code and name of bodies, in the order of the Kazakh alphabet whatever the language."""
    return sorted(((body.code, say(body.names, lang)) for body in bodies), key=lambda one: sort_key(one[1]))

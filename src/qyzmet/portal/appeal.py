"""What was typed, as the appeal that is sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from qyzmet.cases.actions import APPLICANT, About, Author
from qyzmet.look.forms import DayField
from qyzmet.portal import one_time
from qyzmet.portal.drafting import Kept
from qyzmet.portal.forms.matter import NOT_KNOWN, UNKNOWN, kinds
from qyzmet.text.clean import one_line
from qyzmet.text.ids import check_bin, check_iin
from qyzmet.text.languages import known

Answers = Mapping[str, Any]


def lacks(form: Kept) -> list[str]:
    """Pages without which nothing is sent: the kind, the text; and whose conduct it is, until that was asked once."""
    post = form.of("post")
    said = chosen_post(post) or str(post.get("person", "")).strip() or NOT_KNOWN in (form.data.get("asked") or ())
    missing = {
        "kind": form.of("kind").get("kind") not in kinds(),
        "post": is_conduct(form) and not said,
        "text": not str(form.of("text").get("text", "")).strip(),
    }
    return [page for page, lacking in missing.items() if lacking]


def is_conduct(form: Kept) -> bool:
    """Whether it is about how a person behaved."""
    return form.of("about").get("about") == "conduct"


def of(form: Kept) -> dict[str, Any]:
    """The arguments of `actions.send_draft`."""
    body = str(form.of("body").get("body", ""))
    language = known(str(form.of("text").get("language", "kk")))
    return {
        "procedure": str(form.of("kind").get("kind", "")),
        "body": "" if body == UNKNOWN else body,
        "text": str(form.of("text").get("text", "")),
        "language": language,
        "authors": authors(form),
        "by": APPLICANT,
        "about": about(form),
        "learned_on": learned(form),
        "told_route": not form.of("text").get("untold"),
        "signature": signature(form),
        "consent": bool(form.of("contacts").get("consent")),
        "answer_channel": channel(form),
        "answer_language": str(form.of("how").get("answer_language", "")),
    }


def channel(form: Kept) -> str:
    """How the answer is to come; on the page of the case where an e-mail has nowhere to go."""
    how = str(form.of("how").get("how", "")) or "page"
    mailbox = one_time.mailbox(str(form.of("contacts").get("email", "")))
    return "page" if how == "email" and not mailbox else how


def about(form: Kept) -> About:
    """Whom it is about."""
    kind = str(form.of("about").get("about", "")) or "nobody"
    if not is_conduct(form):
        return About(kind=kind)
    post = form.of("post")
    return About(kind="conduct", text=one_line(str(post.get("person", ""))), post_code=chosen_post(post))


def learned(form: Kept) -> date | None:
    """The day on which the person says to have learned of what a complaint is about; None where it is no day."""
    typed = form.of("text").get("learned") or []
    try:
        return DayField(required=False).clean(typed)
    except ValidationError:
        return None


def chosen_post(post: Answers) -> str:
    """The code of the chosen post; '' for somebody else."""
    chosen = str(post.get("post", ""))
    return "" if chosen == "other" else chosen


def signature(form: Kept) -> str:
    """signed | confirmed | unsigned, by what was really done."""
    way = form.of("signature").get("signature")
    email = str(form.of("contacts").get("email", "")).strip()
    if way == "code" and email and form.of("one_time").get("confirmed") == email:
        return "confirmed"
    if way == "paper" and form.draft.papers.filter(kind="signed_paper").exists():
        return "signed"
    return "unsigned"


def authors(form: Kept) -> list[Author]:
    """Who files; the first one gets the letters."""
    who = str(form.of("who").get("who", ""))
    contacts = _contacts(form)
    makers = {"company": _company, "representative": _represented, "people": _people}
    return makers.get(who, _person)(form.of(who), contacts)


def _contacts(form: Kept) -> dict[str, Any]:
    given = form.of("contacts")
    values = {name: str(given.get(name, "")) for name in ("address", "residence", "email", "phone")}
    if form.of("kind").get("kind") == "complaint":
        values["residence"] = values["residence"].strip() or values["address"]
    else:
        values["residence"] = ""
    return {name: one_line(value) for name, value in values.items()}


def number(given: Answers, field: str) -> str:
    """An IIN or BIN without blanks and dashes."""
    return "".join(char for char in str(given.get(field, "")) if char not in " -\u00a0\t")


def _person(given: Answers, contacts: dict[str, Any]) -> list[Author]:
    return [Author(name=str(given.get("name", "")), iin=number(given, "iin"), **contacts)]


def _company(given: Answers, contacts: dict[str, Any]) -> list[Author]:
    company = Author(name=str(given.get("name", "")), is_company=True, bin=number(given, "bin"), **contacts)
    signer = str(given.get("signer", "")).strip()
    return [company, Author(name=signer, role="representative")] if signer else [company]


def _represented(given: Answers, contacts: dict[str, Any]) -> list[Author]:
    theirs = number(given, "number")
    is_company = bool(theirs) and check_bin(theirs) is None and check_iin(theirs) is not None
    numbers: dict[str, Any] = {"bin": theirs} if is_company else {"iin": theirs}
    first = Author(name=str(given.get("of", "")), is_company=is_company, **numbers, **contacts)
    second = Author(name=str(given.get("name", "")), role="representative", iin=number(given, "iin"))
    return [first, second]


def _people(given: Answers, contacts: dict[str, Any]) -> list[Author]:
    rows = [*(given.get("rows") or []), *([given] if any(given.get(name) for name in ("name", "iin")) else [])]
    made = [
        Author(
            name=str(row.get("name", "")),
            role="joined" if place else "applicant",
            iin=number(row, "iin"),
            **(contacts if not place else {"address": one_line(str(row.get("address", "")))}),
        )
        for place, row in enumerate(rows)
    ]
    return made or [Author(**contacts)]

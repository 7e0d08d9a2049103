"""The check page: everything that was typed, a row an answer, each with its way back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qyzmet.bodies import queries as bodies
from qyzmet.cases.rules import rules
from qyzmet.portal import appeal
from qyzmet.portal.drafting import Kept
from qyzmet.portal.forms import matter, people
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.views.question import url
from qyzmet.text.dates import local, long_date
from qyzmet.text.refusal import Missing

Row = dict[str, Any]


def rows(form: Kept) -> list[Row]:
    """The rows of the summary, in the order of the questions."""
    return [*_matter(form), *_people(form), *_answer(form)]


def _row(key: str, value: Any, page: str, **more: Any) -> Row:
    return {"key": key, "value": str(value) or _("Not given"), "href": f"{url(page)}?check=1", **more}


def _matter(form: Kept) -> list[Row]:
    text = form.of("text")
    kind = rules().procedures.get(str(form.of("kind").get("kind", "")))
    files = "\n".join(paper.name for paper in form.draft.papers.filter(kind="attachment").order_by("id"))
    found = [
        _row(_("Kind of appeal"), kind.name[lang()] if kind else "", "kind"),
        _row(_("Body"), _body(form), "body"),
        _row(_("Whom it is about"), _about(form), "about"),
    ]
    if appeal.is_conduct(form):
        found.append(_row(_("Person complained of"), _accused(form), "post"))
    day = appeal.learned(form)
    known = [_row(_("You learned of it on"), long_date(day, lang()), "text")] if day else []
    return [
        *found,
        *known,
        _row(_("Text"), text.get("text", ""), "text", lang=text.get("language") or None),
        _row(_("Attachments"), files or _("None"), "files"),
    ]


def _body(form: Kept) -> str:
    code = str(form.of("body").get("body", ""))
    try:
        return bodies.body_by_code(code).name(lang())
    except Missing:
        return _("I don't know which body") if code == matter.UNKNOWN else ""


def _about(form: Kept) -> str:
    labels = dict(matter.About.base_fields["about"].choices)  # type: ignore[attr-defined]
    return str(labels.get(form.of("about").get("about"), ""))


def _accused(form: Kept) -> str:
    given = form.of("post")
    try:
        post = bodies.post_by_code(appeal.chosen_post(given))
    except Missing:
        return str(given.get("person", ""))
    holder = bodies.holder(post, local(timezone.now()).date())
    return "\n".join([f"{post.name(lang())}, {post.body.name(lang())}", *([holder.full_name()] if holder else [])])


def _people(form: Kept) -> list[Row]:
    who = str(form.of("who").get("who", ""))
    labels = dict(people.Who.base_fields["who"].choices)  # type: ignore[attr-defined]
    first, *others = appeal.authors(form)
    lines = [f"{one.name} {one.iin or one.bin}".strip() for one in (first, *others)]
    contacts = [
        _row(_("Postal address"), first.address, "contacts"),
        _row(_("E-mail"), first.email, "contacts"),
        _row(_("Phone"), first.phone, "contacts"),
        _row(_("Consent to the use of data"), _("Yes") if form.of("contacts").get("consent") else _("No"), "contacts"),
    ]
    if first.residence:
        contacts.insert(1, _row(_("Address where you actually live"), first.residence, "contacts"))
    named = _row(_("Name and number"), "\n".join(filter(None, lines)), who or "who")
    return [_row(_("Who files"), str(labels.get(who, "")), "who"), named, *contacts]


def _answer(form: Kept) -> list[Row]:
    given = form.of("how")
    ways = dict(people.How.base_fields["how"].choices)  # type: ignore[attr-defined]
    languages = {"kk": _("In Kazakh, the state language"), "ru": _("In Russian, the language of my appeal")}
    signed = {
        "confirmed": _("Confirmed by a code sent to the e-mail address"),
        "signed": _("A signed paper is attached"),
        "unsigned": _("Not signed: a defect that you can cure later"),
    }
    return [
        _row(_("How to answer"), str(ways.get(appeal.channel(form), "")), "how"),
        _row(_("Language of the answer"), languages.get(str(given.get("answer_language")), ""), "how"),
        _row(_("Signature"), signed[appeal.signature(form)], "signature"),
    ]

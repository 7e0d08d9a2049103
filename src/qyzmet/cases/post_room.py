"""Letters of a case: what stands in their placeholders, who gets them, by which channel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from qyzmet import law
from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body, Person
from qyzmet.cases import routes, words
from qyzmet.cases.models import Case, CaseLetter, Deadline, Party, Step
from qyzmet.cases.rules import procedure
from qyzmet.letters import actions as letters
from qyzmet.letters.models import Letter
from qyzmet.text.dates import local, long_date, long_moment
from qyzmet.text.languages import Lang

Values = Mapping[str, str | Callable[[Lang], str]]
"""Placeholder -> text, or a function of the letter's language."""


@dataclass(frozen=True)
class Envelope:
    """Who reads a letter and how it reaches them."""

    reader: str
    to: letters.Recipient
    channels: tuple[str, ...]


def send(
    case: Case,
    step: Step,
    code: str,
    *,
    at: datetime,
    by: Person | None = None,
    due: Deadline | None = None,
    values: Values | None = None,
    lang: Lang | None = None,
    envelope: Envelope | None = None,
    demo: bool = False,
) -> Letter:
    """Compose letter `code` of the case's procedure and queue it; to the applicant unless an envelope says otherwise.

    An appeal in English gets the letter in Kazakh and, with it, a courtesy translation that says it is one.
    """
    spoken: Lang = lang or case.answer_language  # type: ignore[assignment]
    letter = _compose(case, step, code, spoken, at, by, due, values or {}, envelope, demo, None)
    if case.language == "en" and lang is None and (envelope is None or envelope.reader == "applicant"):
        _compose(case, step, code, "en", at, by, due, values or {}, envelope, demo, letter)
    return letter


def _compose(
    case: Case,
    step: Step,
    code: str,
    lang: Lang,
    at: datetime,
    by: Person | None,
    due: Deadline | None,
    values: Values,
    envelope: Envelope | None,
    demo: bool,
    courtesy_of: Letter | None,
) -> Letter:
    text = law.letter_text(procedure(case.procedure), code, lang)
    own = {name: value(lang) if callable(value) else value for name, value in values.items()}
    filled = letter_values(case, lang, at=at, by=by, due=due) | own
    where = envelope or applicant_envelope(case)
    letter = letters.compose(
        kind=code,
        case_number=case.number,
        body_code=case.body.code,
        body_names=case.body.names,
        language=lang,
        text=text,
        values={name: filled[name] for name in text.placeholders},
        to=where.to,
        official=official(by, case.body, lang, local(at).date()),
        channels=where.channels,
        follow_url="" if where.reader == "accused" else filled["follow_url"],
        at=at,
        courtesy_of=courtesy_of,
        demo=demo,
    )
    CaseLetter.objects.create(case=case, step=step, letter=letter, reader=where.reader)
    return letter


def applicant_envelope(case: Case) -> Envelope:
    """The applicant's own page always; e-mail, post or the counter when they asked for it and gave the address."""
    person = case.parties.order_by("n").first() or Party(name="")
    wanted = {"email": bool(person.email), "post": bool(person.address), "hand": True}
    channels = ("page", case.answer_channel) if wanted.get(case.answer_channel) else ("page",)
    return Envelope("applicant", letters.Recipient(person.name, person.address, person.email), channels)


def held(case: Case) -> Envelope:
    """To the applicant, but not sent yet: a signed answer waits for its dispatch."""
    where = applicant_envelope(case)
    return Envelope(where.reader, where.to, ())


def accused_envelope(person: Person) -> Envelope:
    """To the person complained of: on their own page, and by e-mail or over the counter."""
    to = letters.Recipient(person.full_name(), "", person.email)
    return Envelope("accused", to, ("page", "email" if person.email else "hand"))


def with_courtesy(letter: Letter) -> list[Letter]:
    """A letter and its courtesy translations."""
    return [letter, *Letter.objects.filter(courtesy_of=letter)]


def answer_letter(case: Case, outcome: str, *, adverse: bool) -> str:
    """The letter that carries this outcome; KeyError for one that no draft may have (a termination is a step)."""
    if procedure(case.procedure).outcomes[outcome].adverse == "depends" and outcome == "act_adopted":
        return f"answer_{outcome}_{'adverse' if adverse else 'favourable'}"
    return f"answer_{outcome}"


def decidable(rule: law.Procedure) -> list[str]:
    """Outcomes a draft may have: all but termination, which is a step of its own (APPC 70, 88)."""
    return [code for code in rule.outcomes if code != "terminated"]


def body_envelope(body: Body) -> Envelope:
    """To a body: by e-mail where it has an address, else over the counter."""
    return Envelope(
        "body", letters.Recipient(body.name_kk, body.address_kk, body.email), ("email" if body.email else "hand",)
    )


def official(by: Person | None, body: Body, lang: Lang, on: date) -> letters.Official:
    """Who stands under a letter: the acting person with their post in the body, else the body's head."""
    person = by or bodies.head_of(body, on)
    if person is None:
        return letters.Official("", body.name(lang))
    post = bodies.post_in(person, body, on)
    return letters.Official(person.short_name(), post.name(lang) if post else body.name(lang))


def letter_values(
    case: Case, lang: Lang, *, at: datetime, by: Person | None = None, due: Deadline | None = None
) -> dict[str, str]:
    """What every letter may use, already in the letter's language."""
    person = case.parties.order_by("n").first() or Party(name="")
    signed_by = official(by, case.body, lang, local(at).date())
    rule = procedure(case.procedure)
    receiver = official(case.receiver, case.body, lang, local(at).date())
    route = routes.complaint_route(case, lang)
    day = due.on if due else case.due_on
    return {
        "number": case.number,
        "registered_on": long_date(case.registered_on, lang),
        "received_at": long_moment(case.received_at, lang),
        "kind_name": rule.name[lang],
        "body_name": case.body.name(lang),
        "body_address": case.body.address[lang],
        "applicant_name": person.name or words.NOT_GIVEN[lang],
        "applicant_address": person.address or words.NOT_GIVEN[lang],
        "part_text": words.WHOLE[lang],
        "official_name": signed_by.name,
        "official_post": signed_by.post,
        "today": long_date(local(at).date(), lang),
        "due_on": long_date(day, lang) if day else "",
        "due_why": "\n".join(law.explain(due.facts, lang)) if due else "",
        "rule": due.rule if due else "",
        "subject": case.subject,
        "receiver_name": receiver.name or words.NOT_GIVEN[lang],
        "receiver_post": receiver.post,
        "follow_url": f"{settings.ADDRESS}/{case.number}",
        "signature_note": words.SIGNATURE[case.signature][lang],
        "outcome_name": rule.outcomes[case.outcome].name[lang] if case.outcome in rule.outcomes else "",
        "complaint_body": route.body,
        "complaint_term": route.term,
        "complaint_order": route.order,
    }

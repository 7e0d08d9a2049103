"""Letters of a case: what stands in their placeholders, who gets them, by which channel."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.conf import settings

from qyzmet import law, rows
from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body, Person, Post
from qyzmet.cases import routes, words
from qyzmet.cases.models import Case, CaseLetter, Deadline, Party, Step
from qyzmet.cases.rules import procedure, rules
from qyzmet.letters import actions as letters
from qyzmet.letters.models import Letter
from qyzmet.text.dates import local, long_date, long_moment
from qyzmet.text.languages import Lang, known

Told = Callable[[Lang], str]
Values = Mapping[str, str | Told]
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
    person: Party | None = None,
    sender: Body | None = None,
    demo: bool = False,
) -> Letter:
    """Compose letter `code` of the case's procedure and queue it; to the applicant unless an envelope says otherwise.

    `sender`: the body that writes, if it is not the one that holds the case now.
    An appeal in English gets the letter in Kazakh and, with it, a courtesy translation that says it is one.
    """
    applicant = person or first_party(case)
    where = envelope or applicant_envelope(case, applicant)
    filling = Filling(case, sender or case.body, at, by, due, applicant, values or {})
    return keep(write(filling, code, where, lang=lang, demo=demo), step, where)


def write(
    filling: "Filling", code: str, where: Envelope, *, lang: Lang | None = None, demo: bool = False
) -> list[Letter]:
    """The letter as `send` sends it, and its courtesy translation if it has one; kept nowhere yet."""
    case = filling.case
    spoken: Lang = lang or case.answer_language  # type: ignore[assignment]
    courtesy = case.language == "en" and lang is None and where.reader == "applicant"
    return [_written(filling, code, one, where, demo) for one in ((spoken, "en") if courtesy else (spoken,))]


def keep(written: list[Letter], step: Step, where: Envelope) -> Letter:
    """Keep and queue what `write` wrote; the letter of them that is no translation."""
    first = written[0]
    for letter in written:
        if letter is not first:
            letter.courtesy_of = first
        letters.keep(letter, channels=where.channels)
    rows.insert_all([CaseLetter(case=step.case, step=step, letter=letter, reader=where.reader) for letter in written])
    return first


def keep_all(written: Sequence[tuple[list[Letter], Step, Envelope]]) -> None:
    """Keep and queue letters of many cases as `keep` does, with as many statements as for one."""
    originals = [(one[0], where.channels) for one, _, where in written]
    courtesy = [(letter, where.channels) for one, _, where in written for letter in one[1:]]
    letters.keep_all(originals)
    for one, _, _ in written:
        for letter in one[1:]:
            letter.courtesy_of = one[0]
    letters.keep_all(courtesy)
    rows.insert_all(
        [
            CaseLetter(case_id=step.case_id, step=step, letter=letter, reader=where.reader)
            for one, step, where in written
            for letter in one
        ]
    )


def _written(filling: "Filling", code: str, lang: Lang, where: Envelope, demo: bool) -> Letter:
    case = filling.case
    text = law.letter_text(procedure(case.procedure), code, lang)
    return letters.write(
        kind=code,
        case_number=case.number,
        body_code=filling.body.code,
        body_names=filling.body.names,
        body_address=filling.body.address[lang],
        language=lang,
        text=text,
        values=filling.values(text.placeholders, lang),
        to=where.to,
        official=filling.official(lang),
        follow_url="" if where.reader == "accused" else follow_url(case),
        at=filling.at,
        demo=demo,
    )


def first_party(case: Case) -> Party:
    """Who filed; an empty one where nobody gave a name."""
    return case.parties.order_by("n").first() or Party(name="")


def follow_url(case: Case) -> str:
    """The page where its owner follows the case."""
    return f"{settings.ADDRESS}/{case.number}"


def applicant_envelope(case: Case, person: Party | None = None) -> Envelope:
    """The applicant's own page always; e-mail, post or the counter when they asked for it and gave the address."""
    person = person or first_party(case)
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


def letter_language(person: Person) -> Lang:
    """The language a body writes to this person in: their own, and Kazakh to whoever reads the pages in English."""
    return known(person.language) if person.language != "en" else "kk"


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


def body_envelope(case: Case, body: Body) -> Envelope:
    """To a body: by e-mail where it has an address, else over the counter.

    A mailbox or a counter is open to the whole body; a letter about an accusation stays with the case.
    """
    if case.is_accusation:
        return Envelope("body", letters.Recipient(body.name_kk, body.address_kk), ())
    return Envelope(
        "body", letters.Recipient(body.name_kk, body.address_kk, body.email), ("email" if body.email else "hand",)
    )


@dataclass
class Filling:
    """What may stand in the placeholders of a letter; looked up only where its text asks for it."""

    case: Case
    body: Body
    """The body that writes."""
    at: datetime
    by: Person | None
    due: Deadline | None
    person: Party
    own: Values
    by_post: Post | None = None
    """The post of `by`, where it is known; else it is looked up."""
    unsigned: bool = False
    """Nobody signs: the body tells what follows from the calendar by itself."""

    def values(self, names: Iterable[str], lang: Lang) -> dict[str, str]:
        """The text of each placeholder, in the letter's language. KeyError for a name nobody knows."""
        return {name: self._value(name, lang) for name in names}

    def _value(self, name: str, lang: Lang) -> str:
        given = self.own.get(name)
        if given is not None:
            return given(lang) if callable(given) else given
        return FILLERS[name](self, lang)

    @property
    def today(self) -> date:
        """The local date of the letter."""
        return local(self.at).date()

    @cached_property
    def route(self) -> routes.Way:
        """Where the person may complain further."""
        return routes.way(self.case, on=self.today)

    @cached_property
    def signer(self) -> tuple[Person | None, Post | None]:
        """Who stands under the letter: the acting person, else the body's head."""
        if self.unsigned:
            return None, None
        if self.by and self.by_post:
            return self.by, self.by_post
        return self._with_post(self.by or bodies.head_of(self.body, self.today))

    @cached_property
    def receiver(self) -> tuple[Person | None, Post | None]:
        """Whom the talon names."""
        same = self.by is not None and self.by.pk == self.case.receiver_id
        return self.signer if same else self._with_post(self.case.receiver)

    def _with_post(self, person: Person | None) -> tuple[Person | None, Post | None]:
        return person, bodies.post_in(person, self.body, self.today) if person else None

    def official(self, lang: Lang) -> letters.Official:
        """Who stands under the letter, in its language."""
        return self._official(self.signer, lang)

    def _official(self, who: tuple[Person | None, Post | None], lang: Lang) -> letters.Official:
        person, post = who
        return letters.Official(person.short_name() if person else "", (post or self.body).name(lang))

    def _due(self) -> date | None:
        return self.due.on if self.due else self.case.due_on

    def _outcome(self, lang: Lang) -> str:
        outcomes = procedure(self.case.procedure).outcomes
        return outcomes[self.case.outcome].name[lang] if self.case.outcome in outcomes else ""


def _due_on(filling: Filling, lang: Lang) -> str:
    day, since = filling._due(), filling.case.stands_since
    if day in (None, law.NOT_KNOWN) and since:
        return words.CLOCK_STANDS[lang].format(since=long_date(since, lang))
    return _day(day, lang)


def _day(day: date | None, lang: Lang) -> str:
    if day == law.NOT_KNOWN:
        return words.DAY_NOT_KNOWN[lang].format(year=rules().calendar.last.year + 1)
    return long_date(day, lang) if day else ""


FILLERS: Mapping[str, Callable[[Filling, Lang], str]] = {
    "number": lambda f, _: f.case.number,
    "registered_on": lambda f, lang: long_date(f.case.registered_on, lang),
    "received_at": lambda f, lang: long_moment(f.case.received_at, lang),
    "kind_name": lambda f, lang: procedure(f.case.procedure).name[lang],
    "body_name": lambda f, lang: f.body.name(lang),
    "body_address": lambda f, lang: f.body.address[lang],
    "applicant_name": lambda f, lang: f.person.name or words.NOT_GIVEN[lang],
    "applicant_address": lambda f, lang: f.person.address or words.NOT_GIVEN[lang],
    "official_name": lambda f, lang: f.official(lang).name,
    "official_post": lambda f, lang: f.official(lang).post,
    "today": lambda f, lang: long_date(f.today, lang),
    "due_on": _due_on,
    "due_why": lambda f, lang: "\n".join(law.explain(f.due.facts, lang)) if f.due else "",
    "rule": lambda f, _: f.due.rule if f.due else "",
    "subject": lambda f, _: f.case.subject,
    "receiver_name": lambda f, lang: f._official(f.receiver, lang).name or words.NOT_GIVEN[lang],
    "receiver_post": lambda f, lang: f._official(f.receiver, lang).post,
    "follow_url": lambda f, _: follow_url(f.case),
    "signature_note": lambda f, lang: words.SIGNATURE[f.case.signature][lang],
    "outcome_name": lambda f, lang: f._outcome(lang),
    "complaint_body": lambda f, lang: f.route.told(lang).body,
    "complaint_term": lambda f, lang: f.route.told(lang).term,
    "complaint_order": lambda f, lang: f.route.told(lang).order,
}
"""Placeholder -> its text."""

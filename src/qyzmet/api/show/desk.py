"""Cases for the desk."""

from datetime import date
from typing import Any

from qyzmet import law
from qyzmet.api.problems import Detail
from qyzmet.api.schemas import desk
from qyzmet.api.schemas.values import Words
from qyzmet.api.show import case as parts
from qyzmet.api.show.appeal import known
from qyzmet.api.show.follow import state_of
from qyzmet.cases import queries
from qyzmet.letters import queries as letters
from qyzmet.look import words
from qyzmet.text.languages import Lang


def rows(found: queries.Page[Any], on: date) -> desk.Rows:
    """A page of a list."""
    return desk.Rows(rows=[row(case, on) for case in found.rows], after=found.after)


def row(case: Any, on: date) -> desk.Row:
    """A case in a list."""
    same = (
        "number",
        "procedure",
        "state",
        "subject",
        "due_on",
        "stands_since",
        "registered_on",
        "is_accusation",
        "is_open",
    )
    return desk.Row(
        **{name: getattr(case, name) for name in same},
        act_on=known(case.act_on),
        state_name=state_of(case).name,
        applicant=case.applicant_name,
        body=parts.place(case.body),
        executor=_name(case.executor),
        working_days_left=_days_left(case, on),
        outcome=case.outcome,
    )


def _days_left(case: Any, on: date) -> int | None:
    try:
        return queries.working_days_left(case, on)
    except law.LawError:  # past the last row of the calendar
        return None


def _name(person: Any) -> str:
    return person.short_name() if person else ""


def official(person: Any) -> desk.Official:
    """Somebody of a body."""
    return desk.Official(login=person.login, name=person.short_name())


def case(view: queries.CaseView, lang: Lang) -> desk.DeskCase:
    """The whole case; reasons in the language asked for."""
    found = view.case
    same = ("text", "channel", "answer_channel", "received_ground", "is_accusation", "state_register_number")
    return desk.DeskCase(
        **parts.head(found, view.standstills),
        **{name: getattr(found, name) for name in same},
        act_on=known(found.act_on),
        challenged=found.challenged.code if found.challenged else None,
        executor=official(found.executor) if found.executor else None,
        co_executors=view.co_executors,
        parties=[_fields(desk.Party, party) for party in view.parties],
        questions=[_fields(desk.Question, question) for question in view.questions],
        deadlines=[parts.deadline(found, one) for one in view.deadlines],
        steps=[_step(found, one) for one in view.steps],
        letters=_letters(view),
        papers=[parts.paper(one) for one in view.papers],
        drafts=[_draft(one) for one in view.drafts],
        hearing=parts.hearing(view.hearing),
        accusation=_accusation(view.accusation),
        parent=view.parent.number if view.parent else None,
        children=[parts.related(one) for one in view.children],
        possible=[_possible(one, lang) for one in view.possible],
    )


def _fields(kind: Any, one: Any) -> Any:
    return kind(**{name: getattr(one, name) for name in kind.model_fields})


def _step(found: Any, one: Any) -> desk.DeskStep:
    return desk.DeskStep(**parts.step(found, one), by=_name(one.by), actor=one.actor)


def _letters(view: queries.CaseView) -> list[desk.DeskLetter]:
    """Letters with their ways; those of other readers than the applicant too."""
    ways = {letter.pk: letter.dispatches.all() for letter in letters.letters_of(view.case.number)}
    return [
        desk.DeskLetter(
            **parts.letter(link.letter),
            reader=link.reader,
            dispatches=[_fields(desk.Dispatch, way) for way in ways.get(link.letter_id, [])],
        )
        for link in view.letters
    ]


def _draft(one: Any) -> desk.Draft:
    same = set(desk.Draft.model_fields) - {"author", "approver", "signer", "answers"}
    answers = [desk.DraftAnswer(question=int(n), **answer) for n, answer in one.answers.items()]
    people: dict[str, Any] = {role: _name(getattr(one, role)) for role in ("author", "approver", "signer")}
    return desk.Draft(**{name: getattr(one, name) for name in same}, **people, answers=answers)


def _accusation(one: Any) -> desk.Accusation | None:
    return one and desk.Accusation(
        text=one.text,
        post=one.post.code if one.post else None,
        post_name=Words.of(one.post.names) if one.post else None,
        person=_name(one.person),
        explanation=one.explanation,
    )


def _possible(one: queries.Possible, lang: Lang) -> desk.Possible:
    why = None
    if one.why_not:
        why = Detail(where=one.step.code, code=one.why_not.code, message=words.refusal(one.why_not, lang))
    return desk.Possible(code=one.step.code, name=Words.of(one.step.name), why_not=why)

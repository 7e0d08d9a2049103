"""What the case page shows, put into words: facts, days with their reasons, the timeline, letters, possible steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qyzmet import law
from qyzmet.cases import queries
from qyzmet.cases.newsrooms import CAPACITIES
from qyzmet.cases.rules import rules
from qyzmet.desk import decision, names
from qyzmet.desk.asking import Asking
from qyzmet.desk.possible import groups, not_possible
from qyzmet.desk.rows import rows
from qyzmet.desk.timeline import completed, timeline
from qyzmet.letters import queries as letters
from qyzmet.text.dates import local, long_date, long_moment
from qyzmet.text.languages import Lang, say


@dataclass(frozen=True)
class Day:
    """A deadline with the sentences that say why it is this day."""

    deadline: Any
    term: str
    why: list[str]
    stands: Any
    """Since when its clock stands; None while it runs."""


def context(view: queries.CaseView, asking: Asking) -> dict[str, Any]:
    """Everything the template uses."""
    case, rule = view.case, rules().procedure(view.case.procedure)
    ways = {letter.pk: list(letter.dispatches.all()) for letter in letters.letters_of(case.number)}
    return {
        "view": view,
        "case": case,
        "kind": rule.name,
        "state": rule.states[case.state],
        "facts": list(_facts(view, asking)),
        "parties": [(names.named(names.PARTIES, party.role), party) for party in view.parties],
        "days": [_day(deadline, rule, asking) for deadline in view.deadlines],
        "act_status": next((one.status for one in view.deadlines if one.is_open and one.on == case.act_on), ""),
        "due_status": next((one.status for one in view.deadlines if one.is_open and one.on == case.due_on), ""),
        "timeline": timeline(view, asking),
        "letters": [_letter(link, ways.get(link.letter_id, [])) for link in view.letters],
        "groups": groups(view),
        "not_possible": not_possible(view, asking.lang),
        "earlier": rows(asking, queries.earlier_of(asking.who, case)),
        "children": rows(asking, view.children),
        "newsroom": _newsroom(view, asking),
        **decision.shown(view, asking.lang),
    }


def _facts(view: queries.CaseView, asking: Asking) -> Iterator[dict[str, Any]]:
    """The rows of the summary list; what is empty is left out."""
    lang = asking.lang
    for key, value in _fact_values(view, asking):
        if value:
            yield {"key": key, "value": value}
    if view.case.subject:
        yield {"key": _("Subject"), "value": view.case.subject, "lang": view.case.language}
    if view.case.challenged:
        yield {"key": _("Complained of: an act of"), "value": say(view.case.challenged.names, lang)}


def _fact_values(view: queries.CaseView, asking: Asking) -> list[tuple[str, str]]:
    case, lang = view.case, asking.lang
    rule = rules().procedure(case.procedure)
    outcome = rule.outcomes.get(case.outcome)
    received = f"{long_moment(case.received_at, lang)}, {names.named(names.CHANNELS, case.channel)}"
    return [
        (_("Body"), say(case.body.names, lang)),
        (_("In hand"), case.executor.full_name() if case.executor else _("nobody yet")),
        (_("Co-executors"), ", ".join(view.co_executors)),
        (_("Received"), received),
        (_("Ground of the past date"), case.received_ground),
        (_("Registered"), long_date(case.registered_on, lang)),
        (_("At this body since"), long_date(case.arrived_on, lang) if case.arrived_on != case.registered_on else ""),
        (_("Signature"), names.named(names.SIGNATURES, case.signature)),
        (_("Defects"), "\n".join(say(rule.defects[code].name, lang) for code in case.defects if code in rule.defects)),
        (_("Supplied after filing"), "\n".join(_supplied(view, lang))),
        (_("When the clock stood"), "\n".join(_stood(view, rule, lang))),
        (_("Language of the appeal"), names.named(names.LANGUAGES, case.language)),
        (_("Answer"), _answer(case)),
        (_("Number in the state register"), case.state_register_number),
        (_("Closed"), long_moment(case.closed_at, lang) if case.closed_at else ""),
        (_("Outcome"), say(outcome.name, lang) if outcome else ""),
    ]


def _stood(view: queries.CaseView, rule: law.Procedure, lang: Lang) -> Iterator[str]:
    for row in view.standstills:
        yield names.standstill(row, rule, lang, as_of=view.case.registered_on)


def _supplied(view: queries.CaseView, lang: Lang) -> Iterator[str]:
    """What came after filing, a line a day: its reader sees that the data are not those of the first day."""
    for step in view.steps:
        if told := completed(step.facts):
            yield f"{long_date(local(step.at).date(), lang)}. {told}"


def _newsroom(view: queries.CaseView, asking: Asking) -> dict[str, Any] | None:
    """Who stands behind a newsroom's inquiry, and which bodies got it too."""
    asked = queries.asked_by(asking.who, view.case)
    if asked is None:
        return None
    signer = f"{asked.signer.name}, {say(CAPACITIES[asked.signer.capacity], asking.lang)}" if asked.signer else ""
    return {
        "newsroom": asked.newsroom,
        "signer": signer,
        "others": [say(body.names, asking.lang) for body in asked.others],
    }


def _answer(case: Any) -> str:
    channel, language = names.ANSWER_CHANNELS, names.LANGUAGES
    return f"{names.named(channel, case.answer_channel)}; {names.named(language, case.answer_language)}"


def _day(deadline: Any, rule: law.Procedure, asking: Asking) -> Day:
    term = rule.terms.get(deadline.key)
    name = say(term.name, asking.lang) if term else deadline.key
    return Day(deadline, name, law.explain(deadline.facts, asking.lang), law.stands_since(deadline.facts))


def _letter(link: Any, ways: list[Any]) -> dict[str, Any]:
    went = [
        (names.named(names.DISPATCH, way.channel), names.named(names.DISPATCH_STATES, way.state), way) for way in ways
    ]
    return {"link": link, "letter": link.letter, "to": names.named(names.READERS, link.reader), "ways": went}

"""Where, within which term and how a person may complain further (APPC 80(5), 91, 92, 136)."""

from dataclasses import dataclass

from qyzmet.bodies import queries as bodies
from qyzmet.cases import words
from qyzmet.cases.models import Case
from qyzmet.cases.rules import procedure
from qyzmet.text.dates import count_words
from qyzmet.text.languages import Lang


@dataclass(frozen=True)
class Route:
    """The three things an act must print, in the language of the letter."""

    body: str
    term: str
    order: str
    to_court: bool


def complaint_route(case: Case, lang: Lang) -> Route:
    """To the superior body through the body itself; to court after a complaint, or where nobody stands above."""
    rule = procedure(case.procedure)
    above = None if rule.chapter == "complaint" else bodies.superior_of(case.body)
    value = rule.terms["complain" if above else "court"].value_on(case.registered_on)
    term = f"{count_words(value.count or 0, value.unit, lang)} ({value.rule})"
    if above is None:
        return Route(words.COURT[lang], term, words.COURT_ORDER[lang], True)
    return Route(above.name(lang), term, words.COMPLAINT_ORDER[lang], False)

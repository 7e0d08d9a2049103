"""Where, within which term and how a person may complain further (APPC 80(5), 91, 92, 136)."""

from dataclasses import dataclass
from qyzmet.bodies import queries as bodies
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
    above = bodies.superior_of(case.body)
    to_court = procedure(case.procedure).chapter == "complaint" or above is None
    words = procedure(case.procedure).routes
    term = procedure(case.procedure).terms["court" if to_court else "complain"]
    value = term.value_on(case.registered_on)
    span = count_words(value.count or 0, value.unit, lang)
    if to_court or above is None:
        return Route(words["court_body"].name[lang], f"{span} ({value.rule})", words["court_order"].name[lang], True)
    return Route(above.name(lang), f"{span} ({value.rule})", words["complaint_order"].name[lang], False)

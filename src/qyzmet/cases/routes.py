"""Where, within which term and how a person may complain further (APPC 80(5), 91, 92, 136)."""

from dataclasses import dataclass
from datetime import date

from qyzmet import law
from qyzmet.bodies.models import Body
from qyzmet.cases import accuse, words
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


@dataclass(frozen=True)
class Way:
    """To the superior body through the body itself; to court after a complaint, or where nobody stands above."""

    above: Body | None
    value: law.Value

    @property
    def to_court(self) -> bool:
        """Whether the next step is a suit."""
        return self.above is None

    def told(self, lang: Lang) -> Route:
        """The way in words."""
        term = f"{count_words(self.value.count or 0, self.value.unit, lang)} ({self.value.source.said(lang)})"
        if self.above is None:
            return Route(words.COURT[lang], term, words.COURT_ORDER[lang])
        return Route(self.above.name(lang), term, words.COMPLAINT_ORDER[lang])


def way(case: Case, *, on: date) -> Way:
    """How the person may complain of the way this case ends, as letters, pages, the gate and programs tell it.

    The superior body is the one that would get the complaint on that day: one where whoever is barred holds the case is
    passed over, and past the end of the chain stands the body outside the city, if there is one.
    """
    rule = procedure(case.procedure)
    above = None if rule.chapter == "complaint" else accuse.superior_for(case, on=on)
    return Way(above, _value(rule.terms["complain" if above else "court"], case.registered_on))


def _value(term: law.Term, on: date) -> law.Value:
    """The redaction of that day; where none is known, the first that is: a letter must name the way in any case."""
    try:
        return term.value_on(on)
    except law.NoRedaction:
        return next(value for value in term.values if value.source.status != "unverified")

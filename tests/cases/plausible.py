"""What somebody might give with a step: mostly fitting, sometimes not."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from qyzmet.cases import actions, papers, publication, queries
from qyzmet.cases.models import Case
from qyzmet.cases.rules import procedure
from qyzmet.letters.models import Dispatch
from qyzmet.text.dates import local
from qyzmet.text.refusal import Refused

Draw = Callable[[st.SearchStrategy[Any]], Any]
NAMES = {"return": "return_appeal", "object": "object_to"}
"""Steps whose action has another name."""
WORDS = st.sampled_from(["Тексеріліп, дәлелденді.", "Проверено.\n\n## Не заголовок\n\nДа.", "Себебі бар.", ""])
SAID = st.sampled_from(["Мәселе бойынша түсініктеме. Бұл дұрыс па?", "Прошу разобраться.\nКогда?", "Осылай."])
BODIES = st.sampled_from(["city", "dep", "centre", "water", "outside", "moon"])


def arguments(
    step: str, case: Case, people: list[Any], posts: list[str], *, at: datetime, draw: Draw
) -> dict[str, Any]:
    """Keyword arguments for the action of this step."""
    give = GIVEN.get(step)
    if give is None:
        return {}
    return give(_Case(case, people, posts, at, draw))


class _Case:
    """A case and what can be drawn about it."""

    def __init__(self, case: Case, people: list[Any], posts: list[str], at: datetime, draw: Draw) -> None:
        self.case, self.people, self.posts, self.at, self.draw = case, people, posts, at, draw
        self.rule = procedure(case.procedure)

    def of(self, known: Any) -> str:
        """One of the known codes; now and then one that nobody knows."""
        return str(self.draw(st.sampled_from([*known, *known, "none"])))

    def text(self) -> str:
        return str(self.draw(WORDS))

    def person(self) -> int:
        fitting = [person.pk for person in queries.assignable(self.case, local(self.at).date())]
        return int(self.draw(st.sampled_from([*fitting * 5, *(person.pk for person in self.people)])))

    def paper(self, kind: str = "attachment") -> Any:
        return papers.keep(io.BytesIO(b"%PDF-1.7"), name="a.pdf", kind=kind, origin="applicant", at=self.at)

    def files(self, kind: str = "attachment") -> list[Any]:
        return [self.paper(kind)] if self.draw(st.booleans()) else []

    def number(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def dispatch(self) -> int:
        known = list(Dispatch.objects.filter(letter__case_number=self.case.number).values_list("pk", flat=True))
        return int(self.draw(st.sampled_from([*known, 0])))

    def answers(self) -> dict[int, actions.Answer]:
        numbers = list(self.case.questions.values_list("n", flat=True))
        full = {n: actions.Answer("Жауап берілді.") for n in numbers}
        joined = {n: actions.Answer(joined_to=min(numbers)) for n in numbers}
        return dict(self.draw(st.sampled_from([full, full, full, joined, {}])))

    def publication(self) -> dict[str, Any]:
        """The masked text as an official would have read it; now and then another."""
        try:
            seen = actions.fingerprint(publication.masked_texts(self.case))
        except Refused:
            seen = ""
        return {"hide": [], "seen": self.draw(st.sampled_from([seen, seen, "x"]))}

    def draft(self) -> dict[str, Any]:
        exempt = self.draw(st.booleans())
        return {
            "outcome": self.of(self.rule.outcomes),
            "facts": self.text(),
            "ground": self.text(),
            "answers": self.answers(),
            "adverse": self.draw(st.booleans()),
            "exemption": self.of(self.rule.hearing_exemptions) if exempt else "",
            "exemption_reason": self.text() if exempt else "",
        }


def _hearing(one: _Case) -> dict[str, Any]:
    return {
        "when": one.at + timedelta(hours=one.number(-1, 60)),
        "place": one.draw(st.sampled_from(["12-кабинет", " "])),
    }


def _standstill(one: _Case) -> dict[str, Any]:
    first = local(one.at).date() + timedelta(days=one.number(-10, 10))
    last = first + timedelta(days=one.number(-2, 20)) if one.draw(st.booleans()) else None
    return {"cause": one.of(one.rule.suspensions), "first": first, "last": last, "ground": one.text()}


def _end_of_standstill(one: _Case) -> dict[str, Any]:
    last = local(one.at).date() + timedelta(days=one.number(-10, 1))
    return {"n": one.number(1, 3), "last": last, "void": one.draw(st.booleans()), "ground": one.text()}


GIVEN: dict[str, Callable[[_Case], dict[str, Any]]] = {
    "resolve_about": lambda one: {"post_code": one.of(one.posts)},
    "confirm_signature": lambda one: {"how": one.of(["signed", "confirmed"]), "papers": one.files("signed_paper")},
    "ask_to_cure": lambda one: {
        "defects": one.draw(st.lists(st.sampled_from([*one.rule.defects]), unique=True, max_size=3)),
        "days": one.number(0, 9),
        "note": one.text(),
    },
    "supply": lambda one: {
        "given": one.draw(st.sampled_from([None, {"address": "Абай даңғылы, 1"}, {"email": "a@b.example"}])),
        "papers": one.files("signed_paper"),
        "note": one.text(),
    },
    "cure": lambda one: {
        "given": one.draw(st.sampled_from([None, {"address": "Абай даңғылы, 1"}, {"name": "Әлі Вали", "iin": "1"}])),
        "papers": one.files("signed_paper"),
    },
    "return": lambda one: {"ground": one.of(one.rule.return_grounds), "reason": one.text(), "parent": one.text()},
    "redirect": lambda one: {"body": one.draw(BODIES), "reason": one.text()},
    "redirect_part": lambda one: {"body": one.draw(BODIES), "part_text": one.text(), "reason": one.text()},
    "assign": lambda one: {"executor_id": one.person()},
    "reassign": lambda one: {"executor_id": one.person()},
    "add_co_executor": lambda one: {"person_id": one.person()},
    "extend": lambda one: {"days": one.number(0, 70), "reason": one.text()},
    "stand_still": _standstill,
    "run_again": _end_of_standstill,
    "ask_restoration": lambda one: {"ground": one.of(one.rule.restoration_grounds), "reason": one.text()},
    "decide_restoration": lambda one: {"granted": one.draw(st.booleans()), "reason": one.text()},
    "preliminary": lambda one: {"outcome": one.of(one.rule.outcomes), "facts": one.text(), "ground": one.text()},
    "object": lambda one: {"text": one.text()},
    "ask_hearing": lambda one: {"text": one.text()},
    "set_hearing": _hearing,
    "hold_hearing": lambda one: {"protocol": one.text()},
    "remark_protocol": lambda one: {"text": one.text()},
    "hear_accused": lambda one: {"question": one.text()},
    "list_questions": lambda one: {"questions": one.draw(st.lists(SAID, max_size=3))},
    "draft": _Case.draft,
    "send_back": lambda one: {"remark": one.text()},
    "sign": lambda one: {
        "provider": one.of(["demo", "demo", "upload"]),
        "paper": one.draw(st.sampled_from([None, one.paper("signature")])),
    },
    "withdraw": lambda one: {"reason": one.text()},
    "terminate": lambda one: {"ground": one.of(one.rule.termination_grounds), "reason": one.text()},
    "ask_file": lambda one: {"text": one.text()},
    "give_file": lambda one: {"how": one.text()},
    "ask_recusal": lambda one: {"reason": one.text()},
    "decide_recusal": lambda one: {"granted": one.draw(st.booleans()), "reason": one.text()},
    "ask_correction": lambda one: {"text": one.text()},
    "correct": lambda one: {"text": one.text()},
    "refuse_correction": lambda one: {"reason": one.text()},
    "complain_further": lambda one: {
        "text": one.text(),
        "late_ground": one.of(["illness", "other"]),
        "late_reason": one.text(),
    },
    "publish": lambda one: one.publication(),
    "unpublish": lambda one: {"reason": one.text()},
    "rate": lambda one: {"stars": one.number(0, 6), "text": one.text()},
    "add_paper": lambda one: {"papers": one.files(), "note": one.text()},
    "reissue_code": lambda one: {"identity": one.text()},
    "note_state_register": lambda one: {"number": one.text()},
    "delivered": lambda one: {
        "dispatch_id": one.dispatch(),
        "delivered_at": one.at - timedelta(hours=one.number(-5, 100)),
    },
    "pass_up": lambda one: {"position": one.text()},
    "satisfy": lambda one: {"outcome": one.of(one.rule.outcomes), "text": one.text(), "ground": one.text()},
}
"""Step -> what to give with it; a step that is not here needs nothing."""

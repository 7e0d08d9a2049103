"""A small desk for tests: files appeals and takes the usual steps as the people of the cast."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qyzmet.cases import actions
from qyzmet.cases.actions import About, Actor, Answer, Author, Filed
from qyzmet.cases.models import Case
from tests.cast import NOW, Cast

AUTHOR = Author(
    name="Серікбаева Мадина Асқарқызы",
    iin="",
    address="Сарыарқа көшесі, 5-үй",
    residence="Сарыарқа көшесі, 5-үй",
    email="madina@mail.example",
    phone="+7 700 000 00 00",
)


@dataclass
class Desk:
    """The cast at work. `now` moves by a minute with every step."""

    cast: Cast
    now: datetime = NOW
    extra: dict[str, Any] = field(default_factory=dict)

    def at(self) -> datetime:
        """The next moment."""
        self.now += timedelta(minutes=1)
        return self.now

    def wait(self, **span: int) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def by(self, name: str) -> Actor:
        """The person of the cast called `name`, as an official."""
        return Actor.official(self.cast.people[name])

    def file(self, kind: str, body: str, **appeal: Any) -> Filed:
        """File an appeal through the portal."""
        given = {"text": "Мәселені шешіп беріңіздерші.", "language": "kk", "authors": [AUTHOR], "signature": "signed"}
        by = {"by": actions.APPLICANT}
        return actions.register(procedure=kind, body=body, at=self.at(), **{**given, **by, **appeal})

    def accuse(self, name: str, body: str, kind: str = "message", **appeal: Any) -> Filed:
        """File an appeal about the conduct of the holder of a post."""
        about = About("conduct", post_code=self.cast.posts[name].code)
        return self.file(kind, body, about=about, **appeal)

    def do(self, step: str, case: Case, name: str, **values: Any) -> Any:
        """Take a step as the person called `name`."""
        return getattr(actions, step)(case, by=self.by(name), at=self.at(), **values)

    def assign(self, case: Case, body: str) -> None:
        """The registrar gives the case to the executor."""
        person = self.cast.people[f"{body}_executor"]
        self.do("assign", case, f"{body}_registrar", executor_id=person.pk)

    def draft(self, case: Case, body: str, outcome: str, **values: Any) -> None:
        """The executor writes a full draft."""
        answers = {question.n: Answer("Құбыр 20 сәуірде ауыстырылды.") for question in case.questions.all()}
        full = {"facts": "Тексеру жүргізілді: құбыр тозған.", "ground": "ӘРПК 77-бабы.", "answers": answers}
        self.do("draft", case, f"{body}_executor", outcome=outcome, **{**full, **values})

    def answer(self, case: Case, body: str, outcome: str, **values: Any) -> None:
        """From the registrar's assignment to the dispatch."""
        self.assign(case, body)
        self.draft(case, body, outcome, **values)
        self.do("submit", case, f"{body}_executor")
        self.do("approve", case, f"{body}_approver")
        self.do("sign", case, f"{body}_head", provider="demo")
        self.do("dispatch", case, f"{body}_registrar")

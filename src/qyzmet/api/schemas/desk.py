"""Cases as the desk sees them."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from qyzmet.api.problems import Detail
from qyzmet.api.schemas.case import CaseHead, Deadline, Hearing, Letter, Paper, Place, Related, StepTaken
from qyzmet.api.schemas.follow import Taken
from qyzmet.api.schemas.values import Named, Words


class Official(BaseModel):
    """Somebody who works in a body."""

    login: str
    name: str


class Row(BaseModel):
    """A case in a list."""

    number: str
    procedure: str
    state: str
    state_name: Words
    subject: str
    applicant: str
    body: Place
    executor: str = Field(description="Name; empty where nobody has it in hand.")
    act_on: date | None = Field(description="The nearest day by which the body must do something.")
    working_days_left: int | None = Field(description="To that day; negative when it is over.")
    due_on: date | None
    stands_since: date | None = Field(description="Since when a clock of the case stands with no end in sight.")
    registered_on: date
    is_accusation: bool
    is_open: bool
    outcome: str


class Rows(BaseModel):
    """A page of a list."""

    rows: list[Row]
    after: str | None = Field(description="Send it as `after` for the next page; null on the last one.")


class Party(BaseModel):
    """Who filed, as they gave themselves."""

    name: str
    role: str
    is_company: bool
    iin: str
    bin: str
    address: str
    residence: str
    email: str
    phone: str


class Question(BaseModel):
    """One thing the appeal asks."""

    n: int
    text: str


class DeskStep(StepTaken):
    """A step, with who took it."""

    by: str = Field(description="Name of the official; empty for others.")
    actor: str = Field(description="official | applicant | accused | system")


class Dispatch(BaseModel):
    """One way of a letter to its reader."""

    id: int
    channel: str
    state: str
    sent_at: datetime | None
    delivered_at: datetime | None


class DeskLetter(Letter):
    """A letter, for whom, and how it went."""

    reader: str = Field(description="applicant | accused | body")
    dispatches: list[Dispatch]


class DraftAnswer(BaseModel):
    """What a draft says to one question."""

    question: int
    text: str
    joined_to: int | None


class Draft(BaseModel):
    """A version of the decision."""

    n: int
    stage: str = Field(description="draft | submitted | sent_back | approved | signed")
    author: str
    approver: str
    signer: str
    created_at: datetime
    language: str
    outcome: str
    facts: str
    ground: str
    answers: list[DraftAnswer]
    adverse: bool
    exemption: str
    exemption_reason: str
    remark: str


class Accusation(BaseModel):
    """Whose conduct is complained of, as far as intake has settled it."""

    text: str
    post: str | None
    post_name: Words | None
    person: str
    explanation: str


class Possible(Named):
    """A step, and why this official may not take it now (null = may)."""

    why_not: Detail | None


class DeskCase(CaseHead):
    """A case with everything that hangs on it."""

    text: str
    channel: str
    answer_channel: str
    received_ground: str
    is_accusation: bool
    challenged: str | None = Field(description="Code of the body whose act is complained of.")
    executor: Official | None
    co_executors: list[str]
    state_register_number: str
    act_on: date | None
    parties: list[Party]
    questions: list[Question]
    deadlines: list[Deadline]
    steps: list[DeskStep]
    letters: list[DeskLetter]
    papers: list[Paper]
    drafts: list[Draft]
    hearing: Hearing | None
    accusation: Accusation | None
    parent: str | None
    children: list[Related]
    possible: list[Possible]


class Officials(BaseModel):
    """People who may be given a case."""

    rows: list[Official]


class DeskTaken(Taken):
    """A step that was taken at the desk."""

    due_on: date | None
    draft: int | None = Field(description="Number of the draft that was written.")
    code: str | None = Field(description="A new follow-up code, for the person alone.")

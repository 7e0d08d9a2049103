"""Parts of a case that its author and the desk see alike."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from qyzmet.api.schemas.appeal import Due
from qyzmet.api.schemas.city import State
from qyzmet.api.schemas.values import Named, Words


class Place(BaseModel):
    """A body, in short."""

    code: str
    names: Words


class Deadline(Due):
    """A day by which something must be done, and why."""

    key: str
    name: Words
    on: date | None = Field(description="None until the calendar of that year is known, and while its clock stands.")
    stands_since: date | None = Field(description="Since when its clock stands; None while it runs.")
    whose: str = Field(description="Who must act by then: body | applicant; act = the act may not come before.")
    open: bool


class Standstill(BaseModel):
    """Days on which a clock of the case stood, both included."""

    n: int
    cause: Named
    first: date
    last: date | None = Field(description="None: it still stands.")
    ground: str
    is_void: bool = Field(description="It never stood.")


class StepTaken(BaseModel):
    """One recorded act."""

    n: int
    code: str
    name: Words
    at: datetime
    state: str
    body: str
    note: str


class Letter(BaseModel):
    """What a body wrote, word for word."""

    id: int
    kind: str
    language: str
    subject: str
    text: str
    created_at: datetime
    sha256: str = Field(description="Of subject, an empty line and text.")
    courtesy: bool = Field(description="A courtesy translation of the letter before it.")


class Paper(BaseModel):
    """A file of a case."""

    id: int
    name: str
    kind: str
    origin: str
    media_type: str
    size: int
    sha256: str
    at: datetime


class Hearing(BaseModel):
    """An oral hearing."""

    set_for: datetime
    place: str
    held_at: datetime | None
    protocol: str
    remarks: str


class Related(BaseModel):
    """A case that hangs on this one."""

    number: str
    relation: str = Field(description="part | complaint | repeat")
    body: str
    state: str


class CaseHead(BaseModel):
    """What stands at the top of a case."""

    number: str
    procedure: Named
    state: State
    outcome: Named | None
    body: Place
    subject: str
    language: str
    answer_language: str
    signature: str = Field(description="signed | confirmed | unsigned")
    defects: list[Named]
    received_at: datetime
    registered_at: datetime
    registered_on: date
    due_on: date | None
    stands_since: date | None = Field(description="Since when a clock of the case stands with no end in sight.")
    standstills: list[Standstill]
    closed_at: datetime | None

"""Bodies and procedures: what anybody may know."""

from pydantic import BaseModel, Field

from qyzmet.api.schemas.values import Named, Words


class Body(BaseModel):
    """A body to which an appeal may be sent."""

    code: str
    kind: str = Field(description="state | local")
    names: Words
    superior: str | None = Field(description="Code of the body above.")


class Bodies(BaseModel):
    """A page of bodies in the order of their Kazakh names."""

    rows: list[Body]
    after: str | None = Field(description="Send it as `after` for the next page; null on the last one.")


class State(Named):
    """Where a case can stand."""

    open: bool
    waits: str = Field(description="Whose move it is: body | applicant | none")


class Step(Named):
    """A move."""

    states: list[str] = Field(description="In which states it may be taken.")
    to: str = Field(description="The state it leads to; `same`, or `back` to the one before.")
    who: list[str]


class Procedure(Named):
    """A kind of appeal; its code is the `kind` of an appeal."""

    chapter: str = Field(description="ordinary | complaint | simplified")
    definition: Words
    states: list[State]
    steps: list[Step]
    outcomes: list[Named]
    terms: list[Named]
    defects: list[Named]
    return_grounds: list[Named]
    termination_grounds: list[Named]
    hearing_exemptions: list[Named]


class Procedures(BaseModel):
    """All kinds of appeals."""

    rows: list[Procedure]

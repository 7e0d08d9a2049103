"""A case as the person who filed it sees it."""

from pydantic import BaseModel, Field

from qyzmet.api.schemas.case import CaseHead, Deadline, Hearing, Letter, Paper, Related, StepTaken
from qyzmet.api.schemas.values import Named, Words


class WayOn(BaseModel):
    """Where, within which term and how one may complain of the end of the case: what its letters say too."""

    code: str | None = Field(description="Code of the superior body; null where the way is to court.")
    body: Words
    term: Words
    order: Words


class Followed(CaseHead):
    """State, dates with their reasons, public steps, letters, and what the person may do now."""

    text: str
    deadlines: list[Deadline]
    steps: list[StepTaken]
    letters: list[Letter]
    papers: list[Paper]
    hearing: Hearing | None
    children: list[Related]
    complaint: WayOn | None = Field(description="The way on; null while the case is open, and after a withdrawal.")
    possible: list[Named] = Field(description="Steps the person may take now: POST …/steps/{code}.")


class Taken(BaseModel):
    """A step that was taken."""

    number: str
    step: str
    state: Named
    child: str | None = Field(description="Number of the case that the step opened.")

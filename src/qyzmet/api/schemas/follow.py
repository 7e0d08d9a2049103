"""A case as the person who filed it sees it."""

from pydantic import BaseModel, Field

from qyzmet.api.schemas.case import CaseHead, Deadline, Hearing, Letter, Paper, Related, StepTaken
from qyzmet.api.schemas.values import Named


class Followed(CaseHead):
    """State, dates with their reasons, public steps, letters, and what the person may do now."""

    text: str
    deadlines: list[Deadline]
    steps: list[StepTaken]
    letters: list[Letter]
    papers: list[Paper]
    hearing: Hearing | None
    children: list[Related]
    possible: list[Named] = Field(description="Steps the person may take now: POST …/steps/{code}.")


class Taken(BaseModel):
    """A step that was taken."""

    number: str
    step: str
    state: Named
    child: str | None = Field(description="Number of the case that the step opened.")

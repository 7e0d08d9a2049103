"""An appeal as it is sent, and what comes back."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from qyzmet.api.schemas.values import Day, Flag, Given, Moment, Text, Why


class AuthorGiven(Given):
    """Who files. Nothing here is needed to be taken: what is missing or wrong is a defect that can be cured."""

    name: str | None = Field(None, description="Surname, name and patronymic, or the name of a company.")
    iin: str | None = None
    bin: str | None = Field(None, description="Given by a company.")
    address: str | None = None
    residence: str | None = None
    email: str | None = None
    phone: str | None = None
    role: Literal["applicant", "representative", "joined"] | None = None


class AppealGiven(Given):
    """An appeal."""

    kind: str = Field(description="Code of a procedure: application, complaint, message, …")
    body: str | None = Field(None, description="Code of a body; left out when the person does not know it.")
    about: str | None = Field(None, description="Whose conduct it is about: the code of a post, or words.")
    text: str
    language: str = Field("kk", description="Language of the text: kk | ru | en")
    author: AuthorGiven | None = None
    authors: list[AuthorGiven] = Field([], max_length=500, description="Others who file together.")
    answer_language: str | None = None
    answer_channel: Literal["page", "email", "post", "hand"] = "page"
    learned_on: Day | None = Field(
        None,
        description="Of a complaint: when the person learned of the act. One that comes late is taken all the same.",
    )
    told_route: Flag = Field(True, description="Of a complaint: whether the act said how to complain of it.")


class PaperAppealGiven(AppealGiven):
    """An appeal that came to the counter, by post or by telephone and is registered by an official."""

    channel: Literal["paper", "post", "phone", "visit"]
    signature: Literal["signed", "unsigned"] = "unsigned"
    received_at: Moment | None = Field(
        None, description="When it came, if before now; then `received_ground` says how."
    )
    received_ground: Text = ""


class Due(BaseModel):
    """The rule behind a date."""

    rule: str
    redaction: str = Field(description="The day from which this redaction of the rule is in force.")
    status: str = Field(description="verified | verified_old | secondary | inferred")
    why: Why


class AppealFiled(BaseModel):
    """The talon of an appeal."""

    number: str
    code: str = Field(description="The follow-up code: shown here once, kept by us as a hash.")
    registered_at: datetime
    registered_on: date
    due_on: date | None = Field(description="None until the calendar of that year is known.")
    body: str = Field(description="Code of the body that registered it.")
    url: str = Field(description="The page that follows it.")
    due: Due

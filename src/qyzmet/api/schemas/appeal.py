"""An appeal as it is sent, and what comes back."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from qyzmet.api.schemas.values import Day, Flag, Given, Moment, Text, Why, day_or_none
from qyzmet.text.languages import Lang


class AuthorGiven(Given):
    """Who files. Nothing here is needed to be taken: what is missing or wrong is a defect that can be cured.

    At most 2,000 characters each. A number that is none is kept to its first 100 characters, as a defect.
    """

    name: str | None = Field(None, description="Surname, name and patronymic, or the name of a company.")
    iin: str | None = Field(None, description="Twelve digits; anything else is taken, as the defect `wrong_iin`.")
    bin: str | None = Field(None, description="Of a company; anything but twelve digits is the defect `wrong_bin`.")
    address: str | None = None
    residence: str | None = None
    email: str | None = Field(None, description="Taken as it is; letters go by e-mail only to what can be an address.")
    phone: str | None = None
    role: str | None = Field(
        None,
        description="applicant | representative | joined. Left out or unknown: the first one files, the others join.",
    )


class AppealFields(Given):
    """What an appeal consists of, whoever sends it."""

    kind: str = Field(description="Code of a procedure: application, complaint, message, …")
    body: str | None = Field(None, description="Code of a body; left out when the person does not know it.")
    about: str | None = Field(
        None,
        description="Whose conduct it is about: the code of a post, or words; an unknown code counts as words.",
    )
    text: str
    language: str = Field("kk", description="Language of the text: kk | ru | en")
    author: AuthorGiven | None = None
    authors: list[AuthorGiven] = Field([], max_length=500, description="Others who file together.")
    answer_language: str | None = Field(
        None, description="kk, or the language of the appeal. Anything else: the language of the appeal; for en, kk."
    )
    told_route: Flag = Field(True, description="Of a complaint: whether the act said how to complain of it.")


class AppealGiven(AppealFields):
    """An appeal. An unknown code is no reason to refuse it: the answer says what it was taken as."""

    body: str | None = Field(
        None,
        description="Code of a body; left out when the person does not know it. An unknown code counts as left out: "
        "the city's top body takes the appeal and passes it on.",
    )
    language: str = Field(
        "kk", description="Language of the text: kk | ru | en. Anything else: the language the text seems to be in."
    )
    answer_channel: str = Field("page", description="page | email | post | hand. Anything else counts as page.")
    learned_on: str | None = Field(
        None,
        description="Of a complaint: the day (2026-04-15) on which the person learned of the act. One that comes late "
        "is taken all the same. What is no day, or one that has not come yet, counts as left out.",
    )

    @property
    def learned(self) -> date | None:
        """The day, if it is one."""
        return day_or_none(self.learned_on)


class PaperAppealGiven(AppealFields):
    """An appeal that came to the counter, by post or by telephone and is registered by an official.

    An official chooses from lists: a code nobody knows is refused.
    """

    answer_channel: Literal["page", "email", "post", "hand"] = "page"
    learned_on: Day | None = Field(
        None,
        description="Of a complaint: when the person learned of the act. One that comes late is taken all the same.",
    )
    channel: Literal["paper", "post", "phone", "visit"]
    signature: Literal["signed", "unsigned"] = "unsigned"
    received_at: Moment | None = Field(
        None, description="When it came, if before now; then `received_ground` says how."
    )
    received_ground: Text = ""

    @property
    def learned(self) -> date | None:
        """The day, if one was given."""
        return self.learned_on


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
    language: Lang = Field(description="The language the appeal was taken to be in.")
    answer_language: Lang = Field(description="The language of the answer.")
    answer_channel: str = Field(description="page | email | post | hand: how the answer comes, besides the page.")
    url: str = Field(description="The page that follows it.")
    due: Due

"""The tables of the hall."""

from qyzmet.cases.models.accusation import Accusation, Barred
from qyzmet.cases.models.calendar import CalendarOrder, Redating
from qyzmet.cases.models.case import Case, CoExecutor, Party, Question
from qyzmet.cases.models.decision import Draft, Hearing
from qyzmet.cases.models.intake import Idempotency, IntakeDraft, Tries
from qyzmet.cases.models.newsroom import Inquiry, Newsroom, Signer
from qyzmet.cases.models.nonanswer import AnswerPrint, Finding
from qyzmet.cases.models.paper import Paper
from qyzmet.cases.models.publication import Publication
from qyzmet.cases.models.standstill import Standstill
from qyzmet.cases.models.step import CaseLetter, Deadline, Step

__all__ = [
    "Accusation",
    "AnswerPrint",
    "Barred",
    "CalendarOrder",
    "Case",
    "CaseLetter",
    "CoExecutor",
    "Deadline",
    "Draft",
    "Finding",
    "Hearing",
    "Idempotency",
    "Inquiry",
    "IntakeDraft",
    "Newsroom",
    "Paper",
    "Party",
    "Publication",
    "Question",
    "Redating",
    "Signer",
    "Standstill",
    "Step",
    "Tries",
]

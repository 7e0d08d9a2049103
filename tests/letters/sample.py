"""One letter of made-up people, and the same with any part changed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from qyzmet.letters import actions
from qyzmet.letters.models import Letter

AT = datetime(2026, 4, 15, 13, 5, 30, tzinfo=UTC)
"""Wednesday, 18:05:30 in Almaty."""
KAZAKH_LETTERS = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ"


@dataclass(frozen=True)
class Text:
    """What the law room gives."""

    subject: str = "{kind_name}: {number}"
    body: str = "Құрметті {applicant_name}!\n\nШешім: {reason}"
    placeholders: tuple[str, ...] = ("kind_name", "number", "applicant_name", "reason")


VALUES = {
    "kind_name": "Өтініш",
    "number": "2026-4K7M-9XQ2",
    "applicant_name": "Әсел Қайратқызы",
    "reason": f"Қанағаттандырылды {KAZAKH_LETTERS}",
}
READER = actions.Recipient("Серікова Әсел Қайратқызы", "Өскемен қ., 7-үй", "asel@example.kz")


def compose(**changes: Any) -> Letter:
    """A letter by page and e-mail, unless told otherwise."""
    usual: dict[str, Any] = {
        "kind": "answer_satisfied",
        "case_number": "2026-4K7M-9XQ2",
        "body_code": "education",
        "body_names": {"kk": "Білім басқармасы", "ru": "Управление образования", "en": "Education Department"},
        "language": "kk",
        "text": Text(),
        "values": VALUES,
        "to": READER,
        "official": actions.Official("Аманов Б. С.", "Басқарма басшысы"),
        "channels": ["page", "email"],
        "at": AT,
    }
    return actions.compose(**usual | changes)

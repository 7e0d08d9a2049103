"""What an appeal asks, as a first list for the desk to correct."""

import re

MOST = 12
_ENDS = re.compile(r"(?<=[?？])\s+|\n+|(?<=[.!…])\s+(?=[A-ZА-ЯӘҒҚҢӨҰҮҺІЁ«\"])")


def split_questions(text: str) -> list[str]:
    """The sentences of `text` that end with a question mark, at most 12; the whole text when it asks in none."""
    found = [part.strip() for part in _ENDS.split(text) if part.strip().endswith("?")]
    return found[:MOST] or [text]

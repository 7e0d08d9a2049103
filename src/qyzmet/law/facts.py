"""A fact: one thing on the way to a date, as plain JSON that can be stored and told in any language later."""

from typing import Any

Fact = dict[str, Any]
"""{"fact": kind, ...}; dates as ISO text, names in three languages. Answers share their facts: never change one."""

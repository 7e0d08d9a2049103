"""Of a name what lists show and look for: short copies of what stands in full with the people of the case."""

from qyzmet.text.clean import cut
from qyzmet.text.fold import fold, sort_key

NAME, KEY = 250, 260
"""Characters; the columns are as wide."""


def shown(name: str) -> str:
    """The name as a list shows it."""
    return cut(name, NAME)


def key(name: str) -> str:
    """By which lists are sorted."""
    return sort_key(name)[:KEY]


def folded(name: str) -> str:
    """By which it is found."""
    return fold(name)[:KEY]

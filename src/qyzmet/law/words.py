"""The three languages of the law's own texts. (The room `text` has its own: the two do not know each other.)"""

from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["kk", "ru", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
Words = Mapping[str, str]
"""One text in all languages: language code -> words."""

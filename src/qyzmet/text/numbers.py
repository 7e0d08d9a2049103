"""Numbers as people read them."""

from qyzmet.text.languages import Lang

_BETWEEN: dict[Lang, str] = {"kk": "\u00a0", "ru": "\u00a0", "en": ","}


def grouped(number: int, lang: Lang) -> str:
    """'39 931' with a no-break space in Kazakh and Russian, '39,931' in English."""
    return f"{number:,}".replace(",", _BETWEEN[lang])

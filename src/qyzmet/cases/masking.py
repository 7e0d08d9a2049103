"""Taking personal data out of a text before it is published. It errs on the side of taking out too much.

Names stand in texts with case endings and, in Kazakh, often without the letters a Russian keyboard lacks: a word that
begins as a name does, in either spelling, is taken for the name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qyzmet.text.codes import masked as without_codes
from qyzmet.text.languages import Lang, Words

NAME: Words = {"kk": "[аты-жөні]", "ru": "[имя]", "en": "[name]"}
NUMBER: Words = {"kk": "[нөмір]", "ru": "[номер]", "en": "[number]"}
PHONE: Words = {"kk": "[телефон]", "ru": "[телефон]", "en": "[phone]"}
EMAIL: Words = {"kk": "[электрондық пошта]", "ru": "[электронная почта]", "en": "[e-mail]"}
ADDRESS: Words = {"kk": "[мекенжай]", "ru": "[адрес]", "en": "[address]"}
HIDDEN: Words = {"kk": "[жасырылды]", "ru": "[скрыто]", "en": "[taken out]"}

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CASE = re.compile(r"\b\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", re.IGNORECASE)
_TWELVE = re.compile(r"(?<!\d)\d(?:[ \u00a0-]?\d){11}(?!\d)")
_PHONE = re.compile(
    r"(?<!\w)(?:\+?7|8)[ \u00a0(-]*(?:\d[ \u00a0()-]*){9}\d(?!\d)|(?<![\d-])\d{2,3}-\d{2}-\d{2}(?![\d-])"
)
_PLACE = re.compile(
    r"\b\d{1,5}[\w/]{0,5}\s?-?\s?(?:үй|пәтер|корпус)\w*|\b(?:үй|пәтер|дом|квартира|корпус|house|flat|apartment)\s*№?\s*\d+[\w/-]*"
    r"|\b(?:д|кв|корп|apt)\.\s*№?\s*\d+[\w/-]*",
    re.IGNORECASE,
)
_ALIKE = ("аә", "гғ", "кқ", "нң", "оө", "уұү", "хһ", "иі", "её")
_VOWELS = "аәеёиіоөуұүыэюяйь"
_SHORT = 3
_PART = 4
"""Shorter parts of an address (a number, "ул.") are found by their own rule."""


@dataclass(frozen=True)
class Secret:
    """What is known of somebody in a case and must not be read. `is_company`: the name counts as a whole."""

    name: str = ""
    is_company: bool = False
    numbers: Sequence[str] = ()
    addresses: Sequence[str] = ()
    emails: Sequence[str] = ()


def mask(text: str, lang: Lang, *, secrets: Iterable[Secret], hide: Iterable[str] = ()) -> str:
    """`text` with names, numbers, phones, e-mails, addresses and the words of `hide` replaced, told in `lang`."""
    secrets = list(secrets)
    for words in sorted((one.strip() for one in hide if one.strip()), key=len, reverse=True):
        text = _exact(words).sub(HIDDEN[lang], text)
    for secret in secrets:
        text = _known(text, lang, secret)
    text = _CASE.sub(NUMBER[lang], without_codes(text))
    text = _EMAIL.sub(EMAIL[lang], text)
    text = _TWELVE.sub(NUMBER[lang], text)
    text = _PHONE.sub(PHONE[lang], text)
    text = _PLACE.sub(ADDRESS[lang], text)
    return _once(text, lang)


def _known(text: str, lang: Lang, secret: Secret) -> str:
    for whole in (one for one in (*secret.numbers, *secret.emails) if len(one) > _PART):
        text = re.sub(re.escape(whole), (EMAIL if "@" in whole else NUMBER)[lang], text, flags=re.IGNORECASE)
    for address in secret.addresses:
        for part in sorted(address.split(","), key=len, reverse=True):
            if len(part.strip()) >= _PART:
                text = _exact(part.strip()).sub(ADDRESS[lang], text)
    for pattern in _names(secret):
        text = pattern.sub(NAME[lang], text)
    return text


def _exact(words: str) -> re.Pattern[str]:
    """These words, however blanks and look-alike letters are typed; with a case ending where they are long enough."""
    body = r"\s+".join(_letters(word) for word in words.split())
    ending = r"[-\w]{0,6}" if len(words) > _SHORT else ""
    return re.compile(rf"(?<!\w){body}{ending}(?!\w)", re.IGNORECASE)


def _names(secret: Secret) -> list[re.Pattern[str]]:
    if secret.is_company:
        return [_exact(secret.name)] if secret.name.strip() else []
    words = [word for word in re.findall(r"\w+", secret.name) if len(word) > 1]
    return [_name(word) for word in sorted(words, key=len, reverse=True)]


def _name(word: str) -> re.Pattern[str]:
    """A part of a name in any case ending, with the initials beside it."""
    initials = r"(?:\s?\b\w\.\s?(?:\w\.)?)?"
    if len(word) <= _SHORT:
        return re.compile(rf"\b{re.escape(word[0].upper())}{_letters(word[1:])}(?:\w{{0,3}})\b{initials}")
    stem = word[:-1] if word[-1].lower() in _VOWELS and len(word) > _SHORT + 1 else word
    return re.compile(rf"(?:\b\w\.\s?(?:\w\.\s?)?)?\b{_letters(stem)}\w*{initials}", re.IGNORECASE)


def _letters(word: str) -> str:
    """A pattern for the word in either spelling."""
    return "".join(_letter(char) for char in word)


def _letter(char: str) -> str:
    group = next((group for group in _ALIKE if char.lower() in group), "")
    return f"[{group}{group.upper()}]" if group else re.escape(char)


def _once(text: str, lang: Lang) -> str:
    """Several replacements of one kind in a row are one."""
    for words in (NAME, ADDRESS, NUMBER):
        one = re.escape(words[lang])
        text = re.sub(rf"{one}(?:[\s,]+{one})+", words[lang], text)
    return text

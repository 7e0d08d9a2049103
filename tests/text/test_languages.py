import pytest

from qyzmet.text.languages import LANGS, Lang, known, recognised, say


def test_kazakh_comes_first() -> None:
    assert LANGS == ("kk", "ru", "en")


def test_words_fall_back_in_the_order_of_the_languages() -> None:
    assert say({"kk": "іс", "ru": "дело"}, "ru") == "дело"
    assert say({"ru": "дело", "en": "case"}, "kk") == "дело"
    assert say({"kk": "", "en": "case"}, "kk") == "case"
    assert say({}, "kk") == ""


def test_a_language_from_a_browser_is_made_one_of_ours() -> None:
    assert known("ru") == "ru"
    assert known("de") == "kk"
    assert known("de", "en") == "en"


@pytest.mark.parametrize(
    ("text", "otherwise", "found"),
    [
        ("Жолда шұңқыр бар.", "ru", "kk"),
        ("Ремонт дороги: когда, где и за чей счёт?", "kk", "ru"),
        ("Яма на дороге", "kk", "kk"),  # too short to tell: some Kazakh words have no letter of their own
        ("Яма на дороге", "ru", "ru"),
        ("When will it be mended?", "kk", "en"),
        ("№ 5 – 7", "ru", "ru"),
        ("", "kk", "kk"),
    ],
)
def test_the_language_a_text_seems_to_be_in(text: str, otherwise: Lang, found: Lang) -> None:
    assert recognised(text, otherwise) == found

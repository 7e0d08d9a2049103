from qyzmet.text.languages import LANGS, known, say


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

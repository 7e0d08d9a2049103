from hypothesis import given
from hypothesis import strategies as st

from qyzmet.text.fold import KAZAKH, fold, sort_key

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
kazakh_words = st.text(st.sampled_from(ALPHABET + ALPHABET.upper()), min_size=1, max_size=12)


def slow_order(word: str) -> list[int]:
    """Places in the alphabet, ё taken for е."""
    return [ALPHABET.index(letter.replace("ё", "е")) for letter in word.lower()]


def test_the_alphabet_sorts_as_itself() -> None:
    assert "".join(sorted(set(KAZAKH), key=sort_key)) == KAZAKH
    assert set(KAZAKH) | {"ё"} == set(ALPHABET)


def test_names_sort_as_in_a_kazakh_register() -> None:
    names = ["Аманов", "Әбенов", "Бақыт", "Ғани", "Қасым", "Ұлан", "Үміт", "Һашим", "Ырыс", "Ілияс", "Яков", "Abay"]
    assert sorted(set(names), key=sort_key) == names


def test_digits_before_letters_and_short_before_long() -> None:
    words = ["", "1", "Али", "Али Б", "Алиев", "Z", "王"]
    assert sorted(set(words), key=sort_key)[:5] == words[:5]
    assert sort_key("王") == "~"


@given(kazakh_words, kazakh_words)
def test_byte_order_is_kazakh_order(one: str, two: str) -> None:
    assert (sort_key(one) < sort_key(two)) == (slow_order(one) < slow_order(two))
    assert (sort_key(one) == sort_key(two)) == (slow_order(one) == slow_order(two))


@given(kazakh_words, st.integers(0, 12))
def test_the_beginning_of_a_name_has_the_beginning_of_its_key(name: str, length: int) -> None:
    assert sort_key(name).startswith(sort_key(name[:length]))
    assert len(sort_key(name)) == len(name)


@given(st.text())
def test_keys_are_ascii_without_signs_of_like(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert not set(key) & set("%_\\\n")


def test_search_finds_whatever_keyboard_was_at_hand() -> None:
    assert fold("Қыз-Жібек көшесі, «Әділет»") == fold("кыз жибек кошеси адилет")
    assert fold("Щёлково") == "щелково"
    assert fold("Ұлттық ұйым") == "улттык уиым"
    assert fold("O'Brien") == "obrien"
    assert fold("Şükür İnce") == "sukur ince"
    assert fold("И\u0306") == fold("Й")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)

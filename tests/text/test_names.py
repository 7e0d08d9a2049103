from qyzmet.text.names import full, short


def test_a_full_name_has_no_gaps() -> None:
    assert full("Серікова", "Әсел", "Қайратқызы") == "Серікова Әсел Қайратқызы"
    assert full("Ли", "Анна") == "Ли Анна"
    assert full("Ли", "", " ") == "Ли"


def test_a_short_name_has_initials() -> None:
    assert short("Серікова", "Әсел", "Қайратқызы") == "Серікова Ә. Қ."
    assert short("Ли", "анна-мария") == "Ли А.-М."
    assert short("Ахмет") == "Ахмет"

"""Formal non-answers: forty answers judged by a person, and each rule at its edge."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from qyzmet.law import LawError
from qyzmet.law.nonanswer import RULES, Letter, find, prints, read
from qyzmet.law.nonanswer.words import cited, sentences, states, stem
from qyzmet.text.fold import fold

DATA = read(fold=fold)
CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).with_name("nonanswers.toml")).read_text("utf-8"))["case"]
NAMES = ("Серікбаева Мадина Асқарқызы",)
FALSE_ALARMS = {
    "kk no duty to register, a right given", "ru no duty, a right explained", "kk same answer to neighbours",
}  # fmt: skip
MISSES = {
    "kk promises without a day", "ru promises without a day", "kk sent elsewhere",
    "ru formal denial in a newsroom's words",
}  # fmt: skip


def letter(case: dict[str, Any], **other: Any) -> Letter:
    texts = [case["facts"], case["answer"]]
    given = {
        "language": case["language"],
        "appeal": case["appeal"],
        "appeal_language": case["language"],
        "facts": case["facts"],
        "ground": case["ground"],
        "answers": {"answer_1": case["answer"]},
        "names": NAMES,
        "adverse": case.get("adverse", False),
        "copies": dict.fromkeys(prints(texts, NAMES, DATA), case.get("same_in", 0)),
    }
    return Letter(**{**given, **other})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_the_rules_say_of_forty_answers(case: dict[str, Any]) -> None:
    found = find(letter(case), DATA)
    assert [one.rule for one in found] == case["finds"]
    for one in found:
        assert one.sentence and one.sentence in "\n".join((case["facts"], case["ground"], case["answer"]))


def test_false_alarms_and_misses_are_known_by_name() -> None:
    assert len(CASES) >= 40
    assert sum(case["is"] == "answer" for case in CASES) == sum(case["is"] == "nonanswer" for case in CASES) == 20
    assert {case["name"] for case in CASES if case["is"] == "answer" and case["finds"]} == FALSE_ALARMS
    assert {case["name"] for case in CASES if case["is"] == "nonanswer" and not case["finds"]} == MISSES
    assert {rule for case in CASES for rule in case["finds"]} == set(RULES)


@pytest.mark.parametrize("answer", ["Мәселе тиісті деңгейде қаралуда.", "Өтінішіңіз қазір мұқият зерделенуде."])
def test_that_it_is_being_looked_at_is_no_answer(answer: str) -> None:
    case = next(one for one in CASES if one["name"] == "kk taken under control")
    assert [one.rule for one in find(letter(case | {"answer": answer}), DATA)] == ["formula"]


def test_nothing_is_said_of_an_empty_draft() -> None:
    assert find(letter(CASES[0], facts="", ground="", answers={}), DATA) == []


def test_the_subject_repeated_adds_nothing_and_one_word_more_does() -> None:
    case = CASES[0] | {"answer": "Шамға қатысты өтінішіңіз қаралды."}
    assert [one.rule for one in find(letter(case), DATA)] == ["formula"]
    assert find(letter(case | {"answer": "Шам ауыстырылды, өтінішіңіз қаралды."}), DATA) == []


def test_each_answer_is_judged_and_the_finding_says_which() -> None:
    case = next(case for case in CASES if case["name"] == "ru pothole filled")
    said = {"answer_1": case["answer"], "answer_2": "Обращение рассмотрено."}
    assert [(one.rule, one.where, one.sentence) for one in find(letter(case, answers=said), DATA)] == [
        ("formula", "answer_2", "Обращение рассмотрено.")
    ]


def test_a_greeting_by_name_is_no_fact() -> None:
    case = CASES[0] | {"appeal": "Мен, Мадина, шам сұраймын.", "facts": "Жоспар іске асады."}
    case["answer"] = "Құрметті Мадина! Мадина, жоспар бар."
    assert [one.rule for one in find(letter(case | {"facts": ""}), DATA)] == ["no_fact"]


@pytest.mark.parametrize(("others", "rules"), [(DATA.others - 1, []), (DATA.others, ["copied"])])
def test_copies_count_from_the_threshold_on(others: int, rules: list[str]) -> None:
    case = next(case for case in CASES if case["name"] == "kk copied in five answers")
    found = find(letter(case | {"same_in": others}), DATA)
    assert [(one.rule, one.count) for one in found] == [(rule, others) for rule in rules]


def test_a_quotation_with_own_words_is_no_copy() -> None:
    case = next(case for case in CASES if case["name"] == "ru copied in four answers")
    own = "Дорогу к дачам подсыпали щебнем 4 апреля, от поворота до моста, и вывели воду в кювет с северной стороны."
    copies = dict.fromkeys(prints([case["answer"]], NAMES, DATA), 9)
    assert find(letter(case, answers={"answer_1": case["answer"] + "\n" + own}, copies=copies), DATA) == []


def test_a_print_is_the_same_whatever_names_numbers_and_days() -> None:
    one = "Құрметті Мадина! Серікбаева Мадинаға 5 сәуірде № 12 хатпен толық жауап берілді, қосымшасы бар."
    other = "Құрметті Виктор! Ли Викторға 17 мамырда № 340 хатпен толық жауап берілді, қосымшасы бар."
    assert prints([one], NAMES, DATA) == prints([other], ["Ли Виктор Андреевич"], DATA) != []
    assert prints([one], NAMES, DATA) != prints([one.replace("хатпен", "қоңыраумен")], NAMES, DATA)
    assert prints(["Тым қысқа."], NAMES, DATA) == []


def test_words_are_one_in_every_case_and_person() -> None:
    assert len({stem(fold(word), "kk", DATA) for word in ("құбыр", "құбырдың", "құбырларымызды", "құбырға")}) == 1
    assert len({stem(fold(word), "kk", DATA) for word in ("су", "судың", "сумен")}) == 1
    assert len({stem(fold(word), "ru", DATA) for word in ("труба", "трубу", "трубой", "трубами")}) == 1
    assert stem(fold("шам"), "kk", DATA) != stem(fold("шаң"), "kk", DATA)


def test_an_act_is_cited_and_the_legislation_is_none() -> None:
    for text in ("ӘРПК 77", "Заңның 5-бабы", "ст. 12", "Правила благоустройства", "пункт 4", "«Масс-медиа» Заң 36(2)1"):
        assert cited(text, DATA), text
    for text in (
        "Қолданыстағы заңнама",
        "36 орын (2)",
        "заңды түрде",
        "действующее законодательство",
        "законный порядок",
        "",
    ):
        assert not cited(text, DATA), text


def test_a_phrase_stands_side_by_side_but_for_its_gap() -> None:
    words = fold("Оснований для его удовлетворения не имеется").split()
    assert states(words, ("основани", "…", "не ", "имеется "))
    assert not states(words, ("основани", "не "))
    assert not states(fold("Не раз подтвердили").split(), ("не ", "подтвердил"))


def test_sentences_end_at_full_stops_and_lines_and_not_within_dates() -> None:
    assert sentences("Ст. 5 қолданылды. Жауап 05.04.2026 берілді!\nСоңы") == [
        "Ст. 5 қолданылды.", "Жауап 05.04.2026 берілді!", "Соңы",
    ]  # fmt: skip


WRONG = {
    "no note": ("rules.toml", 'note = """', 'memo = """', "note"),
    "a share of more than all": ("rules.toml", "share_percent = 60", "share_percent = 600", "share_percent"),
    "a threshold in words": ("rules.toml", "others = 3", 'others = "three"', "others"),
    "an unknown list": ("ru.toml", "vague = [", "blurred = [", "vague"),
    "an empty phrase": ("kk.toml", "formulas = [", 'formulas = [" ", ', "formulas:  "),
    "two words where one is meant": ("ru.toml", "greetings = [", 'greetings = ["добрый день", ', "greetings"),
    "a gap at the end": ("ru.toml", "refusals = [", 'refusals = ["отказ …", ', "refusals: отказ …"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_named_with_key_and_form(name: str, tmp_path: Path) -> None:
    file, old, new, key = WRONG[name]
    shipped = (Path(__file__).parents[2] / "src/qyzmet/law/kz/nonanswer" / file).read_text("utf-8")
    assert shipped.count(old) == 1
    (tmp_path / "nonanswer").mkdir()
    (tmp_path / "nonanswer" / file).write_text(shipped.replace(old, new), "utf-8")
    with pytest.raises(LawError) as wrong:
        read(tmp_path, fold=fold)
    assert (wrong.value.file, wrong.value.key) == (f"nonanswer/{file}", key)
    assert wrong.value.allowed


def test_a_city_may_set_its_own_threshold(tmp_path: Path) -> None:
    (tmp_path / "nonanswer").mkdir()
    numbers = "others = 9\nparagraph_words = 6\nshare_percent = 60\noverrule_words = 2\n"
    (tmp_path / "nonanswer" / "rules.toml").write_text(f'note = "Біздің қала."\n{numbers}', "utf-8")
    assert read(tmp_path, fold=fold).others == 9
    assert read(tmp_path, fold=fold).formulas == DATA.formulas

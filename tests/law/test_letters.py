"""The letters as data: complete in three languages, exact in their placeholders, silent about numbers of days."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import qyzmet
from qyzmet import law
from qyzmet.text.languages import LANGS

KZ = Path(qyzmet.__file__).parent / "law" / "kz"
TEXTS = sorted(KZ.glob("*/letters/*.txt"))
CATALOGUE: dict[str, dict[str, Any]] = tomllib.loads((KZ / "letters.toml").read_text(encoding="utf-8"))

# what the room `cases` can fill in; a letter may use nothing else
ALLOWED = {
    "number", "registered_on", "received_at", "kind_name", "body_name", "body_address", "applicant_name",
    "applicant_address", "official_name", "official_post", "today", "due_on", "due_why", "rule", "subject",
    "outcome_name", "questions_and_answers", "facts", "ground", "complaint_body", "complaint_term",
    "complaint_order", "new_body_name", "defects", "cure_until", "extended_until", "extension_reason",
    "hearing_when", "hearing_where", "objection_until", "reason", "receiver_name", "receiver_post", "follow_url",
    "part_text", "signature_note", "due_before", "decision",
}  # fmt: skip
COMPLAINT = {"complaint_body", "complaint_term", "complaint_order"}
NOT_SEALED = ("accused_", "staff_", "remote_", "leave_", "service_inquiry_", "official_")
"""Letters to the very person concerned, and what is published."""
FINAL = {"return", "termination", "withdrawn", "deemed_refusal", "satisfied", "court_route"}

NUMBER = (
    r"\d+|\bбір|\bекі|\bүш|\bтөрт|\bбес|\bалты|\bжеті|\bон|\bжиырма|\bотыз"
    r"|\bдвух|\bтрёх|\bтрех|\bпяти|\bсеми|\bдесяти|\bпятнадцати|\bдвадцати|\bдва|\bтри|\bпять|\bдесять"
    r"|\bone|\btwo|\bthree|\bfive|\bten|\bfifteen|\btwenty"
)
COUNTED_DAYS = re.compile(
    rf"({NUMBER})\w{{0,2}}\s*(\(\w+\)\s*)?(жұмыс күн|күнтізбелік күн|күн\b|\bай\b|рабоч|календарн|дн[еяи]|месяц"
    r"|working day|calendar day|day|month)",
    re.IGNORECASE,
)


def _placeholders(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\{([^{}]*)\}", text)))


def _name(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.name}"


def _code(path: Path) -> str:
    return path.name.split(".")[0]


def _letters() -> list[tuple[str, str]]:
    return sorted({(path.parent.parent.name, _code(path)) for path in TEXTS})


@pytest.mark.parametrize(("folder", "code"), _letters())
def test_a_letter_is_written_in_the_three_languages_with_the_same_placeholders(folder: str, code: str) -> None:
    expected = set(CATALOGUE[code]["placeholders"])
    for lang in LANGS:
        text = (KZ / folder / "letters" / f"{code}.{lang}.txt").read_text(encoding="utf-8")
        assert set(_placeholders(text)) == expected, lang


def test_the_catalogue_names_every_letter_and_no_other() -> None:
    assert set(CATALOGUE) == {_code(path) for path in TEXTS}


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_catalogue_entry_is_complete(code: str) -> None:
    entry = CATALOGUE[code]
    assert set(entry) == {"name", "placeholders", "sealed_from_accused"}
    assert set(entry["name"]) == set(LANGS) and all(entry["name"].values())
    assert len(entry["placeholders"]) == len(set(entry["placeholders"]))
    assert set(entry["placeholders"]) <= ALLOWED
    assert entry["sealed_from_accused"] is not code.startswith(NOT_SEALED)


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_a_text_has_the_form_the_post_room_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    subject, blank, *body = text.splitlines()
    assert subject.startswith("Subject: ") and not _placeholders(subject) and blank == ""
    assert body and text.endswith("\n") and not text.endswith("\n\n") and "\n\n\n" not in text
    assert not re.search(r"[*_`<>\[\]\t]|^#(?!# \S)| $", re.sub(r"\{\w+\}", "x", text), re.MULTILINE)
    assert text.count("{") == text.count("}") == len(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_no_placeholder_needs_a_case_ending(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        for found in re.finditer(r"\{\w+\}", line):
            before, after = line[: found.start()], line[found.end() :]
            assert before == "" or before.endswith(": "), line
            assert after == "" or after.startswith("."), line


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_a_letter_names_no_number_of_days(path: Path) -> None:
    assert not COUNTED_DAYS.search(path.read_text(encoding="utf-8"))


def test_the_search_for_numbers_of_days_finds_them() -> None:
    for text in ("15 жұмыс күні", "он бес жұмыс күні", "трёх рабочих дней", "3 (три) рабочих дня", "10 working days"):
        assert COUNTED_DAYS.search(text), text


@pytest.mark.parametrize("path", [path for path in TEXTS if path.name.endswith(".en.txt")], ids=_name)
def test_english_says_that_it_is_a_courtesy(path: Path) -> None:
    last = path.read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith("This is a courtesy translation.")


@pytest.mark.parametrize("code", [code for code in CATALOGUE if code.startswith("accused_")])
def test_the_person_complained_of_learns_nothing_about_the_complainant(code: str) -> None:
    used = set(CATALOGUE[code]["placeholders"])
    assert not {name for name in used if name.startswith("applicant_")}
    # each of these would repeat words or dates of the appeal; `number` is the code of the page for an explanation
    telling = {
        "due_on",
        "due_why",
        "registered_on",
        "received_at",
        "subject",
        "questions_and_answers",
        "facts",
        "part_text",
    }
    assert not used & telling


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_adverse_or_final_letter_prints_the_way_to_complain(code: str) -> None:
    if code.startswith("answer_") or code in FINAL:
        assert set(CATALOGUE[code]["placeholders"]) >= COMPLAINT


def _answers(procedure: law.Procedure) -> set[str]:
    """A letter for each outcome; termination is a step with a letter of its own, an act is for or against a person."""
    codes = set(procedure.outcomes) - {"terminated"}
    if "act_adopted" in codes:
        codes = codes - {"act_adopted"} | {"act_adopted_favourable", "act_adopted_adverse"}
    return {f"answer_{code}" for code in codes}


def _wanted(procedure: law.Procedure) -> set[str]:
    """Letters of a procedure: those its steps name, its answers, and those that no step names."""
    named = {step.letter for step in procedure.steps.values() if step.letter}
    if procedure.begins == "body":  # no answer goes out: what is decided is announced by a letter of a step
        return named
    return named | _answers(procedure) | {"accused_outcome", "correction_refused", "redirect_body"}


@pytest.mark.parametrize("code", law.kz().procedures)
def test_every_procedure_finds_its_letters(code: str) -> None:
    procedure = law.kz().procedure(code)
    for letter in _wanted(procedure):
        for lang in LANGS:
            text = law.letter_text(procedure, letter, lang)
            assert set(text.placeholders) == set(CATALOGUE[letter]["placeholders"]), letter


def test_every_letter_is_used_by_some_procedure() -> None:
    assert set().union(*(_wanted(procedure) for procedure in law.kz().procedures.values())) == set(CATALOGUE)


@pytest.mark.parametrize("path", [path for path in TEXTS if path.name.endswith(".kk.txt")], ids=_name)
def test_kazakh_is_written_in_kazakh_letters(path: Path) -> None:
    """No Latin look-alike inside a Cyrillic word, and no Russian word ending left over from a draft."""
    text = re.sub(r"\{\w+\}|^Subject:", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert not re.search(r"[A-Za-z]", text)
    assert not re.search(r"\b(статья|орган[аеу]?м?и|жалоб|обращен|далее)\w*", text)
    assert re.search(r"[әғқңөұүһі]", text)

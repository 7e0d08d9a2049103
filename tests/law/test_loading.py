"""A file that is written wrongly is refused with its name, the key and the allowed form; a city's file wins."""

from datetime import date
from pathlib import Path

import pytest

from qyzmet.law import KZ, LawError, NoRedaction, UnknownProcedure, due, examples, kz, letter_text, load

APPEAL = (KZ / "appeal/procedure.toml").read_text(encoding="utf-8")
TERMS = (KZ / "appeal/terms.toml").read_text(encoding="utf-8")
CITY_TERM = """
act = "APPC"
url = "https://example.org"
checked = 2026-11-21

[terms.objection]
[[terms.objection.values]]
valid_from = 2026-01-01
count = 5
unit = "calendar_days"
first_day = "next"
direction = "forward"
roll = "next_working_day"
article = "1"
status = "{status}"
"""
MESSAGE = (KZ / "message/procedure.toml").read_text(encoding="utf-8")
YEAR = 'year = 2028\nstatus = "secondary"\n'
DAY = """date = 2028-01-01
kind = "off"
reason = "holiday"
name = { kk = "а", ru = "б", en = "c" }
status = "secondary"
"""
REGISTRATION = (KZ / "registration.toml").read_text(encoding="utf-8")


def city(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def written(folder: Path, name: str, text: str) -> Path:
    return city(folder, **{name: text})


def swapped(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def first_step(old: str, new: str) -> str:
    head, tail = APPEAL.split("[steps.assign]")
    return head + "[steps.assign]" + swapped(tail, old, new)


WRONG = {
    "not TOML": ("message/procedure.toml", "code = ", "", "TOML"),
    "code is not the folder": ("message/procedure.toml", swapped(MESSAGE, '"message"', '"note"'), "code", "message"),
    "unknown key": ("message/procedure.toml", MESSAGE + "colour = 1\n", "colour", "one of"),
    "no such parent": ("message/procedure.toml", swapped(MESSAGE, '"simplified"', '"nothing"'), "extends", "appeal"),
    "extends itself": ("message/procedure.toml", swapped(MESSAGE, '"simplified"', '"message"'), "extends", "circle"),
    "name without English": (
        "message/procedure.toml",
        swapped(MESSAGE, ', en = "Message" }', " }"),
        "name",
        "en",
    ),
    "unknown chapter": (
        "message/procedure.toml",
        swapped(MESSAGE, 'chapter = "simplified"', 'chapter = "thirteen"'),
        "chapter",
        '"ordinary" | "complaint" | "simplified"',
    ),
    "takes away what is not there": (
        "message/procedure.toml",
        MESSAGE + '[without]\nsteps = ["fly"]\n',
        "without.steps.fly",
        "register",
    ),
    "takes away from nothing": (
        "appeal/procedure.toml",
        APPEAL + "\n[without]\nsteps = []\n",
        "without",
        "extends none",
    ),
    "unknown section of without": (
        "message/procedure.toml",
        MESSAGE + "[without]\ncolours = []\n",
        "without.colours",
        "steps",
    ),
    "status unknown": (
        "appeal/procedure.toml",
        first_step('status = "verified"', 'status = "sure"'),
        "steps.assign.status",
        '"verified" | "verified_old" | "secondary" | "inferred" | "unverified"',
    ),
    "role unknown": ("appeal/procedure.toml", first_step('"registrar"', '"king"'), "steps.assign.who", "registrar"),
    "no role": ("appeal/procedure.toml", first_step('["registrar", "head"]', "[]"), "steps.assign.who", "registrar"),
    "a role twice": ("appeal/procedure.toml", first_step('"head"]', '"registrar"]'), "steps.assign.who", "once"),
    "flag is a text": (
        "appeal/procedure.toml",
        first_step("public = false", 'public = "no"'),
        "steps.assign.public",
        "true | false",
    ),
    "unknown key of a step": (
        "appeal/procedure.toml",
        first_step("public = false", "public = false\nwhen = 1"),
        "steps.assign.when",
        "who",
    ),
    "leads to no state": (
        "appeal/procedure.toml",
        first_step('to = "in_work"', 'to = "moon"'),
        "steps.assign.to: moon",
        "in_work",
    ),
    "comes from no state": (
        "appeal/procedure.toml",
        first_step('["registered"]', '["moon"]'),
        "steps.assign.from: moon",
        "registered",
    ),
    "starts no term": (
        "appeal/procedure.toml",
        first_step("public = false", 'starts = ["lunch"]\npublic = false'),
        "steps.assign.starts: lunch",
        "decision",
    ),
    "a need nobody knows": (
        "appeal/procedure.toml",
        swapped(APPEAL, "[decision.facts]", "[decision.beauty]"),
        "decision: beauty",
        "answer_to_each_question",
    ),
    "a need of no outcome": (
        "message/procedure.toml",
        MESSAGE + '[decision.facts]\noutcomes = ["any", "-granted"]\n',
        "decision.facts.outcomes: granted",
        "noted",
    ),
    "a need at no time": (
        "appeal/procedure.toml",
        swapped(APPEAL, '\nwhen = "adverse"', '\nwhen = "sometimes"'),
        "decision.heard.when",
        '"always" | "adverse"',
    ),
    "a need without source": (
        "appeal/procedure.toml",
        swapped(APPEAL, '[decision.route]\narticle = "80(5)"\n', "[decision.route]\n"),
        "decision.route.act",
        "must be there",
    ),
    "a decision of which nothing is asked": (
        "message/procedure.toml",
        MESSAGE
        + '[without]\ndecision = ["outcome", "answer_to_each_question", "facts", "ground", "language", "route"]\n',
        "decision",
        "at least one of",
    ),
    "key missing": ("appeal/procedure.toml", first_step('to = "in_work"\n', ""), "steps.assign.to", "must be there"),
    "no way into a state": (
        "message/procedure.toml",
        MESSAGE + '[states.limbo]\nopen = true\nwaits = "body"\nname = { kk = "а", ru = "б", en = "c" }\n',
        "states.limbo",
        "leads to",
    ),
    "no way out of a state": (
        "message/procedure.toml",
        MESSAGE
        + '[states.limbo]\nopen = true\nwaits = "body"\nname = { kk = "а", ru = "б", en = "c" }\n'
        + '[steps.assign]\nalso = ["limbo"]\n[steps.withdraw]\nfrom = ["open", "-limbo"]\n'
        + '[steps.lapse]\nfrom = ["open", "-limbo"]\n',
        "states.limbo",
        "leaves",
    ),
    "term without values": (
        "appeal/terms.toml",
        'act = ""\nurl = ""\nchecked = 2026-01-01\n[terms.decision]\nfrom = "registration"\n',
        "terms.decision.name",
        "must be there",
    ),
    "unknown event": (
        "appeal/terms.toml",
        swapped(TERMS, 'from = "registration"', 'from = "birth"'),
        "terms.decision.from",
        '"registration"',
    ),
    "count is zero": (
        "appeal/terms.toml",
        swapped(TERMS, "count = 15", "count = 0"),
        "terms.decision.values[1].count",
        "1, 2, 3",
    ),
    "count is true": (
        "appeal/terms.toml",
        swapped(TERMS, "count = 15", "count = true"),
        "terms.decision.values[1].count",
        "1, 2, 3",
    ),
    "unknown unit": (
        "appeal/terms.toml",
        swapped(TERMS, '"working_days"', '"weeks"'),
        "terms.decision.values[1].unit",
        '"hours"',
    ),
    "date in quotes": (
        "appeal/terms.toml",
        swapped(TERMS, "valid_from = 2021-07-01", 'valid_from = "2021-07-01"'),
        "terms.decision.values[1].valid_from",
        "2026-12-31",
    ),
    "date with a time": (
        "appeal/terms.toml",
        swapped(TERMS, "valid_from = 2021-07-01", "valid_from = 2021-07-01T00:00:00"),
        "terms.decision.values[1].valid_from",
        "2026-12-31",
    ),
    "redactions overlap": (
        "appeal/terms.toml",
        swapped(TERMS, "valid_to = 2025-12-29", "valid_to = 2025-12-30"),
        "terms.decision.values",
        "overlap",
    ),
    "ends before it begins": (
        "appeal/terms.toml",
        swapped(TERMS, "valid_to = 2025-12-29", "valid_to = 2020-12-30"),
        "terms.decision.values[1].valid_to",
        "not before",
    ),
    "unknown key of a value": (
        "appeal/terms.toml",
        swapped(TERMS, "count = 15", "count = 15\nmood = 1"),
        "terms.decision.values[1].mood",
        "one of",
    ),
    "neither count nor choice": (
        "appeal/terms.toml",
        swapped(TERMS, "count = 15\n", ""),
        "terms.decision.values[1].count_from",
        "chosen",
    ),
    "unsure backwards": (
        "appeal/terms.toml",
        swapped(TERMS, "from = 2025-12-28, to = 2026-01-09", "from = 2026-01-10, to = 2026-01-09"),
        "terms.decision.values[2].unsure.to",
        "not before",
    ),
    "year is not the file": ("calendar/2029.toml", YEAR, "year", "2029"),
    "years with a gap": ("calendar/2029.toml", YEAR.replace("2028", "2029"), "year", "2028"),
    "day of another year": (
        "calendar/2028.toml",
        YEAR + "[[day]]\n" + DAY.replace("2028", "2027"),
        "day[1].date",
        "a day of 2028",
    ),
    "two rows a day": ("calendar/2028.toml", YEAR + ("[[day]]\n" + DAY) * 2, "day", "one row a date"),
    "kind unknown": (
        "calendar/2028.toml",
        YEAR + "[[day]]\n" + DAY.replace('"off"', '"half"'),
        "day[1].kind",
        '"off" | "worked"',
    ),
    "moved for nothing": (
        "calendar/2028.toml",
        YEAR + "[[day]]\n" + DAY.replace('"holiday"', '"moved"'),
        "day[1].instead_of",
        "stands for",
    ),
    "unknown key of a day": ("calendar/2028.toml", YEAR + "[[day]]\n" + DAY + "sun = 1\n", "day[1].sun", "one of"),
    "days are no list": ("calendar/2028.toml", YEAR + "[day]\n", "day", "[[day]]"),
    "cut-off is a text": (
        "registration.toml",
        swapped(REGISTRATION, "18:30:00", '"18:30"'),
        "values[1].cutoff",
        "18:30:00",
    ),
    "no such zone": ("registration.toml", swapped(REGISTRATION, "Asia/Almaty", "Moon/Sea"), "zone", "tz database"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_named_with_key_and_allowed_form(what: str, tmp_path: Path) -> None:
    name, text, key, allowed = WRONG[what]
    with pytest.raises(LawError) as caught:
        load(KZ, written(tmp_path, name, text))
    assert caught.value.file.endswith(Path(name).name)
    assert caught.value.key == key or not key
    assert allowed in caught.value.allowed
    for lang in ("kk", "ru", "en"):
        assert caught.value.file in caught.value.said(lang)
        assert caught.value.allowed in caught.value.said(lang)


def test_a_folder_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="a folder of law files"):
        load(KZ, tmp_path / "nowhere")
    with pytest.raises(LawError, match="both must be there"):
        load(tmp_path)
    with pytest.raises(LawError):
        load()


def test_a_file_of_the_city_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    day_off = 'year = 2028\nstatus = "secondary"\n[[day]]\n' + DAY
    law = load(KZ, written(tmp_path, "calendar/2028.toml", day_off))
    assert law.calendar.last == date(2028, 12, 31)
    assert kz().calendar.last == date(2027, 12, 31)
    written(tmp_path, "calendar/2026.toml", 'year = 2026\nstatus = "inferred"\n')
    assert load(KZ, tmp_path).calendar.is_working(date(2026, 1, 1))


def test_a_city_may_add_a_procedure_that_says_only_what_differs(tmp_path: Path) -> None:
    written(tmp_path, "thanks/procedure.toml", MESSAGE.replace("message", "thanks"))
    written(tmp_path, "thanks/terms.toml", CITY_TERM.replace("objection", "decision").format(status="verified"))
    law = load(KZ, tmp_path)
    found = due(law, "thanks", "decision", start=date(2026, 6, 1), as_of=date(2026, 6, 1))
    assert (found.on, found.rule) == (date(2026, 6, 8), "APPC 1")
    assert law.procedure("thanks").chain == ("thanks", "simplified", "appeal")
    assert law.procedure("thanks").steps == law.procedure("message").steps


def test_an_unverified_value_decides_only_where_it_is_switched_on(tmp_path: Path) -> None:
    written(tmp_path, "application/terms.toml", CITY_TERM.format(status="unverified"))
    asked = {"start": date(2026, 6, 1), "as_of": date(2026, 6, 1)}
    with pytest.raises(NoRedaction, match="not switched on"):
        due(load(KZ, tmp_path), "application", "objection", **asked)
    for enable in ({"objection"}, {"application.objection"}):
        assert due(load(KZ, tmp_path, enable=enable), "application", "objection", **asked).status == "unverified"
    with pytest.raises(NoRedaction):
        due(load(KZ, tmp_path, enable={"complaint.objection"}), "application", "objection", **asked)


def test_a_letter_comes_from_the_city_then_from_the_nearest_procedure(tmp_path: Path) -> None:
    written(tmp_path, "simplified/letters/talon.ru.txt", "Subject: Талон\n\nНомер: {number}\n")
    law = load(KZ, tmp_path)
    found = letter_text(law.procedure("message"), "talon", "ru")
    assert (found.subject, found.body, found.placeholders) == ("Талон", "Номер: {number}", frozenset({"number"}))
    assert letter_text(law.procedure("application"), "talon", "ru").subject != "Талон"
    with pytest.raises(LawError, match="must be there"):
        letter_text(law.procedure("message"), "no_such_letter", "ru")


@pytest.mark.parametrize(
    "text", ["No subject\n\nBody", "Subject: \n\nBody", "Subject: a\n", "Subject: a\n\n{Name}", "Subject: a\n\n{"]
)
def test_a_letter_that_is_written_wrongly(text: str, tmp_path: Path) -> None:
    law = load(KZ, written(tmp_path, "message/letters/odd.kk.txt", text))
    with pytest.raises(LawError) as caught:
        letter_text(law.procedure("message"), "odd", "kk")
    assert caught.value.file == "message/letters/odd.kk.txt"


def test_an_unknown_procedure_names_the_known_ones() -> None:
    with pytest.raises(UnknownProcedure) as caught:
        kz().procedure("appeal")
    assert "application" in caught.value.said("kk")


def test_loading_opens_no_scenario_and_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, read = [], Path.read_text

    def noted(path: Path, *args: str, **options: str) -> str:
        opened.append(path)
        return read(path, *args, **options)

    monkeypatch.setattr(Path, "read_text", noted)
    found = load(KZ)
    assert {path.name for path in opened} >= {"procedure.toml", "terms.toml", "registration.toml", "2026.toml"}
    assert not [path for path in opened if path.name == "examples.toml" or path.suffix == ".txt"]
    opened.clear()
    examples(found.procedure("message"))
    assert [path.name for path in opened] == ["examples.toml"]

"""`qyzmet law`: what changed between two days; a city's folder with one thing wrong at a time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qyzmet.cli.main import main
from qyzmet.law import KZ, LANGS

NOISE = """code = "noise"
extends = "simplified"
chapter = "simplified"
act = "City rules"
url = "https://example.org/rules"
checked = 2026-11-22
article = "7"
status = "verified"
name = { kk = "Шу туралы хабар", ru = "Сообщение о шуме", en = "Noise report" }
definition = { kk = "Түнгі шу туралы хабар.", ru = "Сообщение о шуме ночью.", en = "A report of noise at night." }
"""
TERMS = """act = "City rules"
url = "https://example.org/rules"
checked = 2026-11-22

[terms.decision]
[[terms.decision.values]]
valid_from = 2026-01-01
count = 3
unit = "working_days"
first_day = "next"
direction = "forward"
roll = "next_working_day"
article = "7"
status = "verified"
"""
EXAMPLE = """[[example]]
says = {{ kk = "{day} маусым", ru = "{day} июня", en = "{day} June" }}
received = 2026-06-{day:02}T10:00:00
registered_on = 2026-06-{day:02}
due_on = 2026-06-{due:02}
status = "verified"
"""
DAYS = [*((day, day + 3) for day in (1, 2, 8, 9, 15, 16, 22, 23)), (3, 8), (4, 9), (5, 10), (10, 15)]


def noise(folder: Path, **files: str) -> Path:
    """A whole new procedure in a folder of a city's own, with some of its files otherwise."""
    examples = "\n".join(EXAMPLE.format(day=day, due=due) for day, due in DAYS)
    texts = {"procedure.toml": NOISE, "terms.toml": TERMS, "examples.toml": examples} | files
    for name, text in texts.items():
        path = folder / "noise" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_whole_new_procedure_of_a_city_is_right_and_is_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = noise(tmp_path)
    assert main(["law", "check", str(folder), "--lang", "en"]) == 0
    assert "noise" in capsys.readouterr().out
    assert main(["due", "noise", "--received", "2026-06-01T10:00", "--law", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due_on"] == "2026-06-04"
    assert main(["procedures", "--law", str(folder), "--json"]) == 0
    assert "noise" in {one["code"] for one in json.loads(capsys.readouterr().out)}


STATE = '[states.limbo]\nopen = true\nwaits = "body"\nname = { kk = "а", ru = "б", en = "c" }\n'
LEAD = '[steps.assign]\nalso = ["limbo"]\n'
WRONG = {
    "a term without a source": ("terms.toml", TERMS.replace('article = "7"', 'article = ""'), "values[1].article"),
    "a state nobody reaches": ("procedure.toml", NOISE + STATE, "states.limbo"),
    "a state nobody leaves": (
        "procedure.toml",
        NOISE + '[without]\nsteps = ["withdraw", "lapse"]\nstates = ["withdrawn", "deemed_refused"]\n' + STATE + LEAD,
        "states.limbo",
    ),
    "an unknown unit": ("terms.toml", TERMS.replace('"working_days"', '"weeks"'), "terms.decision.values[1].unit"),
    "an example that fails": (
        "examples.toml",
        "\n".join(EXAMPLE.format(day=day, due=due) for day, due in [*DAYS[1:], (1, 5)]),
        "noise/examples.toml: example[12]",
    ),
    "too few examples": ("examples.toml", EXAMPLE.format(day=1, due=4), "noise/examples.toml: example"),
    "a letter nobody can fill": (
        "letters/talon.kk.txt",
        (KZ / "appeal/letters/talon.kk.txt").read_text(encoding="utf-8") + "\nАуа райы: {weather}\n",
        "noise/letters/talon.kk.txt: {}",
    ),
    "a letter without a form": ("letters/talon.ru.txt", "Талон\n", "noise/letters/talon.ru.txt"),
    "a letter that is not there": (
        "procedure.toml",
        NOISE + '[steps.assign]\nletter = "thanks"\n',
        "noise/letters/thanks.",
    ),
}


@pytest.mark.parametrize(("name", "lang"), zip(WRONG, LANGS * len(WRONG), strict=False))
def test_what_is_wrong_is_named_with_its_file_and_key(
    name: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, text, said = WRONG[name]
    assert main(["law", "check", str(noise(tmp_path, **{file: text})), "--lang", lang]) == 1
    out, err = capsys.readouterr()
    assert said in out + err


def test_a_redaction_on_a_day_its_act_does_not_know_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = TERMS.replace('act = "City rules"', 'act = "APPC"')
    assert main(["law", "check", str(noise(tmp_path, **{"terms.toml": terms})), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in found["findings"]] == ["act_day"]
    assert found["procedures"] == ["noise"]


@pytest.mark.parametrize("gone", ['url = "https://adilet.zan.kz/kaz/docs/G24G0000109"', 'order = "G24G0000109"'])
def test_a_day_that_nobody_can_look_up_is_found(gone: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calendar").mkdir()
    own, shipped = tmp_path / "calendar/2024.toml", (KZ / "calendar/2024.toml").read_text(encoding="utf-8")
    own.write_text(shipped, encoding="utf-8")
    assert main(["law", "check", str(tmp_path)]) == 0
    own.write_text(shipped.replace(gone, "", 1), encoding="utf-8")
    assert main(["law", "check", str(tmp_path), "--lang", "en"]) == 1
    assert "calendar/2024.toml: day 2024-05-04 - the day has no source" in capsys.readouterr().out


def test_a_redaction_of_the_hour_begins_on_a_day_its_act_knows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, shipped = tmp_path / "registration.toml", (KZ / "registration.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("valid_from = 2025-12-30", "valid_from = 2025-12-31"), encoding="utf-8")
    assert main(["law", "check", str(tmp_path), "--lang", "en"]) == 1
    assert "registration.toml: values[2] - no redaction of APPC begins on 2025-12-31" in capsys.readouterr().out


def test_whoever_reads_only_the_beginning_meets_no_fault() -> None:
    words = [sys.executable, "-m", "qyzmet.cli.main", "procedures", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shown:
        assert shown.stdout and shown.stderr
        shown.stdout.read(10)
        shown.stdout.close()
        assert shown.stderr.read() == b""
    assert shown.returncode == 141


def test_the_shipped_law_is_clean(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "acts.toml").write_text((KZ / "acts.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["law", "check", str(tmp_path), "--lang", "en"]) == 0
    assert "discipline" in capsys.readouterr().out


def test_what_changed_in_discipline_is_told_for_whom_and_with_its_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "diff", "discipline", "2024-01-01", "2026-07-01", "--json", "--lang", "en"]) == 0
    found = {one["key"]: one for one in json.loads(capsys.readouterr().out)}
    lapse = found["lapse_remark"]
    assert (lapse["before"]["count"], lapse["after"]["count"]) == (6, 2)
    assert (lapse["before"]["status"], lapse["after"]["status"]) == ("unverified", "verified")
    assert (lapse["what"], lapse["whose"]) == ("changed", "act") and "lapse" in lapse["steps"]
    assert found["repeat"]["what"] == "begins" and found["repeat"]["before"] is None
    assert (found["prosecutor_act"]["kind"], found["prosecutor_act"]["what"]) == ("suspension", "begins")
    assert found["illness_2015"]["what"] == "ends"


@pytest.mark.parametrize("lang", LANGS)
def test_the_changes_are_told_in_words(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "diff", "application", "2024-01-01", "2026-07-01", "--lang", lang]) == 0
    told = capsys.readouterr().out
    assert "2024-01-01" in told and "76(1)" in told and "{" not in told


def test_between_two_days_of_one_redaction_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "diff", "discipline", "2026-08-01", "2026-09-01", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Nothing changed between these days.\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["diff", "discipline", "2026-08-01"], 2),
        (["diff", "discipline", "yesterday", "2026-08-01"], 2),
        (["diff", "nothing", "2026-08-01", "2026-09-01"], 1),
        (["check"], 2),
        (["check", "/no/such/folder"], 1),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(words: list[str], code: int) -> None:
    assert main(["law", *words]) == code

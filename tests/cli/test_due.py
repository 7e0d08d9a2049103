"""`qyzmet due` and `qyzmet procedures`."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from qyzmet.cli.main import main

KEYS = ["procedure", "registered_on", "due_on", "rule", "redaction", "status", "steps"]


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    said = capsys.readouterr()
    return code, said.out, said.err


def batch(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *lines: str) -> tuple[int, list[Any]]:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    code, out, _ = call(capsys, "due", "--batch", "--json", "--lang", "en")
    return code, [json.loads(line) for line in out.splitlines()]


def test_the_worked_example_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "due", "application", "--received", "2026-03-19T19:05", "--json", "--lang", "en")
    found = json.loads(out)
    assert (code, list(found)) == (0, KEYS)
    assert (found["registered_on"], found["due_on"]) == ("2026-03-20", "2026-04-15")
    assert (found["rule"], found["redaction"], found["status"]) == ("APPC 76(1)-(2)", "2025-12-30", "secondary")
    assert found["steps"][-1] == "Last day: 15 April 2026."


@pytest.mark.parametrize(("lang", "word"), [("kk", "Соңғы күн"), ("ru", "Последний день"), ("en", "Last day")])
def test_a_person_is_told_in_the_language_asked_for(lang: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "due", "complaint", "--received", "2026-02-02T10:00", "--lang", lang)
    assert code == 0
    assert out.startswith("2026-03-02 [")
    assert word in out


def test_other_terms_and_chosen_lengths(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "due", "application", "--received", "2026-02-02T10:00", "--term", "redirect", "--json")
    assert json.loads(out)["due_on"] == "2026-02-05"
    words = ("due", "application", "--received", "2026-02-02T10:00", "--term", "cure", "--count", "5", "--json")
    _, out, _ = call(capsys, *words)
    assert json.loads(out)["due_on"] == "2026-02-09"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nope", "--received", "2026-02-02T10:00"], 1),
        (["application", "--received", "2021-06-30T10:00"], 1),
        (["application", "--received", "2026-02-02T10:00", "--term", "nope"], 1),
        (["application", "--received", "2026-02-02T10:00", "--law", "/nowhere"], 1),
        (["application", "--received", "yesterday"], 2),
        (["application", "--received", "2026-02-32"], 2),
        (["application"], 2),
        ([], 2),
    ],
)
def test_errors_are_told_in_the_language_asked_for(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    said = set()
    for lang in ("kk", "ru", "en"):
        found, out, err = call(capsys, "due", *words, "--lang", lang)
        assert (found, out) == (code, "")
        said.add(err)
    assert len(said) == 3
    assert "Traceback" not in "".join(said)


def test_a_day_alone_is_taken_as_within_office_hours_and_the_steps_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    for day, registered in (("2026-03-19", "2026-03-19"), ("2026-03-21", "2026-03-26")):
        code, out, _ = call(capsys, "due", "application", "--received", day, "--json", "--lang", "en")
        found = json.loads(out)
        assert (code, found["registered_on"]) == (0, registered)
        assert "No hour is given: taken as within office hours." in found["steps"][0]


def test_an_error_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "due", "application", "--received", "2031-01-01T10:00", "--json")
    assert (code, list(json.loads(out))) == (1, ["error"])


def test_a_batch_answers_each_line_with_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {"procedure": "message", "received": "2026-02-02T10:00", "term": "decision"}
    others = [json.dumps(good | other) for other in ({"procedure": "request"}, {"received": "2026-02-02"})]
    code, found = batch(capsys, monkeypatch, json.dumps(good), "", *others)
    assert code == 0
    assert [list(one) for one in found] == [KEYS] * 3


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        "12",
        "[" * 100_000,
        "{}",
        '{"procedure": 1, "received": "2026-02-02T10:00"}',
        '{"procedure": "message"}',
        '{"procedure": "message", "received": "2026-02-30"}',
        '{"procedure": "message", "received": 20260202}',
        '{"procedure": "message", "received": "9999-12-31T23:59:59+00:00"}',
        '{"procedure": "message", "received": "0001-01-01T00:00:00+14:00"}',
        '{"procedure": "message", "received": "2026-02-02T10:00", "term": ["decision"]}',
        '{"procedure": "message", "received": "2026-02-02T10:00", "term": {}}',
        '{"procedure": "message", "received": "2026-02-02T10:00", "term": ""}',
        '{"procedure": "message", "received": "2026-02-02T10:00", "term": false}',
        '{"procedure": "message", "received": "2026-02-02T10:00", "count": true}',
        '{"procedure": "message", "received": "2026-02-02T10:00", "term": "cure", "count": 1e3}',
        '{"procedure": "\\ud800", "received": "2026-02-02T10:00"}',
    ],
)
def test_a_bad_line_gets_an_error_line_and_the_batch_goes_on(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = json.dumps({"procedure": "message", "received": "2026-02-02T10:00"})
    code, found = batch(capsys, monkeypatch, line, good)
    assert code == 1
    assert [list(one) for one in found] == [["error"], KEYS]


def test_broken_bytes_spoil_their_line_only() -> None:
    good = b'{"procedure": "message", "received": "2026-02-02T10:00"}'
    words = [sys.executable, "-m", "qyzmet.cli.main", "due", "--batch", "--json"]
    done = subprocess.run(words, input=b"\xff\xfe{\n" + good + b"\n", capture_output=True, check=False)
    assert done.returncode == 1
    assert [list(json.loads(line)) for line in done.stdout.splitlines()] == [["error"], KEYS]


def test_procedures_are_listed_with_their_terms(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "procedures", "--json")
    found = {one["code"]: one for one in json.loads(out)}
    assert code == 0
    assert {"application", "complaint", "message", "request", "response", "suggestion", "discipline"} <= set(found)
    assert (found["application"]["begins"], found["discipline"]["begins"]) == ("applicant", "body")
    terms = {term["key"]: term for term in found["complaint"]["terms"]}
    assert terms["decision"]["values"][-1]["count"] == 20
    for lang, word in (("kk", "Шағым"), ("ru", "Жалоба"), ("en", "Complaint")):
        code, out, _ = call(capsys, "procedures", "--lang", lang)
        assert code == 0
        assert word in out


def test_neither_django_nor_the_environment_is_needed() -> None:
    program = (
        "import sys; from qyzmet.cli.main import main;"
        "main(['due', 'application', '--received', '2026-03-19T19:05', '--json']);"
        "print([name for name in sys.modules if name.startswith('django')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_clock_that_stood_moves_the_day_and_one_that_stands_leaves_it_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["due", "discipline", "--received", "2026-07-06T10:00", "--term", "impose", "--lang", "en", "--json"]
    assert main([*asked, "--suspended", "2026-07-10..2026-07-20:illness"]) == 0
    assert json.loads(capsys.readouterr().out)["due_on"] == "2026-08-17"
    assert main([*asked, "--suspended", "2026-07-10..:illness"]) == 0
    assert json.loads(capsys.readouterr().out)["due_on"] is None
    assert main([*asked, "--suspended", "2026-07-10:illness"]) == 1
    assert "is not an interval" in capsys.readouterr().out


def test_a_rule_nobody_has_checked_decides_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["due", "discipline", "--received", "2026-06-30", "--term", "lapse_remark", "--lang", "en"]
    assert main(asked) == 1
    assert "is not switched on" in capsys.readouterr().err
    assert main([*asked, "--unverified"]) == 0
    assert "[not verified]" in capsys.readouterr().out


def test_a_line_of_a_batch_may_ask_with_unchecked_rules_and_suspensions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = {"procedure": "discipline", "received": "2026-06-30T10:00", "term": "lapse_remark"}
    ill = {"procedure": "discipline", "received": "2026-07-06T10:00", "term": "impose"}
    ill |= {"suspended": ["2026-07-10..2026-07-20:illness"]}  # type: ignore[dict-item]
    lines = [line, line | {"unverified": True}, line | {"unverified": "yes"}, ill]
    code, answers = batch(capsys, monkeypatch, *map(json.dumps, lines))
    assert code == 1
    assert ["error" in one for one in answers] == [True, False, True, False]
    assert (answers[1]["status"], answers[3]["due_on"]) == ("unverified", "2026-08-17")

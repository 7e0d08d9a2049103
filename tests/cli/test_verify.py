"""`qyzmet verify`: sentences, exit codes, where the policy comes from, what several files say together."""

import importlib.util
import json
import random
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from qyzmet.cli.main import main
from qyzmet.cli.proofs.files import find_policy
from tests.cli.accidents import ACCIDENTS, GOOD
from tests.cli.handmade import CITY, LOG_NAME, RECEIVED, WITNESSES, Log, build, contents, policy

DAY = {"kk": "2026 жылғы 15 сәуір", "ru": "15 апреля 2026 г.", "en": "15 April 2026"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with a good receipt and its policy."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QYZMET_POLICY", raising=False)
    monkeypatch.delenv("QYZMET_DATA", raising=False)
    (tmp_path / "policy").write_text(policy())
    (tmp_path / "good.json").write_text(GOOD.text())
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["verify", *words])
    said = capsys.readouterr()
    return code, said.out + said.err


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = main(["verify", *words, "--json", "--policy", "policy"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("lang", "verdict", "seen", "rule"),
    [
        ("kk", "Бәрі расталды.", "Көрген тәуелсіз куәгерлер: барлығы 3, көргені 2", "ӘРПК 76(1)-(2)"),
        ("ru", "Всё подтверждается.", "Видели независимые свидетели, 2 из 3", "АППК 76(1)-(2)"),
        ("en", "Everything holds.", "Seen by 2 of 3 independent witnesses", "APPC 76(1)-(2)"),
    ],
)
def test_a_person_is_told_in_the_language_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], lang: str, verdict: str, seen: str, rule: str
) -> None:
    code, said = call(capsys, "good.json", "--policy", "policy", "--lang", lang)
    assert code == 0
    assert said.startswith(verdict)
    assert all(words in said for words in (seen, rule, DAY[lang], LOG_NAME))


def test_a_log_without_witnesses_is_called_by_its_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "alone.json").write_text(build(witnesses=()).text())
    (folder / "lax").write_text(policy("none"))
    code, said = call(capsys, "alone.json", "--policy", "lax", "--lang", "en")
    assert code == 0
    assert said.count("Signed by the city only: no independent witness has seen it.") == 3


def test_without_a_policy_the_key_in_the_file_is_taken_with_a_warning(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = call(capsys, "good.json", "--lang", "en")
    assert code == 3
    assert "Whoever made the file could have made the key" in said
    assert "cannot be told without a policy file" in said


def test_a_promise_is_called_a_promise_and_one_whose_time_is_over_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "promised.json").write_text(ACCIDENTS["only promised"].receipt)
    code, said = call(capsys, "promised.json", "--policy", "policy", "--lang", "en")
    assert code == 3
    assert "only a signed promise to enter it in the log by 19 March 2026, 20:06" in said
    assert "The time of the promise is over." in said
    assert "Stands in the log" not in said


def test_the_policy_is_looked_for_in_all_its_places(folder: Path) -> None:
    assert find_policy(None, {}) is None
    demo, own = folder / "var/demo/log/policy", folder / "elsewhere/log/policy"
    for path in (demo, own):
        path.parent.mkdir(parents=True)
        path.write_text("x")
    assert find_policy(None, {}) == "var/demo/log/policy"
    assert find_policy(None, {"QYZMET_DATA": "elsewhere"}) == "elsewhere/log/policy"
    assert find_policy(None, {"QYZMET_LOG_FOLDER": "elsewhere/log"}) == "elsewhere/log/policy"
    assert find_policy(None, {"QYZMET_DATA": "elsewhere", "QYZMET_POLICY": "mine"}) == "mine"
    assert find_policy("given", {"QYZMET_POLICY": "mine"}) == "given"


def test_a_policy_that_is_not_there_is_not_passed_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys, "good.json", "--policy", "nowhere", "--lang", "en")
    assert code == 2
    assert "nowhere cannot be read" in said


def test_a_fresh_receipt_waits_for_its_witnesses_and_is_not_called_false(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fresh.json").write_text(build(witnesses=()).text())
    code, said = call(capsys, "fresh.json", "--policy", "policy", "--lang", "en")
    assert code == 3
    assert "There are too few independent witnesses: 0 signed, and the policy file asks for more." in said
    assert "✗" not in said


def test_two_receipts_that_contradict_each_other_prove_the_fork_with_both_notes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = Log(), Log()
    one.enter(b"what only this reader was shown")
    receipt = build(one)
    build(other)
    other.enter(b"one more, so that the sizes are the same")
    note = other.head(len(one.hashes), RECEIVED + timedelta(hours=4))
    assert receipt.steps[0].proof
    (folder / "one.json").write_text(receipt.text())
    (folder / "head").write_text(note)
    (folder / "lax").write_text(policy("none"))
    code, said = call(capsys, "one.json", "head", "--policy", "lax", "--lang", "en")
    assert code == 1
    assert "That proves that its history was rewritten." in said
    assert note.strip() in said
    assert receipt.steps[0].proof.checkpoint.strip() in said
    assert call(capsys, "good.json", "good.json", "--policy", "policy")[0] == 0


def test_a_proof_says_what_it_is_about_only_with_the_promise_beside_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = GOOD.steps[0], GOOD.steps[2]
    assert first.promise
    (folder / "promise").write_text(first.promise)
    (folder / "proof").write_text(str(first.proof))
    (folder / "another").write_text(str(last.proof))
    assert call(capsys, "promise", "--policy", "policy")[0] == 3
    code, said = call(capsys, "proof", "--policy", "policy", "--lang", "en")
    assert code == 3
    assert "not which entry it is about" in said
    code, said = call(capsys, "promise", "proof", "--policy", "policy", "--lang", "en")
    assert code == 0
    assert "The promise was kept" in said
    assert call(capsys, "promise", "another", "--policy", "policy")[0] == 3
    assert call(capsys, "proof")[0] == 2  # no key is known


def test_the_worst_of_several_files_decides(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.json").write_text(ACCIDENTS["doubled"].receipt)
    (folder / "torn.json").write_text(ACCIDENTS["truncated"].receipt)
    assert told(capsys, "good.json", "torn.json")[0] == 2
    code, said = told(capsys, "good.json", "torn.json", "bad.json")
    assert (code, [one["verdict"] for one in said["files"]]) == (1, ["holds", "does_not_hold"])
    assert call(capsys, "nowhere.json", "--policy", "policy")[0] == 2


# ---- whether the day follows from the rule


def days(capsys: pytest.CaptureFixture[str], folder: Path, steps: list[dict[str, Any]]) -> tuple[int, list[Any]]:
    (folder / "r.json").write_text(build(steps=steps).text())
    code, said = told(capsys, "r.json")
    assert said["unreadable"] == []
    return code, [step["day"] for step in said["files"][0]["steps"]]


def test_a_day_that_follows_from_the_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert days(capsys, folder, contents()) == (0, ["follows", None, None])


def test_a_day_that_the_city_itself_wrote_wrongly_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = [step | {"due_on": "2026-04-17"} for step in contents()]
    assert days(capsys, folder, late) == (1, ["differs", None, None])
    _, said = call(capsys, "r.json", "--policy", "policy", "--lang", "en")
    assert "That day does not follow from the rule: computed anew with the calendar of now it is 15 April 2026." in said


def test_a_body_may_close_at_an_hour_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """19:05 counts as the 19th where the body works till later: 14 April."""
    early = [step | {"due_on": "2026-04-14"} for step in contents()]
    assert days(capsys, folder, early) == (0, ["own_hour", None, None])


def test_a_day_that_moved_since_is_not_computed_anew(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = contents()
    steps[2] |= {"event": "extend", "due_on": "2026-05-15"}
    assert days(capsys, folder, steps) == (0, ["follows", None, "moved"])


def test_a_day_set_again_when_the_calendar_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [step | {"due_on": "2026-04-16"} for step in contents()]
    steps[2] |= {"event": "redate", "due_on": "2026-04-15"}
    assert days(capsys, folder, steps) == (0, ["redated", None, "moved"])


@pytest.mark.parametrize(
    "changed",
    [
        {"rule": "APPC 1000"},
        {"received_at": "yesterday"},
        {"received_at": datetime(1999, 1, 4, tzinfo=UTC).isoformat()},
    ],
)
def test_a_day_nobody_can_compute_is_called_that(
    folder: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str]
) -> None:
    steps = [step | changed for step in contents()]
    assert days(capsys, folder, steps) == (0, ["unknown", None, None])
    assert "The day could not be computed anew" in call(capsys, "r.json", "--policy", "policy", "--lang", "en")[1]


# ---- a changed byte anywhere


def standalone() -> ModuleType:
    path = Path(__file__).parents[2] / "verify/verify.py"
    spec = importlib.util.spec_from_file_location("standalone_verify", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("group g any a c\nquorum g\n", 0),
        ("group g all a b\nquorum g\n", 0),
        ("group g 2 a c\nquorum g\n", 3),
        ("group g all a b c\nquorum g\n", 3),
        ("group g 2 a b\ngroup h all g c\nquorum h\n", 3),
        ("# a remark\n\nquorum b\n", 0),
        ("quorum c\n", 3),
        ("quorum none\n", 0),
        ("quorum nobody\n", 2),
        ("quorum a\nquorum b\n", 2),
        ("group g 0 a b\nquorum g\n", 2),
        ("group g 3 a b\nquorum g\n", 2),
        ("group g 2 a a\nquorum g\n", 2),
        ("group g any none\nquorum g\n", 2),
        ("group a any b\nquorum a\n", 2),
        ("trust a\nquorum a\n", 2),
        ("", 2),
    ],
)
def test_the_script_reads_a_policy_as_the_command_does(
    folder: Path, capsys: pytest.CaptureFixture[str], lines: str, code: int
) -> None:
    keys = [f"log {CITY.public}", *(f"witness {name} {key.public}" for name, key in zip("abc", WITNESSES, strict=True))]
    (folder / "policy").write_text("\n".join([*keys, lines]))
    assert standalone().main("good.json", "policy") == code
    assert call(capsys, "good.json", "--policy", "policy")[0] == code


def _lies() -> dict[str, tuple[str, str]]:
    """What the city itself wrote or left out, with proofs that hold: nothing else gives it away."""
    first, second, last = contents()
    good, before = json.loads(GOOD.text()), json.loads(build(steps=[first, second]).text())
    for step in good["steps"]:
        step["proof"] = re.sub(r"— log.example/city .*\n", "", step["proof"])
    before["steps"][0]["proof"] = before["steps"][0]["proof"].replace("index ", "index 7", 1)
    return {
        "misnumbered": (build(steps=[first, second, last | {"n": 4}]).text(), "step_missing"),
        "of another case": (build(steps=[first, second, last | {"case": "2026-QYZ-OTHER"}]).text(), "other_case"),
        "signed by witnesses only": (json.dumps(good), "unsigned"),
        "outside of the log": (json.dumps(before), "index_outside"),
    }


@pytest.mark.parametrize("name", _lies())
def test_the_script_believes_no_lie_of_the_city(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    text, code = _lies()[name]
    (folder / "r.json").write_text(text)
    assert standalone().main("r.json", "policy") == call(capsys, "r.json", "--policy", "policy")[0] == 1
    capsys.readouterr()
    standalone().main("r.json", "policy")
    assert f"problem: {code}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "files", [[], ["policy"], ["good.json", "nowhere"], ["good.json", "policy", "policy"], ["good.json", "good.json"]]
)
def test_the_script_does_not_call_wrong_what_it_was_not_given(folder: Path, files: list[str]) -> None:
    assert standalone().main(*files) == 2


def test_a_changed_byte_is_found_by_both_or_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A byte of every kind of place; blanks between the parts of JSON are nobody's loss."""
    other, data, dice = standalone(), GOOD.text().encode(), random.Random(20261122)
    for at in sorted({*places(data), *dice.sample(range(len(data)), 60)}):
        sign = dice.choice([one for one in b'\n"A0+/\\{,\xff' if one != data[at]])
        (folder / "r.json").write_bytes(data[:at] + bytes([sign]) + data[at + 1 :])
        code, said = told(capsys, "r.json")
        # what is torn to one may be wrong to the other; what holds, and what is not proved, must be the same
        assert other.main("r.json", "policy") in ((1, 2) if code in (1, 2) else (code,)), (at, sign)
        capsys.readouterr()
        assert code or chr(data[at]).isspace(), (at, sign, said)


def places(data: bytes) -> list[int]:
    """The first, the second last and the last byte of every word and every base64 in the file."""
    words = re.finditer(rb"[A-Za-z0-9+/=]+", data)
    return [at for word in words for at in {word.start(), max(word.start(), word.end() - 2), word.end() - 1}]

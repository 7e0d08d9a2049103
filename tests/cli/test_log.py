"""`qyzmet log`: proofs and notes of any log."""

import json
import os
from pathlib import Path

import pytest

from qyzmet.cli.main import main
from tests.cli.accidents import GOOD
from tests.cli.handmade import CITY, OTHER, WITNESSES, policy

VECTORS = Path(os.environ.get("QYZMET_VECTORS", Path(__file__).parents[3] / "shared/vectors"))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    step = GOOD.steps[0]
    assert step.proof
    Path("proof").write_text(str(step.proof))
    Path("head").write_text(step.proof.checkpoint)
    Path("entry").write_bytes(step.leaf_text)
    Path("policy").write_text(policy())


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["log", *words, "--lang", "en"])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_proof_with_its_entry(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys, "verify", "proof", "--policy", "policy", "--entry", "entry")
    assert code == 0
    assert "it stands at exactly that place" in said
    assert "Seen by 2 of 3 independent witnesses" in said


def test_a_proof_without_its_entry_says_what_was_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys, "verify", "proof", "--policy", "policy")
    assert code == 3
    assert "not which entry it is about" in said


def test_what_a_proof_carries_besides_is_data_and_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path("proof").read_text().replace("\nindex", "\nextra aGVsbG8=\nindex", 1)
    Path("proof").write_text(text)
    code, said = call(capsys, "verify", "proof", "--policy", "policy", "--entry", "entry")
    assert code == 0
    assert "The proof carries 5 more bytes (extra); nothing vouches for them." in said


@pytest.mark.parametrize(
    ("file", "change", "code"),
    [
        ("entry", lambda text: text + " ", 1),
        ("proof", lambda text: text.replace("index 1", "index 2"), 1),
        ("proof", lambda text: text.replace("index 1", "index 9"), 1),
        ("proof", lambda text: text.replace("index 1", "index -1"), 2),
        ("proof", lambda text: text.replace("@v1", "@v2"), 2),
        ("proof", lambda text: text.replace("\n6\n", "\n7\n"), 1),
        ("policy", lambda text: text.replace("two 2", "two 3"), 3),
        ("policy", lambda text: text.replace("two 2", "two 4"), 2),
    ],
)
def test_what_does_not_hold_and_what_cannot_be_read(
    capsys: pytest.CaptureFixture[str], file: str, change: object, code: int
) -> None:
    assert callable(change)
    Path(file).write_text(change(Path(file).read_text()))
    assert call(capsys, "verify", "proof", "--policy", "policy", "--entry", "entry")[0] == code


def test_a_proof_whose_length_is_wrong_is_refused_without_its_entry_too(capsys: pytest.CaptureFixture[str]) -> None:
    head, _, note = Path("proof").read_text().partition("\n\n")
    Path("proof").write_text(head.rpartition("\n")[0] + "\n\n" + note)
    assert call(capsys, "verify", "proof", "--policy", "policy")[0] == 1


def test_a_note_and_who_signed_it(capsys: pytest.CaptureFixture[str]) -> None:
    keys = [word for key in (CITY, WITNESSES[0]) for word in ("--key", str(key.public))]
    code, said = call(capsys, "note", "head", *keys)
    assert code == 0
    assert "The signature holds: log.example/city." in said
    assert "The witness's signature holds: witness.example/a, 19 March 2026, 23:05." in said
    assert call(capsys, "note", "head", "--key", str(OTHER.public))[0] == 1
    assert call(capsys, "note", "entry", "--key", str(CITY.public))[0] == 2
    assert call(capsys, "note", "head", "--key", str(CITY.public)[:-4])[0] == 2


def test_a_note_that_was_changed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("head").write_text(Path("head").read_text().replace("\n6\n", "\n7\n"))
    code, said = call(capsys, "note", "head", "--key", str(CITY.public))
    assert code == 1
    assert "is false" in said


def test_the_head_of_another_projects_log(capsys: pytest.CaptureFixture[str]) -> None:
    path = VECTORS / "signed-note/sumdb-note.json"
    if not path.exists():
        pytest.skip("no conformance data here (QYZMET_VECTORS names its folder)")
    live = json.loads(path.read_text())["sumdb_live"]
    Path("head").write_text(live["note"])
    assert call(capsys, "note", "head", "--key", live["vkey"])[0] == 0

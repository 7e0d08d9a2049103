"""Conformance data of other implementations, where it is at hand."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from qyzmet.ledger.checkpoint import parse_checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import ML_DSA_COSIGNATURE, parse_key, parse_signing_key, signing_key
from qyzmet.ledger.note import (
    cosignature_time,
    cosigned_message,
    parse_note,
    parse_signature,
    sign,
    verify,
    with_signatures,
)
from qyzmet.ledger.strict import base64_of
from qyzmet.ledger.tlog_proof import parse_proof
from qyzmet.ledger.tree import check_consistency, check_inclusion
from tests.ledger.made import LOG, signed


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def holds(check: Any, **given: Any) -> bool:
    try:
        check(**given)
    except Invalid:
        return False
    return True


def unpacked(texts: list[str] | None) -> list[bytes]:
    return [base64.b64decode(one) for one in texts or []]


def test_inclusion(vectors: Path) -> None:
    cases = lines(vectors / "merkle" / "inclusion.jsonl")
    assert len(cases) == 98
    for case in cases:
        root, leaf = unpacked([case["root"] or "", case["leafHash"] or ""])
        given = {"index": case["leafIdx"], "size": case["treeSize"], "leaf_hash": leaf, "root": root}
        assert holds(check_inclusion, **given, proof=unpacked(case["proof"])) != case["wantErr"], case["path"]


def test_consistency(vectors: Path) -> None:
    cases = lines(vectors / "merkle" / "consistency.jsonl")
    assert len(cases) == 98
    for case in cases:
        old, new = unpacked([case["root1"] or "", case["root2"] or ""])
        given = {"old_size": case["size1"], "size": case["size2"], "old_root": old, "root": new}
        assert holds(check_consistency, **given, proof=unpacked(case["proof"])) != case["wantErr"], case["path"]


@pytest.fixture
def notes(vectors: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((vectors / "signed-note" / "sumdb-note.json").read_text(encoding="utf-8"))
    return found


def test_notes_of_the_go_checksum_database(notes: dict[str, Any]) -> None:
    for case in notes["open"]:
        note, keys = case["note"].encode(), [parse_key(notes["vkeys"][name]) for name in case["known"]]
        if "error" in case:
            with pytest.raises(Invalid, match=r"unsigned|bad_signature|bad_base64"):
                verify(parse_note(note), keys)
        else:
            wanted = [notes["vkeys"][name] for name in case["verified"]]
            assert [str(one.key) for one in verify(parse_note(note), keys)] == wanted
    for case in (notes["c2sp_spec"], notes["sumdb_live"]):
        assert len(verify(parse_note(case["note"].encode()), [parse_key(case["vkey"])])) == 1


def test_malformed_notes(notes: dict[str, Any]) -> None:
    for data in unpacked(notes["malformed_b64"]):
        with pytest.raises(Invalid):
            parse_note(data)


def test_bad_keys(notes: dict[str, Any]) -> None:
    good = notes["vkeys"]["peter"]
    assert str(parse_key(good)) == good
    cut = [good[low:high] for low in range(len(good)) for high in range(low, len(good) + 1)]
    turned = [good[:at] + chr(ord(good[at]) + 1) + good[at + 1 :] for at in range(len(good))]
    for text in [*notes["bad_vkeys"], *turned, *(one for one in cut if one != good)]:
        with pytest.raises(Invalid):
            parse_key(text)


def test_signing_as_go_does(notes: dict[str, Any]) -> None:
    key, _ = parse_signing_key(notes["test_skey"])
    assert str(key.public) == notes["vkeys"]["peter"]
    text = notes["sign"]["text"]
    assert str(signed(text, key)) == notes["sign"]["want"]
    for case in notes["bad_to_sign"]:
        with pytest.raises(Invalid):
            sign(case["text"], signing_key(case["key_name"], b"s" * 32) if "key_name" in case else key)


def test_checkpoints(vectors: Path) -> None:
    """The upstream parser takes any hash length: here one of the right length stands in its place."""
    cases = json.loads((vectors / "checkpoint" / "formats-checkpoint.json").read_text(encoding="utf-8"))
    right = base64_of(b"h" * 32)
    for case in cases["ok"]:
        with pytest.raises(Invalid, match="bad_hash_length"):
            parse_checkpoint(case["text"])
        found = parse_checkpoint(case["text"].replace(case["hash"], right))
        assert (found.origin, found.size, "".join(f"{line}\n" for line in found.extension)) == (
            case["origin"],
            case["size"],
            case.get("rest", ""),
        )
    for text in cases["bad"].values():
        with pytest.raises(Invalid):
            parse_checkpoint(text.replace("dGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==", right))


def test_proofs(vectors: Path) -> None:
    cases = json.loads((vectors / "tlog-proof" / "formats-tlog-proof.json").read_text(encoding="utf-8"))
    for case in cases["ok"]:
        found = parse_proof(case["text"].encode())
        assert str(found) == case["text"]
        assert (found.index, [base64_of(one) for one in found.path]) == (case["index"], case["hashes"])
        assert (found.extra and base64_of(found.extra), found.checkpoint) == (case.get("extra"), case["checkpoint"])
    for text in cases["bad"].values():
        with pytest.raises(Invalid):
            parse_proof(text.encode())


@pytest.fixture
def cosignatures(vectors: Path) -> dict[str, Any]:
    path = vectors / "cosignature" / "cosignature-ed25519.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_cosignatures(cosignatures: dict[str, Any]) -> None:
    message = cosignatures["ed25519_signed_message"]
    assert cosigned_message(message["checkpoint_text"], message["time"]).decode() == message["want"]
    for case in cosignatures["timestamps"]:
        line = f"— name {case['sig_base64']}"
        if "time" in case:
            assert cosignature_time(parse_signature(line).data) == case["time"]
        else:
            with pytest.raises(Invalid, match=r"not_a_cosignature|bad_base64"):
                cosignature_time(parse_signature(line).data)
    for case in cosignatures["vkeys"]:
        if case["ok"]:
            assert parse_key(case["vkey"]).kind == case["type"]
        else:
            with pytest.raises(Invalid):
                parse_key(case["vkey"])


def test_the_example_checkpoint_of_the_cosignature_format(cosignatures: dict[str, Any]) -> None:
    checkpoint, note = parse_signed(cosignatures["spec_example_cosigned_checkpoint"].encode())
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert cosignature_time(note.signatures[1].data) == 1_679_315_147


def test_a_post_quantum_cosignature_is_passed_over(vectors: Path) -> None:
    """Its key is known by name; its line neither counts nor spoils the note."""
    case = json.loads((vectors / "cosignature" / "mldsa44-subtree.json").read_text(encoding="utf-8"))
    key, line = parse_key(case["vkey"]), parse_signature(case["signature_line"].rstrip("\n"))
    assert (key.kind, key.supported, (line.name, line.id)) == (ML_DSA_COSIGNATURE, False, (key.name, key.id))
    assert str(key) == case["vkey"]
    text = f"{case['origin']}\n{case['end']}\n{case['root']}\n"
    note = with_signatures(signed(text, LOG), [line])
    assert parse_note(str(note).encode()) == note
    assert [one.key for one in verify(note, [key, LOG.public])] == [LOG.public]
    with pytest.raises(Invalid, match="unsigned"):
        verify(note, [key])

"""The receipt as a file: what it may hold, and how much of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.receipt import DEPTH_LIMIT, FORMAT, RECEIPT_LIMIT, STEP_LIMIT, parse_receipt
from tests.ledger.made import policy_text, receipt

FILES = Path(__file__).parent / "files"
GOOD = json.loads(receipt().text())


def changed(change: Callable[[Any], object]) -> bytes:
    fields = json.loads(json.dumps(GOOD))
    change(fields)
    return json.dumps(fields).encode()


def test_a_receipt_there_and_back() -> None:
    made = receipt()
    assert parse_receipt(made.text().encode()) == made


def test_the_files_stay_readable() -> None:
    """The receipt and the policy kept beside the tests are what this version writes."""
    assert (FILES / "receipt.json").read_text(encoding="utf-8") == receipt().text()
    assert (FILES / "policy").read_text(encoding="utf-8") == policy_text()


def test_the_layout_of_the_json_is_free() -> None:
    """Spaces, line ends, escapes and the order of names are not part of what is proved."""
    turned = dict(reversed(GOOD.items()))
    for text in (json.dumps(GOOD, separators=(",", ":")), json.dumps(turned, indent=7), f"\r\n\t{json.dumps(GOOD)} "):
        assert parse_receipt(text.encode()) == receipt()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda f: f.pop("format"), "format"),
        (lambda f: f.update(format=FORMAT[:-1] + "2"), "format"),
        (lambda f: f.update(more=1), "unknown_name"),
        (lambda f: f.pop("log"), "log"),
        (lambda f: f.update(log=1), "log"),
        (lambda f: f.pop("case"), "case"),
        (lambda f: f.update(case=None), "case"),
        (lambda f: f.update(case="\ud800"), "case"),
        (lambda f: f.pop("steps"), "steps"),
        (lambda f: f.update(steps=[]), "steps"),
        (lambda f: f.update(steps={}), "steps"),
        (lambda f: f.update(steps=f["steps"][:1] * (STEP_LIMIT + 1)), "steps"),
        (lambda f: f.update(texts=[]), "texts"),
        (lambda f: f.update(texts=None), "texts"),
        (lambda f: f.update(texts={"AA" * 32: "x"}), "texts"),
        (lambda f: f.update(texts={"a" * 64 + "\n": "x"}), "texts"),
        (lambda f: f.update(texts={"a" * 64: 1}), "texts"),
        (lambda f: f.update(texts={"a" * 64: "\udc00"}), "texts"),
        (lambda f: f["steps"].append(1), "step"),
        (lambda f: f["steps"].append([]), "step"),
        (lambda f: f["steps"][0].update(more=1), "unknown_name"),
        (lambda f: f["steps"][0].pop("leaf"), "leaf"),
        (lambda f: f["steps"][0].update(leaf={}), "leaf"),
        (lambda f: f["steps"][0].pop("salt"), "opening"),
        (lambda f: f["steps"][0].pop("content"), "opening"),
        (lambda f: f["steps"][0].update(salt="0" * 63), "opening"),
        (lambda f: f["steps"][0].update(salt="A" * 64), "opening"),
        (lambda f: f["steps"][0].update(salt=1), "salt"),
        (lambda f: f["steps"][0].update(content=[]), "opening"),
        (lambda f: f["steps"][0].update(content="x"), "opening"),
        (lambda f: f["steps"][0]["content"].update(x=2**53), "content"),
        (lambda f: f["steps"][0]["content"].update(x=-(2**53)), "content"),
        (lambda f: f["steps"][0]["content"].update(x="\ud800"), "content"),
        (lambda f: f["steps"][0]["content"].update({"\ud800": 1}), "content"),
        (lambda f: f["steps"][1].pop("proof"), "neither_proof_nor_promise"),
        (lambda f: f["steps"][1].update(proof=None), "proof"),
        (lambda f: f["steps"][1].update(promise=1), "promise"),
        (lambda f: f["steps"][1].update(promise="\ud800"), "promise"),
    ],
)
def test_what_is_no_receipt(change: Callable[[Any], object], why: str) -> None:
    with pytest.raises(Invalid, match="bad_receipt") as wrong:
        parse_receipt(changed(change))
    assert wrong.value.values["why"] == why


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda f: f.update(log=f["log"][:-1]), "bad_base64"),
        (lambda f: f["steps"][0].update(leaf=f["steps"][0]["leaf"] + " "), "bad_leaf"),
        (lambda f: f["steps"][0].update(leaf="[]"), "bad_json"),
        (lambda f: f["steps"][0].update(proof="x"), "bad_proof"),
    ],
)
def test_what_its_parts_refuse(change: Callable[[Any], object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        parse_receipt(changed(change))


def test_content_is_as_deep_as_it_needs_to_be() -> None:
    def nested(depth: int) -> bytes:
        inner: Any = 1
        for n in range(depth):
            inner = [inner] if n % 2 else {"x": inner}
        return changed(lambda f: f["steps"][0].update(content={"x": inner}))

    parse_receipt(nested(DEPTH_LIMIT - 1))
    with pytest.raises(Invalid, match="bad_receipt") as wrong:
        parse_receipt(nested(DEPTH_LIMIT))
    assert wrong.value.values["why"] == "content"


def raw(content: str) -> bytes:
    """A receipt whose first content is written by hand."""
    text = changed(lambda f: f["steps"][0].update(content="HERE")).decode()
    return text.replace('"HERE"', content).encode()


@pytest.mark.parametrize("number", ["1" * 400, str(2**53), str(-(2**53))])
def test_numbers_no_reader_agrees_on(number: str) -> None:
    with pytest.raises(Invalid, match="bad_receipt") as wrong:
        parse_receipt(raw(f'{{"x":{number}}}'))
    assert wrong.value.values["why"] == "content"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{",
        receipt().text().encode()[:-3],
        receipt().text().encode() + b"{}",
        b"\xef\xbb\xbf" + receipt().text().encode(),
        receipt().text().encode("utf-16"),
        raw('{"x":NaN}'),
        raw('{"x":Infinity}'),
        raw('{"x":-Infinity}'),
        raw('{"x":1,"x":1}'),
        raw('{"x":"\n"}'),
        raw('{"x":' + "9" * 5000 + "}"),
        raw("[" * 100_000 + "]" * 100_000),
        raw('{"x":' * 100_000 + "1" + "}" * 100_000),
        raw('{"x":"' + "HALF" + '"}').replace(b"HALF", b"\xed\xa0\x80"),
    ],
)
def test_what_is_no_json(data: bytes) -> None:
    with pytest.raises(Invalid, match="bad_json"):
        parse_receipt(data)


def test_a_receipt_has_an_end() -> None:
    with pytest.raises(Invalid, match="receipt_too_long"):
        parse_receipt(b" " * (RECEIPT_LIMIT + 1))

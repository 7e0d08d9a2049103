"""Everything that may happen to a receipt, and what is to be said of it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from qyzmet.ledger.keys import signing_key
from qyzmet.ledger.note import Note, cosign, sign
from qyzmet.ledger.policy import POLICY_LIMIT
from qyzmet.ledger.receipt import RECEIPT_LIMIT, Receipt
from tests.cli.handmade import (
    CITY,
    LOG_NAME,
    OTHER,
    RECEIVED,
    TEXT,
    WITNESSES,
    Log,
    build,
    contents,
    ml_dsa,
    policy,
    sha,
)

SUCCESSOR = signing_key(LOG_NAME, b"\x03" * 32)
"""Another key of the city's log."""
LONGEST, TOO_LONG = (signing_key("l" * size, b"\x04" * 32) for size in (255, 256))
LONGEST_KAZAKH, TOO_LONG_KAZAKH = (signing_key("қ" * signs, b"\x04" * 32) for signs in (127, 129))
"""A head's name has at most 255 bytes, of which this letter takes two."""


@dataclass(frozen=True)
class Accident:
    """A file, the policy it is judged by (None: no policy), the verdict, and the codes of what does not hold."""

    receipt: str
    verdict: str
    codes: frozenset[tuple[int, str]] = frozenset()
    policy: str | None = ""
    unreadable: str = ""
    encoding: str = "utf-8"

    @property
    def trusted(self) -> str | None:
        return policy() if self.policy == "" else self.policy


Fields = dict[str, Any]


def _changed(change: Callable[[Fields], object], receipt: Receipt | None = None) -> str:
    fields = json.loads((receipt or build()).text())
    change(fields)
    return json.dumps(fields, ensure_ascii=False)


def _wrong(change: Callable[[Fields], object], *codes: tuple[int, str], **more: Any) -> Accident:
    return Accident(_changed(change), "does_not_hold", frozenset(codes), **more)


def _bad(receipt: str, code: str, **more: Any) -> Accident:
    return Accident(receipt, "unreadable", unreadable=code, **more)


def _swap(steps: list[Fields]) -> None:
    steps[0], steps[1] = steps[1], steps[0]


def _flip(text: str, at: int) -> str:
    return text[:at] + ("B" if text[at] == "A" else "A") + text[at + 1 :]


def _path(fields: Fields, change: Callable[[list[str]], object]) -> None:
    head, _, note = fields["steps"][0]["proof"].partition("\n\n")
    lines = head.split("\n")
    change(lines)
    fields["steps"][0]["proof"] = "\n".join(lines) + "\n\n" + note


def _in(n: int, name: str, change: Callable[[str], str]) -> Callable[[Fields], object]:
    return lambda fields: fields["steps"][n].update({name: change(fields["steps"][n][name])})


def _content(at: int, **values: Any) -> Callable[[Fields], object]:
    return lambda fields: fields["steps"][at]["content"].update(values)


def _forked() -> str:
    """The last step's proof is from a book in which somebody else's entry differs, signed at the same size."""
    one, two = Log(), Log()
    two.enter(b"what the city shows to others")
    receipt = build(one)
    for n, step in enumerate(receipt.steps, 1):
        if n > 1:
            two.enter(b"another entry %d" % n)
        two.enter(step.leaf_text)
    head = two.head(len(two.hashes), RECEIVED + timedelta(hours=4), WITNESSES[:2])
    last = replace(receipt.steps[-1], proof=two.proof(len(two.hashes) - 1, head))
    return replace(receipt, steps=(*receipt.steps[:-1], last)).text()


def _trailing() -> str:
    """Lines after the signatures of the checkpoint."""
    return _changed(_in(0, "proof", lambda text: text + "and one thing more\n"))


def _extension() -> str:
    """A checkpoint with a further line in its text, which is signed: the format allows that."""
    log = Log()
    receipt = build(log)
    head = log.head(len(log.hashes), RECEIVED + timedelta(hours=4), WITNESSES[:2], lines="an extension\n")
    steps = tuple(replace(one, proof=log.proof(one.proof.index, head)) for one in receipt.steps if one.proof)
    return replace(receipt, steps=steps).text()


def _signed_lines(size: str) -> str:
    """The size of the first head in another spelling, signed by a log that writes so."""
    fields = json.loads(GOOD.text())
    proof, _, note = fields["steps"][0]["proof"].partition("\n\n")
    text = note.partition("\n\n")[0].replace("\n6\n", f"\n{size}\n") + "\n"
    signed = (sign(text, CITY), *(cosign(text, one, time=int(RECEIVED.timestamp()) + 14400) for one in WITNESSES[:2]))
    fields["steps"][0]["proof"] = f"{proof}\n\n{Note(text, signed)}"
    return json.dumps(fields, ensure_ascii=False)


def _respell(text: str) -> str:
    """The same bytes in base64 as a lax reader takes it: the bits after the last byte are not zero."""
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return text[:-2] + signs[signs.index(text[-2]) + 1] + "="


def _respell_signature(proof: str) -> str:
    """The first signature of the note (68 bytes) so."""
    lines = proof.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("— "))
    return "\n".join([*lines[:at], _respell(lines[at]), *lines[at + 1 :]])


def _index(n: int, index: str) -> Callable[[Fields], object]:
    return _in(n, "proof", lambda text: re.sub("index [0-9]+", f"index {index}", text, count=1))


def _close(n: int) -> Callable[[Fields], object]:
    return lambda fields: [fields["steps"][n].pop(name) for name in ("salt", "content")]


def _exchange(name: str) -> Callable[[Fields], object]:
    def change(fields: Fields) -> None:
        first, last = fields["steps"][0], fields["steps"][2]
        first[name], last[name] = last[name], first[name]

    return change


def _family(what: str) -> str:
    """Two cases in one log, and something of the second in the receipt of the first, or the first's number on it."""
    log = Log()
    parent = json.loads(build(log).text())
    child = json.loads(build(log, [step | {"case": "2026-QYZ-CHILD"} for step in contents()]).text())
    if what == "number":
        return json.dumps(child | {"case": parent["case"]}, ensure_ascii=False)
    if what == "proof":
        parent["steps"][2]["proof"] = child["steps"][2]["proof"]
    else:
        parent["steps"][2] = child["steps"][0]
    return json.dumps(parent, ensure_ascii=False)


def _prolonged() -> str:
    """Blanks after the signatures, where an empty line begins another text."""
    return _changed(_in(0, "proof", lambda text: text + "\n"))


def _promised(receipt: Receipt) -> str:
    log = Log()
    steps = [replace(one, proof=None, promise=log.promise(one.leaf_text, one.leaf.at)) for one in receipt.steps]
    return replace(receipt, steps=tuple(steps)).text()


GOOD = build()
UNSEEN = build(witnesses=())
ONE_SEEN = build(witnesses=WITNESSES[:1])
EARLY = build(seen=-timedelta(minutes=30))
LAST = len(GOOD.text())


def _unopened() -> str:
    """Nobody can tell which case it is."""
    return replace(GOOD, steps=tuple(replace(one, salt=None, content=None) for one in GOOD.steps), texts={}).text()


ACCIDENTS: dict[str, Accident] = {
    "good": Accident(GOOD.text(), "holds"),
    "good, its rule and day sealed": Accident(build(sealed=True).text(), "holds"),
    "good, all on one line": Accident(_changed(lambda fields: None), "holds"),
    "good, an old one, its later steps cut off": Accident(_changed(lambda fields: fields["steps"].pop()), "holds"),
    "good, a step closed by its owner": Accident(_changed(_close(2)), "holds"),
    "a number spelt otherwise": _bad(GOOD.text().replace('"n": 1', '"n": 1.0'), "bad_json"),
    "a number with an exponent": _bad(GOOD.text().replace('"n": 1', '"n": 1e0'), "bad_json"),
    "an index in other digits": _bad(_changed(_index(0, "١")), "bad_number"),
    "an index in other digits after its own": _bad(_changed(_index(0, "1١")), "bad_number"),
    "good, an extension in the checkpoint": Accident(_extension(), "holds"),
    "good, signed by the city only": Accident(UNSEEN.text(), "holds", policy=policy("none")),
    "no policy": Accident(GOOD.text(), "not_all_proved", policy=None),
    "only promised": Accident(_promised(GOOD), "not_all_proved"),
    "too few witnesses": Accident(
        ONE_SEEN.text(), "not_all_proved", frozenset((n, "quorum_not_met") for n in (1, 2, 3))
    ),
    "too few witnesses, and another time": Accident(
        _changed(_in(2, "leaf", lambda text: text.replace("T17:", "T16:")), ONE_SEEN),
        "does_not_hold",
        frozenset({(1, "quorum_not_met"), (2, "quorum_not_met"), (3, "wrong_root")}),
    ),
    "a policy that is never met": _bad(
        GOOD.text(), "policy_never_met", policy=f"log {CITY.public}\nwitness pq {ml_dsa()}\nquorum pq\n"
    ),
    "good, a policy with a key nobody checks here": Accident(
        GOOD.text(), "holds", policy=policy().replace("group two 2 a b c", f"witness d {ml_dsa()}\ngroup two 2 a b c d")
    ),
    **{
        f"a policy that counts in {count!r}": _bad(
            GOOD.text(), "bad_policy", policy=policy().replace("two 2", f"two {count}")
        )
        for count in ("١", "২", "²", "02", "+2", "2_", "2.0", "-1", "0", "4")
    },
    "good, a policy without its last line end": Accident(GOOD.text(), "holds", policy=policy().rstrip("\n")),
    "good, a policy whose names are of any script": Accident(
        GOOD.text(), "holds", policy=policy().replace("two", "екеуі").replace(" b ", " б ")
    ),
    "good, a policy whose names are no text": Accident(
        GOOD.text(), "holds", policy=policy().replace("two", "\udcff\udca0").replace(" b ", " \udc85 ")
    ),
    "a policy cut off in its last line": _bad(GOOD.text(), "bad_policy", policy=policy().rstrip("wo\n")),
    "a policy with a control character": _bad(GOOD.text(), "bad_policy", policy="# \x0b\n" + policy()),
    "a policy with the line ends of another system": _bad(
        GOOD.text(), "bad_policy", policy=policy().replace("log ", "# the log\r\nlog ")
    ),
    "a policy that is too long": _bad(GOOD.text(), "bad_policy", policy="#" * POLICY_LIMIT + "\n" + policy()),
    "a policy with a group called none": _bad(
        GOOD.text(), "bad_policy", policy=policy().replace("quorum two", "group none any two\nquorum none")
    ),
    "a policy that is none": _bad(GOOD.text(), "bad_policy", policy="trust me\n"),
    "a policy that counts one witness twice": _bad(
        GOOD.text(),
        "bad_policy",
        policy=f"log {CITY.public}\nwitness a {WITNESSES[0].public}\nwitness b {WITNESSES[0].public}\n"
        "group g 2 a b\nquorum g\n",
    ),
    "another log's key": Accident(
        GOOD.text(),
        "does_not_hold",
        frozenset({(0, "other_log"), *((n, "unsigned") for n in (1, 2, 3))}),
        policy=f"log {OTHER.public}\nquorum none\n",
    ),
    "another key of the same log": Accident(
        GOOD.text(),
        "does_not_hold",
        frozenset({(0, "other_key"), *((n, "unsigned") for n in (1, 2, 3))}),
        policy=policy("none", log=SUCCESSOR),
    ),
    **{
        f"good, a log with a name of {bytes_of} bytes": Accident(
            build(Log(named), witnesses=()).text(), "holds", policy=policy("none", log=named)
        )
        for bytes_of, named in {255: LONGEST, 254: LONGEST_KAZAKH}.items()
    },
    **{
        f"a log with a name of {bytes_of} bytes": Accident(
            build(Log(named), witnesses=()).text(),
            "does_not_hold",
            frozenset((n, "bad_checkpoint") for n in (1, 2, 3)),
            policy=policy("none", log=named),
        )
        for bytes_of, named in {256: TOO_LONG, 258: TOO_LONG_KAZAKH}.items()
    },
    "a receipt of another log": Accident(
        build(Log(OTHER), witnesses=()).text(),
        "does_not_hold",
        frozenset({(0, "other_log"), *((n, "unsigned") for n in (1, 2, 3))}),
        policy=policy("none"),
    ),
    "truncated": _bad(GOOD.text()[: LAST // 2], "bad_json"),
    "empty": _bad("{", "bad_json"),
    "another format": _bad(_changed(lambda fields: fields.update(format="qyzmet.receipt/v2")), "bad_receipt"),
    "no steps": _bad(_changed(lambda fields: fields.update(steps=[])), "bad_receipt"),
    "a name that is not known": _bad(_changed(lambda fields: fields.update(comment="")), "bad_receipt"),
    "a name that stands twice": _bad(GOOD.text().replace('"case"', '"case": "X",\n "case"', 1), "bad_json"),
    "oversized": _bad(GOOD.text() + " " * RECEIPT_LIMIT, "receipt_too_long"),
    "too many steps": _bad(_changed(lambda fields: fields.update(steps=fields["steps"] * 700)), "bad_receipt"),
    "a key with a slip": _bad(_changed(lambda fields: fields.update(log=_flip(fields["log"], 30))), "bad_key"),
    "doubled": _wrong(
        lambda fields: fields.update(steps=fields["steps"][:1] * 2),
        (2, "chain_broken"),
        (2, "order_changed"),
        (2, "step_missing"),
    ),
    "reordered": _wrong(
        lambda fields: _swap(fields["steps"]),
        (1, "chain_broken"),
        (2, "chain_broken"),
        (3, "chain_broken"),
        (2, "order_changed"),
        (2, "step_missing"),
        (2, "time_went_back"),
    ),
    "a step left out": _wrong(lambda fields: fields["steps"].pop(1), (2, "chain_broken"), (2, "step_missing")),
    "the first step left out": _wrong(
        lambda fields: fields["steps"].pop(0), (1, "chain_broken"), (2, "step_missing"), (0, "text_of_nothing")
    ),
    "a due date changed": _wrong(_content(0, due_on="2026-05-15"), (1, "content_changed")),
    "a day with a fraction": _bad(_changed(_content(0, n=1.5)), "bad_json"),
    "a word added to the content": _wrong(_content(2, grade=5), (3, "content_changed")),
    "the case number changed": _wrong(
        lambda fields: fields.update(case="2026-QYZ-OTHER"), (1, "other_case"), (3, "other_case")
    ),
    "the salt changed": _wrong(_in(0, "salt", lambda text: "f" + text[1:]), (1, "content_changed")),
    "the day changed in the leaf": _wrong(
        _in(0, "leaf", lambda text: text.replace("2026-04-15", "2026-05-15")),
        (1, "wrong_root"),
        (1, "other_leaf"),
        (1, "clear_differs"),
        (2, "chain_broken"),
    ),
    "the time changed in the leaf": _wrong(
        _in(2, "leaf", lambda text: text.replace("T17:", "T16:")), (3, "wrong_root")
    ),
    "a leaf with a blank": _bad(_changed(_in(0, "leaf", lambda text: text.replace(",", ", ", 1))), "bad_leaf"),
    "a leaf without a zone": _bad(_changed(_in(0, "leaf", lambda text: text.replace("+00:00", ""))), "bad_leaf"),
    "the text changed": _wrong(lambda fields: fields.update(texts={sha(TEXT): TEXT + "!"}), (0, "text_changed")),
    "nothing is opened": Accident(_unopened(), "does_not_hold", frozenset({(0, "nothing_opened")})),
    "a number nobody reads alike": _bad(_changed(_content(0, grade=2**53)), "bad_receipt"),
    "half a character": _bad(_changed(_content(0, body="\ud800")).replace("\ud800", "\\ud800"), "bad_receipt"),
    "another encoding": _bad(GOOD.text(), "bad_json", encoding="utf-16-le"),
    "a text of nothing": _wrong(lambda fields: fields["texts"].update({sha("x"): "x"}), (0, "text_of_nothing")),
    "a hash of the path changed": _wrong(
        lambda fields: _path(fields, lambda lines: lines.__setitem__(2, _flip(lines[2], 5))), (1, "wrong_root")
    ),
    "a hash of the path missing": _wrong(lambda fields: _path(fields, lambda lines: lines.pop()), (1, "proof_length")),
    "a hash of the path too many": _wrong(
        lambda fields: _path(fields, lambda lines: lines.append(lines[-1])), (1, "proof_length")
    ),
    "an index outside": _wrong(
        lambda fields: _path(fields, lambda lines: lines.__setitem__(1, "index 6")), (1, "index_outside")
    ),
    "an index with a zero before it": _bad(
        _changed(lambda fields: _path(fields, lambda lines: lines.__setitem__(1, "index 01"))), "bad_number"
    ),
    "the size changed": _wrong(_in(0, "proof", lambda text: text.replace("\n6\n", "\n7\n")), (1, "bad_signature")),
    "the city's signature changed": _wrong(
        _in(0, "proof", lambda text: _flip(text, text.index("log.example/city ") + 40)), (1, "bad_signature")
    ),
    "a witness's signature changed": _wrong(
        _in(1, "proof", lambda text: _flip(text, text.index("witness.example/b ") + 60)), (2, "bad_signature")
    ),
    "trailing lines": Accident(_trailing(), "does_not_hold", frozenset({(1, "bad_note")})),
    "an empty line at the end": Accident(_prolonged(), "does_not_hold", frozenset({(1, "bad_note")})),
    "a promise for another entry": _wrong(
        lambda fields: fields["steps"][1].update(promise=fields["steps"][0]["promise"]), (2, "other_leaf")
    ),
    "a promise changed": _wrong(_in(0, "promise", lambda text: text.replace("\nby 1", "\nby 2")), (1, "bad_signature")),
    "later than its witnesses": Accident(EARLY.text(), "does_not_hold", frozenset({(3, "later_than_seen")})),
    "a size in other digits": Accident(_signed_lines("٦"), "does_not_hold", frozenset({(1, "bad_number")})),
    "a size with a zero before it": Accident(_signed_lines("06"), "does_not_hold", frozenset({(1, "bad_number")})),
    "a signature spelt otherwise": _wrong(_in(0, "proof", _respell_signature), (1, "bad_base64")),
    "a hash of the path spelt otherwise": _bad(
        _changed(lambda fields: _path(fields, lambda lines: lines.__setitem__(2, _respell(lines[2])))), "bad_base64"
    ),
    "a salt without its content": _bad(_changed(lambda fields: fields["steps"][0].pop("content")), "bad_receipt"),
    "a content without its salt": _bad(_changed(lambda fields: fields["steps"][0].pop("salt")), "bad_receipt"),
    "neither proof nor promise": _bad(_changed(lambda fields: fields["steps"][1].pop("proof")), "bad_receipt"),
    **{
        f"a leaf with {name}": _bad(_changed(_in(1, "leaf", change)), "bad_leaf")
        for name, change in {
            "another version": lambda text: text.replace('"v":1', '"v":2'),
            "true for its version": lambda text: text.replace('"v":1', '"v":true'),
            "a name of its own": lambda text: text.replace('"v":1', '"v":1,"x":1'),
            "a time to the microsecond": lambda text: text.replace("00.000+", "00.000000+"),
            "a day that is none": lambda text: text.replace("2026-04-15", "2026-04-31"),
            "its time in other digits": lambda text: text.replace("T16:05", "T16:٠٥"),
            "a hash too short": lambda text: text.replace('"c":"', '"c":"0', 1),
        }.items()
    },
    "proofs of two steps exchanged": _wrong(_exchange("proof"), (1, "wrong_root"), (3, "wrong_root")),
    "a child's proof for the parent's step": Accident(
        _family("proof"), "does_not_hold", frozenset({(3, "wrong_root")})
    ),
    "a child's step among the parent's": Accident(
        _family("step"),
        "does_not_hold",
        frozenset((3, code) for code in ("chain_broken", "other_case", "step_missing", "time_went_back")),
    ),
    "a child's receipt under the parent's number": Accident(
        _family("number"), "does_not_hold", frozenset({(1, "other_case"), (3, "other_case")})
    ),
    "a fork": Accident(_forked(), "does_not_hold", frozenset({(0, "fork")})),
}

"""tlog-proof files."""

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import LARGEST, base64_of
from qyzmet.ledger.tlog_proof import HEADER, LONGEST_PATH, PROOF_LIMIT, TlogProof, parse_proof

HASH = base64_of(b"h" * 32)


@pytest.mark.parametrize(
    "proof",
    [
        TlogProof(0, (), "checkpoint\n"),
        TlogProof(LARGEST, (b"h" * 32,) * LONGEST_PATH, "a\n\nb\n\n— c\n"),
        TlogProof(5, (b"h" * 32,), "checkpoint\n", b""),
        TlogProof(5, (b"h" * 32,), "checkpoint\n", b"\x00extra"),
    ],
)
def test_a_proof_there_and_back(proof: TlogProof) -> None:
    assert parse_proof(str(proof).encode()) == proof


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("", "bad_proof", "header"),
        (HEADER, "bad_proof", "header"),
        (f"{HEADER}\nindex 0\n\n", "bad_proof", "header"),
        (f"{HEADER}\nindex 0\ncheckpoint\n", "bad_proof", "header"),
        (f" {HEADER}\nindex 0\n\ncheckpoint\n", "bad_proof", "header"),
        (f"{HEADER[:-1]}2\nindex 0\n\ncheckpoint\n", "bad_proof", "header"),
        (f"{HEADER}\r\nindex 0\n\ncheckpoint\n", "bad_proof", "header"),
        (f"{HEADER}\n\ncheckpoint\n", "bad_proof", "index"),
        (f"{HEADER}\n{HASH}\n\ncheckpoint\n", "bad_proof", "index"),
        (f"{HEADER}\nextra\nindex 0\n\ncheckpoint\n", "bad_proof", "index"),
        (f"{HEADER}\nindex\n\ncheckpoint\n", "bad_proof", "index"),
        (f"{HEADER}\nIndex 0\n\ncheckpoint\n", "bad_proof", "index"),
        (f"{HEADER}\nextra AA==\nextra AA==\nindex 0\n\ncheckpoint\n", "bad_proof", "index"),
        (f"{HEADER}\nindex 0\nextra AA==\n\ncheckpoint\n", "bad_base64", None),
        (f"{HEADER}\nindex 0\n" + f"{HASH}\n" * (LONGEST_PATH + 1) + "\ncheckpoint\n", "bad_proof", "path"),
        (f"{HEADER}\nindex 00\n\ncheckpoint\n", "bad_number", None),
        (f"{HEADER}\nindex -1\n\ncheckpoint\n", "bad_number", None),
        (f"{HEADER}\nindex  1\n\ncheckpoint\n", "bad_number", None),
        (f"{HEADER}\nindex {LARGEST + 1}\n\ncheckpoint\n", "bad_number", None),
        (f"{HEADER}\nextra A\nindex 0\n\ncheckpoint\n", "bad_base64", None),
        (f"{HEADER}\nindex 0\n{HASH} \n\ncheckpoint\n", "bad_base64", None),
        (f"{HEADER}\nindex 0\n{base64_of(b'h' * 31)}\n\ncheckpoint\n", "bad_hash_length", None),
        ("x" * (PROOF_LIMIT + 1), "bad_proof", "too_long"),
    ],
)
def test_what_is_no_proof(text: str, code: str, why: str | None) -> None:
    with pytest.raises(Invalid) as wrong:
        parse_proof(text.encode())
    assert (wrong.value.code, wrong.value.values.get("why")) == (code, why)


def test_a_proof_is_utf8() -> None:
    with pytest.raises(Invalid, match="not_utf8"):
        parse_proof(b"\xff")

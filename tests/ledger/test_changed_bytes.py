"""Nothing in a receipt can be changed unseen.

What may change without harm: white space between the parts of the JSON, the order of their names and how a sign is
escaped (test_receipt), a line signed by a key the policy does not know, and the `extra` line of a proof, for which
nobody vouches (test_verdict).
"""

import hashlib

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.receipt import parse_receipt
from qyzmet.ledger.verdict import check_receipt
from tests.ledger.made import APPEAL, first, policy, receipt


def test_one_byte_changed_anywhere_is_found() -> None:
    """Two bits of every byte, turned one at a time: also of the white space, which is no longer any then.

    The policy wants every signature that is there: a line of a witness who is not needed could become one of nobody.
    """
    words = {hashlib.sha256(APPEAL.encode()).hexdigest(): APPEAL}
    data = receipt([first()], texts=words).text().encode()
    trusted = policy("all")
    assert check_receipt(parse_receipt(data), trusted).problems == []
    for at in range(len(data)):
        for bit in {at % 8, 5}:
            changed = data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
            try:
                verdict = check_receipt(parse_receipt(changed), trusted)
            except Invalid:
                continue
            assert not verdict.holds, f"byte {at}: {data[at - 20 : at + 20]!r}"


def test_a_receipt_cut_anywhere_is_found() -> None:
    data = receipt().text().encode()
    for at in range(len(data) - 1):
        with pytest.raises(Invalid, match="bad_json"):
            parse_receipt(data[:at])

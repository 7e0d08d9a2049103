"""Policies: whom a reader trusts, octet by octet."""

import itertools

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import (
    COSIGNATURE,
    ED25519,
    ML_DSA_COSIGNATURE,
    SigningKey,
    VerifierKey,
    signing_key,
)
from qyzmet.ledger.policy import POLICY_LIMIT, Policy, parse_policy, shown


def witness(n: int) -> SigningKey:
    return signing_key(f"w{n}.example", n.to_bytes(32, "big"), COSIGNATURE)


def log(n: int) -> SigningKey:
    return signing_key(f"log{n}.example", (1000 + n).to_bytes(32, "big"))


def pq(n: int) -> VerifierKey:
    return VerifierKey(f"pq{n}.example", ML_DSA_COSIGNATURE, bytes([n]) * 1312)


W = [witness(n).public for n in range(1, 7)]
L = log(1).public


def parsed(text: str) -> Policy:
    return parse_policy(text.encode())


TWO_LEVELS = f"""# two organisations
log {L}

witness X1 {W[0]}
witness X2 {W[1]}
witness X3 {W[2]}
group X-witnesses 2 X1 X2 X3

\twitness  Y1\t{W[3]}   https://y1.example/witness \t
 witness Y2 {W[4]}
  # a comment
witness Y3 {W[5]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def test_the_example_of_the_format_over_every_set_of_witnesses() -> None:
    policy = parsed(TWO_LEVELS)
    assert policy.logs == {L: ""}
    assert policy.witnesses["Y1"].url == "https://y1.example/witness"
    for seen in itertools.chain.from_iterable(itertools.combinations(range(6), n) for n in range(7)):
        wanted = sum(n < 3 for n in seen) >= 2 and any(n >= 3 for n in seen)
        assert policy.met_by(W[n] for n in seen) == wanted
    assert not policy.met_by([L, *(log(n).public for n in range(5))])


def test_the_simplest_policies() -> None:
    assert parsed("quorum none\n").met_by([])
    one = parsed(f"witness w {W[0]}\nquorum w\n")
    assert (one.met_by([]), one.met_by([W[1]]), one.met_by([W[0]])) == (False, False, True)
    with_url = parsed(f"log {L} https://log1.example/ \nquorum none\n")
    assert with_url.logs == {L: "https://log1.example/"}


def test_the_end_of_the_file_ends_its_last_line() -> None:
    """As the policies of transparency-dev/formats and sigsum are read, and those somebody copied from a page."""
    assert parsed(f"\n# comment\n\t # another\n\twitness \t w1  {W[0]}   https://w1.example/  \n\n  quorum\tw1").met_by(
        [W[0]]
    )
    assert parsed("quorum none\n\t").met_by([])
    assert parsed("quorum none\n# a comment").met_by([])


def test_lines_before_and_after_the_quorum() -> None:
    """A quorum may refer to preceding lines only; more witnesses may follow it."""
    assert parsed(f"quorum none\nwitness w {W[0]}\nlog {L}\n").met_by([])


def test_thirty_two_of_everything() -> None:
    lines = [f"log {log(n).public}" for n in range(32)]
    lines += [f"witness w{n} {witness(n).public}" for n in range(32)]
    lines += [f"group g{n} 1 w{n}" for n in range(31)]
    lines += ["group all-of-them all " + " ".join(f"g{n}" for n in range(31)), "quorum all-of-them"]
    policy = parsed("\n".join(lines) + "\n")
    assert policy.met_by(witness(n).public for n in range(31))
    assert not policy.met_by(witness(n).public for n in range(30))


def test_names_are_octets() -> None:
    """ASCII K and the Kelvin sign are two names; a name need not be UTF-8; a no-break space is part of a name."""
    data = f"witness K {W[0]}\nwitness ".encode() + b"\xe2\x84\xaa" + f" {W[1]}\nwitness ".encode()
    data += (
        b"\xff\xa0\x85 "
        + f"{W[2]} ".encode()
        + b"https://\xff\n"
        + b"group \xc2\xa0g 2 K \xff\xa0\x85\nquorum \xc2\xa0g\n"
    )
    policy = parse_policy(data)
    assert [shown(name) for name in policy.witnesses] == ["K", "\u212a", "\ufffd\ufffd\ufffd"]
    assert policy.met_by([W[0], W[2]])
    assert not policy.met_by([W[0], W[1]])


def test_a_key_may_have_a_name_of_any_script() -> None:
    key = signing_key("куәгер.example", b"\x21" * 32, COSIGNATURE).public
    assert parsed(f"witness куәгер {key}\nquorum куәгер\n").met_by([key])


def test_a_log_may_have_a_post_quantum_key_beside_its_own() -> None:
    assert set(parsed(f"log {L}\nlog {pq(1)}\nquorum none\n").logs) == {L, pq(1)}


def test_a_policy_that_can_never_be_met_here_is_refused() -> None:
    mixed = f"witness a {pq(1)}\nwitness b {W[0]}\ngroup g {{}} a b\nquorum g\n"
    assert parsed(mixed.format("any")).met_by([W[0]])
    for text in (
        mixed.format("all"),
        f"witness a {pq(1)}\nquorum a\n",
        f"log {pq(1)}\nquorum none\n",
    ):
        with pytest.raises(Invalid, match="policy_never_met"):
            parsed(text)


GOOD = f"witness a {W[0]}\nwitness b {W[1]}\n"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 0, "no_quorum"),
        ("\n# quorum none\n", 0, "no_quorum"),
        ("quorum none\nquorum none", 2, "quorum"),
        ("\n\nquorum none\r", 3, "control_character"),
        ("#" * POLICY_LIMIT + "\nquorum none\n", 0, "too_long"),
        ("quorum none\nquorum none\n", 2, "quorum"),
        ("quorum\n", 1, "quorum"),
        ("quorum none none\n", 1, "quorum"),
        ("quorum a\n" + GOOD, 1, "unknown_name"),
        (f"{GOOD}quorum A\n", 3, "unknown_name"),
        (f"{GOOD}quorum none # one\n", 3, "quorum"),
        ("Quorum none\n", 1, "keyword"),
        ("policy x\n", 1, "keyword"),
        ("quorum none\r\n", 1, "control_character"),
        ("# \x00\nquorum none\n", 1, "control_character"),
        ("\n# \x7f\nquorum none\n", 2, "control_character"),
        ("\x0b\nquorum none\n", 1, "control_character"),
        ("log\n", 1, "items"),
        (f"log {L} https://a b\n", 1, "items"),
        (f"witness {W[0]}\n", 1, "items"),
        (f"witness a {W[0]} https://a b\n", 1, "items"),
        (f"{GOOD}group g 1\n", 3, "items"),
        (f"{GOOD}group g all\n", 3, "items"),
        (f"witness none {W[0]}\n", 1, "name_taken"),
        (f"{GOOD}witness a {W[2]}\n", 3, "name_taken"),
        (f"{GOOD}group a 1 b\n", 3, "name_taken"),
        (f"{GOOD}group g 1 a\nwitness g {W[2]}\n", 4, "name_taken"),
        (f"{GOOD}group none 1 a\n", 3, "name_taken"),
        (f"{GOOD}group g 1 none\n", 3, "unknown_name"),
        (f"{GOOD}group g 1 a c\n", 3, "unknown_name"),
        (f"{GOOD}group g 1 g\n", 3, "unknown_name"),
        (f"{GOOD}group g 1 a a\n", 3, "member_twice"),
        (f"{GOOD}group g 1 a\ngroup h 1 b a\n", 4, "member_twice"),
        (f"{GOOD}group g 1 a\ngroup h 1 g\ngroup i 1 g b\n", 5, "member_twice"),
        (f"{GOOD}group g 0 a b\n", 3, "threshold"),
        (f"{GOOD}group g 3 a b\n", 3, "threshold"),
        (f"{GOOD}group g -1 a b\n", 3, "threshold"),
        (f"{GOOD}group g 01 a b\n", 3, "threshold"),
        (f"{GOOD}group g two a b\n", 3, "threshold"),
        (f"{GOOD}group g ALL a b\n", 3, "threshold"),
        (f"{GOOD}group g {'9' * 5000} a b\n", 3, "threshold"),
        (f"log {L}\nlog {L}\n", 2, "duplicate_key"),
        (f"{GOOD}witness c {W[0]}\n", 3, "duplicate_key"),
        (f"witness a {L}\n", 1, "witness_key"),
        (f"log {W[0]}\n", 1, "log_key"),
        ("log name+12345678+AQ==\n", 1, "kind"),
        (f"log {str(L)[:-1]}\n", 1, "bad_base64"),
        (f"log x{L}\n", 1, "id"),
        ("log +12345678+AQ==\n", 1, "kind"),
    ],
)
def test_the_line_that_cannot_be_taken_is_named(text: str, line: int, why: str) -> None:
    with pytest.raises(Invalid, match="bad_policy") as wrong:
        parse_policy(text.encode("latin-1"))
    assert (wrong.value.values["line"], wrong.value.values["why"]) == (line, why)


def test_one_key_under_two_names_is_a_duplicate() -> None:
    """The public key decides, not its name or its id."""
    renamed_log = signing_key("renamed.example", (1001).to_bytes(32, "big"), ED25519).public
    with pytest.raises(Invalid) as wrong:
        parsed(f"log {L}\nlog {renamed_log}\nquorum none\n")
    assert wrong.value.values == {"line": 2, "why": "duplicate_key"}
    renamed = signing_key("renamed.example", (1).to_bytes(32, "big"), COSIGNATURE).public
    with pytest.raises(Invalid) as wrong:
        parsed(f"{GOOD}witness c {renamed}\nquorum c\n")
    assert wrong.value.values == {"line": 3, "why": "duplicate_key"}


def test_a_key_name_is_utf8() -> None:
    with pytest.raises(Invalid) as wrong:
        parse_policy(b"log \xff+12345678+AQ==\nquorum none\n")
    assert wrong.value.values == {"line": 1, "why": "not_utf8"}


def test_every_other_octet_is_allowed_in_a_comment() -> None:
    allowed = bytes([0x09, *range(0x20, 0x7F), *range(0x80, 0x100)])
    assert parse_policy(b"# " + allowed + b"\nquorum none\n").quorum == "none"

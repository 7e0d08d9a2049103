"""Signed notes: what they may hold, and whose signature counts."""

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import COSIGNATURE, ED25519, ML_DSA_COSIGNATURE, VerifierKey, key_id, signing_key
from qyzmet.ledger.note import (
    NOTE_LIMIT,
    SIGNATURE_LIMIT,
    Note,
    Signature,
    Signed,
    check_text,
    cosign,
    cosignature_time,
    cosigned_message,
    parse_note,
    sign,
    verify,
    with_signatures,
)
from qyzmet.ledger.strict import LARGEST, base64_of
from tests.ledger.made import LOG, NEXT_LOG, STRANGER, WITNESSES, signed

TEXT = "log.example/city\n1\nroot\n"
LINE = "— name " + base64_of(b"id__" + b"s" * 64)
ML_DSA = VerifierKey("witness.example/pq", ML_DSA_COSIGNATURE, b"k" * 1312)


def refused(data: bytes | str) -> tuple[str, str | None]:
    with pytest.raises(Invalid) as wrong:
        parse_note(data if isinstance(data, bytes) else data.encode())
    return wrong.value.code, wrong.value.values.get("why")


def test_a_note_there_and_back() -> None:
    note = signed(TEXT, LOG, *WITNESSES)
    assert parse_note(str(note).encode()) == note


@pytest.mark.parametrize(
    "text", ["\n", "a\n", "a\n\nb\n", "\n\n\n", "a\n\n", "a\n\n— not a signature\n", "қала\u2028\x7f\n"]
)
def test_the_last_empty_line_ends_the_text(text: str) -> None:
    assert parse_note(f"{text}\n{LINE}\n".encode()) == Note(text, (Signature("name", b"id__", b"s" * 64),))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ("", ("bad_note", "no_signatures")),
        ("\n", ("bad_note", "no_signatures")),
        ("text\n", ("bad_note", "no_signatures")),
        ("text\n\n", ("bad_note", "no_signatures")),
        (f"text\n{LINE}\n", ("bad_note", "no_signatures")),
        (f"\n{LINE}\n", ("bad_note", "no_signatures")),
        (f"text\n\n{LINE}", ("bad_note", "no_signatures")),
        (f"text\n\n{LINE}\n\n", ("bad_note", "no_signatures")),
        (f"text\n\n{LINE}\nmore\n", ("bad_note", "signature_line")),
        (f"text\n\nmore\n{LINE}\n", ("bad_note", "signature_line")),
        (f"text\n\n{LINE[1:]}\n", ("bad_note", "signature_line")),
        (f"text\n\n-{LINE[1:]}\n", ("bad_note", "signature_line")),
        (f"text\n\n {LINE}\n", ("bad_note", "signature_line")),
        ("text\n\n— name\n", ("bad_note", "signature_line")),
        ("text\n\n— name \n", ("bad_note", "signature_line")),
        ("text\n\n— name AAAAAA==\n", ("bad_note", "signature_length")),
        ("text\n\n— name AAAA\n", ("bad_note", "signature_length")),
        (f"text\n\n{LINE} \n", ("bad_base64", None)),
        (f"text\n\n{LINE.replace(' name ', ' name  ')}\n", ("bad_base64", None)),
        (f"text\n\n{LINE.rstrip('=')}\n", ("bad_base64", None)),
        ("text\n\n— name AAAAAAB=\n", ("bad_base64", None)),
        (f"text\n\n{LINE.replace(' name ', ' a+b ')}\n", ("bad_key_name", None)),
        (f"text\n\n— a\u00a0b {LINE.rpartition(' ')[2]}\n", ("bad_key_name", None)),
        (f"text\n\n{LINE.replace(' name ', '  ')}\n", ("bad_key_name", None)),
        (f"text\r\n\n{LINE}\n", ("control_character", None)),
        (f"te\txt\n\n{LINE}\n", ("control_character", None)),
        (f"text\n\n{LINE}\r\n", ("control_character", None)),
        (f"te\0xt\n\n{LINE}\n", ("control_character", None)),
        (b"te\xffxt\n\n" + LINE.encode() + b"\n", ("not_utf8", None)),
        (b"x" * (NOTE_LIMIT + 1), ("note_too_long", None)),
        ("text\n\n" + f"{LINE}\n" * (SIGNATURE_LIMIT + 1), ("too_many_signatures", None)),
    ],
)
def test_what_is_no_note(data: bytes | str, refusal: tuple[str, str | None]) -> None:
    assert refused(data) == refusal


def test_every_control_character_but_newline_is_refused() -> None:
    for point in set(range(0x20)) - {0x0A}:
        assert refused(f"a{chr(point)}b\n\n{LINE}\n")[0] == "control_character"


def test_sixteen_signatures_and_more_are_read() -> None:
    strangers = tuple(Signature(f"stranger{n}", b"id__", b"s" * 2428) for n in range(SIGNATURE_LIMIT - 1))
    note = Note(TEXT, (*strangers, sign(TEXT, LOG)))
    assert verify(parse_note(str(note).encode()), [LOG.public]) == [Signed(LOG.public)]


def test_whose_signatures_hold() -> None:
    note = signed(TEXT, LOG, *WITNESSES, time=1_776_000_000)
    keys = [LOG.public, *(one.public for one in WITNESSES)]
    assert verify(note, keys) == [Signed(key, 1_776_000_000 if key.kind == COSIGNATURE else None) for key in keys]
    assert verify(note, [WITNESSES[1].public]) == [Signed(WITNESSES[1].public, 1_776_000_000)]


def test_unknown_keys_are_passed_over_even_under_a_known_name_or_id() -> None:
    """A note with nonsense of unknown keys holds by the one that is known."""
    name, id_ = LOG.public.name, LOG.public.id
    noise = (
        Signature(name, b"\0\0\0\0", b"x"),
        Signature("other.example", id_, b"x" * 64),
        sign(TEXT, NEXT_LOG),
        sign(TEXT, STRANGER),
    )
    assert verify(Note(TEXT, (*noise, sign(TEXT, LOG))), [LOG.public]) == [Signed(LOG.public)]
    with pytest.raises(Invalid, match="unsigned") as wrong:
        verify(Note(TEXT, noise), [LOG.public])
    assert wrong.value.values["names"] == LOG.public.name


def test_a_kind_that_is_not_checked_here_counts_for_nothing_and_harms_nothing() -> None:
    line = Signature(ML_DSA.name, ML_DSA.id, b"x" * 2428)
    assert verify(Note(TEXT, (line, sign(TEXT, LOG))), [ML_DSA, LOG.public]) == [Signed(LOG.public)]
    with pytest.raises(Invalid, match="unsigned"):
        verify(Note(TEXT, (line,)), [ML_DSA])


def test_one_known_signature_that_does_not_hold_spoils_the_note() -> None:
    wrong_text = sign("other\n", LOG)
    short = Signature(LOG.public.name, LOG.public.id, b"x" * 63)
    plain = Signature(WITNESSES[0].public.name, WITNESSES[0].public.id, WITNESSES[0].sign(TEXT.encode()))
    backdated = cosign(TEXT, WITNESSES[0], time=5)
    backdated = Signature(backdated.name, backdated.id, (4).to_bytes(8, "big") + backdated.data[8:])
    for bad, code in [
        (wrong_text, "bad_signature"),
        (short, "bad_signature"),
        (plain, "not_a_cosignature"),
        (backdated, "bad_signature"),
    ]:
        note = Note(TEXT, (sign(TEXT, LOG), cosign(TEXT, WITNESSES[1], time=5), bad))
        with pytest.raises(Invalid, match=code):
            verify(note, [LOG.public, *(one.public for one in WITNESSES)])


def test_a_key_counts_once_and_its_second_signature_is_checked_too() -> None:
    early, late = (cosign(TEXT, WITNESSES[0], time=time) for time in (5, 9))
    assert verify(Note(TEXT, (early, late, early)), [WITNESSES[0].public]) == [Signed(WITNESSES[0].public, 5)]
    bad = Signature(early.name, early.id, early.data[:-1] + b"\0")
    with pytest.raises(Invalid, match="bad_signature"):
        verify(Note(TEXT, (early, bad)), [WITNESSES[0].public])


def test_a_key_of_both_kinds_is_two_keys() -> None:
    """One seed and one name as log and as witness: the ids differ, and neither signature passes for the other."""
    log = signing_key("both.example", b"\x09" * 32, ED25519)
    witness = signing_key("both.example", b"\x09" * 32, COSIGNATURE)
    assert log.public.id != witness.public.id
    moved = Signature("both.example", witness.public.id, sign(TEXT, log).data)
    with pytest.raises(Invalid, match="not_a_cosignature"):
        verify(Note(TEXT, (moved,)), [witness.public])
    message = Signature("both.example", log.public.id, cosign(TEXT, witness, time=5).data[8:])
    with pytest.raises(Invalid, match="bad_signature"):
        verify(Note(TEXT, (message,)), [log.public])


def test_two_known_keys_that_cannot_be_told_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are short, so that a collision can be made: here by saying so."""
    monkeypatch.setattr("qyzmet.ledger.keys.key_id", lambda name, kind, key: b"same")
    with pytest.raises(Invalid, match="ambiguous_keys"):
        verify(signed(TEXT, LOG), [LOG.public, NEXT_LOG.public])
    assert verify(signed(TEXT, LOG), [LOG.public, LOG.public]) == [Signed(LOG.public)]


def test_the_time_of_a_cosignature() -> None:
    assert cosignature_time((5).to_bytes(8, "big") + b"s" * 64) == 5
    assert cosignature_time(LARGEST.to_bytes(8, "big") + b"s" * 64) == LARGEST
    for data in (b"", b"s" * 64, b"\0" * 71, b"\0" * 73, (LARGEST + 1).to_bytes(8, "big") + b"s" * 64):
        with pytest.raises(Invalid, match="not_a_cosignature"):
            cosignature_time(data)
    for time in (-1, LARGEST + 1):
        with pytest.raises(ValueError, match="not a POSIX time"):
            cosign(TEXT, WITNESSES[0], time=time)


def test_what_a_witness_signs() -> None:
    assert cosigned_message(TEXT, 1_679_315_147) == b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()


def test_keys_sign_only_as_their_kind_does() -> None:
    with pytest.raises(ValueError, match="does not cosign"):
        cosign(TEXT, LOG, time=5)
    with pytest.raises(ValueError, match="witness's key"):
        sign(TEXT, WITNESSES[0])


@pytest.mark.parametrize(
    ("text", "code"), [("abc", "bad_note"), ("", "bad_note"), ("a\tb\n", "control_character"), ("\ud800\n", "not_utf8")]
)
def test_what_is_never_signed(text: str, code: str) -> None:
    for attempt in (lambda: check_text(text), lambda: sign(text, LOG), lambda: cosign(text, WITNESSES[0], time=1)):
        with pytest.raises(Invalid, match=code) as wrong:
            attempt()
        assert wrong.value.values.get("why") == ("no_newline" if code == "bad_note" else None)


def test_signatures_are_added_once() -> None:
    note = signed(TEXT, LOG)
    more = [cosign(TEXT, WITNESSES[0], time=5), sign(TEXT, LOG)]
    both = with_signatures(note, more)
    assert [one.name for one in both.signatures] == [LOG.public.name, WITNESSES[0].public.name]
    assert with_signatures(both, more) == both


def test_ids_are_of_name_kind_and_key() -> None:
    assert ML_DSA.id == key_id("witness.example/pq", 6, b"k" * 1312)

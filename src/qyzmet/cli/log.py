"""`qyzmet log`: proofs and signed notes of any log that keeps to the C2SP formats, ours or another."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from qyzmet.cli.proofs.files import Given, read
from qyzmet.cli.proofs.judge import EXITS, NOWHERE, Found, look, stands
from qyzmet.cli.proofs.sentences import moment, told, wrong
from qyzmet.cli.verify import policy_in
from qyzmet.law import kz
from qyzmet.law.words import LANGS
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import parse_key
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.note import NOTE_LIMIT, parse_note, verify
from qyzmet.ledger.tiles import ENTRY_LIMIT
from qyzmet.ledger.tlog_proof import PROOF_LIMIT, TlogProof, parse_proof
from qyzmet.ledger.tree import check_inclusion
from qyzmet.ledger.verdict import Problem
from qyzmet.ledger.words import say


def add(parser: argparse.ArgumentParser) -> None:
    """Two verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify|note")
    proof = verbs.add_parser(
        "verify", help="check a proof (c2sp.org/tlog-proof) against a policy (c2sp.org/tlog-policy)"
    )
    proof.add_argument("proof", metavar="PROOF", help="the proof; - reads input")
    proof.add_argument("--policy", required=True, metavar="FILE", help="keys of the log and of its witnesses, quorum")
    proof.add_argument(
        "--entry", metavar="FILE", help="the entry, byte for byte; without it nobody knows what is proved"
    )
    note = verbs.add_parser("note", help="check a signed note (c2sp.org/signed-note) against keys")
    note.add_argument("note", metavar="FILE", help="the note; - reads input")
    note.add_argument("--key", required=True, action="append", metavar="VKEY", help="name+id+base64; may stand twice")
    for one in (proof, note):
        one.add_argument("--lang", choices=LANGS, default=LANGS[0], help="language of the answer (default: kk)")


def run(args: argparse.Namespace) -> int:
    """Exit codes as of `qyzmet verify`."""
    try:
        return _note(args) if args.verb == "note" else _proof(args)
    except Invalid as error:
        return _end("unreadable", [], [wrong(error, args.lang)], args.lang)


def _end(outcome: str, lines: list[str], errors: list[str], lang: Any) -> int:
    print("\n".join([say(f"verdict_{outcome}", lang), *lines]).encode(errors="replace").decode())
    for line in errors:
        print(line, file=sys.stderr)
    return EXITS[outcome]


def _proof(args: argparse.Namespace) -> int:
    policy = policy_in(args.policy)
    data = read(args.proof, PROOF_LIMIT)
    proof = parse_proof(data)
    entry = read(args.entry, ENTRY_LIMIT) if args.entry else None
    found = Found(Given(args.proof, "proof", data, proof), policy)
    try:
        _check(found, proof, entry)
    except Invalid as error:
        found.problems.append(Problem(0, error))
    return _end(found.outcome, told(found, kz(), args.lang, datetime.now(UTC)), [], args.lang)


def _check(found: Found, proof: TlogProof, entry: bytes | None) -> None:
    seen = look(found, proof.checkpoint.encode())
    if entry is None:
        stands(proof, seen, NOWHERE)
    else:
        head, leaf = seen.checkpoint, leaf_hash(entry)
        check_inclusion(index=proof.index, size=head.size, leaf_hash=leaf, proof=proof.path, root=head.root)
        found.proved = True


def _note(args: argparse.Namespace) -> int:
    keys = [parse_key(one) for one in args.key]
    note = parse_note(read(args.note, NOTE_LIMIT))
    try:
        signed = verify(note, keys)
    except Invalid as error:
        return _end("does_not_hold", ["✗ " + wrong(error, args.lang)], [], args.lang)
    lines = [
        say("verify_signed_by", args.lang, name=one.key.name)
        if one.time is None
        else say("verify_signed_at", args.lang, name=one.key.name, at=moment(one.time, args.lang))
        for one in signed
    ]
    return _end("holds", [*lines, "", note.text.rstrip("\n")], [], args.lang)

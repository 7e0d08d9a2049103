"""`qyzmet witness`: cosign the heads of a log, for everybody who does not want to trust the city alone."""

import argparse
import logging
import signal
import sys
import time
from pathlib import Path
from typing import Any

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import ED25519, SigningKey, VerifierKey, parse_key
from qyzmet.ledger.policy import parse_policy
from qyzmet.text.languages import LANGS, Lang
from qyzmet.watch import witness
from qyzmet.watch.words import say

OK, CANNOT_LISTEN, USAGE = 0, 1, 2
"""Exit codes."""


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--name", required=True, help="name of the witness, like witness.example.kz")
    parser.add_argument("--key", required=True, type=Path, metavar="FILE", help="its private key; made if not there")
    parser.add_argument("--data", required=True, type=Path, metavar="FILE", dest="seen", help="what it has seen")
    parser.add_argument("--log", action="append", default=[], metavar="VKEY", help="a log's key; may be given again")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="a policy file that names the logs")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8380, help="port to listen on (default: %(default)s)")
    parser.add_argument("--url", default="", help="the address under which the log reaches it, if another")
    parser.add_argument("--lang", choices=LANGS, default=LANGS[0], help="language (default: kk)")


def run(args: argparse.Namespace) -> int:
    """Listen until interrupted."""
    try:
        logs = logs_of(args.log, args.policy)
        key, fresh = witness.witness_key(args.key, args.name)
        memory = witness.Memory(args.seen)
        memory.own(key.public, fresh=fresh)
    except (Invalid, witness.Refusal) as refused:
        return _refused(args.lang, refused.code, refused.values)
    made = witness.Witness(key, memory, logs, clock=lambda: int(time.time()))
    try:
        server = witness.serve(made, host=args.host, port=args.port)
    except OSError as error:
        _refused(args.lang, "witness_cannot_listen", {"address": f"{args.host}:{args.port}", "why": error.strerror})
        return CANNOT_LISTEN
    address = args.url or f"http://{args.host}:{server.server_address[1]}"
    return _answer(server, introduced(key, address, args.lang))


def logs_of(keys: list[str], policy: Path | None) -> list[VerifierKey]:
    """The logs to watch, each key once. `Refusal` where there are none or a file cannot be read, `Invalid`."""
    found = {parse_key(text): None for text in keys}
    if policy:
        found |= dict.fromkeys(parse_policy(read(policy)).logs)
    for key in found:
        if key.kind != ED25519:
            raise witness.Refusal("log_key_needed", name=key.name)
    if not found:
        raise witness.Refusal("no_logs")
    return list(found)


def read(path: Path) -> bytes:
    """A file that was named on the command line. `Refusal`: `file_unreadable`."""
    try:
        return path.read_bytes()
    except OSError:
        raise witness.Refusal("file_unreadable", path=path) from None


def introduced(key: SigningKey, address: str, lang: Lang) -> list[str]:
    """What the operator gives to others: the key, the line of a policy, the address."""
    return [
        f"{say('witness_key', lang)}\n  {key.public}",
        f"{say('witness_line', lang)}\n  witness {key.public.name} {key.public} {address.rstrip('/')}",
        say("witness_listens", lang, address=address),
    ]


def _answer(server: witness.WitnessServer, words: list[str]) -> int:
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        print("\n".join(words), flush=True)
        server.serve_forever()
    except KeyboardInterrupt:
        return OK
    finally:
        server.server_close()
    return OK


def _refused(lang: Lang, code: str, values: dict[str, Any]) -> int:
    print(say(code, lang, **values), file=sys.stderr)
    return USAGE

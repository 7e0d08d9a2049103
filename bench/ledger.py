"""Proofs, paths and signatures of a log of a million leaves, against the bare primitives they are made of.

python -m bench.ledger [--leaves 1000000] [--seconds 2] [--json]
"""

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from qyzmet.ledger.checkpoint import Checkpoint
from qyzmet.ledger.keys import COSIGNATURE, signing_key
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.note import Note, cosign, parse_note, sign, verify
from qyzmet.ledger.policy import parse_policy
from qyzmet.ledger.tiles import Tree, grow
from qyzmet.ledger.tlog_proof import TlogProof, parse_proof
from qyzmet.ledger.tree import check_consistency, check_inclusion
from qyzmet.ledger.verdict import check_proof

BATCH = 5000
AT = 1_776_000_000
LOG = signing_key("log.example/bench", b"\x01" * 32)
WITNESS = signing_key("witness.example/bench", b"\x02" * 32, COSIGNATURE)


class Files:
    """A log in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """The file. FileNotFoundError where there is none."""
        try:
            return self.files[path]
        except KeyError:
            raise FileNotFoundError(path) from None


def entry(n: int) -> bytes:
    """As long as a leaf is."""
    return b'{"c":"%064x","p":"%064x","t":"2026-04-15T05:00:00.000+00:00","v":1}' % (n, n)


def grown(leaves: int) -> Files:
    """The log after so many leaves came in batches."""
    files = Files()
    for start in range(0, leaves, BATCH):
        entries = [entry(n) for n in range(start, min(leaves, start + BATCH))]
        files.files.update(grow(files, start, entries, [leaf_hash(one) for one in entries]))
    return files


class Rate(NamedTuple):
    """Times a second by the clock, and milliseconds of processor time each: they part where the machine is shared."""

    a_second: float
    busy_ms: float


def rate(work: Callable[[int], object], numbers: Sequence[int], seconds: float) -> Rate:
    """Over at least so many seconds."""
    done, start, busy = 0, time.perf_counter(), time.process_time()
    while (spent := time.perf_counter() - start) < seconds:
        work(numbers[done % len(numbers)])
        done += 1
    return Rate(done / spent, (time.process_time() - busy) / done * 1000)


def bare_path(leaf: bytes, path: Sequence[bytes]) -> bytes:
    """The floor of a path: as many SHA-256, and nothing checked."""
    for one in path:
        leaf = hashlib.sha256(b"\x01" + leaf + one).digest()
    return leaf


def proofs(files: Files, size: int, places: Sequence[int]) -> dict[str, Callable[[int], object]]:
    """What is built from tiles, and what a reader does with it."""
    warm = Tree(files, size)
    root, old = warm.root(), size * 2 // 3
    old_root, paths = Tree(files, old).root(), {n: warm.inclusion(n) for n in places}
    consistency = warm.consistency(old)
    leaves = {n: leaf_hash(entry(n)) for n in places}
    return {
        "inclusion proof, no tile read before": lambda n: Tree(files, size).inclusion(n),
        "inclusion proof, tiles kept": warm.inclusion,
        "consistency proof, no tile read before": lambda n: Tree(files, size).consistency(n + 1),
        "root, no tile read before": lambda _: Tree(files, size).root(),
        "inclusion path checked": lambda n: check_inclusion(
            index=n, size=size, leaf_hash=leaves[n], proof=paths[n], root=root
        ),
        "as many bare SHA-256": lambda n: bare_path(leaves[n], paths[n]),
        "consistency checked": lambda _: check_consistency(
            old_size=old, size=size, old_root=old_root, root=root, proof=consistency
        ),
    }


def signatures(files: Files, size: int, places: Sequence[int]) -> dict[str, Callable[[int], object]]:
    """What the signatures cost beside the bare primitive."""
    tree = Tree(files, size)
    text = Checkpoint(LOG.public.name, size, tree.root()).text()
    note = Note(text, (sign(text, LOG), cosign(text, WITNESS, time=AT)))
    data, message = str(note).encode(), text.encode()
    bare, signature = Ed25519PublicKey.from_public_bytes(LOG.public.key), LOG.sign(message)
    policy = parse_policy(f"log {LOG.public}\nwitness w {WITNESS.public}\nquorum w\n".encode())
    files_of = {n: str(TlogProof(n, tuple(tree.inclusion(n)), data.decode())).encode() for n in places}
    return {
        "bare Ed25519 verify": lambda _: bare.verify(signature, message),
        "note with one signature": lambda _: verify(parse_note(data), [LOG.public]),
        "note with a cosignature too": lambda _: verify(parse_note(data), [LOG.public, WITNESS.public]),
        "proof file with both, read and checked": lambda n: check_proof(
            parse_proof(files_of[n]), leaf_hash(entry(n)), policy
        ),
        "bare Ed25519 sign": lambda _: LOG.sign(message),
        "checkpoint signed": lambda _: sign(text, LOG),
    }


def measure(leaves: int, seconds: float) -> dict[str, Rate]:
    """Everything, and the growing of the log by the leaf."""
    start, busy = time.perf_counter(), time.process_time()
    files = grown(leaves)
    spent, busy = time.perf_counter() - start, time.process_time() - busy
    found = {"leaves grown in batches": Rate(leaves / spent, busy / leaves * 1000)}
    chance = random.Random(1)
    places = [chance.randrange(leaves) for _ in range(500)]
    for name, work in (proofs(files, leaves, places) | signatures(files, leaves, places)).items():
        found[name] = rate(work, places, seconds)
    return found


def main() -> None:
    """Print every rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = measure(args.leaves, args.seconds)
    if args.json:
        print(json.dumps({name: one._asdict() for name, one in found.items()}))
        return
    print(f"a log of {args.leaves:,} leaves, one core")
    for name, one in found.items():
        print(f"{name:<40}{one.a_second:>10,.0f} a second, {one.busy_ms:>6.3f} ms of processor time")


if __name__ == "__main__":
    main()

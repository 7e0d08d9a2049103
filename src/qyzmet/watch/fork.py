"""The proof that a log has shown two different books: two heads it signed, and why they cannot both be true."""

from collections.abc import Iterable
from dataclasses import dataclass

from qyzmet.ledger.checkpoint import Checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.note import verify
from qyzmet.ledger.strict import base64_of, hash_from, utf8
from qyzmet.ledger.tiles import Reader, Tree
from qyzmet.ledger.tree import Frontier, check_consistency

HEADER = "qyzmet.fork/v1"
LONGEST_PROOF = 64
FORK_LIMIT = 2_100_000
"""Bytes of a file: two notes and a proof."""


@dataclass(frozen=True)
class Fork:
    """Two signed heads of one log, the smaller first, that contradict each other.

    The tree of the second has `root` over its first leaves, as many as the first head counts, and `proof` shows it
    (RFC 6962, 2.1.2; empty where both have one size). The first head says another root.
    """

    first: bytes
    second: bytes
    root: bytes
    proof: tuple[bytes, ...] = ()

    def text(self) -> str:
        """The file: a header, the root, the proof; then both signed notes as they were. An empty line parts them."""
        head = [HEADER, f"root {base64_of(self.root)}", *map(base64_of, self.proof)]
        return "\n".join(head) + f"\n\n{self.first.decode()}\n{self.second.decode()}"


def parse_fork(data: bytes) -> Fork:
    """The file that `Fork.text` writes. `bad_fork` and what its parts may raise; nothing is proved by reading it."""
    parts = utf8(data[:FORK_LIMIT], "fork").split("\n\n")
    if len(parts) != 5:
        raise Invalid("bad_fork")
    head = parts[0].split("\n")
    if len(head) < 2 or head[0] != HEADER or not head[1].startswith("root ") or len(head) > LONGEST_PROOF + 2:
        raise Invalid("bad_fork")
    root, proof = hash_from(head[1].removeprefix("root "), "root"), tuple(hash_from(one, "proof") for one in head[2:])
    return Fork(f"{parts[1]}\n\n{parts[2]}\n".encode(), f"{parts[3]}\n\n{parts[4]}".encode(), root, proof)


def check_fork(fork: Fork, keys: Iterable[VerifierKey]) -> tuple[Checkpoint, Checkpoint]:
    """Both heads, if the file proves that they contradict each other under these keys.

    `unsigned` or `bad_signature` for a head that the log has not signed, `not_a_fork` where they agree or belong to
    two logs, and what a consistency proof may raise.
    """
    trusted = list(keys)
    first, second = _head(fork.first, trusted), _head(fork.second, trusted)
    if first.origin != second.origin or not 0 < first.size <= second.size or fork.root == first.root:
        raise Invalid("not_a_fork")
    check_consistency(old_size=first.size, size=second.size, old_root=fork.root, root=second.root, proof=fork.proof)
    return first, second


def prove_fork(one: bytes, other: bytes, keys: Iterable[VerifierKey], reader: Reader | None = None) -> Fork | None:
    """The proof that two signed notes contradict each other; None if they do not, or it cannot be shown.

    Heads of one size need nothing else. For two sizes `reader` gives the tree behind the larger head.
    Raises what an unsigned or damaged note raises, and what the reader raises.
    """
    trusted = list(keys)
    first, second = sorted((one, other), key=lambda note: parse_signed(note)[0].size)
    small, large = _head(first, trusted), _head(second, trusted)
    if small.origin != large.origin or small.size == 0 or (small.size, small.root) == (large.size, large.root):
        return None
    if small.size == large.size:
        return Fork(first, second, large.root)
    return _inside(first, second, small, Tree(reader, large.size), large) if reader else None


def _inside(first: bytes, second: bytes, small: Checkpoint, tree: Tree, large: Checkpoint) -> Fork | None:
    """The proof by the larger tree, if what is served is that tree and it does not begin with the smaller one."""
    root, proof = root_inside(tree, small.size), tree.consistency(small.size)
    if root == small.root:
        return None
    try:
        check_consistency(old_size=small.size, size=large.size, old_root=root, root=large.root, proof=proof)
    except Invalid:
        return None
    return Fork(first, second, root, tuple(proof))


def root_inside(tree: Tree, size: int) -> bytes:
    """The root over the first `size` leaves of a larger tree, from its tiles."""
    peaks, at = [], 0
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            peaks.append(tree.hash(height, at >> height))
            at += 1 << height
    return Frontier(size, peaks).root()


def _head(data: bytes, keys: list[VerifierKey]) -> Checkpoint:
    checkpoint, note = parse_signed(data)
    if all(signed.key.name != checkpoint.origin for signed in verify(note, keys)):
        raise Invalid("wrong_origin", origin=checkpoint.origin)
    return checkpoint

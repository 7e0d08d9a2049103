"""Merkle trees as RFC 6962, section 2.1, defines them: hashes, and what an inclusion or a consistency proof proves."""

import hashlib
from collections.abc import Iterable, Sequence

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import HASH_BYTES

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: enough to append leaves and to tell the root, whatever the size.

    `peaks` are the roots of the perfect subtrees that make the tree, from left (largest) to right.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(self.peaks)}")

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf by its hash."""
        carry, rest = leaf_hash, self.size
        while rest & 1:
            carry, rest = node_hash(self.peaks.pop(), carry), rest >> 1
        self.peaks.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes, from the beginning."""
    frontier = Frontier()
    for leaf in leaf_hashes:
        frontier.append(leaf)
    return frontier.root()


def check_inclusion(*, index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """That the leaf stands at `index` (from 0) of the tree of `size` leaves with this root. RFC 9162, 2.1.3.2.

    Raises `Invalid`: `index_outside`, `bad_hash_length`, `proof_length`, `wrong_root`.
    """
    if not 0 <= index < size:
        raise Invalid("index_outside", index=index, size=size)
    _hashes(leaf_hash, root, *proof)
    node, last, found = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise Invalid("proof_length", length=len(proof))
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise Invalid("proof_length", length=len(proof))
    if found != root:
        raise Invalid("wrong_root", size=size)


def check_consistency(*, old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    """That the tree of `size` leaves begins with the tree of `old_size` leaves. RFC 9162, 2.1.4.2.

    A proof from the empty tree proves nothing and is refused (`from_empty_tree`); other refusals: `size_went_back`,
    `bad_hash_length`, `proof_length`, `wrong_root`.
    """
    if not 0 <= old_size <= size:
        raise Invalid("size_went_back", old=old_size, new=size)
    if old_size == size:
        return _same_tree(size, old_root, root, proof)
    _hashes(old_root, root, *proof)
    if old_size == 0:
        raise Invalid("from_empty_tree")
    if not proof:
        raise Invalid("proof_length", length=0)
    found_old, found = _walk(old_size, size, old_root, proof)
    if found_old != old_root or found != root:
        raise Invalid("wrong_root", size=size)
    return None


def _walk(old_size: int, size: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Both roots as the proof gives them."""
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    node, last = old_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    found_old = found = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Invalid("proof_length", length=len(proof))
        if node & 1 or node == last:
            found_old, found = node_hash(sibling, found_old), node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise Invalid("proof_length", length=len(proof))
    return found_old, found


def _same_tree(size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    if proof:
        raise Invalid("proof_length", length=len(proof))
    if old_root != root or (size == 0 and root != EMPTY_ROOT):
        raise Invalid("wrong_root", size=size)


def _hashes(*given: bytes) -> None:
    for one in given:
        if len(one) != HASH_BYTES:
            raise Invalid("bad_hash_length", what="hash", length=len(one))

"""Roots and proofs against RFC 6962 as it is written, over every size to 100."""

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.tiles import Tree
from qyzmet.ledger.tree import EMPTY_ROOT, Frontier, check_consistency, check_inclusion, root_of
from tests.ledger import naive
from tests.ledger.made import Files, entry, grown

ENTRIES = [entry(n) for n in range(100)]
HASHES = [leaf_hash(one) for one in ENTRIES]
ROOTS = [naive.head(ENTRIES[:size]) for size in range(101)]


def tree(size: int) -> Tree:
    return Tree(grown(ENTRIES[:size]) if size else Files(), size)


def test_roots_of_all_sizes() -> None:
    for size, root in enumerate(ROOTS):
        assert root_of(HASHES[:size]) == tree(size).root() == root


def test_a_frontier_goes_on_from_its_peaks() -> None:
    whole = Frontier()
    for size, one in enumerate(HASHES):
        assert Frontier(size, whole.peaks).root() == ROOTS[size]
        whole.append(one)
    with pytest.raises(ValueError, match="2 peaks, not 1"):
        Frontier(3, HASHES[:1])


def test_every_inclusion_proof_to_100() -> None:
    for size in range(1, 101):
        at_size = tree(size)
        for index in range(size):
            proof = at_size.inclusion(index)
            assert proof == naive.path(index, ENTRIES[:size])
            check_inclusion(index=index, size=size, leaf_hash=HASHES[index], proof=proof, root=ROOTS[size])


def test_every_consistency_proof_to_100() -> None:
    for size in range(1, 101):
        at_size = tree(size)
        for old in range(1, size + 1):
            proof = at_size.consistency(old)
            assert proof == naive.proof(old, ENTRIES[:size])
            check_consistency(old_size=old, size=size, old_root=ROOTS[old], root=ROOTS[size], proof=proof)
        assert at_size.consistency(0) == []


def refused(code: str, **given: object) -> None:
    check = check_inclusion if "index" in given else check_consistency
    with pytest.raises(Invalid) as wrong:
        check(**given)  # type: ignore[arg-type]
    assert wrong.value.code == code


def test_an_inclusion_proof_proves_one_place_only() -> None:
    """Every other index, size, leaf or path of trees to 20 is refused."""
    for size in range(1, 21):
        for index in range(size):
            proof = naive.path(index, ENTRIES[:size])
            right = {"index": index, "size": size, "leaf_hash": HASHES[index], "proof": proof, "root": ROOTS[size]}
            for other in set(range(size)) - {index}:
                code = "wrong_root" if len(naive.path(other, ENTRIES[:size])) == len(proof) else "proof_length"
                refused(code, **right | {"index": other})
            refused("index_outside", **right | {"index": size})
            refused("index_outside", **right | {"index": -1})
            refused("wrong_root", **right | {"leaf_hash": HASHES[99]})
            refused("wrong_root", **right | {"root": ROOTS[size + 1]})
            refused("proof_length", **right | {"proof": [*proof, HASHES[0]]})
            if proof:
                refused("proof_length", **right | {"proof": proof[:-1]})
                refused("wrong_root", **right | {"proof": [HASHES[98], *proof[1:]]})
                refused("bad_hash_length", **right | {"proof": [proof[0][:31], *proof[1:]]})
            refused("bad_hash_length", **right | {"leaf_hash": b""})


def test_a_consistency_proof_proves_two_sizes_only() -> None:
    for size in range(2, 21):
        for old in range(1, size):
            proof = naive.proof(old, ENTRIES[:size])
            right = {"old_size": old, "size": size, "old_root": ROOTS[old], "root": ROOTS[size], "proof": proof}
            refused("wrong_root", **right | {"old_root": ROOTS[old + 1]})
            refused("wrong_root", **right | {"root": ROOTS[size + 1]})
            refused("wrong_root", **right | {"proof": [*proof[:-1], HASHES[98]]})
            refused("proof_length", **right | {"proof": [*proof, HASHES[0]]})
            refused("proof_length", **right | {"proof": proof[:-1]})
            refused("bad_hash_length", **right | {"proof": [b"", *proof[1:]]})
            refused("size_went_back", **right | {"old_size": size + 1})
            refused("size_went_back", **right | {"old_size": -1})
            refused("from_empty_tree", **right | {"old_size": 0, "old_root": EMPTY_ROOT})


def test_equal_sizes_want_equal_roots_and_no_proof() -> None:
    same = {"old_size": 3, "size": 3, "old_root": ROOTS[3], "root": ROOTS[3], "proof": []}
    check_consistency(**same)  # type: ignore[arg-type]
    refused("proof_length", **same | {"proof": [HASHES[0]]})
    refused("wrong_root", **same | {"root": ROOTS[4]})
    empty = {"old_size": 0, "size": 0, "old_root": EMPTY_ROOT, "root": EMPTY_ROOT, "proof": []}
    check_consistency(**empty)  # type: ignore[arg-type]
    refused("wrong_root", **empty | {"old_root": ROOTS[1], "root": ROOTS[1]})


def test_a_proof_of_a_giant_tree_ends() -> None:
    """63 hashes lead to the root of the largest tree; one more or less does not."""
    path = [bytes([n]) * 32 for n in range(63)]
    right = {"index": 0, "size": 2**63 - 1, "leaf_hash": HASHES[0], "proof": path, "root": ROOTS[1]}
    refused("wrong_root", **right)
    refused("proof_length", **right | {"proof": path[:-1]})
    refused("proof_length", **right | {"proof": [*path, ROOTS[1]]})

"""The mathematics of the log: what a leaf is and how it is hashed. Pure: no Django, no clock, no input or output."""

from qyzmet.ledger.leaf import Leaf, canonical, commitment, leaf_hash, sealed

__all__ = ["Leaf", "canonical", "commitment", "leaf_hash", "sealed"]

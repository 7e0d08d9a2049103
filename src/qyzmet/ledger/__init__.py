"""The mathematics of the log: leaves, trees and tiles, notes and their keys, receipts and what they prove.

Pure: no Django, no clock; the only input is a `Reader`. What does not hold raises `Invalid`. What is not named here
is found in the module of its format.
"""

from qyzmet.ledger.checkpoint import Checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import SigningKey, VerifierKey, parse_key
from qyzmet.ledger.leaf import Leaf, canonical, commitment, leaf_hash, parse_leaf, sealed
from qyzmet.ledger.policy import Policy, parse_policy
from qyzmet.ledger.promise import Promise
from qyzmet.ledger.receipt import Receipt, ReceiptStep, parse_receipt
from qyzmet.ledger.tiles import Reader, Tree, grow
from qyzmet.ledger.tlog_proof import TlogProof, parse_proof
from qyzmet.ledger.verdict import Verdict, check_receipt

__all__ = [
    "Checkpoint",
    "Invalid",
    "Leaf",
    "Policy",
    "Promise",
    "Reader",
    "Receipt",
    "ReceiptStep",
    "SigningKey",
    "TlogProof",
    "Tree",
    "Verdict",
    "VerifierKey",
    "canonical",
    "check_receipt",
    "commitment",
    "grow",
    "leaf_hash",
    "parse_key",
    "parse_leaf",
    "parse_policy",
    "parse_proof",
    "parse_receipt",
    "parse_signed",
    "sealed",
]

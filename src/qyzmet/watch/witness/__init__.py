"""The witness (c2sp.org/tlog-witness): it cosigns a head of a log only if it extends the one it cosigned before."""

from qyzmet.watch.refusal import Refusal
from qyzmet.watch.witness.key import witness_key
from qyzmet.watch.witness.memory import Memory
from qyzmet.watch.witness.server import WitnessServer, serve
from qyzmet.watch.witness.witness import Reply, Witness

__all__ = ["Memory", "Refusal", "Reply", "Witness", "WitnessServer", "serve", "witness_key"]

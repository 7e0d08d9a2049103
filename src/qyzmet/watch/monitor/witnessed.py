"""How far the witnesses have come, where a log keeps the head they signed apart from the one it signed last."""

from collections.abc import Iterator

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.policy import Policy
from qyzmet.ledger.tiles import Tree
from qyzmet.watch.fork import prove_fork, root_inside
from qyzmet.watch.monitor.heads import Contradiction, Shown, check_head
from qyzmet.watch.monitor.source import WITNESSED, Source
from qyzmet.watch.monitor.state import Finding, SeenHead, State
from qyzmet.watch.monitor.steps import moment

BEHIND_SECONDS = 900
"""How long witnesses may lack what the log has shown: they may be down for a while, but not say no for ever."""


def witnessed(policy: Policy, state: State, source: Source) -> Shown | None:
    """The head the witnesses signed, read before the log's own so that it cannot be ahead of it. Raises `Invalid`."""
    if not policy.witnesses:
        return None
    try:
        return check_head(source.read(WITNESSED), policy, state, source)
    except FileNotFoundError:
        return None


def apart(shown: Shown, other: Shown, tree: Tree, source: Source) -> Contradiction | None:
    """Whether what the witnesses signed is not the beginning of what the log shows. `tiles_differ`."""
    new, old = shown.checkpoint, other.checkpoint
    if old.size > new.size:
        return Contradiction(Finding("size_went_back", None, {"old": old.size, "new": new.size}, True))
    if root_inside(tree, old.size) == old.root:
        return None
    fork = prove_fork(other.raw, shown.raw, shown.keys, source)
    if fork is None:
        raise Invalid("tiles_differ", size=new.size)
    values = {"origin": new.origin, "old": old.size, "new": new.size}
    return Contradiction(Finding("fork_proved", None, values), fork)


def behind(other: Shown, waiting: SeenHead | None, now: int) -> Iterator[Finding]:
    """That the witnesses have not followed for long. `waiting`: the first head beyond theirs this monitor was shown."""
    if waiting and now > waiting.first_at + BEHIND_SECONDS:
        values = {"size": other.checkpoint.size, "since": moment(waiting.first_at)}
        yield Finding("witnesses_behind", None, values, True)

"""Whom a reader trusts: logs, witnesses, and how many of them must have seen a checkpoint (c2sp.org/tlog-policy)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import COSIGNATURE, ML_DSA_COSIGNATURE, VerifierKey, parse_key

NONE = "none"
POLICY_LIMIT = 200_000
"""Bytes of a policy file."""
_COUNT = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True)
class Witness:
    """A cosigner under the name the policy gives it; `url` is its submission prefix, if told."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True)
class Group:
    """At least `threshold` of these members (witnesses or groups) must have seen it."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass
class Policy:
    """What a policy file says. Logs by their key, with the address if told."""

    logs: dict[VerifierKey, str] = field(default_factory=dict)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""

    def met_by(self, seen: Iterable[VerifierKey]) -> bool:
        """Whether the quorum holds where exactly these keys have cosigned."""
        keys = set(seen)
        return self._holds(lambda witness: witness.key in keys)

    @property
    def reachable(self) -> bool:
        """Whether a checkpoint could ever be good here: signatures of kinds that are not checked never count."""
        logs = not self.logs or any(key.supported for key in self.logs)
        return logs and self._holds(lambda witness: witness.key.supported)

    def _holds(self, counts: Callable[[Witness], bool]) -> bool:
        held: dict[str, bool] = {NONE: True, **{name: counts(one) for name, one in self.witnesses.items()}}
        for group in self.groups.values():
            held[group.name] = sum(held[member] for member in group.members) >= group.threshold
        return held[self.quorum]


def parse_policy(data: bytes) -> Policy:
    """The policy in these bytes. `Invalid("bad_policy", line=..., why=...)` names the line that cannot be taken.

    A quorum, or logs, that can never be met by keys which are checked here are refused too (`policy_never_met`).
    """
    policy, used = Policy(), set[str]()
    if len(data) > POLICY_LIMIT:
        raise Invalid("bad_policy", line=0, why="too_long")
    # names are opaque bytes: Latin-1 keeps each byte one sign, whatever it means. The end of the file ends its last
    # line too: the format has a newline after each, and what was copied from a page or written by hand has none
    for number, raw in enumerate(data.decode("latin-1").split("\n"), 1):
        try:
            _line(policy, used, raw)
        except Invalid as wrong:
            why = wrong.values.get("why", wrong.code)
            raise Invalid("bad_policy", line=number, why=why) from None
    if not policy.quorum:
        raise Invalid("bad_policy", line=0, why="no_quorum")
    if not policy.reachable:
        raise Invalid("policy_never_met", quorum=policy.quorum)
    return policy


def _line(policy: Policy, used: set[str], raw: str) -> None:
    if any((sign < " " and sign != "\t") or sign == "\x7f" for sign in raw):
        raise Invalid("control_character")
    items = re.split(r"[ \t]+", raw.strip(" \t"))
    if items == [""] or items[0].startswith("#"):
        return
    readers: Mapping[str, Callable[..., None]] = {
        "log": _log,
        "witness": _witness,
        "group": _group,
        "quorum": _quorum,
    }
    reader = readers.get(items[0])
    if reader is None:
        raise Invalid("bad_policy", why="keyword")
    reader(policy, used, items[1:])


def _log(policy: Policy, _: set[str], items: list[str]) -> None:
    if len(items) not in (1, 2):
        raise Invalid("bad_policy", why="items")
    key = _key(items[0])
    if key.kind == COSIGNATURE:  # it says what a witness saw, in nobody's name
        raise Invalid("bad_policy", why="log_key")
    if any(known.key == key.key for known in policy.logs):
        raise Invalid("bad_policy", why="duplicate_key")
    policy.logs[key] = "".join(items[1:])


def _witness(policy: Policy, _: set[str], items: list[str]) -> None:
    if len(items) not in (2, 3):
        raise Invalid("bad_policy", why="items")
    name, key = _new_name(policy, items[0]), _key(items[1])
    if key.kind not in (COSIGNATURE, ML_DSA_COSIGNATURE):
        raise Invalid("bad_policy", why="witness_key")
    if any(known.key.key == key.key for known in policy.witnesses.values()):
        raise Invalid("bad_policy", why="duplicate_key")
    policy.witnesses[name] = Witness(name, key, "".join(items[2:]))


def _group(policy: Policy, used: set[str], items: list[str]) -> None:
    if len(items) < 3:
        raise Invalid("bad_policy", why="items")
    name, count, members = _new_name(policy, items[0]), items[1], tuple(items[2:])
    for member in members:
        if not _defined(policy, member):
            raise Invalid("bad_policy", why="unknown_name")
        if member in used:
            raise Invalid("bad_policy", why="member_twice")
        used.add(member)
    threshold = {"any": 1, "all": len(members)}.get(count)
    if threshold is None:
        if not _COUNT.fullmatch(count) or int(count) > len(members):
            raise Invalid("bad_policy", why="threshold")
        threshold = int(count)
    policy.groups[name] = Group(name, threshold, members)


def _quorum(policy: Policy, _: set[str], items: list[str]) -> None:
    if len(items) != 1 or policy.quorum:
        raise Invalid("bad_policy", why="quorum")
    if items[0] != NONE and not _defined(policy, items[0]):
        raise Invalid("bad_policy", why="unknown_name")
    policy.quorum = items[0]


def _defined(policy: Policy, name: str) -> bool:
    return name in policy.witnesses or name in policy.groups


def _new_name(policy: Policy, name: str) -> str:
    if name == NONE or _defined(policy, name):
        raise Invalid("bad_policy", why="name_taken")
    return name


def _key(text: str) -> VerifierKey:
    """A key name may be of any script: its bytes are UTF-8 again here."""
    try:
        return parse_key(text.encode("latin-1").decode())
    except UnicodeDecodeError:
        raise Invalid("not_utf8") from None


def shown(name: str) -> str:
    """A name of the policy for a reader: its bytes as UTF-8 where they are that."""
    return name.encode("latin-1").decode(errors="replace")

"""What the log is here and now: its signer, its policy, its heads, and the proof of any row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from qyzmet.journal.models import Entry, Head, Opening, WitnessState
from qyzmet.journal.signer.wire import Client
from qyzmet.journal.store import CHECKPOINT, POLICY, Folder
from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import VerifierKey, parse_key
from qyzmet.ledger.policy import Policy, parse_policy
from qyzmet.ledger.tiles import WIDTH, Tree, read_entries
from qyzmet.ledger.tlog_proof import TlogProof

SIGNED, WITNESSED = "signed", "witnessed"


def signer(timeout: float = 5.0) -> Client:
    """The signer of this installation; `timeout` in seconds for one question."""
    return Client(settings.SIGNER_SOCKET, timeout)


def own_policy(store: Folder) -> Policy | None:
    """The policy the city publishes beside its log; None before the log has begun. `bad_policy` if it was spoilt."""
    try:
        return parse_policy(store.read(POLICY))
    except FileNotFoundError:
        return None


def readable_policy(store: Folder) -> Policy | None:
    """As `own_policy`, and None too where an operator has spoilt it: that must not close a person's page."""
    try:
        return own_policy(store)
    except Invalid:
        return None


def has_no_policy(store: Folder) -> bool:
    """Whether nobody has written a policy yet."""
    return not (store.root / POLICY).exists()


def begin_policy(store: Folder, keys: Sequence[str]) -> None:
    """Write the first policy: the log's keys and no witness yet. An operator adds witnesses to it."""
    if has_no_policy(store):
        store.write(POLICY, "".join([*_log_lines(keys), "quorum none\n"]).encode())


def name_keys(store: Folder, keys: Sequence[str]) -> None:
    """Put these keys of the log into the policy instead of those it names; the rest of it stays."""
    begin_policy(store, keys)
    lines = store.read(POLICY).decode("latin-1").splitlines(keepends=True)
    others = [line for line in lines if line.split()[:1] != ["log"]]
    policy = "".join([*_log_lines(keys), *others]).encode("latin-1")
    parse_policy(policy)
    store.write(POLICY, policy)


def _log_lines(keys: Sequence[str]) -> list[str]:
    return [f"log {parse_key(key)}\n" for key in keys]


def shown_size(store: Folder) -> int | None:
    """The size of the head that the folder shows; None where it shows none that can be read."""
    try:
        return parse_signed(store.read(CHECKPOINT))[0].size
    except (FileNotFoundError, Invalid):
        return None


def lost_rows(store: Folder) -> bool:
    """Whether the folder shows a last entry that the database does not have in its place: a backup was restored."""
    size = shown_size(store)
    if not size:
        return False
    leaf = Opening.objects.filter(index=size - 1).values_list("entry__leaf", flat=True).first()
    try:
        return leaf is None or leaf.encode() != read_entries(store, (size - 1) // WIDTH, size)[-1]
    except (FileNotFoundError, Invalid):  # a spoilt file is for `qyzmet audit` to name
        return False


def heads() -> Mapping[str, Head]:
    """The published heads by name: `signed`, and `witnessed` once there are witnesses."""
    return {head.name: head for head in Head.objects.all()}


def published_size() -> int:
    """How many rows the published heads cover: those have their proof."""
    return max((head.size for head in Head.objects.all()), default=0)


def unproved() -> Q:
    """Of steps and promises: those whose row has no proof yet. With a full disk it may have its place long before."""
    return Q(entry__opening__index=None) | Q(entry__opening__index__gte=published_size())


def proofs(entries: Sequence[Entry], store: Folder) -> dict[int, TlogProof]:
    """The proof of each row that stands in a published head, by its id; the others are pending.

    The head that witnesses have seen is preferred wherever it covers the row.
    """
    placed = Opening.objects.filter(pk__in=[entry.pk for entry in entries], index__isnull=False)
    places: dict[int, int] = {pk: index for pk, index in placed.values_list("pk", "index") if index is not None}
    known = heads()
    trees = {name: Tree(store, head.size) for name, head in known.items()}
    found = {}
    for entry_id, index in places.items():
        name = next((name for name in (WITNESSED, SIGNED) if name in known and index < known[name].size), None)
        if name is not None:
            found[entry_id] = TlogProof(index, tuple(trees[name].inclusion(index)), known[name].note)
    return found


@dataclass(frozen=True)
class LogState:
    """What the administrator's page shows of the log."""

    placed: int
    pending: int
    """Rows that wait for a place; counted up to 1,000."""
    oldest_pending: datetime | None
    oldest_unsigned: datetime | None
    """Of the rows that no signed head covers, whether they have a place or not."""
    signed: Head | None
    witnessed: Head | None
    witnesses: list[WitnessState]
    named: int
    """Witnesses the policy names."""
    keys: list[VerifierKey]
    spoilt: Invalid | None
    """Why the policy cannot be read, where it was spoilt."""


PENDING_LIMIT = 1000


def state(store: Folder) -> LogState:
    """How the log stands, without asking the signer."""
    waiting = list(
        Opening.objects.filter(index=None).order_by("entry_id").values_list("entry__at", flat=True)[:PENDING_LIMIT]
    )
    known, policy, spoilt = heads(), None, None
    try:
        policy = own_policy(store)
    except Invalid as wrong:
        spoilt = wrong
    placed = Opening.objects.filter(index__isnull=False)
    last = placed.order_by("-index").values_list("index", flat=True).first()
    unsigned = placed.filter(index__gte=known[SIGNED].size if SIGNED in known else 0).order_by("index")
    oldest = unsigned.values_list("entry__at", flat=True).first()
    return LogState(
        placed=0 if last is None else last + 1,
        pending=len(waiting),
        oldest_pending=waiting[0] if waiting else None,
        oldest_unsigned=oldest or (waiting[0] if waiting else None),
        signed=known.get(SIGNED),
        witnessed=known.get(WITNESSED),
        witnesses=list(WitnessState.objects.order_by("name")),
        named=len(policy.witnesses) if policy else 0,
        keys=list(policy.logs) if policy else [],
        spoilt=spoilt,
    )

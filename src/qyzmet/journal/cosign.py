"""Ask the witnesses of the policy to cosign the latest head (c2sp.org/tlog-witness), and keep what they say."""

import http.client
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.db import transaction

from qyzmet.journal.models import Head, WitnessState
from qyzmet.journal.store import WITNESSED, Folder
from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.note import Note, Signature, parse_signature, verify, with_signatures
from qyzmet.ledger.policy import Policy, Witness, shown
from qyzmet.ledger.strict import base64_of, decimal, utf8
from qyzmet.ledger.tiles import Tree

SECONDS = 5.0
ANSWER_LIMIT = 100_000
FRESH = timedelta(minutes=1)
"""How old the cosignatures of a head may be before they are asked for again: while nothing is added, once so long."""
CONFLICT = 409


@dataclass(frozen=True)
class Said:
    """What one witness said: its cosignatures, or why there are none."""

    witness: Witness
    signatures: tuple[Signature, ...] = ()
    problem: str = ""
    size: int | None = None
    """The size it remembers, where it told us that ours is another (409)."""


Ask = Callable[[Witness, bytes], tuple[int, bytes]]
"""Send a body to a witness's add-checkpoint; its status and answer. OSError if it is not reached."""


def post(witness: Witness, body: bytes) -> tuple[int, bytes]:
    """Over HTTP(S), within a few seconds."""
    request = Request(f"{witness.url.rstrip('/')}/add-checkpoint", body, {"Content-Type": "text/plain"})  # noqa: S310
    if not request.full_url.startswith(("https://", "http://")):
        raise OSError("the address of a witness begins with https://")
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return answer.status, answer.read(ANSWER_LIMIT)
    except HTTPError as error:
        with error:
            return error.code, error.read(ANSWER_LIMIT)
    except (URLError, http.client.HTTPException) as error:
        raise OSError(str(error)) from None


def cosign(*, at: datetime, policy: Policy, store: Folder, ask: Ask = post) -> int:
    """Ask every witness that has an address, all at once, and keep the cosigned head. How many cosigned.

    A witness that is down, slow or refuses costs its own cosignature only.
    """
    head = Head.objects.filter(name="signed").first()
    asked = [witness for witness in policy.witnesses.values() if witness.url and witness.key.supported]
    if head is None or not asked:
        return 0
    states = {state.name: state for state in WitnessState.objects.all()}
    if _have_all(head, [states.get(shown(witness.name)) for witness in asked], at):
        return len(asked)
    known = {name: state.size for name, state in states.items()}
    sizes = {witness.name: known.get(shown(witness.name), 0) for witness in asked}
    tree, note = Tree(store, head.size), parse_signed(head.note.encode())[1]
    proofs = {size: tree.consistency(size) for size in set(sizes.values()) if size <= head.size}
    with ThreadPoolExecutor(len(asked)) as pool:
        answers = list(
            pool.map(lambda one: _asked(one, note, sizes[one.name], proofs.get(sizes[one.name], []), ask), asked)
        )
    answers = [_again(said, note, head.size, tree, ask) if said.size is not None else said for said in answers]
    for said in answers:
        _keep(said, head.size, at)
    return _publish(head, note, policy, answers, store, at)


def _have_all(head: Head, states: Iterable[WitnessState | None], at: datetime) -> bool:
    """Whether all of them have cosigned this very head, a moment ago."""
    if not Head.objects.filter(name=WITNESSED, size=head.size, root=head.root).exists():
        return False
    return all(
        state and state.size == head.size and not state.problem and state.at and abs(at - state.at) < FRESH
        for state in states
    )


def _asked(witness: Witness, note: Note, old: int, proof: Iterable[bytes], ask: Ask) -> Said:
    lines = [f"old {old}", *(base64_of(one) for one in proof)]
    body = "\n".join(lines) + "\n\n" + str(note)
    try:
        status, answer = ask(witness, body.encode())
        if status == CONFLICT:
            return _conflict(witness, answer, old)
        if status != http.client.OK:
            return Said(witness, problem=f"{status} {answer[:200].decode(errors='replace').strip()}")
        return Said(witness, tuple(_cosignatures(witness, note, utf8(answer, "cosignature"))))
    except Invalid as wrong:
        return Said(witness, problem=str(wrong))
    except OSError as error:
        return Said(witness, problem=str(error) or type(error).__name__)


def _conflict(witness: Witness, answer: bytes, old: int) -> Said:
    size = decimal(utf8(answer, "size").removesuffix("\n"), "size")
    if size == old:
        return Said(witness, problem="409 the witness has seen another tree of this size")
    return Said(witness, size=size)


def _again(said: Said, note: Note, size: int, tree: Tree, ask: Ask) -> Said:
    """The witness remembers another size than we did: once more from there."""
    if said.size is None or said.size > size:
        return Said(said.witness, problem=f"409 the witness has seen {said.size} entries, the log has {size}")
    again = _asked(said.witness, note, said.size, tree.consistency(said.size), ask)
    return Said(again.witness, problem="409 twice") if again.size is not None else again


def _cosignatures(witness: Witness, note: Note, answer: str) -> Iterable[Signature]:
    """Those of this witness's own key, if they hold; others are ignored as the protocol asks."""
    lines = [parse_signature(line) for line in answer.removesuffix("\n").split("\n")]
    own = [line for line in lines if (line.name, line.id) == (witness.key.name, witness.key.id)]
    verify(Note(note.text, tuple(own)), [witness.key])
    return own


def _keep(said: Said, size: int, at: datetime) -> None:
    values = {"problem": said.problem[:300], "tried_at": at}
    if said.signatures:
        values |= {"size": size, "at": at}
    WitnessState.objects.update_or_create(name=shown(said.witness.name), defaults=values)


def _publish(head: Head, note: Note, policy: Policy, answers: list[Said], store: Folder, at: datetime) -> int:
    """Keep the cosigned head as the one receipts are built on, unless it would be seen by fewer than the quorum."""
    found = [signature for said in answers for signature in said.signatures]
    if not found:
        return 0
    cosigned = with_signatures(note, found)
    with transaction.atomic():
        if _is_better(cosigned, head.size, Head.objects.select_for_update().filter(name=WITNESSED).first(), policy):
            store.write(WITNESSED, str(cosigned).encode())
            values = {"size": head.size, "root": head.root, "note": str(cosigned), "at": at}
            Head.objects.update_or_create(name=WITNESSED, defaults=values)
    return len(found)


def _is_better(cosigned: Note, size: int, before: Head | None, policy: Policy) -> bool:
    """Whether this head takes the place of the one before: a slow witness of another process must not put it back."""
    if before is None:
        return True
    if size < before.size:
        return False
    return _quorum(cosigned, policy) or not _quorum(parse_signed(before.note.encode())[1], policy)


def _quorum(note: Note, policy: Policy) -> bool:
    keys = [*policy.logs, *(witness.key for witness in policy.witnesses.values())]
    try:
        return policy.met_by(one.key for one in verify(note, keys))
    except Invalid:  # the head kept so far bears no signature of the keys that are named now
        return False

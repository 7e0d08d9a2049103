"""The receipt of a case: what its owner can show to anybody, and how far it is proved already."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qyzmet.cases.models import Case, Step
from qyzmet.journal import log
from qyzmet.journal.models import Entry, Opening, Promise
from qyzmet.journal.store import folder
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.leaf import parse_leaf
from qyzmet.ledger.note import parse_note, verify
from qyzmet.ledger.policy import Policy, shown
from qyzmet.ledger.receipt import Receipt, ReceiptStep
from qyzmet.ledger.tlog_proof import TlogProof
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Missing


@dataclass(frozen=True)
class ReceiptState:
    """How far the steps of a case are proved."""

    steps: int
    proved: int
    """Steps that stand in a published head."""
    promised: int
    """Of the others, those for which the log has signed its promise."""
    seen_by: tuple[str, ...]
    """Independent witnesses whose cosigned head covers every step."""
    named: int
    """Witnesses the log's policy names."""

    @property
    def level(self) -> str:
        """`none` | `promised` | `city` | `witnessed`: the least that holds for every step."""
        if self.proved == self.steps:
            return "witnessed" if self.seen_by else "city"
        return "promised" if self.proved + self.promised == self.steps else "none"


def receipt_state(case: Case) -> ReceiptState:
    """How far the case's receipt is proved. Five queries, no tree is read."""
    entries = list(Step.objects.filter(case=case).values_list("entry_id", "entry__opening__index"))
    heads = log.heads()
    published = max((head.size for head in heads.values()), default=0)
    proved = [entry for entry, index in entries if index is not None and index < published]
    waiting = [entry for entry, _ in entries if entry not in set(proved)]
    promised = Promise.objects.filter(entry_id__in=waiting).count() if waiting else 0
    try:
        policy = log.own_policy(folder())
    except Invalid:  # no file can be given
        return ReceiptState(len(entries), 0, 0, (), 0)
    witnessed = heads.get(log.WITNESSED)
    covered = witnessed and all(index is not None and index < witnessed.size for _, index in entries)
    seen = _witnesses(witnessed.note, policy) if witnessed and covered and policy else ()
    return ReceiptState(len(entries), len(proved), promised, seen, len(policy.witnesses) if policy else 0)


def _witnesses(note: str, policy: Policy) -> tuple[str, ...]:
    names = {witness.key: shown(witness.name) for witness in policy.witnesses.values()}
    try:
        signed = verify(parse_note(note.encode()), [*policy.logs, *names])
    except Invalid:  # the policy names others now
        return ()
    return tuple(names[one.key] for one in signed if one.key in names)


def receipt(case: Case) -> Receipt:
    """The receipt: every step that is proved or promised, in order, with what opens those the person may read.

    Steps inside the body stand in it closed, so that the chain has no gap. `Missing` while there is neither proof nor
    promise for the first step. It ends before the first step that has neither.
    """
    steps = list(Step.objects.filter(case=case).select_related("entry").order_by("n"))
    entries = [step.entry for step in steps]
    store = folder()
    proofs, promises = log.proofs(entries, store), _promises(entries)
    openings = {opening.pk: opening for opening in Opening.objects.filter(pk__in=[entry.pk for entry in entries])}
    policy = log.readable_policy(store)
    if policy is None:
        raise Missing
    made = list(_steps(steps, proofs, _still_signed(promises, proofs, policy), openings))
    if not made:
        raise Missing
    return Receipt(_log_key(policy, made), case.number, tuple(made), _texts(case, steps, made))


def _log_key(policy: Policy, made: Sequence[ReceiptStep]) -> VerifierKey:
    """The key the file names: the last of the policy's that signed it, so that while two sign the old one is named."""
    notes = [step.proof.checkpoint if step.proof else step.promise or "" for step in made]
    return next((key for key in reversed(policy.logs) if _signed_by(notes[-1], [key])), next(iter(policy.logs)))


def _signed_by(note: str, keys: Iterable[VerifierKey]) -> bool:
    parsed = parse_note(note.encode())
    return bool({(key.name, key.id) for key in keys} & {(one.name, one.id) for one in parsed.signatures})


def _promises(entries: Sequence[Entry]) -> dict[int, str]:
    return dict(Promise.objects.filter(entry__in=entries).values_list("entry_id", "note"))


def _still_signed(promises: Mapping[int, str], proofs: Mapping[int, TlogProof], policy: Policy) -> Mapping[int, str]:
    """The promises to hand out: one that was kept, signed by a key long retired, would only make a reader doubt."""
    return {pk: note for pk, note in promises.items() if pk not in proofs or _signed_by(note, policy.logs)}


def _steps(
    steps: Iterable[Step],
    proofs: Mapping[int, TlogProof],
    promises: Mapping[int, str],
    openings: Mapping[int, Opening],
) -> Iterable[ReceiptStep]:
    for step in steps:
        entry, opening = step.entry, openings.get(step.entry_id)
        proof, promise = proofs.get(entry.pk), promises.get(entry.pk)
        if proof is None and promise is None:
            return
        leaf = entry.leaf.encode()
        salt, content = _opened(opening) if step.public else (None, None)
        yield ReceiptStep(leaf, parse_leaf(leaf), salt, content, proof, promise)


def _opened(opening: Opening | None) -> tuple[bytes | None, dict[str, Any] | None]:
    """What opens a row, unless it was erased."""
    if opening is None or opening.salt is None or opening.content is None:
        return None, None
    return bytes(opening.salt), json.loads(opening.content)


def _texts(case: Case, steps: Iterable[Step], made: Sequence[ReceiptStep]) -> dict[str, str]:
    """The words behind the hashes that the shown steps hold: the appeal, what was noted for the person, the answer."""
    hashes = {value for step in made for value in (step.content or {}).values() if isinstance(value, str)}
    sent = {(step.content or {}).get("letter") for step in made} - {None}
    links = case.case_letters.filter(letter__text_sha256__in=sent).select_related("letter") if sent else ()
    letters = [link.letter.text for link in links]
    words = [case.text, *(step.note for step in steps if step.public and step.note), *letters]
    return {sha(text): text for text in words if sha(text) in hashes}

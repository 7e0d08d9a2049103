"""What a receipt proves to a reader who trusts a policy. Every refusal is a code; its words belong to the faces."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from qyzmet.ledger.checkpoint import Checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.leaf import Leaf, commitment, leaf_hash
from qyzmet.ledger.note import Signed, parse_note, verify
from qyzmet.ledger.policy import Policy, shown
from qyzmet.ledger.promise import Promise, parse_promise
from qyzmet.ledger.receipt import Receipt, ReceiptStep
from qyzmet.ledger.tlog_proof import TlogProof
from qyzmet.ledger.tree import check_inclusion

SKEW_SECONDS = 300
"""How far a clock may be wrong before a time is called impossible."""


@dataclass(frozen=True)
class Seen:
    """A checkpoint whose log signature holds and which meets the policy's quorum."""

    checkpoint: Checkpoint
    log: VerifierKey
    witnesses: tuple[tuple[str, int], ...]
    """Names (as the policy gives them) and times in POSIX seconds of the cosignatures that hold."""


def check_checkpoint(data: bytes, policy: Policy) -> Seen:
    """The checkpoint of a note as the policy sees it.

    `unsigned` or `bad_signature`; `wrong_origin` if it is not signed by a log under its own name; `quorum_not_met`.
    """
    checkpoint, note = parse_signed(data)
    found = verify(note, [*policy.logs, *(witness.key for witness in policy.witnesses.values())])
    logs = [one.key for one in found if one.key in policy.logs]
    if not logs:
        raise Invalid("unsigned", names=", ".join(sorted(key.name for key in policy.logs)))
    logs = [key for key in logs if key.name == checkpoint.origin]
    if not logs:
        raise Invalid("wrong_origin", origin=checkpoint.origin)
    if not policy.met_by(one.key for one in found):
        raise Invalid("quorum_not_met", quorum=policy.quorum, seen=sum(one.time is not None for one in found))
    return Seen(checkpoint, logs[0], tuple(_witnesses(policy, found)))


def _witnesses(policy: Policy, found: Iterable[Signed]) -> Iterable[tuple[str, int]]:
    names = {witness.key: shown(witness.name) for witness in policy.witnesses.values()}
    return ((names[one.key], one.time) for one in found if one.key in names and one.time is not None)


def check_proof(proof: TlogProof, leaf: bytes, policy: Policy) -> Seen:
    """That the entry with this leaf hash stands in a log the policy trusts."""
    seen = check_checkpoint(proof.checkpoint.encode(), policy)
    check_inclusion(
        index=proof.index,
        size=seen.checkpoint.size,
        leaf_hash=leaf,
        proof=proof.path,
        root=seen.checkpoint.root,
    )
    return seen


def check_promise(text: str, leaf: bytes, policy: Policy) -> Promise:
    """The promise for this leaf, signed by a log of the policy. `other_leaf` and what a note may raise."""
    note = parse_note(text.encode())
    promise = parse_promise(note.text)
    if all(one.key.name != promise.origin for one in verify(note, policy.logs)):
        raise Invalid("wrong_origin", origin=promise.origin)
    if promise.leaf_hash != leaf:
        raise Invalid("other_leaf")
    return promise


@dataclass(frozen=True)
class Problem:
    """Something that does not hold. `step` counts from 1; 0 is the file as a whole."""

    step: int
    invalid: Invalid


@dataclass
class StepVerdict:
    """What was found of one step."""

    n: int
    leaf: Leaf
    content: Any = None
    index: int | None = None
    seen: Seen | None = None
    promise: Promise | None = None


@dataclass
class Verdict:
    """Everything that was found. `holds` only where every step stands in the log and nothing contradicts."""

    case: str
    steps: list[StepVerdict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether all of it is proved."""
        return not self.problems and all(step.seen for step in self.steps)

    @property
    def witnesses(self) -> list[str]:
        """Who has seen every step: the names common to all checkpoints of the file."""
        sets = [{name for name, _ in step.seen.witnesses} if step.seen else set() for step in self.steps]
        return sorted(set.intersection(*sets)) if sets else []


def check_receipt(receipt: Receipt, policy: Policy) -> Verdict:
    """Check all of a receipt; problems are gathered, not raised, so that a reader learns of each."""
    verdict = Verdict(receipt.case)
    previous: bytes | None = None
    for number, step in enumerate(receipt.steps, 1):
        found = StepVerdict(number, step.leaf, step.content)
        verdict.steps.append(found)
        hashed = leaf_hash(step.leaf_text)
        for check in (_in_log, _promised, _opened, _in_time):
            try:
                check(step, hashed, found, policy)
            except Invalid as wrong:
                verdict.problems.append(Problem(number, wrong))
        if step.leaf.prev != previous:
            verdict.problems.append(Problem(number, Invalid("chain_broken")))
        previous = hashed
    for finding in (_ordered(verdict.steps), _of_one_case(receipt, verdict.steps), _whole(receipt, policy, verdict)):
        verdict.problems.extend(Problem(step, wrong) for step, wrong in finding)
    return verdict


def _in_log(step: ReceiptStep, hashed: bytes, found: StepVerdict, policy: Policy) -> None:
    if step.proof:
        found.seen = check_proof(step.proof, hashed, policy)
        found.index = step.proof.index


def _promised(step: ReceiptStep, hashed: bytes, found: StepVerdict, policy: Policy) -> None:
    if step.promise is not None:
        found.promise = check_promise(step.promise, hashed, policy)


def _opened(step: ReceiptStep, hashed: bytes, found: StepVerdict, policy: Policy) -> None:
    """That salt and content are what the leaf commits to, and what stands in clear is what stands inside."""
    if step.salt is None or step.content is None:
        return
    if commitment(step.salt, step.content) != step.leaf.commitment:
        raise Invalid("content_changed")
    clear = {"rule": step.leaf.rule, "due_on": step.leaf.due_on.isoformat() if step.leaf.due_on else None}
    for name, value in clear.items():
        if value is not None and step.content.get(name) != value:
            raise Invalid("clear_differs", name=name)


def _in_time(step: ReceiptStep, hashed: bytes, found: StepVerdict, policy: Policy) -> None:
    """A step cannot be later than the moment at which a witness had seen it."""
    at = step.leaf.at.timestamp()
    for name, time in found.seen.witnesses if found.seen else ():
        if at > time + SKEW_SECONDS:
            raise Invalid("later_than_seen", witness=name)


def _ordered(steps: Sequence[StepVerdict]) -> Iterable[tuple[int, Invalid]]:
    """That times do not go back and places in the log go on, also over a step that has none yet."""
    for before, step in pairwise(steps):
        if step.leaf.at < before.leaf.at:
            yield step.n, Invalid("time_went_back")
    for before, step in pairwise(step for step in steps if step.index is not None):
        if (step.index or 0) <= (before.index or 0):
            yield step.n, Invalid("order_changed")


def _of_one_case(receipt: Receipt, steps: Sequence[StepVerdict]) -> Iterable[tuple[int, Invalid]]:
    """That every step shown is of the case and has its number in it, and stands in the log the file names."""
    for step in steps:
        if step.content is not None and step.content.get("case") != receipt.case:
            yield step.n, Invalid("other_case")
        if step.content is not None and step.content.get("n") != step.n:
            yield step.n, Invalid("step_missing")
        if step.seen and step.seen.checkpoint.origin != receipt.log.name:
            yield step.n, Invalid("other_log", name=receipt.log.name)
    if all(step.content is None for step in steps):
        yield 0, Invalid("nothing_opened")


def _whole(receipt: Receipt, policy: Policy, verdict: Verdict) -> Iterable[tuple[int, Invalid]]:
    """What is said of the file as a whole."""
    if receipt.log not in policy.logs:
        name = receipt.log.name
        known = any(key.name == name for key in policy.logs)
        yield 0, Invalid("other_key", name=name) if known else Invalid("other_log", name=name)
    yield from ((0, wrong) for wrong in _texts(receipt))
    heads = [step.seen.checkpoint for step in verdict.steps if step.seen]
    yield from ((0, Invalid("fork", size=one.size, origin=one.origin)) for one in forks(heads))


def _texts(receipt: Receipt) -> Iterable[Invalid]:
    named = {value for step in receipt.steps for value in (step.content or {}).values() if isinstance(value, str)}
    for key, text in receipt.texts.items():
        if hashlib.sha256(text.encode()).hexdigest() != key:
            yield Invalid("text_changed")
        elif key not in named:
            yield Invalid("text_of_nothing")


def forks(heads: Iterable[Checkpoint]) -> list[Checkpoint]:
    """Heads of one log and size with different roots: a signed proof that the log shows different books."""
    first: dict[tuple[str, int], bytes] = {}
    return [one for one in heads if first.setdefault((one.origin, one.size), one.root) != one.root]

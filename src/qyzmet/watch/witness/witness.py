"""Whether to cosign: the rules of tlog-witness, over one transaction. No network and no clock of its own."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import SigningKey, VerifierKey
from qyzmet.ledger.note import cosign, verify
from qyzmet.ledger.tree import EMPTY_ROOT, check_consistency
from qyzmet.watch.witness.memory import Head, Memory, head_of, keep_fork, keep_head
from qyzmet.watch.witness.request import Submission, parse_submission

SIZE_TYPE = "text/x.tlog.size"
PLAIN = "text/plain; charset=utf-8"
BACK_SECONDS = 300
"""How far the clock may go back and the time before be signed again: less than any verifier minds."""


@dataclass(frozen=True)
class Reply:
    """What goes back over HTTP."""

    status: int
    body: str
    type: str = PLAIN


class _Refused(Exception):
    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


class Witness:
    """A witness with its key, what it remembers, and the logs it knows (several keys of one origin where it rotates).

    `clock` gives the time in POSIX seconds; it is what the cosignatures say.
    """

    def __init__(self, key: SigningKey, memory: Memory, logs: Iterable[VerifierKey], clock: Callable[[], int]) -> None:
        self.key, self.memory, self.clock = key, memory, clock
        self.logs: dict[str, list[VerifierKey]] = {}
        for log in logs:
            self.logs.setdefault(log.name, []).append(log)

    def add_checkpoint(self, body: bytes) -> Reply:
        """Answer a submission. Whatever was cosigned is on the disk before the answer exists.

        200 with the cosignature; 400 malformed, or old size above the new; 403 not signed by the log; 404 unknown
        log; 409 with the size for another old size, or the same size with another root; 422 no consistency proof;
        503 while the clock stands further back than a time that was signed.
        """
        try:
            try:
                submission = parse_submission(body)
            except Invalid as wrong:
                # a head whose signature is not even written properly is one that nobody signed
                raise _refused(403 if wrong.values.get("what") == "signature" else 400, wrong) from None
            self._signed(submission)
            time = self._remember(submission)
        except _Refused as refused:
            return refused.reply
        return Reply(200, str(cosign(submission.note.text, self.key, time=time)))

    def _signed(self, submission: Submission) -> None:
        keys = self.logs.get(submission.checkpoint.origin)
        if not keys:
            raise _Refused(Reply(404, "unknown log\n"))
        try:
            verify(submission.note, keys)
        except Invalid as wrong:
            raise _refused(403, wrong) from None
        if submission.old > submission.checkpoint.size:
            raise _Refused(Reply(400, "the old size is above the new one\n"))

    def _remember(self, submission: Submission) -> int:
        with self.memory.writing() as found:
            outcome = self._decide(found, submission)
        if isinstance(outcome, Reply):
            raise _Refused(outcome)
        return outcome

    def _decide(self, found: sqlite3.Connection, submission: Submission) -> int | Reply:
        """Check against what was cosigned before, and remember: the time to sign, or the answer that says no."""
        new, before, now = submission.checkpoint, head_of(found, submission.checkpoint.origin), self.clock()
        size, time = (before.size, max(now, before.time)) if before else (0, now)
        if before and before.size == new.size and before.root != new.root:
            keep_fork(found, before, root=new.root, note=submission.raw, found_at=now)
            return _conflict(size)
        if submission.old != size:
            return _conflict(size)
        if wrong := _inconsistent(submission, before):
            return Reply(422, f"consistency proof: {wrong}\n")
        if time > now + BACK_SECONDS:
            return Reply(503, "the clock of this witness went back\n")
        keep_head(found, Head(new.origin, new.size, new.root, submission.raw, time))
        return time


def _inconsistent(submission: Submission, before: Head | None) -> Invalid | None:
    """Why the proof does not lead from the head before to the new one. Nothing can be proved from no leaves."""
    new = submission.checkpoint
    if new.size == 0 and new.root != EMPTY_ROOT:
        return Invalid("wrong_root", size=0)
    if before is None or before.size == 0:
        return Invalid("proof_length", length=len(submission.proof)) if submission.proof else None
    try:
        check_consistency(
            old_size=before.size, size=new.size, old_root=before.root, root=new.root, proof=submission.proof
        )
    except Invalid as wrong:
        return wrong
    return None


def _conflict(size: int) -> Reply:
    return Reply(409, f"{size}\n", SIZE_TYPE)


def _refused(status: int, wrong: Invalid) -> _Refused:
    return _Refused(Reply(status, f"{wrong}\n"))

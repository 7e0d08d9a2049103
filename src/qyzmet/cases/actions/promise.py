"""The promise for steps that no published head covers yet: asked for after their transaction, never within it."""

from qyzmet.cases.models import Case, Step
from qyzmet.journal import log
from qyzmet.journal.promises import promise
from qyzmet.journal.signer.wire import Down
from qyzmet.ledger.invalid import Invalid

PATIENCE_SECONDS = 0.5
"""How long a page waits for the signer; the case is registered without it."""


def promise_pending(case: Case) -> bool:
    """Get the promise for every step of the case that waits for its proof; False if the signer does not answer now.

    Nothing is lost by that: the promise follows when it is asked for again, and the proof makes it needless. A row
    waits until a head that covers it is published: with a full disk it may have its place long before.
    """
    waiting = Step.objects.filter(log.unproved(), case=case).select_related("entry").order_by("n")
    signer = log.signer(PATIENCE_SECONDS)
    try:
        for step in waiting:
            promise(step.entry, signer=signer)
    except (Down, Invalid):
        return False
    return True

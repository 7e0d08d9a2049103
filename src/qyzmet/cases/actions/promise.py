"""The promise for steps that no published head covers yet: asked for after their transaction, never within it."""

from django.db.models import Q

from qyzmet.cases.models import Case, Step
from qyzmet.journal import log
from qyzmet.journal.promises import promise
from qyzmet.journal.signer.wire import Down
from qyzmet.ledger.invalid import Invalid

PATIENCE_SECONDS = 0.5
"""How long a page waits for the signer; the case is registered without it."""


def promise_pending(case: Case) -> bool:
    """Get the promise for every step of the case that no published head covers; False if the signer does not answer.

    A step may have its place already and wait for the head alone: whoever looks in between gets the promise too.

    Nothing is lost by that: the promise follows when it is asked for again, and the proof makes it needless.
    """
    published = max((head.size for head in log.heads().values()), default=0)
    uncovered = Q(entry__opening__index=None) | Q(entry__opening__index__gte=published)
    waiting = Step.objects.filter(uncovered, case=case).select_related("entry").order_by("n")
    signer = log.signer(PATIENCE_SECONDS)
    try:
        for step in waiting:
            promise(step.entry, signer=signer)
    except (Down, Invalid):
        return False
    return True

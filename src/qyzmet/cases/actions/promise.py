"""The promise for steps that no head of the log shows yet: asked for after their transaction, never within it."""

from django.db.models import Q

from qyzmet.cases.models import Case, Step
from qyzmet.journal import log
from qyzmet.journal.promises import promise
from qyzmet.journal.signer.wire import Down
from qyzmet.ledger.invalid import Invalid

PATIENCE_SECONDS = 0.5
"""How long a page waits for the signer; the case is registered without it."""


def promise_pending(case: Case) -> bool:
    """Get the promise for every step of the case that waits for a head; False if the signer does not answer now.

    Nothing is lost by that: the promise follows when it is asked for again, and the proof makes it needless.
    A row has its index a moment before the head that covers it is published, and waits until then.
    """
    published = max((head.size for head in log.heads().values()), default=0)
    unseen = Q(entry__opening__index=None) | Q(entry__opening__index__gte=published)
    waiting = Step.objects.filter(unseen, case=case).select_related("entry").order_by("n")
    signer = log.signer(PATIENCE_SECONDS)
    try:
        for step in waiting:
            promise(step.entry, signer=signer)
    except (Down, Invalid):
        return False
    return True

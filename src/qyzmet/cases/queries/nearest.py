"""Which deadline stands behind the day a list shows: its term, and how sure the law is of it."""

from collections.abc import Iterable

from qyzmet.cases.models import Case, Deadline
from qyzmet.cases.seen import Reader, visible


def nearest(who: Reader, cases: Iterable[Case]) -> dict[int, Deadline]:
    """Case id -> the body's open deadline that ends first, for those of the cases the reader may see. One query."""
    ids = [case.pk for case in cases if case.act_on]
    if not ids:
        return {}
    open_ones = Deadline.objects.filter(case__in=visible(who, few=True).filter(pk__in=ids), is_open=True, whose="body")
    found: dict[int, Deadline] = {}
    for deadline in open_ones.only("case_id", "key", "on", "status").order_by("on", "id"):
        found.setdefault(deadline.case_id, deadline)
    return found

"""What looked like no answer, counted per body and month for its heads; narrowed as every list is, counts included."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from qyzmet.cases.models import Case, Draft, Finding
from qyzmet.cases.nonanswer import standing
from qyzmet.cases.seen import Reader, visible

MONTHS = 12
REASONS = 50


@dataclass(frozen=True)
class MonthOfFindings:
    """One month. `rules`: rule -> how often it found something; `overruled`: how many of all were called false."""

    first: date
    rules: dict[str, int]
    overruled: int

    @property
    def found(self) -> int:
        """All findings of the month."""
        return sum(self.rules.values())


def heads(who: Reader) -> bool:
    """Whether this reader heads a body, and so may see how it answers."""
    return bool(who.bodies("head"))


def findings_by_month(who: Reader) -> list[MonthOfFindings]:
    """The last MONTHS months in which something was found in the bodies this reader heads, the newest first."""
    by_month = _of_heads(who).annotate(month=TruncMonth("found_on")).values_list("month", "rule")
    counted = by_month.annotate(n=Count("pk"), no=Count("pk", filter=Q(overruled__isnull=False)))
    since = _since(who.on)
    rows = counted.filter(found_on__gte=since).order_by("-month", "rule")
    return [
        MonthOfFindings(month, {rule: n for _, rule, n, _ in some}, sum(no for *_, no in some))
        for month, group in groupby(rows, key=lambda row: row[0])
        for some in [list(group)]
    ]


def overrulings(who: Reader) -> list[Finding]:
    """The newest overrulings in the bodies this reader heads, with case, step and who gave the reason."""
    rows = _of_heads(who).filter(overruled__isnull=False, found_on__gte=_since(who.on))
    return list(rows.select_related("case", "overruled__by").order_by("-overruled__at", "-pk")[:REASONS])


def _since(day: date) -> date:
    months = day.year * 12 + day.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _of_heads(who: Reader) -> QuerySet[Finding]:
    """Found in a body this reader heads, in cases that are there still and that the reader may see."""
    mine = who.bodies("head")
    return Finding.objects.filter(body__in=mine, case__in=visible(who, few=True).filter(body__in=mine))


def draft_findings(case: Case, draft: Draft, on: date) -> list[Finding]:
    """What looks like no answer in this draft now; `overruled` where somebody has said why it is one."""
    return standing(case, draft, on)

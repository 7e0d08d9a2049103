"""The only readers for a face. All start from `seen`: what the asker may see."""

from qyzmet.cases.queries.audit import audit
from qyzmet.cases.queries.calendar import (
    Calendars,
    Example,
    Part,
    Trial,
    calendar_now,
    try_order,
    try_without,
    would_change,
)
from qyzmet.cases.queries.filing import Filing, filing
from qyzmet.cases.queries.findings import MonthOfFindings, draft_findings, findings_by_month, heads, overrulings
from qyzmet.cases.queries.follow import (
    AccusedPage,
    Followed,
    accused_page,
    case_by_code,
    follow,
    followed,
    letter_by_code,
    paper_by_code,
    superior_for,
)
from qyzmet.cases.queries.page import COUNT_LIMIT, Page
from qyzmet.cases.queries.people import assignable
from qyzmet.cases.queries.queue import (
    Counts,
    Filter,
    body_queue,
    counts,
    earlier_of,
    helping,
    look_up,
    my_queue,
    sees_whole_body,
    suggest,
)
from qyzmet.cases.queries.receipt import ReceiptState, receipt, receipt_state
from qyzmet.cases.queries.view import CaseView, Possible, case_view, draft_lacks, letter_of, paper_of, working_days_left
from qyzmet.cases.seen import Reader, find, may_see, reader

__all__ = [
    "COUNT_LIMIT",
    "AccusedPage",
    "Calendars",
    "CaseView",
    "Counts",
    "Example",
    "Filing",
    "Filter",
    "Followed",
    "MonthOfFindings",
    "Page",
    "Part",
    "Possible",
    "Reader",
    "ReceiptState",
    "Trial",
    "accused_page",
    "assignable",
    "audit",
    "body_queue",
    "calendar_now",
    "case_by_code",
    "case_view",
    "counts",
    "draft_findings",
    "draft_lacks",
    "earlier_of",
    "filing",
    "find",
    "findings_by_month",
    "follow",
    "followed",
    "heads",
    "helping",
    "letter_by_code",
    "letter_of",
    "look_up",
    "may_see",
    "my_queue",
    "overrulings",
    "paper_by_code",
    "paper_of",
    "reader",
    "receipt",
    "receipt_state",
    "sees_whole_body",
    "suggest",
    "superior_for",
    "try_order",
    "try_without",
    "working_days_left",
    "would_change",
]

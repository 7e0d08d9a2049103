"""The receipt on the person's pages: how far it is proved, and the file."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from qyzmet.cases import actions, queries


def state(case: Any) -> queries.ReceiptState:
    """How far the steps are proved; what waits for the log gets its promise now, if the signer answers."""
    found = queries.receipt_state(case)
    if found.level == "none" and actions.promise_pending(case):
        found = queries.receipt_state(case)
    return found


def as_file(case: Any) -> HttpResponse:
    """The receipt to keep."""
    state(case)
    response = HttpResponse(queries.receipt(case).text(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"receipt-{case.number}.json") or "attachment"
    return response

"""What a browser can send without end is bounded; what a person sends is not."""

from typing import Any

from django.contrib.sessions.models import Session

from qyzmet.cases.models import Case
from tests.portal.walk import Walker, text


def test_the_last_page_waits_for_a_minute_and_keeps_everything(walker: Walker, settings: Any) -> None:
    settings.FILINGS = 1
    walker.go().send()
    second = Walker().go()
    waits = second.client.post("/appeal/check/", {})
    assert (waits.status_code, waits["Retry-After"]) == (429, "60")
    assert "Жолданымыңыз сақталды" in text(waits) and "Ауладағы су құбыры" in text(waits)
    assert Case.objects.count() == 1
    settings.FILINGS = 2
    second.send()
    assert Case.objects.count() == 2


def test_what_nobody_typed_is_not_kept_in_the_session(walker: Walker) -> None:
    number, step = "2026-0000-0000", "withdraw"
    walker.client.post(f"/{number}/{step}/", {"reason": "я" * 40_000})
    kept = walker.client.session["portal_waiting"]
    assert len(kept["typed"]["reason"]) == 40_000
    huge = Walker()
    huge.client.post(f"/{number}/{step}/", {"reason": "я" * 500_000})
    huge.client.post(f"/{number}/{step}/", {f"f{n}" * 20: "я" * 1000 for n in range(200)})
    assert "portal_waiting" not in huge.client.session
    assert all(len(session.session_data) < 200_000 for session in Session.objects.all())

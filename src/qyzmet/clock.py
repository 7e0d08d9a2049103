"""What every template is told of the moment of its request: no room below the faces asks a clock."""

from django.http import HttpRequest
from django.utils import timezone

from qyzmet.text.dates import local


def for_templates(request: HttpRequest) -> dict[str, object]:
    """`now`, and `today`: its date in Almaty. One moment a page."""
    now = timezone.now()
    return {"now": now, "today": local(now).date()}

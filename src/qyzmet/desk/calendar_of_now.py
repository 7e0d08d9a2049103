"""Every request of every face is answered under the calendar that is in force when it asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.rules import begin_anew


class CalendarMiddleware:
    """Lets the request ask anew which orders stand; a page that asks the law nothing does not ask this either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin_anew()
        return self.get_response(request)

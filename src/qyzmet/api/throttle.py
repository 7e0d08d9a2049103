"""Wrong follow-up codes are counted; too many, and nobody from there gets an answer for a while.

A code has 100 bits: this keeps logs and load small rather than codes safe. Right codes are never counted, and nobody
is locked out of an own case by what others try from elsewhere.
"""

from django.http import HttpRequest

from qyzmet.api.problems import Stop
from qyzmet.look import flood, tally
from qyzmet.text.hashes import sha

MINUTES = 15
MOST_A_NUMBER = 10
"""Wrong codes for one number from one network in `MINUTES`."""
MOST_A_NETWORK = 60
"""Wrong codes for any number from one network."""


def hold(request: HttpRequest, number: str) -> None:
    """`Stop` 429 when there were too many wrong codes."""
    for key, most in _limits(request, number).items():
        if tally.so_far(key) >= most:
            headers = {"Retry-After": str(MINUTES * 60)}
            raise Stop("too_many_attempts", 429, headers=headers, minutes=MINUTES)


def count(request: HttpRequest, number: str) -> None:
    """One more wrong code."""
    for key in _limits(request, number):
        tally.count(key, MINUTES * 60)


def _limits(request: HttpRequest, number: str) -> dict[str, int]:
    where = flood.network(request)
    return {_key(where, number): MOST_A_NUMBER, _key(where): MOST_A_NETWORK}


def _key(*parts: str) -> str:
    return "tally:api:codes:" + sha("\n".join(parts))

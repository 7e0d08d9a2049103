"""Tokens of programs that act as an official, and what each is good for."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from qyzmet.api.problems import Stop
from qyzmet.bodies import queries as bodies


class Bearer(HttpBearer):
    """A token with the scope an address asks for. The person is then `request.auth`."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> object:
        """The person whose token it is; None = 401; `Stop` 403 where the token lacks the scope."""
        holder = bodies.token_holder(token, timezone.now())
        if holder is None:
            return None
        if self.scope not in holder.scopes:
            raise Stop("scope_missing", 403, scope=self.scope)
        return holder.person


READ = Bearer("read")
ACT = Bearer("act")

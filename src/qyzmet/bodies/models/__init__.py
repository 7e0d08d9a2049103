"""Tables of the room. Only `bodies.actions` writes them; only `bodies.queries` reads them for the rooms above."""

from .absence import Absence, Substitution
from .body import Body, Unit
from .person import Person
from .post import Appointment, Post
from .role import Role
from .token import ApiToken

__all__ = ["Absence", "ApiToken", "Appointment", "Body", "Person", "Post", "Role", "Substitution", "Unit"]

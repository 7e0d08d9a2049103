"""The only readers of the room for the rooms above. `on` is a local day (Asia/Almaty), `at` a moment (aware).

The tables' classes stand here as types, for the annotations of faces, which never import models.
"""

from qyzmet.bodies.models import Absence, ApiToken, Body, Person, Post, Role, Substitution, Unit

from .above import answers_to, below
from .body import bodies_by_id, body_by_code, chain_up, every_body, every_superior
from .deciding import deciding_body
from .find import find_bodies
from .intake import Counter, Receiver, counter_of, intake_body, post_in, registrar_of, superior_of
from .person import Holder, person_by_login, token_holder, tokens_of
from .post import Seat, acting, head_of, holder, post_by_code, posts_held, posts_of
from .rights import persons_with_role, roles_at
from .suggest import suggest_bodies

__all__ = [
    "Absence",
    "ApiToken",
    "Body",
    "Counter",
    "Holder",
    "Person",
    "Post",
    "Receiver",
    "Role",
    "Seat",
    "Substitution",
    "Unit",
    "acting",
    "answers_to",
    "below",
    "bodies_by_id",
    "body_by_code",
    "chain_up",
    "counter_of",
    "deciding_body",
    "every_body",
    "every_superior",
    "find_bodies",
    "head_of",
    "holder",
    "intake_body",
    "person_by_login",
    "persons_with_role",
    "post_by_code",
    "post_in",
    "posts_held",
    "posts_of",
    "registrar_of",
    "roles_at",
    "suggest_bodies",
    "superior_of",
    "token_holder",
    "tokens_of",
]

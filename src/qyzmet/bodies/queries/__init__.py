"""The only readers of the room for the rooms above. `on` is a local day (Asia/Almaty), `at` a moment (aware)."""

from .above import answers_to, below
from .body import bodies_by_id, body_by_code, chain_up, every_body, find_bodies
from .deciding import deciding_body
from .intake import intake_body, post_in, superior_of
from .person import Holder, person_by_login, token_holder
from .post import Seat, acting, head_of, holder, post_by_code, posts_held, posts_of
from .rights import persons_with_role, roles_at

__all__ = [
    "Holder",
    "Seat",
    "acting",
    "answers_to",
    "below",
    "bodies_by_id",
    "body_by_code",
    "chain_up",
    "deciding_body",
    "every_body",
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
    "roles_at",
    "superior_of",
    "token_holder",
]

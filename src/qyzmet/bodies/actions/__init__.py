"""The only writers of the room. Each is one transaction and raises `Refused` with a code when it may not."""

from .absent import end_absence, end_substitution, name_substitute, note_absence
from .appoint import appoint, release
from .found import close_post, found_body, found_post, found_unit
from .grant import end_role, grant_role
from .person import add_person, change_password, set_password
from .token import Issued, issue_token, revoke_token

__all__ = [
    "Issued",
    "add_person",
    "appoint",
    "change_password",
    "close_post",
    "end_absence",
    "end_role",
    "end_substitution",
    "found_body",
    "found_post",
    "found_unit",
    "grant_role",
    "issue_token",
    "name_substitute",
    "note_absence",
    "release",
    "revoke_token",
    "set_password",
]

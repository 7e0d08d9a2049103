"""The only writers of the post room."""

from qyzmet.letters.actions.compose import compose, keep, keep_all, write
from qyzmet.letters.actions.decide import cancel, mark_sent, resend
from qyzmet.letters.actions.enqueue import channels_for, enqueue
from qyzmet.letters.actions.note import note_delivered, note_handed, note_posted
from qyzmet.letters.actions.outbox import send_pending
from qyzmet.letters.errors import LetterError
from qyzmet.letters.parties import LetterText, Official, Recipient

__all__ = [
    "LetterError",
    "LetterText",
    "Official",
    "Recipient",
    "cancel",
    "channels_for",
    "compose",
    "enqueue",
    "keep",
    "keep_all",
    "mark_sent",
    "note_delivered",
    "note_handed",
    "note_posted",
    "resend",
    "send_pending",
    "write",
]

"""The follow page: whoever has the code reads the letter there, from the moment it is composed."""

from qyzmet.letters.channels.start import Start
from qyzmet.letters.parties import Recipient


def start(to: Recipient) -> Start:
    """Sent at once: nothing travels."""
    return Start("", "sent")

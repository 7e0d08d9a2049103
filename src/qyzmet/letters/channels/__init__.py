"""The ways a letter may take. Each says whether an address will do and what state a new dispatch is in."""

from qyzmet.letters.channels import email, page, paper
from qyzmet.letters.channels.start import Start

CHANNELS = {"page": page.start, "email": email.start, "post": paper.start_post, "hand": paper.start_hand}
"""Name of the channel -> how a dispatch by it begins, given the recipient."""

__all__ = ["CHANNELS", "Start"]

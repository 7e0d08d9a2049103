"""Post and the counter: a clerk prints the letter and notes it in the dispatch register. No network."""

from qyzmet.letters.channels.start import Start
from qyzmet.letters.parties import Recipient
from qyzmet.text.clean import one_line


def start_post(to: Recipient) -> Start:
    """Waits for the clerk; fails at once where there is no address to write on the envelope."""
    address = one_line(to.address)
    return Start(address, "pending") if address else Start("", "failed", "no_address")


def start_hand(to: Recipient) -> Start:
    """Waits until the reader comes."""
    return Start("", "pending")

"""How a dispatch begins."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Start:
    """Where the letter goes and in which state its dispatch begins. `error`: a code, shown on the desk."""

    address: str
    state: str
    error: str = ""

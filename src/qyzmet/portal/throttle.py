"""How often something may be tried. Counted in the cache, which every process shares."""

import hashlib

from qyzmet.look import tally


class Throttle:
    """At most `most` counted tries in `seconds`, by any of several keys."""

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        self.name, self.most, self.seconds = name, most, seconds

    def _key(self, key: str) -> str:
        return f"tally:portal:{self.name}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"

    def is_full(self, key: str) -> bool:
        """Whether this key has used up its tries."""
        return tally.so_far(self._key(key)) >= self.most

    def count(self, key: str) -> None:
        """Count one more; the first one starts the time."""
        tally.count(self._key(key), self.seconds)


WRONG_CODES = Throttle("wrong-code", most=10, seconds=15 * 60)
"""Wrong codes for one number from one network, whether a case has it or not. A code has 100 bits."""
WRONG_FROM = Throttle("wrong-from", most=30, seconds=15 * 60)
"""Wrong codes from one network (`look.flood.network`)."""
MAIL_TO = Throttle("mail-to", most=6, seconds=3600)
"""Codes sent to one mailbox."""
MAIL_FROM = Throttle("mail-from", most=20, seconds=3600)
"""Codes asked for from one network."""
NEWSROOMS = Throttle("newsrooms", most=10, seconds=3600)
"""Newsrooms registered from one network."""

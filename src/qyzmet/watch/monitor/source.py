"""Where a log is read from: an address, or a folder with its files."""

import urllib.error
import urllib.request
import zlib
from http.client import HTTPException
from pathlib import Path
from typing import Protocol

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.note import NOTE_LIMIT
from qyzmet.ledger.tiles import ENTRY_LIMIT, WIDTH

HEAD = "checkpoint"
WITNESSED = "witnessed"
"""The latest head with the witnesses' cosignatures, where a log keeps it apart, as ours do."""
SECONDS = 30
"""To wait for an answer."""
ATTEMPTS = 3
GONE = (403, 404, 410)
"""Stores answer 403 for what they do not have, when they may not be listed."""


class Unreachable(Exception):
    """The log does not answer, or there is none: nothing can be said about it."""


class Source(Protocol):
    """A reader of a log. `live`: what it gives is what the log gives at this moment, not a copy of some age."""

    live: bool

    def read(self, path: str) -> bytes:
        """The file under that path. FileNotFoundError with the path; `Unreachable`; `Invalid` where it is too large."""


def source_of(text: str) -> Source:
    """The reader of an address (http, https) or of a folder."""
    return Web(text) if text.startswith(("http://", "https://")) else Folder(Path(text))


def limit_of(path: str) -> int:
    """How many bytes such a file may have."""
    if path in (HEAD, WITNESSED):
        return NOTE_LIMIT
    return WIDTH * (ENTRY_LIMIT + 2) if path.startswith("tile/entries/") else WIDTH * 32


class Folder:
    """A copy of a log on this computer."""

    live = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str) -> bytes:
        """See `Source`."""
        try:
            with (self.folder / path).open("rb") as file:
                return _short(path, file.read(limit_of(path) + 1))
        except (FileNotFoundError, NotADirectoryError):
            raise FileNotFoundError(path) from None
        except OSError as error:
            raise Unreachable(str(error)) from None


class Web:
    """A log that is served under an address."""

    live = True

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/") + "/"

    def read(self, path: str) -> bytes:
        """See `Source`. What fails for want of a connection is tried again at once, a few times."""
        for attempt in range(ATTEMPTS):
            try:
                return self._asked(path)
            except urllib.error.HTTPError as error:
                if error.code in GONE:
                    raise FileNotFoundError(path) from None
                if error.code < 500 or attempt == ATTEMPTS - 1:
                    raise Unreachable(f"{path}: {error}") from None
            except (OSError, HTTPException, ValueError) as error:
                if attempt == ATTEMPTS - 1:
                    raise Unreachable(f"{path}: {error}") from None
        raise Unreachable(path)

    def _asked(self, path: str) -> bytes:
        headers = {"Accept-Encoding": "gzip, identity", "User-Agent": "qyzmet-monitor"}
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310 - source_of takes http(s)
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(limit_of(path) * 2 + 1)  # hashes do not get smaller by packing
            packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
        return _short(path, _unpacked(data, limit_of(path)) if packed else data)


def _unpacked(data: bytes, limit: int) -> bytes:
    """What gzip holds, no more than one byte above the limit. OSError where it is damaged or cut off."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(data, limit + 1)
    except zlib.error as error:
        raise OSError(str(error)) from None
    if not unpacking.eof and len(found) <= limit:
        raise OSError("the answer was cut off")
    return found


def _short(path: str, data: bytes) -> bytes:
    if len(data) > limit_of(path):
        raise Invalid("file_too_large", path=path)
    return data

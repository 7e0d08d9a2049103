"""The log as files: the folder that is served under /log/, and copied anywhere a static file can live."""

import os
import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.tiles import WIDTH, Tile, parse_tile

CHECKPOINT = "checkpoint"
"""The latest signed head."""
WITNESSED = "witnessed"
"""The latest head that witnesses have cosigned: our own name, beside what the format knows."""
POLICY = "policy"
"""Whom the city itself names as log and witnesses: a reader compares it with one got elsewhere."""
NAMES = (CHECKPOINT, WITNESSED, POLICY)
_UNFINISHED = re.compile(r"\.[a-z0-9]+-[0-9a-f]{12}", re.ASCII)
"""What `Folder.write` calls a file before it is whole."""


@dataclass(frozen=True)
class Folder:
    """A folder of the log's files. Every file is written whole or not at all."""

    root: Path

    def read(self, path: str) -> bytes:
        """The file of that name. FileNotFoundError where there is none, or where the log knows no such name."""
        if path not in NAMES:
            try:
                parse_tile(path)
            except Invalid:
                raise FileNotFoundError(path) from None
        return (self.root / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Put the file there, on the disk itself before its name appears. OSError (disk full) leaves what was."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        made = target.with_name(f".{target.name}-{secrets.token_hex(6)}")
        try:
            with made.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            made.replace(target)
        except BaseException:
            made.unlink(missing_ok=True)
            raise

    def settle(self, files: Iterable[str]) -> None:
        """Make the names of these files survive a power cut."""
        for folder in {(self.root / path).parent for path in files}:
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def tidy(self, files: Iterable[str]) -> None:
        """Remove the partial tiles of those that are full now, as the format allows."""
        for path in files:
            tile = parse_tile(path)
            if tile.width == WIDTH:
                shutil.rmtree(self.root / f"{Tile(tile.level, tile.index).path()}.p", ignore_errors=True)

    def sweep(self) -> int:
        """Remove what a killed sequencer left half written: of tiles, bundles and heads, which it alone writes.

        How many files. Only for whoever holds the sequencer's lock: another's work would be taken from under its hands.
        """
        left = [*self.root.glob(f".{CHECKPOINT}-*"), *(self.root / "tile").rglob(".*")]
        found = [path for path in left if _UNFINISHED.fullmatch(path.name)]
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)


def folder() -> Folder:
    """The log's folder of this installation."""
    return Folder(Path(settings.LOG_FOLDER))

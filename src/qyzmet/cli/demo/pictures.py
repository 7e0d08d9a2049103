"""Small files that people attach: a picture drawn here, and a note."""

from __future__ import annotations

import functools
import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qyzmet.cases import papers

if TYPE_CHECKING:
    from .play.play import Play

WIDTH, HEIGHT, SHADES = 160, 110, 6
KINDS = {"photo": "attachment", "note": "attachment", "signed_paper": "signed_paper"}


def paper(play: Play, which: str) -> Any:
    """A stored file of the applicant: `photo`, `note`, or `signed_paper` (the scanned sheet with the signature)."""
    shade = play.stage.chance.randrange(SHADES) * 40
    data = _note(play) if which == "note" else png(shade, page=which == "signed_paper")
    ending = "txt" if which == "note" else "png"
    name = f"{play.say('file_' + which)}.{ending}"
    return papers.keep(io.BytesIO(data), name=name, kind=KINDS[which], origin="applicant", at=play.at)


def _note(play: Play) -> bytes:
    return play.say("note_text", name=play.authors[0].name, day=f"{play.today:%d.%m.%Y}").encode()


@functools.cache
def png(shade: int, *, page: bool) -> bytes:
    """A small picture: a written page, or a landscape in a colour of its own."""
    rows = b"".join(b"\0" + bytes(_row(y, shade, page)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _row(y: int, shade: int, page: bool) -> Iterator[int]:
    return (part for x in range(WIDTH) for part in _dot(x, y, shade, page))


def _dot(x: int, y: int, shade: int, page: bool) -> tuple[int, int, int]:
    if page:
        line = y % 12 in (4, 5) and 24 < x < WIDTH - 24 - (y * 7) % 60 and y > 20
        return (60, 60, 90) if line else (250, 248, 240)
    if y < HEIGHT // 2 + (x * (shade % 7) // 20) % 24:
        return (150 + y // 3, 190, 235 - y // 2)
    return (90 + shade // 4, 120 + (x * y) % 12, 70 + shade // 8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""The tree as static files: tiles of 256 hashes and bundles of 256 entries (c2sp.org/tlog-tiles)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import HASH_BYTES, LARGEST
from qyzmet.ledger.tree import EMPTY_ROOT, Frontier, node_hash

WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""
TILE_BITS = 8
ENTRY_LIMIT = 65_535
"""Bytes of an entry: its length stands in two bytes."""


PATH_LIMIT = 60
"""Characters of a tile's path: the longest, of an entry near 2^63, has fewer."""


class Reader(Protocol):
    """Whatever holds a log: a folder, an address, a table."""

    def read(self, path: str) -> bytes:
        """The file under this path, relative to the log's prefix. FileNotFoundError where there is none."""


@dataclass(frozen=True)
class Tile:
    """One file of the log. `level` is None for a bundle of entries; `width` is 1 to 256."""

    level: int | None
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Where it is served, relative to the prefix."""
        first = "entries" if self.level is None else str(self.level)
        digits = f"{self.index:d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        path = "/".join(["tile", first, *(f"x{part}" for part in parts[:-1]), parts[-1]])
        return path if self.width == WIDTH else f"{path}.p/{self.width}"


_TILE = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


def parse_tile(path: str) -> Tile:
    """The tile or bundle of a path, which must be the one spelling the format allows. `bad_tile_path` otherwise."""
    found = _TILE.fullmatch(path) if len(path) <= PATH_LIMIT else None
    if not found:
        raise Invalid("bad_tile_path", path=path[:100])
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    width = int(found["width"]) if found["width"] else WIDTH
    tile = Tile(level, index, width)
    too_far = index > LARGEST or (level or 0) > 63 or (found["width"] and width >= WIDTH)
    if too_far or tile.path() != path:
        raise Invalid("bad_tile_path", path=path[:100])
    return tile


def width_at(level: int | None, index: int, size: int) -> int:
    """How many hashes (entries) that tile has in a tree of `size` leaves: 0 where it does not exist."""
    whole = size >> (TILE_BITS * (level or 0))
    return max(0, min(WIDTH, whole - index * WIDTH))


def join_entries(entries: Sequence[bytes]) -> bytes:
    """The bytes of a bundle: each entry after its length in two bytes, big-endian."""
    for entry in entries:
        if len(entry) > ENTRY_LIMIT:
            raise ValueError(f"an entry has at most {ENTRY_LIMIT} bytes, this one {len(entry)}")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def split_entries(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle that should hold `width` of them. `bad_bundle` otherwise."""
    found: list[bytes] = []
    at = 0
    while at < len(data) and len(found) <= width:
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 > len(data) or len(entry) != length:
            raise Invalid("bad_bundle", why="truncated")
        found.append(entry)
        at += 2 + length
    if len(found) != width:
        raise Invalid("bad_bundle", why="width", expected=width, found=len(found))
    return found


class Tree:
    """A tree of `size` leaves read from its tiles: its root and any proof. Tiles read are kept for this tree only.

    `Invalid` (`bad_tile`) for a tile of a wrong length, FileNotFoundError where the reader has none. Whether the tiles
    are the ones a log has signed shows in the root: compare it.
    """

    def __init__(self, reader: Reader, size: int) -> None:
        self.reader = reader
        self.size = size
        self._tiles: dict[tuple[int, int], list[list[bytes]]] = {}

    def hash(self, height: int, index: int) -> bytes:
        """The hash of the perfect subtree over the leaves [index·2^height, (index+1)·2^height).

        `index_outside` where this tree does not have all of them.
        """
        if height < 0 or not 0 <= index < self.size >> height:
            raise Invalid("index_outside", index=index, size=max(0, self.size) >> max(0, height))
        level, inside = divmod(height, TILE_BITS)
        tile, at = divmod(index << inside, WIDTH)
        return self._tile(level, tile)[inside][at >> inside]

    def root(self) -> bytes:
        """The root of the whole tree."""
        return self._span(0, self.size) if self.size else EMPTY_ROOT

    def frontier(self) -> Frontier:
        """The right edge of this tree, to go on from."""
        return Frontier(self.size, [self.hash(height, index) for height, index in _perfect(0, self.size)])

    def inclusion(self, index: int) -> list[bytes]:
        """The inclusion proof of the leaf at `index`: from its sibling up (RFC 6962, 2.1.1)."""
        if not 0 <= index < self.size:
            raise Invalid("index_outside", index=index, size=self.size)
        proof, low, high = [], 0, self.size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                proof.append((middle, high))
                high = middle
            else:
                proof.append((low, middle))
                low = middle
        return [self._span(*span) for span in reversed(proof)]

    def consistency(self, old_size: int) -> list[bytes]:
        """The proof that this tree begins with its first `old_size` leaves (RFC 6962, 2.1.2); empty from size 0."""
        if not 0 <= old_size <= self.size:
            raise Invalid("size_went_back", old=old_size, new=self.size)
        if old_size in (0, self.size):
            return []
        proof, low, high = [], 0, self.size
        while old_size != high:
            middle = low + _split(high - low)
            if old_size <= middle:
                proof.append((middle, high))
                high = middle
            else:
                proof.append((low, middle))
                low = middle
        if low:
            proof.append((low, high))
        return [self._span(*span) for span in reversed(proof)]

    def _span(self, low: int, high: int) -> bytes:
        """The hash over the leaves [low, high), where `low` is a multiple of the span's largest power of two."""
        found: bytes | None = None
        for height, index in reversed(list(_perfect(low, high))):
            part = self.hash(height, index)
            found = part if found is None else node_hash(part, found)
        if found is None:
            raise ValueError("an empty span has no hash")
        return found

    def _tile(self, level: int, index: int) -> list[list[bytes]]:
        """The tile's hashes, and above them every complete inner row up to its top."""
        if (level, index) not in self._tiles:
            rows = [read_tile(self.reader, level, index, self.size)]
            while len(rows[-1]) > 1:
                row = rows[-1]
                rows.append([node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)])
            self._tiles[level, index] = rows
        return self._tiles[level, index]


def read_tile(reader: Reader, level: int, index: int, size: int) -> list[bytes]:
    """The hashes a tile has in a tree of `size`; the full tile serves where a log has dropped the partial one.

    `index_outside`, `bad_tile`; FileNotFoundError where there is neither.
    """
    width = width_at(level, index, size)
    tile, data = _read(reader, Tile(level, index, width), size)
    if len(data) != tile.width * HASH_BYTES:
        raise Invalid("bad_tile", path=tile.path(), bytes=len(data))
    return [data[at * HASH_BYTES : (at + 1) * HASH_BYTES] for at in range(width)]


def read_entries(reader: Reader, index: int, size: int) -> list[bytes]:
    """The entries a bundle has in a tree of `size`, from the full bundle where a log has dropped the partial one.

    `index_outside`, `bad_bundle`; FileNotFoundError where there is neither.
    """
    width = width_at(None, index, size)
    tile, data = _read(reader, Tile(None, index, width), size)
    return split_entries(data, tile.width)[:width]


def _read(reader: Reader, tile: Tile, size: int) -> tuple[Tile, bytes]:
    """The file, and which one it is: that tile or the full one."""
    if tile.index < 0 or not tile.width:
        raise Invalid("index_outside", index=tile.index, size=size)
    try:
        return tile, reader.read(tile.path())
    except FileNotFoundError:
        if tile.width == WIDTH:
            raise
    full = Tile(tile.level, tile.index)
    return full, reader.read(full.path())


def _split(count: int) -> int:
    """The largest power of two below `count` (k in RFC 6962)."""
    return 1 << (count - 1).bit_length() - 1


def _perfect(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The perfect subtrees that make [low, high), left to right, as (height, index)."""
    while low < high:
        height = (high - low).bit_length() - 1
        if low:
            height = min(height, (low & -low).bit_length() - 1)
        yield height, low >> height
        low += 1 << height


class Overlay:
    """A reader that knows some files already and asks another for the rest."""

    def __init__(self, files: dict[str, bytes], below: Reader) -> None:
        self.files = files
        self.below = below

    def read(self, path: str) -> bytes:
        """The known file, else the one below."""
        found = self.files.get(path)
        return self.below.read(path) if found is None else found


def grow(reader: Reader, old_size: int, entries: Sequence[bytes], leaf_hashes: Sequence[bytes]) -> dict[str, bytes]:
    """The files to write so that a tree of `old_size` leaves has these entries more: full and last partial tiles.

    Deterministic: the same tree and entries give the same bytes, so that writing them twice changes nothing.
    ValueError where there are not as many hashes as entries.
    """
    if len(entries) != len(leaf_hashes):
        raise ValueError(f"{len(entries)} entries, {len(leaf_hashes)} hashes")
    files = {}
    kept = read_entries(reader, old_size // WIDTH, old_size) if entries and old_size % WIDTH else []
    for index, row in _rows(old_size, [*kept, *entries]):
        files[Tile(None, index, len(row)).path()] = join_entries(row)
    level, fresh, start = 0, list(leaf_hashes), old_size
    while fresh:
        before = read_tile(reader, level, start // WIDTH, old_size) if start % WIDTH else []
        above = []
        for index, hashes in _rows(start, [*before, *fresh]):
            files[Tile(level, index, len(hashes)).path()] = b"".join(hashes)
            if len(hashes) == WIDTH:
                above.append(_top(hashes))
        level, fresh, start = level + 1, above, start // WIDTH
    return files


def _rows(start: int, items: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    first = start // WIDTH
    for at in range(0, len(items), WIDTH):
        yield first + at // WIDTH, items[at : at + WIDTH]


def _top(hashes: Sequence[bytes]) -> bytes:
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]

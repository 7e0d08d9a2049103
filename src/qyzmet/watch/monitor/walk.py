"""Reading entries so that each is held to the signed root, in little memory: from the root down, tile by tile."""

from collections.abc import Collection, Iterator

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.tiles import TILE_BITS, WIDTH, Reader, Tree, read_entries, read_tile, width_at
from qyzmet.ledger.tree import Frontier


class Walk:
    """A walk over the leaves of a tree whose root was compared already. One tile of each level is kept at a time."""

    def __init__(self, reader: Reader, tree: Tree) -> None:
        """`tree` has told its root, so that the partial tiles at its right edge are held to it."""
        self.reader, self.tree, self.size = reader, tree, tree.size
        self._kept: dict[int, tuple[int, list[bytes]]] = {}

    def hashes(self, level: int, index: int) -> list[bytes]:
        """The hashes of a tile, held to the tile above. `tile_differs`; FileNotFoundError; what reading may raise."""
        kept = self._kept.get(level)
        if kept is None or kept[0] != index:
            kept = index, self._full(level, index)
            self._kept[level] = kept
        return kept[1]

    def _full(self, level: int, index: int) -> list[bytes]:
        width = width_at(level, index, self.size)
        if width < WIDTH:
            return [self.tree.hash(TILE_BITS * level, index * WIDTH + at) for at in range(width)]
        hashes = read_tile(self.reader, level, index, self.size)
        if _top(hashes) != self.hashes(level + 1, index // WIDTH)[index % WIDTH]:
            first = index << TILE_BITS * (level + 1)
            raise Invalid("tile_differs", first=first, last=first + (1 << TILE_BITS * (level + 1)) - 1)
        return hashes

    def find(self, wanted: Collection[bytes], end: int) -> dict[bytes, int]:
        """The places of these leaf hashes among the first `end` leaves, where they are there."""
        found: dict[bytes, int] = {}
        for bundle in range(-(-end // WIDTH) if wanted else 0):
            for index, hashed in enumerate(self.hashes(0, bundle), bundle * WIDTH):
                if index < end and hashed in wanted:
                    found.setdefault(hashed, index)
        return found

    def entries(self, start: int) -> Iterator[tuple[int, list[bytes], list[bytes]]]:
        """From the entry `start` on, a bundle at a time: index of the first, entries, and their leaf hashes.

        `entry_differs` for the first entry that is not the one in the tree.
        """
        for bundle in range(start // WIDTH, -(-self.size // WIDTH)):
            hashes, entries = self.hashes(0, bundle), read_entries(self.reader, bundle, self.size)
            for at, (entry, expected) in enumerate(zip(entries, hashes, strict=True)):
                if leaf_hash(entry) != expected:
                    raise Invalid("entry_differs", index=bundle * WIDTH + at)
            skip = max(0, start - bundle * WIDTH)
            yield bundle * WIDTH + skip, entries[skip:], hashes[skip:]


def _top(hashes: list[bytes]) -> bytes:
    frontier = Frontier()
    for one in hashes:
        frontier.append(one)
    return frontier.root()

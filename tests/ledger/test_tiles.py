"""Tiles and bundles: their paths, their bytes, and proofs read from them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.strict import LARGEST
from qyzmet.ledger.tiles import (
    PATH_LIMIT,
    WIDTH,
    Overlay,
    Tile,
    Tree,
    grow,
    join_entries,
    parse_tile,
    read_entries,
    read_tile,
    split_entries,
    width_at,
)
from qyzmet.ledger.tree import EMPTY_ROOT, check_consistency, check_inclusion, root_of
from tests.ledger.made import Files, entry, grown


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(1, 1_234_067), "tile/1/x001/x234/067"),
        (Tile(63, 999, 1), "tile/63/999.p/1"),
        (Tile(0, 1000, 255), "tile/0/x001/000.p/255"),
        (Tile(None, 273, 112), "tile/entries/273.p/112"),
        (Tile(None, LARGEST), "tile/entries/x009/x223/x372/x036/x854/x775/807"),
    ],
)
def test_a_path_there_and_back(tile: Tile, path: str) -> None:
    assert tile.path() == path
    assert parse_tile(path) == tile
    assert len(path) < PATH_LIMIT


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/1/",
        "tile/0/000/",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/data/000",
        "tile/0/٠٠٠",
        "tile/0/../000",
        "tile/entries/x009/x223/x372/x036/x854/x775/808",
        "tile/0/" + "x001/" * 5000 + "000",
    ],
)
def test_no_other_spelling_of_a_path(path: str) -> None:
    with pytest.raises(Invalid, match="bad_tile_path"):
        parse_tile(path)


def test_the_widths_of_the_example_in_the_format() -> None:
    """A tree of 70,000, and one of 256, as tlog-tiles tells them."""
    assert [width_at(0, n, 70_000) for n in (0, 272, 273, 274)] == [256, 256, 112, 0]
    assert [width_at(1, n, 70_000) for n in (0, 1, 2)] == [256, 17, 0]
    assert [width_at(2, n, 70_000) for n in (0, 1)] == [1, 0]
    assert [width_at(0, 0, 256), width_at(0, 1, 256), width_at(1, 0, 256), width_at(2, 0, 256)] == [256, 0, 1, 0]
    assert width_at(None, 273, 70_000) == 112


def test_entries_there_and_back() -> None:
    entries = [b"", b"a", b"x" * 65_535]
    data = join_entries(entries)
    assert data[:5] == b"\x00\x00\x00\x01a"
    assert split_entries(data, 3) == entries
    with pytest.raises(ValueError, match="65535 bytes"):
        join_entries([b"x" * 65_536])


def test_a_bundle_cut_anywhere_is_refused() -> None:
    data = join_entries([b"abc", b"defg"])
    for at in range(len(data)):
        with pytest.raises(Invalid, match="bad_bundle") as wrong:
            split_entries(data[:at], 2)
        assert wrong.value.values["why"] == ("width" if at in (0, 5) else "truncated")


def test_a_bundle_with_entries_too_many_is_refused_before_all_are_read() -> None:
    with pytest.raises(Invalid, match="bad_bundle") as wrong:
        split_entries(b"\x00\x00" * 100_000, 2)
    assert (wrong.value.values["why"], wrong.value.values["found"]) == ("width", 3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=8))
def test_the_same_log_whatever_the_batches(batches: list[int]) -> None:
    """Every file that a log of this size must serve has the same bytes; the root is that of the leaves."""
    entries = [entry(n) for n in range(sum(batches))]
    files, size = Files(), 0
    for batch in batches:
        grown(entries[size : size + batch], files=files, size=size)
        size += batch
        tree = Tree(files, size)
        assert tree.root() == root_of(map(leaf_hash, entries[:size]))
    at_once = grown(entries)
    assert {path: files[path] for path in at_once} == at_once


def test_growing_twice_changes_nothing() -> None:
    files = grown([entry(n) for n in range(300)])
    more = [entry(n) for n in range(300, 900)]
    hashes = [leaf_hash(one) for one in more]
    once = grow(files, 300, more, hashes)
    assert grow(Overlay(once, files), 300, more, hashes) == once
    assert grow(files, 300, [], []) == {}
    with pytest.raises(ValueError, match="600 entries, 0 hashes"):
        grow(files, 300, more, [])


def big() -> tuple[Files, int]:
    """70,000 leaves, grown in uneven batches."""
    files, size = Files(), 0
    while size < 70_000:
        batch = min(9_973, 70_000 - size)
        grown([entry(n) for n in range(size, size + batch)], files=files, size=size)
        size += batch
    return files, size


@pytest.fixture(scope="module")
def seventy() -> tuple[Files, int]:
    return big()


def test_a_tree_of_three_levels(seventy: tuple[Files, int]) -> None:
    files, size = seventy
    hashes = [leaf_hash(entry(n)) for n in range(size)]
    tree = Tree(files, size)
    assert tree.root() == root_of(hashes)
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        check_inclusion(index=index, size=size, leaf_hash=hashes[index], proof=tree.inclusion(index), root=tree.root())
    for old in (1, 255, 256, 257, 65_535, 65_536, 65_537, 69_888, 69_999):
        check_consistency(
            old_size=old, size=size, old_root=root_of(hashes[:old]), root=tree.root(), proof=tree.consistency(old)
        )
    assert {"tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"} <= set(files)


def test_proofs_ask_only_for_files_a_log_must_serve(seventy: tuple[Files, int]) -> None:
    """Full tiles and the partial ones of this very size, each once."""
    files, size = seventy
    files.asked = []
    tree = Tree(files, size)
    for index in (0, 69_999, 65_535):
        tree.inclusion(index)
    assert len(files.asked) == len(set(files.asked))
    for path in files.asked:
        tile = parse_tile(path)
        assert tile.width == width_at(tile.level, tile.index, size)


def test_the_hash_of_a_perfect_subtree_only() -> None:
    tree = Tree(grown([entry(n) for n in range(300)]), 300)
    hashes = [leaf_hash(entry(n)) for n in range(300)]
    for height in range(9):
        for index in range(300 >> height):
            assert tree.hash(height, index) == root_of(hashes[index << height : (index + 1) << height])
    for height, index in [(0, 300), (3, 37), (8, 1), (9, 0), (16, 0), (0, -1), (-1, 0)]:
        with pytest.raises(Invalid, match="index_outside"):
            tree.hash(height, index)


def test_places_outside_the_tree() -> None:
    files = grown([entry(n) for n in range(3)])
    tree = Tree(files, 3)
    for index in (-1, 3):
        with pytest.raises(Invalid, match="index_outside"):
            tree.inclusion(index)
    for old in (-1, 4):
        with pytest.raises(Invalid, match="size_went_back"):
            tree.consistency(old)
    for index in (-1, 1):
        with pytest.raises(Invalid, match="index_outside"):
            read_tile(files, 0, index, 3)
        with pytest.raises(Invalid, match="index_outside"):
            read_entries(files, index, 3)
    assert Tree(files, 0).root() == EMPTY_ROOT


def test_the_full_tile_serves_where_the_partial_one_is_gone() -> None:
    """A log may delete partial files once the full one is there."""
    files = grown([entry(n) for n in range(WIDTH)])
    assert read_tile(files, 0, 0, 3) == [leaf_hash(entry(n)) for n in range(3)]
    assert read_entries(files, 0, 3) == [entry(n) for n in range(3)]
    assert Tree(files, 200).root() == root_of(leaf_hash(entry(n)) for n in range(200))
    del files["tile/0/000"], files["tile/entries/000"]
    for read in (lambda: read_tile(files, 0, 0, 3), lambda: read_tile(files, 0, 0, WIDTH)):
        with pytest.raises(FileNotFoundError):
            read()
    for size in (3, WIDTH):
        with pytest.raises(FileNotFoundError):
            read_entries(files, 0, size)


@pytest.mark.parametrize("path", ["tile/0/000.p/3", "tile/0/000"])
def test_a_tile_of_a_wrong_length_is_refused(path: str) -> None:
    files = grown([entry(n) for n in range(WIDTH)])
    right = grown([entry(n) for n in range(3)])["tile/0/000.p/3"] if ".p" in path else files[path]
    for wrong in (b"", right[:-1], right[:-32], right + b"x", right + b"x" * 32):
        with pytest.raises(Invalid, match="bad_tile"):
            read_tile(Files({**files, path: wrong}), 0, 0, 3)


@pytest.mark.parametrize("path", ["tile/entries/000.p/3", "tile/entries/000"])
def test_a_bundle_of_a_wrong_length_is_refused(path: str) -> None:
    files = grown([entry(n) for n in range(WIDTH)])
    right = join_entries([entry(n) for n in range(3)]) if ".p" in path else files[path]
    for wrong in (b"", right[:-1], right + b"\x00", right + b"\x00\x00"):
        with pytest.raises(Invalid, match="bad_bundle"):
            read_entries(Files({**files, path: wrong}), 0, 3)

"""The folder of a demo: a filling that was killed begins anew, and nobody else's data are touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qyzmet.cli.demo import folder


def left_by(place: Path, *names: str) -> None:
    """What somebody left in the folder."""
    place.mkdir(exist_ok=True)
    for name in names:
        (place / name).write_text("left")


def test_a_filling_is_marked_until_it_is_done(tmp_path: Path) -> None:
    place = tmp_path / "new"
    with folder.filling(place):
        assert (place / folder.MARK).exists()
        assert not folder.is_filled(place)
        folder.write_example(place, {"number": "n", "code": "c"})
        assert not folder.is_filled(place)
    assert folder.is_filled(place)


def test_what_a_killed_filling_left_is_cleared_and_the_secret_key_kept(tmp_path: Path) -> None:
    left_by(tmp_path, folder.MARK, folder.DATABASE, f"{folder.DATABASE}-wal", folder.LOGINS, "secret-key")
    (tmp_path / "files").mkdir()
    left_by(tmp_path / "files", "a")
    with folder.filling(tmp_path):
        assert sorted(path.name for path in tmp_path.iterdir()) == [folder.MARK, "secret-key"]


def test_a_killed_filling_is_still_marked(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), folder.filling(tmp_path):
        folder.write_example(tmp_path, {})
        raise KeyboardInterrupt
    assert not folder.is_filled(tmp_path)


def test_two_do_not_fill_the_same_folder(tmp_path: Path) -> None:
    with folder.filling(tmp_path):
        left_by(tmp_path, folder.DATABASE)
        with pytest.raises(SystemExit, match="Another demo"), folder.filling(tmp_path):
            pass
        assert (tmp_path / folder.DATABASE).exists()


def test_a_database_no_demo_has_made_is_left_alone(tmp_path: Path) -> None:
    left_by(tmp_path, folder.DATABASE)
    with pytest.raises(SystemExit, match="left alone"), folder.filling(tmp_path):
        pass
    with pytest.raises(SystemExit, match="left alone"):
        folder.throw_away(tmp_path)
    assert (tmp_path / folder.DATABASE).read_text() == "left"


def test_a_demo_is_thrown_away_whole(tmp_path: Path) -> None:
    place = tmp_path / "demo"
    left_by(place, folder.LOGINS, folder.DATABASE)
    folder.throw_away(place)
    assert not place.exists()
    folder.throw_away(place)


def test_the_reader_is_told_where_to_begin(tmp_path: Path) -> None:
    login = {"login": "head", "password": "word", "role": "Head"}
    (tmp_path / folder.LOGINS).write_text(json.dumps([login]), encoding="utf-8")
    folder.write_example(tmp_path, {"number": "2026-AAAA-BBBB", "code": "CODE"})
    said = folder.welcome(tmp_path, "http://127.0.0.1:8000/")
    for word in ("http://127.0.0.1:8000/desk/", "head", "word", "2026-AAAA-BBBB", "CODE"):
        assert word in said

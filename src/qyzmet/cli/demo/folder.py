"""The folder of a demo: whose it is, whether its filling came to an end, and how it begins anew."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "demo-filling"
"""There while a demo is filled: whoever finds it, and can lock it, finds the rest of a filling that was killed."""
LOGINS = "demo-logins.json"
EXAMPLE = "demo-example.json"
"""Number and follow-up code of a case for the reader to try, and the newsroom's code; written last."""
DATABASE = "qyzmet.sqlite3"
FILLED = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "files", "mail", LOGINS, EXAMPLE)


def is_filled(folder: Path) -> bool:
    """Whether the filling came to its end."""
    return (folder / EXAMPLE).exists() and not (folder / MARK).exists()


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Clears what a killed filling left, and marks the folder until this one is done.

    SystemExit for a folder that another demo is filling, and for one whose database no demo has made.
    """
    if (folder / DATABASE).exists() and not _is_ours(folder):
        raise SystemExit(f"{folder} was not made by a demo, so it is left alone.")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / MARK).open("w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"Another demo is being filled in {folder}.") from None
        for name in FILLED:
            _remove(folder / name)
        yield
        (folder / MARK).unlink()


def _is_ours(folder: Path) -> bool:
    return any((folder / name).exists() for name in (MARK, LOGINS, EXAMPLE))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def throw_away(folder: Path) -> None:
    """Removes a demo's folder, and only one that a demo has made."""
    if _is_ours(folder):
        shutil.rmtree(folder)
    elif folder.exists():
        raise SystemExit(f"{folder} was not made by a demo, so it is left alone.")


def write_example(folder: Path, told: dict[str, str]) -> None:
    """Tell the reader which case to try."""
    (folder / EXAMPLE).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def welcome(folder: Path, address: str) -> str:
    """The address, the logins and the case to try, in lines."""
    logins = json.loads((folder / LOGINS).read_text(encoding="utf-8"))
    case = json.loads((folder / EXAMPLE).read_text(encoding="utf-8"))
    rows = [f"  {one['login']:<15} {one['password']:<25} {one['role']}" for one in logins]
    return "\n".join(
        [
            f"Qyzmet, the demo city: {address}   desk: {address}desk/",
            "Logins (the login page shows the code of the second factor; only a demo does):",
            *rows,
            f"A case to follow: {case['number']}   code: {case['code']}",
            *([f"The newsroom's place: {address}newsroom/   code: {case['newsroom']}"] if "newsroom" in case else []),
        ]
    )

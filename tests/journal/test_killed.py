"""Two sequencers at once, killed at any moment while others write: the log has every row once, and nobody finds fault.

`KILLS=400` kills that many instead of a few dozen.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from qyzmet.cases import queries
from qyzmet.cases.models import Case
from qyzmet.cli.sequence import swept
from qyzmet.journal.alone import alone
from qyzmet.journal.models import Entry
from qyzmet.journal.sequence import sweep
from qyzmet.journal.signer.book import open_book
from qyzmet.journal.store import Folder
from qyzmet.law import kz
from qyzmet.ledger.policy import parse_policy
from qyzmet.watch.monitor import DueDays, Monitor, State, source_of
from tests.cast import Cast
from tests.journal.books import AT, Direct, Log, elsewhere, new_log, take_in, write
from tests.journal.test_sequence import whole

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = Path(__file__).with_name("killed_worker.py")
KILLS = int(os.environ.get("KILLS", "40"))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name: that of a socket may not be long."""
    with tempfile.TemporaryDirectory(prefix="log-") as name:
        yield Path(name)


def test_killed_while_others_write(cast: Cast, folder: Path) -> None:
    order = {"database": str(connection.settings_dict["NAME"]), "folder": str(folder), "kills": KILLS, "seed": 7}
    connections.close_all()
    done = subprocess.run(
        [sys.executable, str(WORKER), json.dumps(order)], capture_output=True, text=True, timeout=60 + 2 * KILLS
    )
    assert done.returncode == 0, done.stderr[-2000:]
    deaths = (folder / "killed").read_text().splitlines()
    assert len(deaths) == KILLS
    assert len(set(deaths)) > 5, deaths
    assert Case.objects.count() > KILLS // 4
    own = Log(Direct(open_book(folder / "signer", origin="never")), Folder(folder / "log"))
    whole(own)
    assert list(queries.audit(own.store, at=AT)) == []
    assert monitored(own, folder) == []
    assert not [path for path in own.store.root.rglob(".*") if path.name != ".lock"]


def monitored(own: Log, folder: Path) -> list[object]:
    """What a stranger finds who reads all of it."""
    with closing(State(folder / "monitor.sqlite")) as state:
        policy = parse_policy(f"log {own.key}\nquorum none\n".encode())
        later = int(AT.timestamp()) + 3600
        monitor = Monitor(source_of(str(own.store.root)), state, policy, days=DueDays(kz()), clock=lambda: later)
        report = monitor.look()
    assert (report.read, report.ours) == (Entry.objects.count(), True)
    return list(report.findings)


def test_what_the_killed_left_is_removed_by_nobody_but_who_has_the_lock(folder: Path) -> None:
    own = new_log(folder)
    write(3)
    take_in(own)
    published = {path for path in own.store.root.rglob("*") if path.is_file()}
    ours = ["tile/0/000.p/.3-0123456789ab", "tile/entries/000.p/.3-ba9876543210", ".checkpoint-aaaaaaaaaaaa"]
    others = [".witnessed-aaaaaaaaaaaa", ".policy-aaaaaaaaaaaa", "tile/.notes", "tile/0/.DS_Store"]
    for name in [*ours, *others]:
        (own.store.root / name).write_text("half of it")
    with alone(own.store.root) as got:
        assert (got, elsewhere(lambda: sweep(own.store))) == (True, False)
        assert all((own.store.root / name).exists() for name in ours)
    assert elsewhere(lambda: sweep(own.store))
    left = {path for path in own.store.root.rglob("*") if path.is_file() and path.name != ".lock"}
    assert left - {own.store.root / name for name in others} == {path for path in published if path.name != ".lock"}
    assert all((own.store.root / name).exists() for name in others)


def test_a_sequencer_that_goes_on_sweeps_once_as_soon_as_it_may(folder: Path, settings: Any) -> None:
    own = new_log(folder)
    settings.LOG_FOLDER = own.store.root
    own.store.root.mkdir()
    left, runs = own.store.root / ".checkpoint-0123456789ab", swept(lambda: 5)
    left.write_text("half of it")
    with alone(own.store.root):
        assert (elsewhere(runs), left.exists()) == (5, True)
    assert (elsewhere(runs), left.exists()) == (5, False)
    left.write_text("of one that is at work now")
    assert (elsewhere(runs), left.exists()) == (5, True)

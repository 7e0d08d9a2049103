"""PostgreSQL ends a connection in the middle (a restart, a failover, `pg_terminate_backend`): nothing is half done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, connection

from qyzmet.cases import actions
from qyzmet.cases.models import Case, Step
from qyzmet.journal.alone import alone
from qyzmet.journal.models import Entry, Opening
from tests.cast import Cast
from tests.journal.books import AT, elsewhere, new_log, write
from tests.journal.test_sequence import run, whole

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
GONE = (DatabaseError, InterfaceError)
AUTHOR = actions.Author(name="Серікбаева Мадина")


def cut() -> None:
    """End our own connection, as seen from the server."""
    pid = connection.connection.info.backend_pid

    def ended() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    elsewhere(ended)


@contextmanager
def cut_at(moment: int) -> Iterator[list[str]]:
    """Cut before the statement of that number, or around a COMMIT; what came next is in the list."""
    done: list[str] = []
    left, plain = moment, connection._commit

    def point(what: str) -> None:
        nonlocal left
        left -= 1
        if left == -1:
            done.append(what)
            cut()

    def around(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        point(" ".join(sql.split()[:3]))
        return execute(sql, *rest)

    def commit() -> None:
        point("before COMMIT")
        plain()
        point("after COMMIT")

    connection.ensure_connection()
    connection._commit = commit
    try:
        with connection.execute_wrapper(around):
            yield done
    finally:
        connection._commit = plain
        connection.close()


def test_the_sequencer_goes_on_wherever_it_is_cut_off(tmp_path: Path) -> None:
    own, written, moments = new_log(tmp_path), 0, []
    for moment in range(40):
        written += len(write(3, first=written))
        connection.close()
        with cut_at(moment) as done, suppress(*GONE):
            run(own)
        if not done:
            break
        moments += done
        assert run(own) == written
        whole(own)
    assert {"before COMMIT", "after COMMIT"} <= set(moments)
    assert len(moments) > 8


def test_an_appeal_is_registered_as_a_whole_or_not_at_all(cast: Cast, tmp_path: Path) -> None:
    own, moments, kept = new_log(tmp_path), [], []
    for moment in range(60):
        with cut_at(moment) as done, suppress(*GONE):
            actions.register(
                procedure="application", body="water", text="Құбыр жарылды.", language="kk", authors=[AUTHOR],
                by=actions.APPLICANT, at=AT,
            )  # fmt: skip
        counts = [model.objects.count() for model in (Case, Step, Entry, Opening)]
        assert len(set(counts)) == 1, (done, counts)
        if not done:
            break
        moments += done
        kept.append(counts[0])
    assert moments[-1] == "after COMMIT"
    assert kept[-2:] == [0, 1]  # what was committed is kept, although nobody was told
    assert run(own) == Entry.objects.count() == 2
    whole(own)


def test_who_lost_the_connection_keeps_others_out_until_it_has_ended(tmp_path: Path) -> None:
    """It may be about to write its files: another one beside it would be overwritten by the older head."""
    own = new_log(tmp_path)
    write(2)
    meanwhile = None
    with suppress(*GONE), alone(own.store.root):
        cut()
        meanwhile = elsewhere(lambda: run(own))
    connection.close()
    assert meanwhile == 0
    assert elsewhere(lambda: run(own)) == 2

"""The law in use: the shipped folder, the city's own one over it, and over both the days that orders moved.

A process keeps laws by the version of the orders alone. Which version is in force is asked of the database anew for
each request, each case of the clock and each batch (`begin_anew`): an order entered at one desk binds all processes.
"""

from contextvars import ContextVar
from functools import cache, lru_cache

from django.conf import settings

from qyzmet.cases import moved_days
from qyzmet.law import Law, Procedure, kz, nonanswer
from qyzmet.text.fold import fold

NONE = ""
"""The version before the first order."""
_version: ContextVar[str | None] = ContextVar("calendar_version", default=NONE)
"""Of the work going on in this thread; None where it has to be asked for."""


def begin_anew() -> None:
    """A piece of work begins: the next question of the law is answered under the orders that stand by then."""
    _version.set(None)


def forget() -> None:
    """Answer as a process that has asked no database: by the files alone."""
    _version.set(NONE)


def rules() -> Law:
    """The law this installation runs under (`QYZMET_LAW` names the city's folder)."""
    version = _version.get()
    if version is None:
        version = moved_days.version()
        _version.set(version)
    return _under(version) if version else files()


def procedure(code: str) -> Procedure:
    """The procedure of that code; `law.LawError` if there is none."""
    return rules().procedure(code)


@cache
def nonanswers() -> nonanswer.Data:
    """What formal non-answers are found by, read once a process."""
    return nonanswer.read(*settings.LAW_FOLDERS, fold=fold)


@cache
def files() -> Law:
    """The law as its files have it."""
    return kz(*settings.LAW_FOLDERS)


@lru_cache(maxsize=4)
def _under(version: str) -> Law:
    return files().with_days(moved_days.rows(moved_days.in_force(version)))

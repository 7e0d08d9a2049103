"""The law in use: the shipped folder and the city's own one over it, loaded once a process."""

from functools import cache

from django.conf import settings

from qyzmet.law import Law, Procedure, kz, nonanswer
from qyzmet.text.fold import fold


@cache
def rules() -> Law:
    """The law this installation runs under (`QYZMET_LAW` names the city's folder)."""
    return kz(*settings.LAW_FOLDERS)


def procedure(code: str) -> Procedure:
    """The procedure of that code; `law.LawError` if there is none."""
    return rules().procedure(code)


@cache
def nonanswers() -> nonanswer.Data:
    """What formal non-answers are found by, read once a process."""
    return nonanswer.read(*settings.LAW_FOLDERS, fold=fold)

"""The law in use: the shipped folder and the city's own one over it, loaded once a process."""

from functools import cache

from django.conf import settings

from qyzmet.law import Law, Procedure, kz


@cache
def rules() -> Law:
    """The law this installation runs under (`QYZMET_LAW` names the city's folder)."""
    return kz(*settings.LAW_FOLDERS)


def procedure(code: str) -> Procedure:
    """The procedure of that code; `law.LawError` if there is none."""
    return rules().procedure(code)

"""The answer to a filing."""

from datetime import date
from typing import Any

from django.conf import settings

from qyzmet import law
from qyzmet.api.schemas.appeal import AppealFiled, Due
from qyzmet.api.schemas.values import Why
from qyzmet.cases import queries
from qyzmet.cases.actions import Filed
from qyzmet.text.languages import known as known_language


def filed(done: Filed) -> AppealFiled:
    """The talon: the same however often the request is repeated."""
    case, first = done.case, done.filing or queries.filing(done.case)
    return AppealFiled(
        number=case.number,
        code=done.code,
        registered_at=case.registered_at,
        registered_on=case.registered_on,
        due_on=known(first.due.on),
        body=first.body.code,
        language=known_language(case.language),
        answer_language=known_language(case.answer_language),
        answer_channel=case.answer_channel,
        url=f"{settings.ADDRESS}/{case.number}",
        due=Due(**why(first.due)),
    )


def known(day: date | None) -> date | None:
    """The day, or None while the calendar does not reach it."""
    return None if day == law.NOT_KNOWN else day


def why(deadline: Any) -> dict[str, Any]:
    """The rule behind a stored deadline."""
    return {
        "rule": deadline.rule,
        "redaction": deadline.redaction,
        "status": deadline.status,
        "why": Why.of(deadline.facts),
    }

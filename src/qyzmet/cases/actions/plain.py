"""Steps that the law's folder calls plain: they need no more than their record."""

from datetime import datetime

from django.db import transaction

from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Case, Step
from qyzmet.cases.move import begin
from qyzmet.cases.rules import procedure
from qyzmet.text.clean import tidy
from qyzmet.text.refusal import Refused


@transaction.atomic
def take_plain(case: Case, *, code: str, by: Actor, at: datetime, note: str = "") -> Step:
    """Record the step `code` of this case's procedure, such as the publication of a decision on a petition.

    States, roles and terms are those of the law. `Refused` for a step that needs an action of its own.
    """
    found = procedure(case.procedure).steps.get(code)
    if found is None or not found.plain:
        raise Refused("not_in_this_procedure", step=code)
    return begin(case, code, by=by, at=at).finish(note=tidy(note))

"""How the address of a step is described."""

from typing import Any

from qyzmet.api.steps.taking import Offer
from qyzmet.cases.rules import rules


def describe(offer: Offer, who: str) -> dict[str, Any]:
    """Name and words of an address: the step's own name in the law's data, and what the request holds."""
    return {
        "operation_id": f"{who}_{offer.step}",
        "summary": _name(offer.step),
        "description": (offer.needs.__doc__ or "").strip(),
    }


def _name(code: str) -> str:
    found = (rule.steps[code] for rule in rules().procedures.values() if code in rule.steps)
    return next(found).name["en"]


def body_of(offer: Offer) -> Any:
    """What stands for an empty body: nothing where a step needs something."""
    needed = any(field.is_required() for field in offer.needs.model_fields.values())
    return ... if needed else offer.needs()

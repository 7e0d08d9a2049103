"""The tables of steps against the law's data and the actions they call."""

import inspect

import pytest

from qyzmet.api.steps import applicant, official
from qyzmet.api.steps.taking import Offer, Taking
from qyzmet.cases.actions import APPLICANT
from qyzmet.cases.queries.view import BY_OFFICIALS
from qyzmet.cases.rules import rules
from tests.cast import NOW

OFFERS = [
    pytest.param(offer, id=f"{who}-{offer.step}")
    for who, offers in (("applicant", applicant.OFFERS), ("official", official.OFFERS))
    for offer in offers
]


def steps_of(*who: str) -> set[str]:
    """Steps of any procedure begun by a person that one of these may take on a case that is there; no mere records."""
    begun = (rule for rule in rules().procedures.values() if rule.begins == "applicant")
    found = (step for rule in begun for step in rule.steps.values() if not step.plain)
    return {step.code for step in found if step.from_ and set(step.who) & set(who)}


def test_a_person_may_take_every_step_the_law_gives_them() -> None:
    assert {offer.step for offer in applicant.OFFERS} == steps_of("applicant")


def test_an_official_may_take_every_step_but_sign_and_publish() -> None:
    assert {offer.step for offer in official.OFFERS} | {"sign", "publish"} == steps_of(*BY_OFFICIALS)


def test_a_plain_step_of_an_official_has_the_one_address_of_all_such_steps() -> None:
    steps = {step.code for rule in rules().procedures.values() for step in rule.steps.values() if step.plain}
    assert steps and not steps & {offer.step for offer in official.OFFERS}
    offer = official.plain("visit")
    given = offer.needs(note="Орнында қаралды.").values(Taking(APPLICANT, NOW))  # type: ignore[call-arg]
    takes = set(inspect.signature(offer.action).parameters) - {"case", "by", "at", "code"}
    assert set(given) == takes


PROVED = {"confirm_signature": {"email"}}
"""What an action is told only by whoever proved it: an address by the code that was sent there."""


@pytest.mark.parametrize("offer", OFFERS)
def test_what_is_asked_for_is_what_the_action_takes(offer: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Taking, "person_id", lambda self, login: 1)
    given = offer.needs.model_construct(
        **{
            name: [] if name in {"papers", "answers"} else field.get_default(call_default_factory=True)
            for name, field in offer.needs.model_fields.items()
        }
    )
    takes = set(inspect.signature(offer.action).parameters) - {"case", "by", "at"} - PROVED.get(offer.step, set())
    assert set(given.values(Taking(APPLICANT, NOW))) == takes

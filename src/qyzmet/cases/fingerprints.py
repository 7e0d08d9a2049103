"""What a journal row holds of longer things - the people of a case, a decision: one hash each, always the same."""

import json
from collections.abc import Iterable

from qyzmet.cases.models import Draft, Party
from qyzmet.text.hashes import sha

GIVEN = ("n", "role", "is_company", "name", "iin", "bin", "address", "residence", "email", "phone")
"""What people gave of themselves, in the order in which it is hashed."""


def people(parties: Iterable[Party]) -> str:
    """The people of a case: a JSON list a line, by number."""
    ordered = sorted(parties, key=lambda one: one.n)
    return sha("\n".join(json.dumps([getattr(one, name) for name in GIVEN], ensure_ascii=False) for one in ordered))


def decision(draft: Draft) -> str:
    """A draft of the decision: outcome, facts, ground, and each answer after the number of its question."""
    answers = "\n".join(f"{n}: {answer['text']}" for n, answer in sorted(draft.answers.items()))
    return sha("\n".join([draft.outcome, draft.facts, draft.ground, answers]))

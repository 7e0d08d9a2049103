"""What a decision leaves to be carried out (APPC 86(3)); the step `carry_out` says that it was."""

from qyzmet import law

STEP = "carry_out"
TERM = frozenset({"act_execution"})


def nothing(rule: law.Procedure, *, state: str, outcome: str) -> frozenset[str]:
    """The term, if there is no act or it orders nothing: a case that ended otherwise, or a refusal."""
    found = rule.outcomes.get(outcome)
    orders = found is not None and found.adverse != "yes"
    return frozenset() if orders and law.may(rule, STEP, state) is None else TERM

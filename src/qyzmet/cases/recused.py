"""Who was recused from a case: they neither get it again nor decide it (APPC 67)."""

from qyzmet.cases.models import Case, Step


def recused(case: Case) -> set[int]:
    """Ids of the officials against whom a motion for recusal was granted."""
    steps = Step.objects.filter(case=case, code="decide_recusal").values_list("facts", flat=True)
    return {facts["person"] for facts in steps if facts.get("granted")}

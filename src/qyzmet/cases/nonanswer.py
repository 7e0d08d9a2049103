"""A draft held to the rules for formal non-answers (`law.nonanswer`): what they see of the case, what is kept of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count

from qyzmet.cases.gate import Lack
from qyzmet.cases.models import AnswerPrint, Case, Draft, Finding, Party, Question, Step
from qyzmet.cases.rules import nonanswers
from qyzmet.law import nonanswer
from qyzmet.text.clean import tidy
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Refused


def found(case: Case, draft: Draft) -> list[nonanswer.Finding]:
    """What looks like no answer in this draft now; copies are looked up among the signed answers of the body."""
    names = tuple(Party.objects.filter(case=case).values_list("name", flat=True))
    answers = {f"answer_{n}": one.get("text", "") for n, one in sorted(draft.answers.items()) if one.get("text")}
    asked = Question.objects.filter(case=case).order_by("n").values_list("text", flat=True)
    prints = nonanswer.prints([draft.facts, *answers.values()], names, nonanswers())
    letter = nonanswer.Letter(
        language=draft.language,
        appeal="\n".join([case.subject, case.text, *asked]),
        appeal_language=case.language,
        facts=draft.facts,
        ground=draft.ground,
        answers=answers,
        names=names,
        adverse=draft.adverse,
        copies=_copies(case, prints),
    )
    return nonanswer.find(letter, nonanswers())


def _copies(case: Case, prints: Sequence[str]) -> dict[str, int]:
    """How many other cases of the body were answered with each of these paragraphs."""
    same = AnswerPrint.objects.filter(body=case.body_id, hash__in=prints).exclude(case=case)
    return dict(same.values_list("hash").annotate(cases=Count("case", distinct=True))) if prints else {}


def keep_prints(case: Case, draft: Draft) -> None:
    """Keep the prints of an answer that was signed. What accuses somebody leaves none: a count would tell of it."""
    if case.is_accusation:
        return
    names = Party.objects.filter(case=case).values_list("name", flat=True)
    texts = [draft.facts, *(one.get("text", "") for one in draft.answers.values())]
    prints = nonanswer.prints(texts, names, nonanswers())
    AnswerPrint.objects.bulk_create(AnswerPrint(case=case, body=case.body, draft=draft, hash=one) for one in prints)


def standing(case: Case, draft: Draft, on: date) -> list[Finding]:
    """What is found in the draft now, as rows: those that are kept already, and new ones, not kept yet."""
    kept = {(row.rule, row.where): row for row in Finding.objects.filter(draft=draft).select_related("overruled__by")}
    return [
        kept.get((one.rule, one.where))
        or Finding(
            case=case, draft=draft, body=case.body, found_on=on,
            rule=one.rule, where=one.where, sentence=one.sentence, count=one.count,
        )
        for one in found(case, draft)
    ]  # fmt: skip


def keep(case: Case, draft: Draft, on: date) -> list[Finding]:
    """What is found in the draft now; what is new among it is kept."""
    rows = standing(case, draft, on)
    Finding.objects.bulk_create(row for row in rows if row.pk is None)
    return rows


def lacks(rows: Iterable[Finding]) -> list[Lack]:
    """What nobody has overruled, as the gate says it."""
    return [Lack(f"nonanswer_{row.rule}", row.where, row.sentence, row.count) for row in rows if not row.overruled_id]


def reasoned(rows: Sequence[Finding], reason: str) -> dict[str, Any]:
    """Facts of the step that overrules these rows; Refused for a reason that is too short. Empty without rows."""
    if not rows:
        return {}
    least = nonanswers().overrule_words
    if len(reason.split()) < least:
        raise Refused("overrule_reason_short", kind="input", words=least)
    return {"overruled": sorted(f"{row.rule}:{row.where}" for row in rows), "overrule_reason": tidy(reason)}


def overruled_hash(facts: Mapping[str, Any]) -> str:
    """What the journal row of an overruling step holds: the findings and the reason, as one hash."""
    return sha("\n".join([*facts.get("overruled", ()), str(facts.get("overrule_reason", ""))]))


def overrule(rows: Sequence[Finding], step: Step) -> None:
    """Note on the rows which step overruled them."""
    Finding.objects.filter(pk__in=[row.pk for row in rows]).update(overruled=step)

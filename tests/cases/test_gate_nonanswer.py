"""What looks like no answer: refused at the gate, let through with a reason that is recorded, counted without leaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import queries
from qyzmet.cases.actions import Answer
from qyzmet.cases.models import AnswerPrint, Draft, Finding, Step
from qyzmet.cases.nonanswer import found, overruled_hash
from qyzmet.cases.queries.audit import _differences
from qyzmet.cases.seen import reader
from qyzmet.look.words import say
from qyzmet.text.dates import local
from qyzmet.text.refusal import Refused
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
ONLY = "Өтінішіңіз қаралды."
WHY = "Өтініште сұрақ жоқ, тек хабарлама ғана бар."
LONG = "Көшедегі құбыр жоспар бойынша қысқа дейін толық ауыстырылатын болады деп шешілді."


def formal(desk: Desk, said: str = ONLY, kind: str = "request", **appeal: Any) -> Any:
    """A case with a draft that answers nothing."""
    filed = desk.file(kind, "water", **{"text": "Құбыр қашан жөнделеді?", **appeal})
    desk.assign(filed.case, "water")
    desk.draft(filed.case, "water", "answered", answers={1: Answer(said)})
    return filed.case


def refused(desk: Desk, case: Any, step: str, name: str, **values: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        desk.do(step, case, name, **values)
    return caught.value


def test_the_draft_keeps_what_was_found_and_submitting_says_it(desk: Desk) -> None:
    case = formal(desk)
    row = Finding.objects.get(case=case)
    assert (row.rule, row.where, row.sentence, row.body_id) == ("formula", "answer_1", ONLY, desk.cast.water.pk)
    lacks = refused(desk, case, "submit", "water_executor").values["lacks"]
    assert [(lack.code, lack.where, lack.value) for lack in lacks] == [("nonanswer_formula", "answer_1", ONLY)]
    for lang in ("kk", "ru", "en"):
        assert ONLY in say(lacks[0].code, lang, value=lacks[0].value, count=lacks[0].count)  # type: ignore[arg-type]


def test_a_reason_of_a_few_words_lets_it_through_and_stands_in_the_step_and_its_row(desk: Desk) -> None:
    case = formal(desk)
    short = refused(desk, case, "submit", "water_executor", overrule="Бәрі дұрыс деп")
    assert (short.code, short.kind, short.values["words"]) == ("overrule_reason_short", "input", 5)
    assert refused(desk, case, "submit", "water_executor", overrule="   ").code == "gate"
    step = desk.do("submit", case, "water_executor", overrule=f" {WHY} ")
    assert (step.facts["overruled"], step.facts["overrule_reason"]) == (["formula:answer_1"], WHY)
    assert Finding.objects.get(case=case).overruled == step
    content = json.loads(step.entry.opening.content)
    assert content["overruled"] == overruled_hash(step.facts)
    assert list(_differences(step.case, step, content)) == []
    step.facts["overrule_reason"] = "Басқа себеп жазылған болып шықты."
    assert [name for name, *_ in _differences(step.case, step, content)] == ["overruled"]
    step.facts = {"draft": 1}
    assert [name for name, *_ in _differences(step.case, step, content)] == ["overruled"]


def test_what_was_overruled_stands_at_the_signature_and_a_new_version_asks_again(desk: Desk) -> None:
    case = formal(desk)
    desk.do("submit", case, "water_executor", overrule=WHY)
    desk.do("approve", case, "water_approver")
    desk.do("send_back", case, "water_head", remark="Күнін жазыңыз.")
    desk.draft(case, "water", "answered", answers={1: Answer(ONLY)})
    assert refused(desk, case, "submit", "water_executor").code == "gate"
    desk.do("submit", case, "water_executor", overrule=WHY)
    desk.do("approve", case, "water_approver")
    desk.do("sign", case, "water_head", provider="demo")
    assert Finding.objects.filter(case=case, overruled__isnull=False).count() == 2


def test_what_appears_before_the_signature_is_the_signers_to_overrule(desk: Desk) -> None:
    case = formal(desk, "Құбыр 20 сәуірде ауыстырылды.")
    desk.do("submit", case, "water_executor")
    desk.do("approve", case, "water_approver")
    Draft.objects.filter(case=case).update(answers={"1": {"text": ONLY, "joined_to": None}})
    assert refused(desk, case, "sign", "water_head", provider="demo").code == "gate"
    desk.do("sign", case, "water_head", provider="demo", overrule=WHY)
    step = Step.objects.get(case=case, code="sign")
    assert step.facts["overrule_reason"] == WHY
    assert Finding.objects.get(case=case).overruled == step
    assert step.note == "", "the person reads the note of a public step"


def test_a_reason_where_nothing_was_found_is_not_recorded(desk: Desk) -> None:
    case = formal(desk, "Құбыр 20 сәуірде ауыстырылды.")
    step = desk.do("submit", case, "water_executor", overrule=WHY)
    assert step.facts == {"draft": 1}
    assert not Finding.objects.filter(case=case).exists()


def test_what_is_missing_is_not_overruled(desk: Desk) -> None:
    case = formal(desk)
    desk.draft(case, "water", "answered", answers={1: Answer(ONLY)}, ground=" ")
    codes = [lack.code for lack in refused(desk, case, "submit", "water_executor", overrule=WHY).values["lacks"]]
    assert codes == ["gate_no_ground", "nonanswer_formula"]


def signed(desk: Desk, **appeal: Any) -> Any:
    """A case answered with the long text."""
    case = formal(desk, LONG, **appeal)
    reason = {"overrule": WHY} if found(case, Draft.objects.get(case=case)) else {}
    desk.do("submit", case, "water_executor", **reason)
    desk.do("approve", case, "water_approver")
    desk.do("sign", case, "water_head", provider="demo")
    return case


def copies(case: Any) -> list[int]:
    return [one.count for one in found(case, Draft.objects.get(case=case)) if one.rule == "copied"]


def test_the_fourth_answer_with_the_same_text_is_a_copy(desk: Desk) -> None:
    for n in range(3):
        signed(desk, text=f"{n}-үйдің құбыры ағып тұр. Қашан жөндейсіздер?")
    case = formal(desk, LONG.replace("қысқа", "2027 жылға"))
    assert copies(case) == [], "other words are another text"
    case = formal(desk, LONG)
    assert copies(case) == [3]
    with CaptureQueriesContext(connection) as caught:
        found(case, Draft.objects.get(case=case))
    assert sum("answerprint" in one["sql"] for one in caught) == 1


def test_copies_are_sought_by_index(desk: Desk) -> None:
    sql = "SELECT hash, count(DISTINCT case_id) FROM cases_answerprint"
    sql += " WHERE body_id=1 AND hash IN ('a','b') GROUP BY hash"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # an empty table is read whole otherwise
            cursor.execute("EXPLAIN " + sql)
            wanted, column = "print_of_body", 0
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + sql)
            wanted, column = "COVERING INDEX print_of_body (body_id=? AND hash=?)", 3
        assert wanted in " ".join(row[column] for row in cursor.fetchall())


def test_an_answer_to_an_accusation_leaves_no_print(desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre", text="Басшы лайк талап етеді. Бұл заңды ма?")
    desk.answer(
        filed.case, "dep", "answered", answers={1: Answer("Лайк талап етуге болмайды, 15 сәуірде ескерту жасалды.")}
    )
    assert AnswerPrint.objects.count() == 0
    signed(desk)
    assert AnswerPrint.objects.count() == 1


def counts(desk: Desk, name: str) -> list[tuple[int, int]]:
    who = reader(desk.cast.people[name], local(desk.now).date())
    return [(month.found, month.overruled) for month in queries.findings_by_month(who)]


def test_heads_see_the_counts_of_their_bodies_by_month(desk: Desk) -> None:
    formal(desk)
    desk.do("submit", formal(desk), "water_executor", overrule=WHY)
    desk.wait(days=30)
    formal(desk)
    assert counts(desk, "water_head") == [(1, 0), (2, 1)]
    assert counts(desk, "dep_head") == counts(desk, "water_executor") == counts(desk, "administrator") == []
    who = reader(desk.cast.water_head, local(desk.now).date())
    assert [row.overruled.facts["overrule_reason"] for row in queries.overrulings(who)] == [WHY]
    desk.wait(days=370)
    assert counts(desk, "water_head") == []


def test_whoever_is_barred_does_not_even_count(desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre", text="Басшы дөрекі сөйледі. Не істейсіздер?")
    desk.assign(filed.case, "dep")
    desk.draft(filed.case, "dep", "answered", answers={1: Answer(ONLY)})
    assert counts(desk, "dep_head") == [(1, 0)]
    for name in ("centre_head", "outside_head"):
        desk.cast.role(desk.cast.people[name], desk.cast.dep, "head")
    assert counts(desk, "centre_head") == []
    assert counts(desk, "outside_head") == [(1, 0)], "the role alone lets them count"

"""What the calendar alone brings about: each once, at midnight in Almaty and not a second before."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from qyzmet.bodies import actions as bodies
from qyzmet.bodies.models import Person
from qyzmet.cases import actions, papers, queries, reminder
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, IntakeDraft, Paper
from qyzmet.cases.rules import rules
from qyzmet.letters.models import Letter
from qyzmet.text.dates import ALMATY
from qyzmet.text.refusal import Missing
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db(
    transaction=True
)  # the outbox commits, and tick is called outside of any transaction
SECOND = timedelta(seconds=1)


def midnight(day: date) -> datetime:
    """When the day begins in Almaty."""
    return datetime(day.year, day.month, day.day, tzinfo=ALMATY)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def codes(case: Case) -> list[str]:
    return list(case.steps.order_by("n").values_list("code", flat=True))


def ended(case: Case, key: str) -> date:
    """The day after the last day of the term that runs."""
    return case.deadlines.get(key=key, is_open=True).on + timedelta(days=1)


def happens_once(what: str, day: date) -> None:
    """Nothing a second before the day, one at its first second, nothing after."""
    assert what not in tick(at=midnight(day) - SECOND).done
    assert tick(at=midnight(day)).done[what] == 1
    assert what not in tick(at=midnight(day)).done
    assert what not in tick(at=midnight(day) + timedelta(days=1)).done


@pytest.mark.parametrize("kind", ["application", "message", "request", "suggestion", "response"])
def test_silence_is_a_refusal_at_midnight(desk: Desk, kind: str) -> None:
    case = desk.file(kind, "water").case
    happens_once("lapse", ended(case, "decision"))
    assert (fresh(case).state, fresh(case).outcome) == ("deemed_refused", "deemed_refusal")
    told = Letter.objects.get(case_number=case.number, kind="deemed_refusal")
    assert told.created_at == midnight(fresh(case).due_on + timedelta(days=1))  # type: ignore[operator]


def test_a_complaint_lapses_at_the_body_above_and_leads_to_court(desk: Desk) -> None:
    case = desk.file("complaint", "centre").case
    desk.do("pass_up", case, "centre_head")
    happens_once("lapse", ended(case, "decision"))
    assert {row.key for row in case.deadlines.filter(is_open=True)} == {"court"}


@pytest.mark.parametrize("until", ["assign", "preliminary", "submit", "approve"])
def test_silence_counts_wherever_the_case_lies(desk: Desk, until: str) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    if until == "preliminary":
        desk.do("preliminary", case, "water_executor", outcome="act_adopted", facts="Негіз жоқ.", ground="ӘРПК.")
        actions.ask_hearing(case, by=actions.APPLICANT, at=desk.at())
    elif until != "assign":
        desk.draft(case, "water", "act_adopted")
        desk.do("submit", case, "water_executor")
        if until == "approve":
            desk.do("approve", case, "water_approver")
    assert tick(at=midnight(ended(case, "decision"))).done["lapse"] == 1
    assert fresh(case).state == "deemed_refused"


def test_what_was_signed_in_time_is_sent_and_not_refused(desk: Desk) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    desk.draft(case, "water", "act_adopted")
    for step, name in (("submit", "executor"), ("approve", "approver")):
        desk.do(step, case, f"water_{name}")
    desk.do("sign", case, "water_head", provider="demo")
    happens_once("dispatched", ended(case, "decision"))
    assert "lapse" not in codes(case)
    assert (fresh(case).state, fresh(case).outcome) == ("answered", "act_adopted")


def test_an_extension_moves_the_midnight(desk: Desk) -> None:
    case = desk.file("application", "water").case
    first = ended(case, "decision")
    desk.do("extend", case, "water_head", days=25, reason="Сараптама керек.")
    assert "lapse" not in tick(at=midnight(first)).done
    happens_once("lapse", ended(case, "extension"))


def test_a_cure_period_ends(desk: Desk) -> None:
    case = desk.file("application", "water", signature="unsigned").case
    desk.do("ask_to_cure", case, "water_registrar", defects=["no_signature"], days=2)
    assert actions.cure_lapsed(case, at=desk.at()) is None
    happens_once("cure", ended(case, "cure"))
    assert fresh(case).state == "registered"
    assert codes(case).count("cure_lapsed") == 1


def test_days_for_an_objection_end(desk: Desk) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    desk.do("preliminary", case, "water_executor", outcome="act_adopted", facts="Негіз жоқ.", ground="ӘРПК.")
    assert actions.objection_lapsed(case, at=desk.at()) is None
    happens_once("objection", ended(case, "objection"))
    assert fresh(case).state == "in_work"


def test_a_complaint_goes_up_when_its_days_are_over(desk: Desk) -> None:
    case = desk.file("complaint", "centre").case
    assert actions.pass_up_lapsed(case, at=desk.at()) is None
    happens_once("pass_up", ended(case, "pass_up"))
    assert (fresh(case).state, fresh(case).body.code) == ("registered", "dep")


def test_one_case_that_cannot_be_moved_does_not_stop_the_clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = desk.file("application", "water").case, desk.file("request", "water").case
    monkeypatch.setattr("qyzmet.cases.post_room.follow_url", lambda case: f"{1 // (case.pk - first.pk)}")
    Case.objects.filter(pk=second.pk).update(due_on=first.due_on)
    done = tick(at=midnight(ended(first, "decision"))).done
    assert (done["failed"], done["lapse"]) == (1, 1)
    assert (fresh(first).state, fresh(second).state) == ("registered", "deemed_refused")
    assert codes(first) == ["register"]


# ---------------------------------------------------------------- reminders


def reminders(case: Case) -> list[Letter]:
    return list(Letter.objects.filter(case_number=case.number, kind="reminder").order_by("id"))


def test_the_registrar_is_reminded_of_a_case_nobody_has(desk: Desk) -> None:
    case = desk.file("application", "water", text="Құбыр жарылды, Серікбаева.").case
    happens_once("reminders", date(2026, 5, 6))  # the last day is Friday 8 May; Thursday the 7th is a holiday
    (letter,) = reminders(case)
    assert letter.to_email == desk.cast.water_registrar.email
    assert letter.subject == f"{case.number}: соңғы күн – 2026 жылғы 8 мамыр"
    assert "Серікбаева" not in letter.text
    assert "Құбыр" not in letter.text
    assert [sent.to for sent in mail.outbox] == [[letter.to_email]]
    link = case.case_letters.get(letter=letter)
    assert (link.reader, link.step.code) == ("body", "remind")


def test_a_monday_is_reminded_of_on_friday(desk: Desk) -> None:
    assert reminder.horizon(date(2026, 4, 17)) == date(2026, 4, 20)
    assert reminder.horizon(date(2026, 4, 18)) == date(2026, 4, 20)
    assert reminder.horizon(date(2026, 4, 20)) == date(2026, 4, 21)
    last = rules().calendar.last
    assert reminder.horizon(last) == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("lang", "words"), [("kk", "Соңғы күн: 2026 жылғы 8 мамыр"), ("ru", "Последний день: 8 мая"), ("en", "8 May 2026")]
)
def test_the_executor_is_reminded_in_their_language(desk: Desk, lang: str, words: str) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    Person.objects.filter(pk=desk.cast.water_executor.pk).update(language=lang)
    tick(at=midnight(date(2026, 5, 8)))
    (letter,) = reminders(case)
    assert (letter.to_email, letter.language) == (desk.cast.water_executor.email, lang)
    assert words in letter.body


def test_a_new_last_day_is_reminded_of_anew(desk: Desk) -> None:
    case = desk.file("application", "water").case
    tick(at=midnight(date(2026, 5, 8)))
    desk.now = midnight(date(2026, 5, 8)) + timedelta(hours=10)
    desk.do("extend", case, "water_head", days=5, reason="Сараптама керек.")
    day = fresh(case).due_on
    assert day
    happens_once("reminders", rules().calendar.working(rules().calendar.working_before(day) - 1))
    assert len(reminders(case)) == 2


def test_of_an_accusation_only_those_are_reminded_who_may_see_it(desk: Desk) -> None:
    cast = desk.cast
    case = desk.accuse("centre_head", "centre", kind="application").case
    desk.assign(case, "dep")
    # a second post puts the executor below the accused: from that day on he hears no more of it
    names = {"kk": "Маман", "ru": "Специалист", "en": "Specialist"}
    post = bodies.found_post(body=cast.centre, code="centre-helper", names=names, at=desk.at())
    bodies.appoint(post=post, person=cast.dep_executor, since=desk.now.date(), at=desk.at())
    tick(at=midnight(date(2026, 5, 8)))
    (letter,) = reminders(case)
    assert letter.to_email == cast.dep_registrar.email


def test_nobody_without_an_address_is_written_to(desk: Desk) -> None:
    case = desk.file("application", "water").case
    Person.objects.filter(pk=desk.cast.water_registrar.pk).update(email="")
    assert tick(at=midnight(date(2026, 5, 8))).done["reminders"] == 1
    assert reminders(case) == []
    assert codes(case)[-1] == "remind"


# ---------------------------------------------------------------- forms half filled in


def test_a_form_is_forgotten_after_a_day_with_its_files(desk: Desk) -> None:
    draft, token = actions.begin_draft(at=desk.at())
    a_day_later = desk.now + timedelta(days=1)
    actions.add_file(draft, file=io.BytesIO(b"%PDF-1.7 alone"), name="a.pdf", at=desk.now)
    kept = actions.add_file(draft, file=io.BytesIO(b"%PDF-1.7 shared"), name="b.pdf", at=desk.now)
    dropped = actions.add_file(draft, file=io.BytesIO(b"%PDF-1.7 dropped"), name="c.pdf", at=desk.now)
    actions.drop_file(draft, paper_id=dropped.pk)
    same = papers.keep(io.BytesIO(b"%PDF-1.7 shared"), name="b.pdf", kind="attachment", origin="applicant", at=desk.now)
    desk.file("application", "water", papers=[same])
    everywhere = {paper.sha256 for paper in Paper.objects.all()}
    later = datetime.now(ALMATY) + timedelta(days=2)
    assert tick(at=a_day_later).done["drafts"] == 0
    actions.open_draft(token)
    assert tick(at=later).done["drafts"] == 1
    with pytest.raises(Missing):
        actions.open_draft(token)
    assert not IntakeDraft.objects.exists()
    assert list(Paper.objects.values_list("sha256", flat=True)) == [kept.sha256]
    assert {digest for digest in everywhere if papers.path_of(digest).exists()} == {kept.sha256}


def test_what_was_sent_stays(desk: Desk) -> None:
    draft, token = actions.begin_draft(at=desk.at())
    actions.add_file(draft, file=io.BytesIO(b"%PDF-1.7 sent"), name="a.pdf", at=desk.now)
    appeal = {"procedure": "request", "body": "water", "text": "Сұрақ.", "language": "kk", "authors": []}
    filed = actions.send_draft(draft, token=token, at=desk.at(), by=actions.APPLICANT, **appeal)
    tick(at=desk.now + timedelta(days=1, minutes=1))
    (paper,) = queries.follow(filed.case.number, filed.code).papers
    assert papers.read(paper) == b"%PDF-1.7 sent"


def test_past_the_last_calendar_row_silence_is_still_a_refusal(desk: Desk) -> None:
    case = desk.file("application", "water").case
    done = tick(at=midnight(rules().calendar.last + timedelta(days=400))).done
    assert done == {"lapse": 1, "letters": 0, "drafts": 0, "keys": 0}
    assert fresh(case).state == "deemed_refused"

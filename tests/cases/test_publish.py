"""An answer on the page of a body: by consent, without personal data, and never of a case about conduct."""

import time
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from qyzmet.cases import actions, publication, queries
from qyzmet.cases.actions import APPLICANT
from qyzmet.cases.masking import Secret, mask
from qyzmet.cases.models import Accusation, Case, Publication
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import AUTHOR, Desk
from tests.cases.test_newsroom import ask, open_newsroom

pytestmark = pytest.mark.django_db
TEXT = "Құбыр қашан ауыстырылады? Жауапты madina@mail.example поштасына жіберіңіз.\n\nСерикбаева М.А., 8 700 000 00 00"


def refusal(call: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **given)
    return refused.value.code


@pytest.fixture
def answered(desk: Desk) -> Case:
    """An answered request of a person who agrees to publication."""
    case = desk.file("request", "water", text=TEXT).case
    desk.answer(case, "water", "answered", facts="Мадина Асқарқызына айтылды. Құбыр ескірген.")
    actions.agree_publication(case, by=APPLICANT, at=desk.at())
    return Case.objects.get(pk=case.pk)


def publish(desk: Desk, case: Case, name: str = "water_head", hide: Any = (), seen: str = "") -> Any:
    seen = seen or actions.fingerprint(publication.masked_texts(case, hide))
    return desk.do("publish", case, name, hide=hide, seen=seen)


def shown(desk: Desk) -> list[Publication]:
    return queries.published(desk.cast.water).rows


def test_an_answer_is_published_without_whom_it_concerns(desk: Desk, answered: Case) -> None:
    publish(desk, answered)
    (one,) = shown(desk)
    words = str(one.texts)
    for secret in ("Серік", "Серик", "Мадина", "Асқар", "madina", "700 000", answered.number):
        assert secret not in words
    assert "Құбыр қашан ауыстырылады" in words and "Құбыр 20 сәуірде ауыстырылды" in words
    assert [(text["part"], text["lang"]) for text in one.texts] == [("question", "kk"), ("answer", "kk")]
    assert one.asked_by == ""
    assert queries.one_published(desk.cast.water, one.pk) == one
    assert answered.steps.get(code="publish").public


def test_without_consent_nothing_is_published(desk: Desk) -> None:
    case = desk.file("request", "water").case
    desk.answer(case, "water", "answered")
    assert refusal(publish, desk, case) == "publication_not_agreed"
    assert shown(desk) == []


def test_consent_taken_back_erases_at_once(desk: Desk, answered: Case) -> None:
    publish(desk, answered)
    actions.revoke_publication(answered, by=APPLICANT, at=desk.at())
    assert shown(desk) == []
    assert Publication.objects.get().texts == []
    assert refusal(publish, desk, answered) == "publication_not_agreed"
    assert refusal(actions.revoke_publication, answered, by=APPLICANT, at=desk.at()) == "publication_not_agreed"
    actions.agree_publication(answered, by=APPLICANT, at=desk.at())
    publish(desk, answered)
    assert len(shown(desk)) == 1


def test_a_head_takes_it_down_with_a_reason(desk: Desk, answered: Case) -> None:
    assert refusal(desk.do, "unpublish", answered, "water_head", reason="Қате.") == "not_published"
    publish(desk, answered)
    assert refusal(publish, desk, answered) == "published_already"
    assert refusal(desk.do, "unpublish", answered, "water_head", reason=" ") == "reason_needed"
    desk.do("unpublish", answered, "water_head", reason="Деректер ескірді.")
    assert shown(desk) == [] and Publication.objects.get().texts == []
    publish(desk, answered)
    assert len(shown(desk)) == 1


def test_what_was_read_is_what_is_published(desk: Desk, answered: Case) -> None:
    seen = actions.fingerprint(publication.masked_texts(answered))
    assert refusal(publish, desk, answered, hide=["ескірген"], seen=seen) == "publication_not_seen"
    publish(desk, answered, hide=["ескірген"])
    assert "ескірген" not in str(shown(desk)[0].texts) and "[жасырылды]" in str(shown(desk)[0].texts)


@pytest.mark.parametrize("hide", [["x"] * 101, ["x" * 201]])
def test_too_much_to_take_out_is_refused(desk: Desk, answered: Case, hide: list[str]) -> None:
    assert refusal(publish, desk, answered, hide=hide, seen="x") == "too_much_hidden"


@pytest.mark.parametrize("name", ["water_registrar", "water_executor", "water_approver"])
def test_only_the_head_publishes(desk: Desk, answered: Case, name: str) -> None:
    assert refusal(publish, desk, answered, name) == "not_your_role"


def test_nobody_of_another_body_publishes(desk: Desk, answered: Case) -> None:
    with pytest.raises(Missing):
        publish(desk, answered, "dep_head")


def test_an_official_does_not_consent_for_the_person(desk: Desk) -> None:
    case = desk.file("request", "water").case
    said = refusal(desk.do, "agree_publication", case, "water_head")
    assert said == "not_your_role"


def test_of_an_accusation_there_is_no_consent_and_nothing_to_publish(desk: Desk) -> None:
    case = desk.accuse("centre_head", "centre").case
    desk.answer(case, "dep", "answered")
    case = Case.objects.get(pk=case.pk)
    assert refusal(actions.agree_publication, case, by=APPLICANT, at=desk.at()) == "accusation_not_published"
    assert refusal(desk.do, "publish", case, "dep_head", hide=[], seen="x") == "accusation_not_published"
    assert refusal(publication.masked_texts, case) == "no_draft"
    assert "agree_publication" not in {step.code for step in queries.followed(case).possible}


def test_even_a_row_of_an_accusation_is_never_shown(desk: Desk, answered: Case) -> None:
    publish(desk, answered)
    pk = shown(desk)[0].pk
    Case.objects.filter(pk=answered.pk).update(is_accusation=True)
    Accusation.objects.create(case=answered, text="Басшы", resolved_at=desk.now)
    assert shown(desk) == []
    with pytest.raises(Missing):
        queries.one_published(desk.cast.water, pk)


def test_an_answer_stands_there_once_and_withdrawn_words_are_gone(desk: Desk, answered: Case) -> None:
    publish(desk, answered)
    row = Publication.objects.get()
    for change in ({"pk": None}, {"withdrawn_at": desk.now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication(**{**{f.attname: getattr(row, f.attname) for f in row._meta.fields}, **change}).save(
                force_insert="pk" in change, force_update="pk" not in change
            )


def test_a_newsroom_agrees_when_it_asks_and_is_named(desk: Desk) -> None:
    newsroom = open_newsroom(desk).newsroom
    case, quiet = ask(desk, newsroom, "water", together="b" * 32, publish=True) + ask(desk, newsroom, "water")
    for one in (case, quiet):
        desk.answer(one, "water", "answered")
    publish(desk, case)
    assert shown(desk)[0].asked_by == newsroom.name
    assert refusal(publish, desk, quiet) == "publication_not_agreed"
    actions.revoke_publication(case, by=APPLICANT, at=desk.at())
    assert Publication.objects.get().asked_by == ""


def test_what_can_be_done_is_offered_once(desk: Desk, answered: Case) -> None:
    codes = {step.code for step in queries.followed(answered).possible}
    assert "revoke_publication" in codes and "agree_publication" not in codes
    assert refusal(actions.agree_publication, answered, by=APPLICANT, at=desk.at()) == "publication_agreed_already"


def test_pages_by_key_and_each_body_its_own(desk: Desk) -> None:
    for n in range(3):
        texts = {"kk": (f"Мәлімдеме {n}", "Мәтін.")}
        actions.make_statement(body=desk.cast.water, texts=texts, by=desk.by("water_head"), at=desk.at())
    first = queries.published(desk.cast.water, size=2)
    second = queries.published(desk.cast.water, after=first.after, size=2)
    assert [one.texts[0]["title"][-1] for one in (*first.rows, *second.rows)] == ["2", "1", "0"]
    assert queries.published(desk.cast.dep).rows == []
    with pytest.raises(Missing):
        queries.one_published(desk.cast.dep, first.rows[0].pk)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({}, "statement_texts"),
        ({"ru": ("Заявление", "Текст.")}, "statement_texts"),
        ({"kk": ("", "Мәтін.")}, "statement_texts"),
        ({"kk": ("Мәлімдеме", "Мәтін."), "ru": ("Заявление", "")}, "statement_texts"),
        ({"kk": ("Мәлімдеме", "Мә\x07тін.")}, "control_characters"),
        ({"kk": ("М" * 201, "Мәтін.")}, "text_too_long"),
    ],
)
def test_a_statement_that_is_none(desk: Desk, texts: Any, code: str) -> None:
    given = {"body": desk.cast.water, "texts": texts, "by": desk.by("water_head"), "at": desk.at()}
    assert refusal(actions.make_statement, **given) == code


def test_only_the_head_speaks_and_withdraws(desk: Desk) -> None:
    texts = {"kk": ("Су беріледі", "Сағат 18-де."), "ru": ("Воду дадут", "В 18 часов.")}
    with pytest.raises(Missing):
        actions.make_statement(body=desk.cast.water, texts=texts, by=desk.by("dep_head"), at=desk.at())
    made = actions.make_statement(body=desk.cast.water, texts=texts, by=desk.by("water_head"), at=desk.at())
    assert [one["lang"] for one in made.texts] == ["kk", "ru"]
    who = queries.reader(desk.cast.people["water_head"], local(desk.now).date())
    assert queries.statements(who).rows == [made]
    other = queries.reader(desk.cast.people["dep_head"], local(desk.now).date())
    assert queries.statements(other).rows == []
    withdraw = actions.withdraw_statement
    with pytest.raises(Missing):
        withdraw(made.pk, reason="Қате.", by=desk.by("dep_head"), at=desk.at())
    assert refusal(withdraw, made.pk, reason="", by=desk.by("water_head"), at=desk.at()) == "reason_needed"
    withdraw(made.pk, reason="Қате.", by=desk.by("water_head"), at=desk.at())
    assert shown(desk) == []
    with pytest.raises(Missing):
        withdraw(made.pk, reason="Қате.", by=desk.by("water_head"), at=desk.at())


WHO = Secret(AUTHOR.name, numbers=("880703400129",), addresses=(AUTHOR.address,), emails=(AUTHOR.email,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Серікбаеваға М. А. хабарланды", "[аты-жөні] хабарланды"),
        ("СЕРИКБАЕВА МАДИНА АСКАРКЫЗЫ сұрады", "[аты-жөні] сұрады"),
        ("ЖСН 880703 400129.", "ЖСН [нөмір]."),
        ("ЖСН 770101300123 деп", "ЖСН [нөмір] деп"),
        ("тел. +7 (700) 123-45-67, 8 7172 55 55 55", "тел. [телефон], [телефон]"),
        ("55-44-33 нөміріне", "[телефон] нөміріне"),
        ("a.b@c.example деп", "[электрондық пошта] деп"),
        ("Сарыарқа көшесіндегі 5-үйде, 12-пәтер", "[мекенжай]"),
        ("іс 2026-4K7M-9XQ2", "іс [нөмір]"),
        ("2026 жылғы 15 сәуірде 120 метр, 12.04.2026", "2026 жылғы 15 сәуірде 120 метр, 12.04.2026"),
        ("Мәселе шешілді.", "Мәселе шешілді."),
    ],
)
def test_what_is_taken_out_of_a_text(text: str, said: str) -> None:
    assert mask(text, "kk", secrets=[WHO]) == said


def test_short_names_and_companies() -> None:
    said = mask("Киму и Ли А.В. ответили, кимоно и лист", "ru", secrets=[Secret("Ким Ли")])
    assert said == "[имя] и [имя] ответили, кимоно и лист"
    firm = Secret("ТОО «Жаңа үй»", is_company=True)
    assert mask("ТОО  «Жана уй» просит новый дом", "ru", secrets=[firm]) == "[имя] просит новый дом"
    assert mask("Петрову и Петровой", "ru", secrets=[Secret("Петрова Анна")]) == "[имя] и [имя]"


def test_words_besides_are_taken_out_whole() -> None:
    assert mask("мектеп 5 мен мектептегі лифт", "kk", secrets=[], hide=["мектеп", "", "ли"]) == (
        "[жасырылды] 5 мен [жасырылды] лифт"
    )


@pytest.mark.parametrize(
    "text", ["а" * 40_000, "1" * 40_000, "1 " * 20_000, "a." * 20_000, "А.А." * 10_000, "-" * 40_000]
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    mask(text, "kk", secrets=[WHO], hide=["сөз"])
    assert time.process_time() - started < 3

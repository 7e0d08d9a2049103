"""What a person may answer on the page of their case; nothing else is offered or taken."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from qyzmet.cases import actions
from qyzmet.cases.actions import Filed
from qyzmet.cases.models import Case, Hearing, Paper, Step
from qyzmet.cases.rules import procedure
from qyzmet.portal.answers import ANSWERS
from qyzmet.text.dates import long_moment
from tests.cases.desk import AUTHOR, Desk
from tests.portal.walk import Walker, text

PDF = b"%PDF-1.7\nsample"


class Owner(Walker):
    """Somebody who opened their case."""

    filed: Filed

    @classmethod
    def of(cls, filed: Filed) -> "Owner":
        made = cls()
        made.filed = filed
        assert made.open(filed.case.number, filed.code).status_code == 302
        return made

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.filed.case.pk)

    def shown(self) -> str:
        return text(self.client.get(f"/{self.case.number}"))

    def offers(self, step: str) -> bool:
        return f"/{self.case.number}/{step}/" in self.shown()

    def give(self, step: str, /, **given: Any) -> Any:
        return self.client.post(f"/{self.case.number}/{step}/", given)

    def steps(self) -> list[str]:
        return list(Step.objects.filter(case=self.case).order_by("n").values_list("code", flat=True))


def preliminary(desk: Desk) -> Owner:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    given = {"facts": "Құжат жетіспейді.", "ground": "ӘРПК 73-бабы."}
    desk.do("preliminary", filed.case, "water_executor", outcome="act_adopted", **given)
    return Owner.of(filed)


def answered(desk: Desk, kind: str = "request", outcome: str = "answered") -> Owner:
    filed = desk.file(kind, "water")
    desk.answer(filed.case, "water", outcome)
    return Owner.of(filed)


def test_what_is_offered_follows_from_the_state(desk: Desk) -> None:
    fresh = Owner.of(desk.file("application", "water"))
    assert [step for step in ANSWERS if fresh.offers(step)] == [
        "add_paper",
        "ask_file",
        "agree_publication",
        "withdraw",
    ]
    asked = preliminary(desk)
    assert {"object", "ask_hearing", "ask_recusal"} <= {step for step in ANSWERS if asked.offers(step)}
    closed = answered(desk)
    offered = [step for step in ANSWERS if closed.offers(step)]
    assert offered == ["ask_file", "ask_correction", "rate", "agree_publication", "complain_further"]


def test_what_is_not_offered_is_not_taken(desk: Desk) -> None:
    owner = Owner.of(desk.file("application", "water"))
    for step in (
        "object",
        "ask_hearing",
        "supply",
        "cure",
        "rate",
        "complain_further",
        "ask_recusal",
        "remark_protocol",
    ):
        response = owner.give(step, text="Сөз", stars="5")
        assert response.status_code == 409, step
    assert owner.steps() == ["register"]


@pytest.mark.parametrize("step", ["sign", "dispatch", "assign", "nothing", "reissue_code"])
def test_steps_of_officials_are_missing(desk: Desk, step: str) -> None:
    assert Owner.of(desk.file("application", "water")).give(step, text="x").status_code == 404


def test_every_form_is_shown_and_shown_again_with_what_was_typed(desk: Desk) -> None:
    owner = preliminary(desk)
    for step in ("object", "ask_hearing", "add_paper", "ask_file", "ask_recusal", "withdraw"):
        assert owner.client.get(f"/{owner.case.number}/{step}/").status_code == 200
        shown = text(owner.give(step, text="Сөзім\x07қалсын"))
        assert "govuk-error-message" in shown
        assert "Сөзім" in shown


def test_an_objection(desk: Desk) -> None:
    owner = preliminary(desk)
    assert "govuk-error-message" in text(owner.give("object", text=" "))
    assert owner.give("object", text="Құжат қоса берілген.").status_code == 302
    assert owner.case.state == "in_work"
    assert "Құжат қоса берілген." in owner.shown()
    assert owner.give("object", text="Тағы").status_code == 409


def test_a_hearing_and_remarks_on_its_protocol(desk: Desk) -> None:
    owner = preliminary(desk)
    owner.give("ask_hearing", text="")
    assert owner.case.state == "hearing"
    desk.do("set_hearing", owner.case, "water_executor", when=desk.now.replace(hour=9), place="12-бөлме")
    assert not owner.offers("remark_protocol")
    desk.wait(hours=6)
    desk.do("hold_hearing", owner.case, "water_executor", protocol="Тараптар тыңдалды.")
    owner.open(owner.case.number, owner.filed.code)
    assert "Тараптар тыңдалды." in text(owner.client.get(f"/{owner.case.number}/remark_protocol/"))
    owner.give("remark_protocol", text="Сөзім жазылмаған.")
    assert Hearing.objects.get().remarks == "Сөзім жазылмаған."
    assert not owner.offers("remark_protocol")


def test_motions_are_offered_once(desk: Desk) -> None:
    owner = preliminary(desk)
    for step in ("ask_file", "ask_recusal"):
        assert owner.give(step, text="Себебі бар.").status_code == 302
        assert not owner.offers(step)
        assert owner.steps()[-1] == step


def test_papers_are_added_and_downloaded(desk: Desk) -> None:
    owner = Owner.of(desk.file("application", "water"))
    assert "govuk-error-message" in text(owner.give("add_paper", text="сурет"))
    assert "govuk-error-message" in text(owner.give("add_paper", file=SimpleUploadedFile("a.exe", b"MZ")))
    assert not Paper.objects.exists()
    owner.give("add_paper", file=SimpleUploadedFile("Құбыр суреті.pdf", PDF), text="сурет")
    paper = Paper.objects.get(case=owner.case)
    response = owner.client.get(f"/{owner.case.number}/papers/{paper.pk}/")
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_when_one_of_several_files_is_refused_none_is_kept(desk: Desk) -> None:
    owner = Owner.of(desk.file("application", "water"))
    files = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.exe", b"MZ")]
    assert "b.exe" in text(owner.give("add_paper", file=files))
    assert not Paper.objects.exists()
    assert owner.steps() == ["register"]


def test_withdrawal_needs_a_tick(desk: Desk) -> None:
    owner = Owner.of(desk.file("application", "water"))
    assert "govuk-error-message" in text(owner.give("withdraw", text="Шешілді"))
    assert owner.case.is_open
    owner.give("withdraw", text="Шешілді", sure="on")
    assert owner.case.state == "withdrawn"


def test_rating(desk: Desk) -> None:
    owner = answered(desk)
    for stars in ("", "0", "6", "x"):
        assert "govuk-error-message" in text(owner.give("rate", stars=stars))
    owner.give("rate", stars="4", text="Жақсы")
    assert Step.objects.get(case=owner.case, code="rate").facts["stars"] == 4


def test_a_correction_is_asked_for(desk: Desk) -> None:
    owner = answered(desk)
    owner.give("ask_correction", text="Аты-жөнім қате жазылған.")
    assert owner.steps()[-1] == "ask_correction"
    assert not owner.offers("ask_correction")


def test_complaining_further_explains_the_route_and_opens_a_case(desk: Desk) -> None:
    owner = answered(desk)
    page = text(owner.client.get(f"/{owner.case.number}/complain_further/"))
    assert "Қала әкімдігі" in page
    assert "3 жұмыс күні" in page
    assert "сотқа" in page
    response = owner.give("complain_further", text="Жауап мәні бойынша емес.")
    child = Case.objects.get(parent=owner.case)
    assert response.headers["Location"] == f"/{child.number}"
    assert child.state == "at_challenged"
    assert owner.client.get(f"/{child.number}").status_code == 200
    assert Walker().open(child.number, owner.filed.code).status_code == 302
    assert not owner.offers("complain_further")
    assert child.number in owner.shown()


def test_after_a_decision_on_a_complaint_the_way_to_court_is_told(desk: Desk) -> None:
    filed = desk.file("complaint", "centre")
    desk.do("satisfy", filed.case, "centre_head", **SATISFY)
    owner = Owner.of(filed)
    assert owner.case.state == "satisfied"
    assert "әкімшілік сот" in owner.shown()


def test_who_may_be_partial_is_named_and_the_decision_told(desk: Desk) -> None:
    owner = preliminary(desk)
    works = desk.cast.water_executor.full_name()
    assert works in text(owner.client.get(f"/{owner.case.number}/ask_recusal/"))
    owner.give("ask_recusal", text="Туысы.")
    desk.do("decide_recusal", owner.case, "water_head", granted=False, reason="Туыс емес.")
    assert "Өтінішхат қанағаттандырылмады." in owner.shown()


def test_the_page_says_when_and_where_the_hearing_is(desk: Desk) -> None:
    owner = preliminary(desk)
    owner.give("ask_hearing", text="")
    assert "уақыты мен орнын белгілеп" in owner.shown(), "nobody was invited yet"
    when = desk.now + timedelta(days=2)
    desk.do("set_hearing", owner.case, "water_head", when=when, place="12-кабинет")
    assert f"{long_moment(when, 'kk')}, 12-кабинет" in owner.shown()


def test_who_was_made_to_withdraw_may_complain_as_the_letter_says(desk: Desk) -> None:
    owner = Owner.of(desk.file("request", "water"))
    owner.give("withdraw", text="", sure="on")
    letter = owner.case.case_letters.get(letter__kind="withdrawn").letter.body
    assert "шағым жасауға құқылысыз" in letter
    assert owner.case.deadlines.get(key="complain").is_open
    assert not owner.offers("agree_publication"), "there will be no answer to publish"
    owner.give("complain_further", text="Мәжбүрледі.")
    assert owner.case.children.get().relation == "complaint"


def test_a_step_is_told_of_the_body_that_took_it(desk: Desk) -> None:
    filed = desk.file("complaint", "centre")
    desk.do("pass_up", filed.case, "centre_head", position="Келіспейміз.")
    item = Owner.of(filed).shown().split("Келіспейміз.")[0].rsplit("<li", 1)[-1]
    assert "Жастар орталығы" in item
    assert "Жастар саясаты басқармасы" not in item


SATISFY = {"outcome": "action_done", "text": "Талап орындалды.", "ground": "ӘРПК 91(4)."}


def cured(desk: Desk, *defects: str) -> Owner:
    nobody = actions.Author()
    filed = desk.file("complaint", "centre", authors=[nobody], signature="unsigned")
    desk.do("pass_up", filed.case, "centre_head", position="Келіспейміз.")
    desk.do("ask_to_cure", filed.case, "dep_registrar", defects=list(defects), days=5)
    return Owner.of(filed)


def test_only_the_named_defects_are_asked_for(desk: Desk) -> None:
    owner = cured(desk, "no_name")
    page = text(owner.client.get(f"/{owner.case.number}/cure/"))
    assert 'name="name"' in page
    assert 'name="bin"' not in page
    assert "2026" in owner.shown()


def test_defects_are_cured_on_the_page(desk: Desk) -> None:
    owner = cured(desk, "no_name", "no_postal_address", "no_signature", "no_residence")
    shown = text(owner.give("cure", text=""))
    assert "кемінде біреуін" in shown
    assert "кодпен растаңыз" in shown
    response = owner.give(
        "cure",
        name="Серікбаева Мадина",
        address="Абай, 1",
        residence="Абай, 1",
        signed=SimpleUploadedFile("қол.pdf", PDF),
        text="",
    )
    assert response.status_code == 302
    assert owner.case.state == "registered"
    assert owner.case.defects == []
    assert owner.case.signature == "signed"
    assert owner.case.parties.get().name == "Серікбаева Мадина"


def test_a_wrong_number_is_asked_about_once_here_too(desk: Desk) -> None:
    filed = desk.file("request", "water", authors=[actions.Author(name="А", address="Б", iin="123")])
    desk.do("ask_to_cure", filed.case, "water_registrar", defects=["wrong_iin"], days=5)
    owner = Owner.of(filed)
    shown = text(owner.give("cure", iin="124"))
    assert "govuk-error-message" in shown
    assert 'name="asked" value="124"' in shown
    assert owner.give("cure", iin="124", asked="124").status_code == 302
    assert owner.case.defects == ["wrong_iin"]


def test_what_is_missing_is_given_before_the_body_asks(desk: Desk) -> None:
    author = actions.Author(name="Ә", iin="880703400121")
    owner = Owner.of(desk.file("request", "water", authors=[author], signature="unsigned"))
    assert owner.offers("supply") and owner.offers("confirm_signature")
    page = text(owner.client.get(f"/{owner.case.number}/supply/"))
    assert all(f'name="{one}"' in page for one in ("iin", "address", "signed", "text"))
    assert 'name="name"' not in page and 'name="bin"' not in page
    assert "govuk-error-message" in text(owner.give("supply", text=""))
    asked = text(owner.give("supply", iin="123", text=""))
    assert 'name="asked" value="123"' in asked and owner.steps() == ["register"]
    signed = SimpleUploadedFile("қол.pdf", PDF)
    assert owner.give("supply", iin="880703400129", address="Абай, 1", signed=signed, text="").status_code == 302
    assert (owner.case.defects, owner.case.signature, owner.case.state) == ([], "signed", "registered")
    assert owner.steps() == ["register", "supply"]
    assert not owner.offers("supply")
    assert owner.give("supply", iin="880703400129", text="").status_code == 409


def test_a_joined_person_with_a_wrong_number_is_named(desk: Desk) -> None:
    people = [AUTHOR, replace(AUTHOR, name="Вали Әлі", role="joined", iin="880703400121")]
    owner = Owner.of(desk.file("request", "water", authors=people))
    assert "– Вали Әлі" in text(owner.client.get(f"/{owner.case.number}/supply/"))


def test_where_only_the_signature_is_missing_its_own_page_is_offered(desk: Desk) -> None:
    owner = unsigned(desk)
    assert owner.offers("confirm_signature") and not owner.offers("supply")


def unsigned(desk: Desk) -> Owner:
    return Owner.of(desk.file("application", "water", authors=[AUTHOR], signature="unsigned"))


def test_the_signature_is_confirmed_by_a_code(desk: Desk) -> None:
    owner = unsigned(desk)
    assert owner.offers("confirm_signature")
    assert "govuk-error-message" in text(owner.give("confirm_signature", confirm="1", code="123456"))
    owner.give("confirm_signature", send="1")
    assert mail.outbox[0].to == [AUTHOR.email]
    found = re.search(r"\b\d{6}\b", str(mail.outbox[0].body))
    assert found
    assert "govuk-error-message" in text(owner.give("confirm_signature", confirm="1", code="x"))
    assert owner.give("confirm_signature", confirm="1", code=found[0]).status_code == 302
    assert (owner.case.signature, owner.case.defects) == ("confirmed", [])
    assert not owner.offers("confirm_signature")


def without_address(desk: Desk, email: str = "") -> Owner:
    author = replace(AUTHOR, email=email)
    return Owner.of(desk.file("application", "water", authors=[author], signature="unsigned"))


def digits(n: int = -1) -> str:
    found = re.search(r"\b\d{6}\b", str(mail.outbox[n].body))
    assert found
    return found[0]


@pytest.mark.parametrize("before", ["", "қате мекенжай"])
def test_who_gave_no_address_gives_one_and_signs(desk: Desk, before: str) -> None:
    owner = without_address(desk, before)
    assert 'name="email"' in text(owner.client.get(f"/{owner.case.number}/confirm_signature/"))
    for wrong in ("", "қате", "a@b"):
        shown = text(owner.give("confirm_signature", send="1", email=wrong))
        assert "govuk-error-message" in shown and "name@mail.kz" in shown and 'name="code"' not in shown
    shown = text(owner.give("confirm_signature", send="1", email=" madina@new.example "))
    assert mail.outbox[0].to == ["madina@new.example"] and "madina@new.example" in shown
    assert owner.case.parties.get().email == before, "nothing is kept before it is proved"
    assert "govuk-error-message" in text(owner.give("confirm_signature", confirm="1", code="x"))
    assert owner.give("confirm_signature", confirm="1", code=digits()).status_code == 302
    assert (owner.case.signature, owner.case.defects) == ("confirmed", [])
    assert owner.case.parties.get().email == "madina@new.example"
    step = Step.objects.get(case=owner.case, code="confirm_signature")
    assert step.facts == {"signature": "confirmed", "given": ["email"], "left": []}
    assert '"people":' in step.entry.opening.content and "madina" not in step.entry.opening.content
    assert owner.case.answer_channel == "page"


def test_the_address_that_was_proved_is_the_one_that_is_kept(desk: Desk) -> None:
    owner = without_address(desk)
    owner.give("confirm_signature", send="1", email="first@new.example")
    owner.give("confirm_signature", send="1", email="second@new.example")
    if digits(0) != digits(1):
        assert owner.give("confirm_signature", confirm="1", code=digits(0)).status_code == 200
    assert owner.give("confirm_signature", confirm="1", code=digits(1), email="third@new.example").status_code == 302
    assert owner.case.parties.get().email == "second@new.example"


def test_who_gave_an_address_signs_with_that_one(desk: Desk) -> None:
    owner = unsigned(desk)
    assert 'name="email"' not in text(owner.client.get(f"/{owner.case.number}/confirm_signature/"))
    owner.give("confirm_signature", send="1", email="other@new.example")
    assert mail.outbox[0].to == [AUTHOR.email]
    assert owner.give("confirm_signature", confirm="1", code=digits()).status_code == 302
    assert owner.case.parties.get().email == AUTHOR.email
    assert Step.objects.get(case=owner.case, code="confirm_signature").facts == {"signature": "confirmed"}


@pytest.mark.parametrize("before", ["", "old@new.example"])
def test_a_code_works_only_while_its_address_is_the_one_of_the_case(desk: Desk, before: str) -> None:
    """Somebody who has the code of the case, but not the mailbox that its owner gave at the counter meanwhile."""
    owner = without_address(desk, before)
    owner.give("confirm_signature", send="1", email="other@new.example")
    desk.do("ask_to_cure", owner.case, "water_registrar", defects=["no_signature"], days=5)
    desk.do("cure", owner.case, "water_registrar", given={"email": "madina@new.example"})
    refused = owner.give("confirm_signature", confirm="1", code=digits())
    assert refused.status_code == 200 and "govuk-error-message" in text(refused)
    assert owner.case.signature == "unsigned"
    owner.give("confirm_signature", send="1")
    assert mail.outbox[-1].to == ["madina@new.example"]
    assert owner.give("confirm_signature", confirm="1", code=digits()).status_code == 302


def test_codes_for_a_filed_appeal_are_as_few_as_when_filing(desk: Desk) -> None:
    owner = without_address(desk)
    for _ in range(5):
        owner.give("confirm_signature", send="1", email="madina@new.example")
    assert len(mail.outbox) == 3
    for _ in range(5):
        without_address(desk).give("confirm_signature", send="1", email="madina@new.example")
    assert len(mail.outbox) == 6, "a mailbox is not flooded from many cases"


def test_files_of_a_step_that_was_refused_do_not_stay_on_the_disk(desk: Desk, settings: Any) -> None:
    owner = Owner.of(desk.file("application", "water"))
    many = [SimpleUploadedFile(f"{n}.pdf", PDF + bytes([n])) for n in range(11)]
    assert "govuk-error-message" in text(owner.give("add_paper", file=many, text=""))
    assert not Paper.objects.exists()
    assert not [one for one in settings.MEDIA_ROOT.rglob("*") if one.is_file()]


def test_the_signature_is_confirmed_by_a_paper(desk: Desk) -> None:
    owner = unsigned(desk)
    assert "govuk-error-message" in text(owner.give("confirm_signature", paper="1"))
    assert owner.give("confirm_signature", paper="1", signed=SimpleUploadedFile("қол.pdf", PDF)).status_code == 302
    assert owner.case.signature == "signed"


def test_what_was_typed_outlives_the_session(desk: Desk) -> None:
    owner = preliminary(desk)
    desk.wait(hours=3)
    response = owner.give("object", text="Ұзақ қарсылық")
    assert response.headers["Location"].startswith("/follow/?number=")
    back = owner.client.post(response.headers["Location"], {"number": owner.case.number, "code": owner.filed.code})
    assert back.headers["Location"] == f"/{owner.case.number}/object/"
    assert "Ұзақ қарсылық" in text(owner.client.get(back.headers["Location"]))


def test_a_further_complaint_asks_where_the_person_lives_if_nobody_knows_it(desk: Desk) -> None:
    author = replace(AUTHOR, residence="")
    filed = desk.file("application", "water", authors=[author])
    desk.answer(filed.case, "water", "act_adopted")
    owner = Owner.of(filed)
    assert 'name="residence"' in text(owner.client.get(f"/{owner.case.number}/complain_further/"))
    owner.give("complain_further", text="Келіспеймін.", residence="Абай көшесі, 7")
    child = Case.objects.get(parent=filed.case)
    assert child.parties.get().residence == "Абай көшесі, 7"
    assert "no_residence" not in child.defects


def test_the_page_of_a_complaint_about_conduct_names_the_body_above(desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre")
    desk.answer(filed.case, "dep", "answered")
    owner = Owner.of(filed)
    page = text(owner.client.get(f"/{owner.case.number}/complain_further/"))
    above = filed.case.body.superior
    assert above and above.names["kk"] in page


def test_an_outcome_is_told_when_it_is_sent(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    desk.draft(filed.case, "water", "act_adopted")
    desk.do("submit", filed.case, "water_executor")
    desk.do("approve", filed.case, "water_approver")
    desk.do("sign", filed.case, "water_head", provider="demo")
    owner, outcome = Owner.of(filed), procedure("application").outcomes["act_adopted"].name["kk"]
    assert outcome not in text(owner.client.get(f"/{owner.case.number}"))
    desk.do("dispatch", filed.case, "water_registrar")
    assert outcome in text(owner.client.get(f"/{owner.case.number}"))

"""Where a person may complain further: letter, gate, page and program name the body that will get the complaint."""

from typing import Any

import pytest
from django.utils import timezone

from qyzmet.bodies import actions as bodies
from qyzmet.cases import actions, gate, queries, routes
from qyzmet.cases.actions import APPLICANT, Filed
from qyzmet.cases.models import Case, Draft
from qyzmet.letters.models import Letter
from tests.api.conftest import Program
from tests.cases.desk import Desk
from tests.cast import NOW, SINCE, TODAY, Cast
from tests.portal.walk import Walker, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and programs are asked on the day of the cast."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def head_of_the_city_also_works_in_the_centre(cast: Cast) -> None:
    """Below the head of the centre, that is: barred from every case about that head."""
    post = bodies.found_post(
        body=cast.centre, code="centre-coach", names={"kk": "Жаттықтырушы", "ru": "Тренер", "en": "Coach"}, at=NOW
    )
    bodies.appoint(post=post, person=cast.city_head, since=SINCE, at=NOW)


def decided(desk: Desk) -> Filed:
    """A message about the head of the centre, answered by the department."""
    head_of_the_city_also_works_in_the_centre(desk.cast)
    filed = desk.accuse("centre_head", "centre")
    desk.answer(filed.case, "dep", "answered")
    return filed


def answer(filed: Filed) -> str:
    return Letter.objects.get(case_number=filed.case.number, kind="answer_answered").body


def page(filed: Filed) -> str:
    walker = Walker()
    assert walker.open(filed.case.number, filed.code).status_code == 302
    return text(walker.client.get(f"/{filed.case.number}/complain_further/"))


def program(filed: Filed) -> Any:
    seen = Program().get(f"/appeals/{filed.case.number}", X_Follow_Code=filed.code)
    assert seen.status_code == 200, seen.content.decode()
    return seen.json()["complaint"]


def test_a_superior_body_whose_head_is_barred_is_passed_over_everywhere(desk: Desk, cast: Cast) -> None:
    assert cast.outside
    cast.role(cast.outside_head, cast.outside, "registrar")
    filed = decided(desk)
    case = Case.objects.get(pk=filed.case.pk)
    assert routes.way(case, on=TODAY).above == cast.outside
    assert cast.outside.name_kk in answer(filed) and cast.city.name_kk not in answer(filed)
    assert cast.outside.name_kk in page(filed)
    assert (program(filed)["code"], program(filed)["body"]["kk"]) == ("outside", cast.outside.name_kk)
    draft = Draft.objects.filter(case=case).order_by("-n")[0]
    assert "gate_no_route" not in {lack.code for lack in gate.check(case, draft, at=desk.at())}
    child = actions.complain_further(case, text="Келіспеймін.", by=APPLICANT, at=desk.at()).case
    desk.do("pass_up", child, "dep_head")
    assert Case.objects.get(pk=child.pk).body == cast.outside


def test_where_nobody_above_is_free_all_lead_to_court(cast_no_outside: Cast, settings: Any) -> None:
    settings.DEMO = True
    desk = Desk(cast_no_outside)
    filed = decided(desk)
    case = Case.objects.get(pk=filed.case.pk)
    assert routes.way(case, on=TODAY).to_court
    for told in (answer(filed), page(filed), program(filed)["body"]["kk"]):
        assert "мамандандырылған ауданаралық әкімшілік сот" in told
        assert desk.cast.city.name_kk not in told
    assert program(filed)["code"] is None
    child = actions.complain_further(case, text="Келіспеймін.", by=APPLICANT, at=desk.at()).case
    desk.do("pass_up", child, "dep_head")
    assert Case.objects.get(pk=child.pk).state == "court_route"


def test_an_open_case_has_no_way_on_yet(desk: Desk) -> None:
    filed = desk.file("request", "water")
    assert program(filed) is None
    desk.answer(filed.case, "water", "answered")
    assert program(filed)["code"] == "city"
    assert queries.way_on(Case.objects.get(pk=filed.case.pk), TODAY).above == desk.cast.city

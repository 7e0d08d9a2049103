"""On the person's page: a clock that stands says why, a late complaint is taken, and its term can be asked back."""

from datetime import UTC, date, datetime

import pytest

from qyzmet.cases import actions
from qyzmet.cases.models import Case
from qyzmet.text.dates import ALMATY
from tests.cases.desk import Desk
from tests.portal.test_answers import Owner, answered
from tests.portal.walk import Walker

pytestmark = pytest.mark.django_db


def until(desk: Desk, day: date) -> None:
    desk.now = datetime(day.year, day.month, day.day, 10, tzinfo=ALMATY).astimezone(UTC)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "Мерзім тоқтап тұр, басталған күні 2026 жылғы 15 сәуір: Мемлекеттік органға"),
        ("ru", "Срок стоит с 15 апреля 2026 г.: запрос в государственный орган"),
        ("en", "The clock stands since 15 April 2026: inquiry to a state body"),
    ],
)
def test_the_page_says_since_when_and_why_instead_of_a_day(desk: Desk, lang: str, said: str) -> None:
    owner = Owner.of(desk.file("tax-complaint", "water"))
    owner.client.cookies["qyzmet_til"] = lang
    given = {"cause": "inquiry", "first": date(2026, 4, 15), "ground": "№ 7"}
    desk.do("stand_still", owner.case, "water_head", **given)
    page = owner.shown()
    assert said in page and "9999" not in page
    desk.wait(days=1)
    desk.do("run_again", owner.case, "water_head", n=1, last=date(2026, 4, 15), ground="№ 9")
    assert said not in owner.shown()


def test_a_late_complaint_asks_why_and_files_the_motion_with_it(desk: Desk) -> None:
    owner = answered(desk)
    until(desk, date(2026, 7, 15))
    owner.open(owner.filed.case.number, owner.filed.code)
    page = owner.client.get(f"/{owner.case.number}/complain_further/").content.decode()
    assert "late_reason" not in page
    until(desk, date(2026, 7, 16))
    owner.open(owner.filed.case.number, owner.filed.code)
    page = owner.client.get(f"/{owner.case.number}/complain_further/").content.decode()
    assert "late_reason" in page and "force_majeure" in page
    half = owner.give("complain_further", text="Келіспеймін.", late_reason="Ауырдым.")
    assert half.status_code == 200 and "Себептердің бірін таңдаңыз" in half.content.decode()
    done = owner.give("complain_further", text="Келіспеймін.", late_reason="Ауырдым.", late_ground="illness")
    assert done.status_code == 302
    late = Case.objects.get(parent=owner.case)
    assert "late" in late.defects
    assert [step.code for step in late.steps.order_by("n")] == ["register", "ask_restoration"]


def test_without_a_reason_it_is_taken_too_and_the_page_offers_the_motion_once(desk: Desk) -> None:
    owner = answered(desk)
    until(desk, date(2026, 8, 3))
    owner.open(owner.filed.case.number, owner.filed.code)
    assert owner.give("complain_further", text="Келіспеймін.").status_code == 302
    late = Case.objects.get(parent=owner.case)
    own = Owner.of(actions.Filed(late, owner.filed.code))
    assert own.offers("ask_restoration")
    assert "Шағым беру мерзімі өткізіп алынған" in own.shown()
    assert own.give("ask_restoration", ground="other", text="Пошта кешікті.").status_code == 302
    assert not own.offers("ask_restoration")
    assert own.steps() == ["register", "ask_restoration"]


def test_a_complaint_in_time_is_offered_no_motion(desk: Desk) -> None:
    owner = Owner.of(desk.file("complaint", "centre"))
    assert not owner.offers("ask_restoration")


@pytest.mark.parametrize(("more", "late"), [({}, True), ({"untold": "on"}, False)])
def test_who_files_a_complaint_may_say_when_they_learned(
    walker: Walker, desk: Desk, more: dict[str, str], late: bool
) -> None:
    words = {"text": "Бас тартты.", "language": "kk"}
    day = {"learned_0": "5", "learned_1": "1", "learned_2": "2026"}
    walker.go(kind={"kind": "complaint"}, text={**words, **day, **more})
    assert "2026 жылғы 5 қаңтар" in walker.read("check")
    assert 'value="2026"' in walker.read("text")
    number, _code = walker.send()
    assert ("late" in Case.objects.get(number=number).defects) == late


def test_who_complains_of_a_service_is_asked_too(walker: Walker, desk: Desk) -> None:
    day = {"learned_0": "5", "learned_1": "1", "learned_2": "2026"}
    walker.go(kind={"kind": "service-complaint"}, text={"text": "Қызмет кешікті.", "language": "kk", **day})
    number, _code = walker.send()
    assert "late" in Case.objects.get(number=number).defects


def test_a_day_to_come_is_no_day_of_learning_and_other_kinds_are_not_asked(walker: Walker, desk: Desk) -> None:
    walker.go(kind={"kind": "complaint"})
    day = {"learned_0": "5", "learned_1": "1", "learned_2": "2027"}
    wrong = walker.answer("text", {"text": "Бас тартты.", "language": "kk", **day})
    assert wrong.status_code == 200
    other = Walker().go()
    assert "learned_0" not in other.read("text")

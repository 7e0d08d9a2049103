"""Nobody who is accused, and nobody below, gets one bit of the case: over random cities, every query, every action."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qyzmet.bodies import actions as bodies_actions
from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body, Person, Post, Role
from qyzmet.cases import actions, queries
from qyzmet.cases.actions import About, Actor, clock
from qyzmet.cases.models import Case
from qyzmet.cases.queries import state_register
from qyzmet.text.fold import fold
from qyzmet.text.refusal import Missing, Refused
from tests.bodies.random_city import DAYS, ROLES, City, Slow, cities, day, store
from tests.bodies.test_random_cities import forgotten
from tests.cases.desk import AUTHOR, Desk

pytestmark = pytest.mark.django_db
many = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def noon(number: int) -> datetime:
    return datetime(2026, 3, 1, 6, tzinfo=UTC) + timedelta(days=number)


def accuse(body: Body, post: Post, at: datetime) -> Case:
    about = About("conduct", post_code=post.code)
    return actions.register(
        procedure="message", body=body.code, text="Қысым көрсетеді.", language="kk", authors=[AUTHOR],
        about=about, by=actions.APPLICANT, at=at,
    ).case  # fmt: skip


def gives_away(person: Person, case: Case, number: int) -> list[str]:
    """Names of the queries that show this person anything of the case."""
    who = queries.reader(person, day(number))
    closed, owed = queries.Filter(closed=True), queries.Filter(after_closing=True)
    found = {
        "queue": queries.body_queue(who).rows + queries.body_queue(who, closed).rows,
        "owed": queries.body_queue(who, owed).rows + queries.my_queue(who, owed).rows,
        "mine": queries.my_queue(who).rows + queries.helping(who),
        "number": queries.look_up(who, case.number).rows,
        "name": queries.look_up(who, "Серік").rows,
        "suggest": queries.suggest(who, "Серік"),
        "export": [row for row in state_register.rows(who, day(0), day(DAYS)) if case.number in row.values],
        "counts": [n for n in vars(queries.counts(who)).values() if n],
    }
    shown = [name for name, rows in found.items() if rows]
    for name, ask in {"find": queries.find, "view": queries.case_view}.items():
        try:
            ask(who, case.number)
            shown.append(name)
        except Missing:
            pass
    return shown + (["may_see"] if queries.may_see(who, case.pk) else [])


@many
@given(city=cities(), filed=st.integers(0, DAYS), later=st.integers(0, DAYS), data=st.data())
def test_accused_and_below_at_filing_or_now_see_nothing(
    city: City, filed: int, later: int, data: st.DataObject
) -> None:
    assume(filed <= later and any(Slow(city, filed).holders(n) for n in range(len(city.posts))))
    with forgotten():
        bodies, posts, people = store(city)
        slow, now = Slow(city, filed), Slow(city, later)
        post = data.draw(st.sampled_from([n for n in range(len(posts)) if slow.holders(n)]))
        (accused,) = slow.holders(post)
        # whatever roles they hold: everybody holds every role everywhere
        rights = [
            Role(person=p, body=b, role=r, since=day(0), noted_at=noon(0))
            for p in people
            for b in bodies
            for r in ROLES
        ]
        barred = {accused} | {
            n for n in range(len(people)) if accused in slow.answers_to(n) or accused in now.answers_to(n)
        }
        case = accuse(bodies[0], posts[post], noon(filed))
        Role.objects.bulk_create(rights, ignore_conflicts=True)
        for n, person in enumerate(people):
            if n in barred:
                assert gives_away(person, case, later) == []
                with pytest.raises(Missing):
                    actions.assign(case, executor_id=people[0].pk, by=Actor.official(person), at=noon(later))


@pytest.mark.parametrize("name", ["centre_head", "centre_registrar", "centre_executor", "employee", "administrator"])
def test_the_head_of_the_centre_and_all_below(desk: Desk, name: str) -> None:
    case = desk.accuse("centre_head", "centre").case
    assert case.body.code == "dep"
    assert case.due_on
    assert gives_away(desk.cast.people[name], case, 45) == []


def test_the_department_sees_and_decides(desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre", text="Басшы парақшаға ұпай жинатады. Бұл дұрыс па?")
    desk.assign(filed.case, "dep")
    with pytest.raises(Refused, match="complainant_named"):
        desk.do("hear_accused", filed.case, "dep_executor", question="Серікбаеваға неге ескерту жасадыңыз?")
    step = desk.do("hear_accused", filed.case, "dep_executor", question="Қызметкерлерге қойылған талапты түсіндіріңіз.")
    code = step.step_letters.get().letter.body.split("коды: ")[1].split()[0]
    page = queries.accused_page(code)
    assert page.may_answer
    for letter in page.letters:
        assert "Серікбаева" not in letter.text
        assert filed.case.number not in letter.text
    actions.accused_answers(code=code, text="Талап қойған жоқпын.", at=desk.at())
    for step_name, who in (("draft", None), ("submit", "dep_executor"), ("approve", "dep_approver")):
        if who is None:
            desk.draft(filed.case, "dep", "answered")
        else:
            desk.do(step_name, filed.case, who)
    desk.do("sign", filed.case, "dep_head", provider="demo")
    desk.do("dispatch", filed.case, "dep_registrar")
    assert queries.follow(filed.case.number, filed.code).case.state == "answered"
    told = queries.accused_page(code).letters[-1]
    assert told.kind == "accused_outcome"
    assert filed.case.number not in told.text


def test_a_free_text_is_for_intake_alone_until_it_is_resolved(desk: Desk) -> None:
    filed = desk.file("message", "centre", about=About("conduct", text="орталық басшысы Ысқақов"))
    for name in ("centre_head", "employee", "dep_head", "dep_approver", "administrator"):
        assert gives_away(desk.cast.people[name], filed.case, 45) == [], name
    with pytest.raises(Refused, match="about_not_resolved"):
        desk.assign(filed.case, "dep")
    desk.do("resolve_about", filed.case, "dep_registrar", post_code=desk.cast.posts["centre_head"].code)
    desk.assign(filed.case, "dep")
    assert queries.may_see(queries.reader(desk.cast.dep_head, desk.now.date()), filed.case.pk)


@pytest.mark.parametrize("words", ["хатшы Нұрланова", "Асылбековаға шағым", "Нұрланова-Асылбекова"])
def test_either_part_of_a_double_surname_bars(desk: Desk, words: str) -> None:
    registrar = desk.cast.dep_registrar
    Person.objects.filter(pk=registrar.pk).update(surname="Нұрланова-Асылбекова")
    filed = desk.file("message", "centre", about=About("conduct", text=words))
    assert gives_away(registrar, filed.case, 45) == []


def test_a_long_text_is_searched_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once a word for each holder of a post: a megabyte of words would hold up the server for minutes."""
    asked: list[str] = []
    monkeypatch.setattr("qyzmet.cases.accuse.fold", lambda text: (asked.append(text), fold(text))[1])
    filed = desk.file("message", "centre", about=About("conduct", text="бір сөз " * 5000 + "Ысқақов"))
    assert len(asked) < 20
    assert gives_away(desk.cast.centre_head, filed.case, 45) == []


@pytest.mark.parametrize("name", ["centre_head", "centre_registrar", "employee", "administrator"])
def test_what_is_owed_after_the_end_of_an_accusation_is_shown_to_nobody_below(desk: Desk, name: str) -> None:
    case = desk.accuse("centre_head", "centre").case
    desk.answer(case, "dep", "answered")
    actions.ask_file(case, by=actions.APPLICANT, at=desk.at())
    person, today = desk.cast.people[name], desk.now.date()
    for role in ("registrar", "executor", "approver", "head"):
        desk.cast.role(person, desk.cast.dep, role)
    assert gives_away(person, case, 45) == []
    owed = queries.Filter(after_closing=True)
    assert queries.body_queue(queries.reader(desk.cast.dep_registrar, today), owed).rows == [case]
    assert queries.counts(queries.reader(desk.cast.dep_registrar, today)).after_closing == 1


def test_a_term_that_is_over_does_not_begin_anew_because_it_is_settled_whom_it_means(desk: Desk) -> None:
    filed = desk.file("message", "centre", about=About("conduct", text="бір басшы"))
    assert filed.case.due_on
    desk.now = datetime.combine(filed.case.due_on + timedelta(days=1), desk.now.time(), UTC)
    with pytest.raises(Refused, match="term_over"):  # the clock has not ticked yet
        desk.do("resolve_about", filed.case, "dep_registrar", post_code=desk.cast.posts["dep_head"].code)
    assert clock.tick(at=desk.at()).done["lapse"] == 1


def test_where_nobody_is_named_the_appeal_itself_says_whom_it_means(desk: Desk) -> None:
    """It goes up all the same; whoever stands in its text is kept away until intake has settled whom it means."""
    told = "Қабылдау кезінде маған дөрекі сөйледі.\nБұл Қасымованың бөлмесінде болды."
    nobody = desk.file("message", "centre", about=About("conduct"))
    named = desk.file("message", "centre", about=About("conduct", text=" "), text=told)
    assert (nobody.case.body.code, named.case.body.code) == ("dep", "city")
    assert gives_away(desk.cast.dep_head, named.case, 45) == []
    assert nobody.case.accusation.text == "Мәселені шешіп беріңіздерші."


def test_who_is_named_in_the_superior_body_never_gets_it_there(desk: Desk) -> None:
    filed = desk.file("message", "centre", about=About("conduct", text="басқарма басшысы Қасымоваға қатысты"))
    assert filed.case.body.code == "city"
    assert gives_away(desk.cast.dep_head, filed.case, 45) == []


def test_resolved_to_the_own_head_the_case_goes_higher(desk: Desk) -> None:
    filed = desk.file("message", "centre", about=About("conduct", text="бір басшы"))
    assert filed.case.body.code == "dep"
    desk.do("resolve_about", filed.case, "dep_registrar", post_code=desk.cast.posts["dep_head"].code)
    case = queries.follow(filed.case.number, filed.code).case
    assert case.body.code == "city"
    assert gives_away(desk.cast.dep_registrar, case, 45) == []


def test_at_the_end_of_the_chain_an_outside_body_or_the_court(desk: Desk, request: pytest.FixtureRequest) -> None:
    desk.cast.role(desk.cast.outside_head, desk.cast.outside, "registrar")  # type: ignore[arg-type]
    assert desk.accuse("city_head", "city").case.body.code == "outside"


def test_without_an_outside_body_the_court_is_told(cast_no_outside: object) -> None:
    desk = Desk(cast_no_outside)  # type: ignore[arg-type]
    filed = desk.accuse("city_head", "city")
    seen = queries.follow(filed.case.number, filed.code)
    assert (seen.case.state, seen.case.is_open) == ("court_route", False)
    assert [letter.kind for letter in seen.letters] == ["talon", "court_route"]


def test_the_challenged_may_pass_up_or_satisfy_and_not_decide(desk: Desk) -> None:
    filed = desk.file("complaint", "centre")
    desk.do("pass_up", filed.case, "centre_head")
    desk.cast.role(desk.cast.centre_executor, desk.cast.dep, "executor")
    people = queries.assignable(queries.follow(filed.case.number, filed.code).case, desk.now.date())
    assert desk.cast.centre_executor not in people
    assert desk.cast.dep_executor in people


def test_redirected_never_below_the_accused(desk: Desk) -> None:
    filed = desk.accuse("dep_head", "dep")
    assert filed.case.body.code == "city"
    with pytest.raises(Refused, match="body_answers_to_accused"):
        desk.do("redirect", filed.case, "city_registrar", body="centre", reason="Сіздің мәселе.")


def test_children_of_an_accusation_bar_the_same(desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre")
    desk.wait(days=40)
    actions.lapse(filed.case, at=desk.at())
    child = actions.complain_further(filed.case, text="Жауап жоқ.", by=actions.APPLICANT, at=desk.at())
    assert child.case.is_accusation
    assert gives_away(desk.cast.centre_head, child.case, 85) == []


def test_the_journal_shows_no_rule_and_no_date_of_an_accusation(desk: Desk) -> None:
    accused = desk.accuse("centre_head", "centre").case.steps.get().entry.leaf
    plain = desk.file("message", "water").case.steps.get().entry.leaf
    assert '"d"' not in accused and '"r"' not in accused
    assert '"d"' in plain and '"r"' in plain


def test_who_left_the_accused_since_filing_stays_barred(desk: Desk) -> None:
    case = desk.accuse("centre_head", "centre").case
    today = desk.now.date()
    for post in bodies.posts_held(desk.cast.employee, today):
        bodies_actions.release(post=post, person=desk.cast.employee, until=today, at=desk.at())
    desk.cast.role(desk.cast.employee, desk.cast.dep, "registrar")
    assert desk.cast.centre_head.pk not in bodies.answers_to(desk.cast.employee, day(46))
    assert gives_away(desk.cast.employee, case, 46) == []


def test_who_came_below_the_accused_after_filing_is_barred(desk: Desk) -> None:
    case = desk.accuse("centre_head", "centre").case
    who = queries.reader(desk.cast.dep_approver, day(46))
    assert queries.may_see(who, case.pk)
    post = bodies_actions.found_post(
        body=desk.cast.centre, code="new-post", names={"kk": "Кеңесші", "ru": "Советник", "en": "Adviser"}, at=desk.at()
    )
    bodies_actions.appoint(post=post, person=desk.cast.dep_approver, since=day(46), at=desk.at())
    assert gives_away(desk.cast.dep_approver, case, 46) == []


def test_who_stands_in_below_the_accused_is_barred_while_it_lasts(desk: Desk) -> None:
    case = desk.accuse("centre_head", "centre").case
    desk.cast.away("centre_registrar", substitute="dep_approver", since=day(46), until=day(48))
    assert gives_away(desk.cast.dep_approver, case, 47) == []
    assert queries.may_see(queries.reader(desk.cast.dep_approver, day(49)), case.pk)

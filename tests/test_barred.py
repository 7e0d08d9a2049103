"""Nobody who is accused, and nobody below, meets the case at any address of the house: over random cities, every page.

Two things are held. What stands about the case in an address gives the same answer, to the byte and to the number of
questions put to the database, as a number that no case has. And no other page changes by a byte when the case is filed.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from qyzmet.bodies import actions as bodies
from qyzmet.bodies.models import Body, Person, Post, Role
from qyzmet.cases import actions
from qyzmet.cases.actions import About as Whom
from qyzmet.cases.actions import Author
from qyzmet.cases.models import Case
from qyzmet.cases.papers import keep
from qyzmet.desk import two_factor
from qyzmet.letters.models import Dispatch
from qyzmet.text.codes import case_number
from tests import every_route as every
from tests.bodies.random_city import DAYS, ROLES, City, Slow, cities, day, store
from tests.bodies.test_random_cities import forgotten
from tests.cases.desk import AUTHOR
from tests.cases.test_barred import noon
from tests.cast import NOW

pytestmark = pytest.mark.django_db
many = settings(
    max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
SECRET = {
    "subject": "Қыспаққа алып",
    "text": "ұпай жинатады",
    "name": "Өзгешебаева",
    "address": "Қырмызы тұйығы",
}
"""What stands in the accusation and nowhere else."""
CHANGES = frozenset({"Content-Length", "Expires"})
"""Headers that follow from the clock, or from a token in the page."""
PUBLIC_LOG = ("/log/", "/desk/log/")
"""How many rows the log of the whole city has is public, and says of no case that it is there."""
NOBODY_HAS = case_number(2026, b"nobod")
TYPED = [AUTHOR.name, "Серік", "Өзгеше", "Қыспаққа", "ұпай", NOBODY_HAS]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment at which everything is asked for; nobody is held up for a second factor."""
    now = [NOW]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    monkeypatch.setattr(two_factor, "_lacks", lambda request: False)
    return now


def accuse(post: Post, body: Body, at: datetime) -> Case:
    """An appeal about the holder of that post, with a paper and letters for the post."""
    other = Author(role="joined", name="Өзгешебаева Қырмызы", address="Қырмызы тұйығы, 7")
    paper = keep(BytesIO(b"%PDF-1"), name="a.pdf", kind="attachment", origin="applicant", at=at)
    return actions.register(
        procedure="message", body=body.code, text="Қыспаққа алып отыр.\n\nБасшы ұпай жинатады.", language="kk",
        authors=[AUTHOR, other], about=Whom("conduct", post_code=post.code), by=actions.APPLICANT, at=at,
        papers=[paper], answer_channel="post",
    ).case  # fmt: skip


def ended(case: Case, at: datetime) -> Case:
    """The case, taken back if it did not end with the way to court; the body owes a look into its file."""
    case.refresh_from_db()
    if case.is_open:
        actions.withdraw(case, by=actions.APPLICANT, at=at)
    actions.ask_file(case, by=actions.APPLICANT, at=at)
    return case


def ordinary(city: list[Body], at: datetime) -> list[Case]:
    """Matters of the same person at every body, which anybody with a role there may see."""
    kinds = ("application", "complaint", "request")
    return [
        actions.register(
            procedure=kinds[n % 3], body=body.code, text="Құбыр жарылды.", language="kk", authors=[AUTHOR],
            by=actions.APPLICANT, at=at, answer_channel="post",
        ).case
        for n, body in enumerate(city)
    ]  # fmt: skip


def about(case: Case, ordinary: Case, number: str = "") -> every.About:
    """The case with its own papers and letters, under its number or under another."""
    letters = list(case.case_letters.values_list("letter_id", flat=True))
    ways = Dispatch.objects.filter(letter__in=letters).values_list("pk", flat=True)
    papers = case.papers.values_list("pk", flat=True)
    return every.About(number or case.number, tuple(papers), tuple(letters), tuple(ways), ordinary.number)


class Visitor:
    """A person with a browser and a token."""

    def __init__(self, person: Person, at: datetime) -> None:
        self.browser = Client()
        self.browser.force_login(person)
        self.token = bodies.issue_token(person=person, name="t", scopes=("read", "act"), at=at).text

    def answer(self, ask: every.Ask) -> tuple[Any, int]:
        """Everything that comes back but what differs each time, and how many questions the database was asked."""
        cache.clear()
        asked = [0]

        def count(execute: Any, *query: Any) -> Any:
            asked[0] += 1
            return execute(*query)

        with transaction.atomic(), connection.execute_wrapper(count):
            response = every.send(ask, self.browser, self.token)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        headers = sorted((name, value) for name, value in response.items() if name not in CHANGES)
        return (response.status_code, headers, _still(body.decode("utf-8", "replace"))), asked[0]


def _still(page: str) -> str:
    page = re.sub(r'name="(csrfmiddlewaretoken|draft)" value="[^"]+"', "", page)
    return re.sub(r'id="mfa[^"]*"|otpauth[^"<]*|data:image/svg[^"]*|secret[^<]*<[^<]*', "", page)


def hidden(answer: Any, number: str) -> Any:
    """The answer without the number that was asked for, however it is written."""
    status, headers, body = answer
    written = re.compile("|".join((number, number.lower(), number.replace("-", ""))))
    told = [(name, written.sub("#", value)) for name, value in headers]
    return status, told, written.sub("#", body)


def tells(case: Case, answer: Any) -> list[str]:
    """What of the case stands in the answer."""
    _, headers, body = answer
    page = f"{headers} {body}"
    return [what for what, said in {**SECRET, "number": case.number}.items() if said in page]


def everything_of_the_city(cases: list[Case], codes: list[str]) -> list[every.Ask]:
    """Lists, look-ups and counts, and the pages of ordinary cases."""
    asks = every.pages_of_the_city(TYPED, codes) + every.programs_of_the_city(TYPED)
    for case in cases[:1]:
        page, program = f"/desk/cases/{case.number}/", f"/api/v1/desk/cases/{case.number}"
        asks += [every.Ask("GET", page + end) for end in ("", "do/return/", "do/terminate/", "do/assign/")]
        asks += [every.Ask("GET", program + end, as_program=True) for end in ("", "/earlier", "/assignable")]
    return asks


def hold_addresses(who: Visitor, case: Case, ordinary: Case, part: slice) -> None:
    """Whatever takes a number says of this case what it says of none."""
    real, none = about(case, ordinary), about(case, ordinary, NOBODY_HAS)
    pairs = zip(
        every.pages_of_a_case(real) + every.programs_about(real),
        every.pages_of_a_case(none) + every.programs_about(none),
        strict=True,
    )
    for ask, same in list(pairs)[part]:
        (there, asked), (absent, asked_of_none) = who.answer(ask), who.answer(same)
        assert hidden(there, case.number) == hidden(absent, NOBODY_HAS), str(ask)
        assert asked == asked_of_none, f"{ask}: {asked} and {asked_of_none} questions to the database"
        assert tells(case, hidden(there, case.number)) == [], str(ask)
        if f"/desk/cases/{case.number}" in ask.path:
            assert there[0] in (404, 405), (str(ask), there[0])


def beyond(at: datetime) -> Body:
    """A body outside the city with a registrar, so that the case is open somewhere."""
    names = {"kk": "Прокуратура", "ru": "Прокуратура", "en": "Prosecutor"}
    body = bodies.found_body(code="beyond", kind="state", names=names, outside=True, at=at)
    clerk = bodies.add_person(login="clerk", surname="Бейтарап", given="Адам", at=at)
    bodies.grant_role(person=clerk, body=body, role="registrar", since=day(0), at=at)
    return body


def grant_all(people: list[Person], city: list[Body]) -> None:
    """Everybody holds every role everywhere: the bar is stronger than any role."""
    rights = [
        Role(person=person, body=body, role=role, since=day(0), noted_at=noon(0))
        for person in people
        for body in city
        for role in ROLES
    ]
    Role.objects.bulk_create(rights, ignore_conflicts=True)


@pytest.mark.parametrize("third", [slice(n, None, 3) for n in range(3)], ids=["first", "second", "third"])
@many
@given(city=cities(), filed=st.integers(0, DAYS), later=st.integers(0, DAYS), data=st.data())
def test_no_address_tells_the_barred_anything(
    clock: list[datetime], third: slice, city: City, filed: int, later: int, data: st.DataObject
) -> None:
    slow, now = Slow(city, filed), Slow(city, later)
    held = [n for n in range(len(city.posts)) if slow.holders(n)]
    assume(filed <= later and held)
    post = data.draw(st.sampled_from(held))
    (accused,) = slow.holders(post)
    barred = [n for n in range(city.people) if accused in slow.answers_to(n) | now.answers_to(n) | {n}]
    someone, powers = data.draw(st.sampled_from(barred)), data.draw(st.booleans())
    with forgotten():
        clock[0] = noon(filed)
        places, posts, people = store(city)
        if data.draw(st.booleans()):
            places = [*places, beyond(clock[0])]
        cases, codes = ordinary(places, clock[0]), [place.code for place in places]
        asks = everything_of_the_city(cases, codes)[third]

        def visit(at: datetime) -> tuple[Visitor, list[Any]]:
            clock[0] = at
            if powers:
                grant_all(people, places)
            who = Visitor(people[someone], at)
            return who, [who.answer(ask)[0] for ask in asks]

        with transaction.atomic():
            without = visit(noon(later))[1]
            transaction.set_rollback(True)
        clock[0] = noon(filed)
        case = accuse(posts[post], places[0], clock[0])
        over = ended(accuse(posts[post], places[0], clock[0]), clock[0])
        who, answers = visit(noon(later))
        for ask, before, after in zip(asks, without, answers, strict=True):
            if not ask.path.startswith(PUBLIC_LOG):
                assert after == before, str(ask)
            told = hidden(after, str(ask.given.get("q") or ask.given.get("text") or "#"))
            assert tells(case, told) == tells(over, told) == [], str(ask)
        hold_addresses(who, case, cases[0], third)


def test_no_address_for_programs_is_kept_out_of_the_description() -> None:
    assert every.undescribed() == ["/api/v1/openapi.json", "/api/v1/", "/api/v1/{rest}"]

"""A case about somebody does not exist for them, nor for whoever answers to them: by any address, in any list."""

from collections.abc import Callable
from typing import Any

import pytest

from qyzmet.api.face import api
from qyzmet.bodies import actions as bodies
from qyzmet.cases.actions import Filed
from tests.api.conftest import Program
from tests.cases.desk import Desk
from tests.cast import NOW, SINCE, Cast

Make = Callable[..., Program]
BARRED = ["centre_head", "centre_registrar", "centre_executor", "centre_approver", "employee", "administrator"]
SCHEMA: Any = api.described()
OPERATIONS = [
    (method, path) for path, operations in SCHEMA["paths"].items() for method in operations if "/desk/" in path
]


@pytest.fixture
def accused(desk: Desk) -> Filed:
    """An appeal about the head of the centre, in the hands of the department."""
    return desk.accuse("centre_head", "centre")


@pytest.fixture
def powers(cast: Cast) -> None:
    """Everybody barred has every role in the body that decides: the bar is stronger than any role."""
    for name in BARRED:
        for role in ("registrar", "executor", "approver", "head"):
            bodies.grant_role(person=cast.people[name], body=cast.dep, role=role, since=SINCE, at=NOW)


def needed(path: str) -> dict[str, Any]:
    """A request of that step that could be taken."""
    body = SCHEMA["paths"][path]["post"].get("requestBody")
    if body is None:
        return {}
    described = body["content"]["application/json"]["schema"]
    name = described.get("$ref", described.get("allOf", [{}])[0].get("$ref", "")).rsplit("/", 1)[-1]
    whole = SCHEMA["components"]["schemas"][name]
    return {field: sample(field, whole["properties"][field]) for field in whole.get("required", [])}


def sample(name: str, described: dict[str, Any]) -> Any:
    samples = {
        "when": "2026-05-01T10:00:00+05:00",
        "delivered_at": "2026-04-15T10:00:00+05:00",
        "body": "city",
        "how": "signed",
    }
    kinds = {"integer": 3, "boolean": True, "array": ["no_signature"]}
    if described.get("format") == "date":
        return "2026-04-15"
    return samples.get(name) or kinds.get(described.get("type", ""), "Мән")


@pytest.mark.parametrize("name", BARRED)
def test_absent_from_every_address(
    name: str, program: Make, accused: Filed, desk: Desk, cast: Cast, powers: None
) -> None:
    there, absent = accused.case.number, "2026-0000-0000"
    asks = program(name)
    for method, path in OPERATIONS:
        if "{number}" not in path:
            continue
        answers = []
        for number in (there, absent):
            address = path.removeprefix("/api/v1").replace("{number}", number).replace("{paper_id}", "1")
            answers.append(asks.get(address) if method == "get" else asks.post(address, needed(path)))
        assert answers[0].status_code == answers[1].status_code == 404, (path, answers[0].content)
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize("name", BARRED)
def test_absent_from_every_list(name: str, program: Make, accused: Filed, desk: Desk, cast: Cast, powers: None) -> None:
    other = desk.file("message", "dep")
    asks = program(name)
    lists: list[dict[str, str]] = [{"list": "mine"}, {"list": "body"}, {"list": "body", "procedure": "message"}]
    for query in lists:
        assert accused.case.number not in asks.get("/desk/queue", query).content.decode()
    for text in (accused.case.number, "Серікбаева"):
        rows = asks.get("/desk/look-up", {"text": text}).json()["rows"]
        assert accused.case.number not in [row["number"] for row in rows]
    earlier = asks.get(f"/desk/cases/{other.case.number}/earlier")
    assert accused.case.number not in earlier.content.decode()
    assert other.case.number in asks.get("/desk/queue", {"list": "body"}).content.decode()


def test_those_who_decide_see_it(program: Make, accused: Filed, cast: Cast) -> None:
    number = accused.case.number
    for name in ("dep_registrar", "dep_head", "dep_approver"):
        assert program(name).get(f"/desk/cases/{number}").status_code == 200
        assert number in program(name).get("/desk/queue", {"list": "body"}).content.decode()
    view = program("dep_registrar").get(f"/desk/cases/{number}").json()
    assert view["accusation"]["post"] == cast.posts["centre_head"].code


def test_not_given_to_the_barred(program: Make, accused: Filed, cast: Cast, powers: None) -> None:
    registrar = program("dep_registrar")
    listed = registrar.get(f"/desk/cases/{accused.case.number}/assignable").json()["rows"]
    assert {one["login"] for one in listed} == {"dep.executor", "colleague"}
    for step, field in (("assign", "executor"), ("add_co_executor", "person")):
        refused = [
            registrar.step(accused.case.number, step, {field: login}, status=422 if step == "assign" else 409)
            for login in ("centre.executor", "nobody.at.all")
        ]
        assert refused[0] == refused[1]


def test_whoever_comes_to_answer_to_the_accused_later(program: Make, accused: Filed, cast: Cast) -> None:
    number = accused.case.number
    approver = program("dep_approver")
    assert approver.get(f"/desk/cases/{number}").status_code == 200
    bodies.appoint(post=_post(cast), person=cast.dep_approver, since=SINCE, at=NOW)
    assert approver.get(f"/desk/cases/{number}").status_code == 404


def _post(cast: Cast) -> Any:
    names = {"kk": "Кеңесші", "ru": "Советник", "en": "Adviser"}
    return bodies.found_post(body=cast.centre, code="adviser", names=names, at=NOW)


def test_an_unsettled_accusation_is_for_intake_alone(program: Make, desk: Desk, cast: Cast) -> None:
    from qyzmet.cases.actions import About

    filed = desk.file("message", "centre", about=About("conduct", text="бір қызметкер"))
    assert program("dep_registrar").get(f"/desk/cases/{filed.case.number}").status_code == 200
    for name in ("dep_head", "dep_approver", "administrator", "centre_registrar"):
        assert program(name).get(f"/desk/cases/{filed.case.number}").status_code == 404
    settled = {"post": cast.posts["centre_head"].code}
    assert program("dep_registrar").step(filed.case.number, "resolve_about", settled)["step"] == "resolve_about"
    assert program("dep_head").get(f"/desk/cases/{filed.case.number}").status_code == 200

"""A page costs as many questions to the database with ten rows as with one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Program
from tests.cases.desk import Desk


def cost(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert ask().status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/desk/queue", {"list": "body"}),
        ("/desk/queue", {"list": "mine"}),
        ("/desk/look-up", {"text": "Серікбаева"}),
        ("/desk/cases/{number}/earlier", {}),
        ("/bodies", {}),
        ("/procedures", {}),
    ],
)
def test_lists(program: Callable[..., Program], desk: Desk, path: str, query: dict[str, str]) -> None:
    number = desk.file("application", "water").case.number
    desk.assign(desk.file("application", "water").case, "water")
    asks = program("water_executor" if query.get("list") == "mine" else "water_registrar")
    address = path.format(number=number)
    asks.get(address, query)  # what a process reads once is read
    few = cost(lambda: asks.get(address, query))
    for _ in range(8):
        desk.assign(desk.file("message", "water").case, "water")
    assert cost(lambda: asks.get(address, query)) == few
    assert few <= 12


def test_a_case_with_much_on_it(anybody: Program, program: Callable[..., Program], desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    registrar = program("water_registrar")

    def at_the_desk() -> Any:
        return registrar.get(f"/desk/cases/{filed.case.number}")

    def by_code() -> Any:
        return anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=filed.code)

    desk.draft(filed.case, "water", "act_adopted")
    desk.do("redirect_part", filed.case, "water_registrar", body="dep", part_text="А.", reason="Б.")
    desk.do("give_file", filed.case, "water_registrar", how="Көрсетілді.")
    few = cost(at_the_desk), cost(by_code)
    for _ in range(5):
        desk.draft(filed.case, "water", "act_adopted")
        desk.do("redirect_part", filed.case, "water_registrar", body="dep", part_text="А.", reason="Б.")
        desk.do("give_file", filed.case, "water_registrar", how="Көрсетілді.")
    assert (cost(at_the_desk), cost(by_code)) == few

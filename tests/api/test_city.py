"""Bodies and procedures, open to anybody."""

import pytest

from qyzmet.bodies import actions as bodies
from qyzmet.cases.rules import rules
from tests.api.conftest import Program
from tests.cast import BODIES, NOW


def test_bodies_in_pages(anybody: Program) -> None:
    names = {"kk": "Әділет бөлімі", "ru": "Отдел юстиции", "en": "Justice"}
    bodies.found_body(code="justice", kind="state", names=names, at=NOW)
    seen, after = [], ""
    while True:
        page = anybody.get("/bodies", {"limit": 2, "after": after}).json()
        seen += page["rows"]
        after = page["after"]
        if after is None:
            break
    assert sorted(row["code"] for row in seen) == sorted([*BODIES, "justice"])
    assert seen[0]["code"] == "justice"  # Ә stands before Ж, Қ, М, С
    assert seen == anybody.get("/bodies").json()["rows"]
    centre = next(row for row in seen if row["code"] == "centre")
    assert centre == {
        "code": "centre",
        "kind": "local",
        "names": dict(zip(("kk", "ru", "en"), BODIES["centre"], strict=True)),
        "superior": "dep",
    }


@pytest.mark.parametrize(
    "query", [{"after": "nowhere"}, {"limit": "0"}, {"limit": "many"}, {"page": "2"}, {"after": "\x00"}]
)
def test_pages_that_are_none(anybody: Program, query: dict[str, str]) -> None:
    assert anybody.get("/bodies", query).status_code == 422


def test_procedures_hold_the_codes_that_requests_use(anybody: Program) -> None:
    rows = anybody.get("/procedures").json()["rows"]
    kinds = {code for code, rule in rules().procedures.items() if not rule.abstract}
    assert {row["code"] for row in rows} == kinds >= {"application", "complaint", "message"}
    complaint = next(row for row in rows if row["code"] == "complaint")
    assert {"at_challenged", "answered"} <= {state["code"] for state in complaint["states"]}
    steps = {step["code"]: step for step in complaint["steps"]}
    assert steps["pass_up"]["states"] == ["at_challenged"]
    assert "dismissed" in {outcome["code"] for outcome in complaint["outcomes"]}
    assert complaint["name"]["kk"] == "Шағым"

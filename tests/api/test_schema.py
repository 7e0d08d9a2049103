"""The interface does what its description says, whatever is sent: a few generated requests to every address."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from qyzmet.api.face import api
from qyzmet.bodies import actions as bodies
from qyzmet.wsgi import application
from tests.api.conftest import Program
from tests.cases.desk import Desk
from tests.cast import NOW, SINCE

COMMITTED = Path(__file__).resolve().parents[2] / "docs/reference/openapi.json"
DESCRIBED: dict[str, Any] = json.loads(json.dumps(api.described()))
SCHEMA: Any = schemathesis.openapi.from_dict(DESCRIBED)
SCHEMA.app = application
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
CHECKS: Any = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
FEW = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The server under test keeps the connection of the test, whose transaction is rolled back."""
    both = (request_started, request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("part", ["city", "appeals", "desk"])
def test_any_request(part: str, program: Callable[..., Program], desk: Desk, one_connection: None) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    for role in ("registrar", "approver", "head"):
        bodies.grant_role(person=desk.cast.water_executor, body=desk.cast.water, role=role, since=SINCE, at=NOW)
    headers = {**program("water_executor").headers, "X-Follow-Code": filed.code}

    def ask(case: Any) -> None:
        if "number" in case.path_parameters and case.meta.generation.mode == GenerationMode.POSITIVE:
            case.path_parameters["number"] = filed.case.number
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    for operation in (one for one in OPERATIONS if one.tags == [part]):
        for mode in modes(operation):
            FEW(given(case=operation.as_strategy(generation_mode=mode))(ask))()


def modes(operation: Any) -> list[GenerationMode]:
    """As described; and against the description, where there is something to break."""
    breakable = operation.method == "post" or len(operation.query) > 0
    return [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if breakable else [])]


def test_the_description_is_served_and_committed(anybody: Program) -> None:
    served = anybody.get("/openapi.json")
    assert served.status_code == 200
    assert served.json() == DESCRIBED
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == DESCRIBED, "run tools/reference.py write"


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [one["operationId"] for path in DESCRIBED["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "path", ["", "/nothing", "/appeals/", "/docs", "/desk", "/desk/cases/x/steps/nothing", "/a/b/c"]
)
def test_other_addresses_answer_in_the_same_form(anybody: Program, path: str) -> None:
    anybody.client.handler.enforce_csrf_checks = True  # as every server does
    for response in (anybody.get(path or "/"), anybody.post(path or "/", {})):
        assert response.status_code in (404, 405)
        assert set(response.json()) == {"code", "message", "detail"}


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_other_methods_are_named(anybody: Program, method: str) -> None:
    response = getattr(anybody.client, method)("/api/v1/appeals")
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_an_error_of_ours_is_logged_and_told_in_one_sentence(
    anybody: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall(*_: Any) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("qyzmet.bodies.queries.every_body", fall)
    response = anybody.get("/bodies")
    assert (response.status_code, response.json()["code"]) == (500, "broken")
    assert "secret" not in response.content.decode()
    assert "a secret of the house" in caplog.text

"""Every address of the house, found in its own tables and filled in: a new page is asked for without being named.

A route with a part nobody has said how to fill, or a list nobody has said how to narrow, is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from itertools import product
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from qyzmet.api.face import PREFIX, api
from qyzmet.cases.queries import Filter
from qyzmet.cases.rules import rules
from qyzmet.desk.views import calendar, dispatch
from qyzmet.desk.ways import WAYS
from qyzmet.portal.answers import ANSWERS
from qyzmet.portal.urls import PAGES

SCHEMA: Any = api.described()
RULES = [rule for rule in rules().procedures.values() if not rule.abstract]
KINDS = [rule.code for rule in RULES]
PLAIN = sorted({code for rule in RULES for code, step in rule.steps.items() if step.plain})
STATES = sorted({state for rule in RULES for state in rule.states})


@dataclass(frozen=True)
class Ask:
    """One request. `as_program`: with a token instead of a login."""

    method: str
    path: str
    given: dict[str, Any] = field(default_factory=dict, hash=False)
    as_program: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.given or ''}"


@dataclass(frozen=True)
class About:
    """The case asked about."""

    number: str
    papers: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()
    dispatches: tuple[int, ...] = ()
    ordinary: str = ""
    """The number of another case, which the asker may work on."""


def _walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name or ''}", one


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route but those for programs, by its full name. A route without a name is an error."""
    for name, route in _walk(get_resolver()):
        if not name.startswith("ninja:"):
            assert not name.endswith(":") and name, f"a route without a name: {route.pattern}"
            yield name, route


def undescribed() -> list[str]:
    """Addresses for programs that the description leaves out, and that nobody would therefore ask for."""
    found = [str(route.pattern) for name, route in _walk(get_resolver()) if name.startswith("ninja:")]
    paths = [PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path) for path in found]
    return [path for path in paths if path not in SCHEMA["paths"]]


def parts_of(route: URLPattern) -> list[str]:
    """Names of what stands in an address of this route."""
    return [*(getattr(route.pattern, "regex").groupindex or route.pattern.converters)]  # noqa: B009


def _fills(name: str, part: str, about: About, codes: list[str]) -> list[Any]:
    """All values of one part of an address."""
    known: dict[tuple[str, str], list[Any]] = {
        ("portal:help", "number"): [1, 2, 3],
        ("portal:body", "code"): codes,
        ("portal:published", "code"): codes,
        ("portal:published_feed", "code"): codes,
        ("portal:page", "name"): [*PAGES],
        ("portal:sent_pdf", "language"): ["kk"],
        ("portal:accused_pdf", "letter_id"): [*about.letters, 1],
        ("portal:answer", "step"): [*ANSWERS],
        ("portal:calendar_file", "year"): [2026, 1999],
        ("portal:log_file", "path"): ["checkpoint", "tile/0/000", "tile/entries/000"],
        ("portal:law_procedure", "code"): KINDS,
        ("portal:law_calendar", "year"): [2026],
        ("desk:act", "code"): [*WAYS, *PLAIN],
        ("desk:calendar_back", "n"): [1],
        ("desk:calendar_run", "verb"): [*calendar.VERBS],
    }
    plain: dict[str, list[Any]] = {
        "number": [about.number],
        "paper_id": [*about.papers] or [1],
        "letter_id": [*about.letters] or [1],
        "dispatch_id": [*about.dispatches] or [1],
        "verb": [*dispatch.VERBS, "delivered"],
        "newsroom_id": [1],
        "publication_id": [1],
    }
    found = known.get((name, part), plain.get(part))
    assert found is not None, f"say in {__name__} how to fill <{part}> of the new route {name}"
    return found


def pages_of_a_case(about: About) -> list[Ask]:
    """Every page with the number of a case in its address, looked at and sent to; and what else takes a number."""
    asks = []
    for name, route in routes():
        parts = parts_of(route)
        if "number" not in parts or name == "portal:help":
            continue
        for values in product(*(_fills(name, part, about, []) for part in parts)):
            path = reverse(name, kwargs=dict(zip(parts, values, strict=True)))
            sent = {"sure": "on", "text": "Мән", "day_0": "1", "day_1": "4", "day_2": "2026", "code": "A" * 20}
            asks += [Ask("GET", path), Ask("POST", path, sent)]
    typed = {"number": about.number, "code": "A" * 20}
    asks += [Ask("POST", reverse("desk:talon"), typed), Ask("POST", reverse("portal:follow"), typed)]
    if about.ordinary:  # the number of an earlier case is asked for in the form of another
        identical = {"ground": "identical", "reason": "Мән", "parent": about.number, "sure": "on"}
        asks.append(Ask("POST", reverse("desk:act", args=[about.ordinary, "return"]), identical))
    for written in (about.number, about.number.lower(), about.number.replace("-", "")):
        asks += [Ask("GET", reverse(f"desk:{name}"), {"q": written}) for name in ("lookup", "suggest")]
    return asks


def pages_of_the_city(words: list[str], codes: list[str]) -> list[Ask]:
    """Every page without a case in its address: each list with each of its filters, and looked through for `words`."""
    asks = []
    for name, route in routes():
        parts = parts_of(route)
        if "number" in parts and name != "portal:help":
            continue
        for values in product(*(_fills(name, part, About(""), codes) for part in parts)):
            path = reverse(name, kwargs=dict(zip(parts, values, strict=True)))
            asks += [Ask("GET", path, query) for query in _queries(name, words, codes)]
    return asks


def _queries(name: str, words: list[str], codes: list[str]) -> list[dict[str, Any]]:
    """With which queries a page is asked for. A page of the desk that is not here is an error."""
    switches = [one.name for one in fields(Filter) if one.default is False]
    filters: list[dict[str, Any]] = [{}, *({switch: 1} for switch in switches)]
    filters += [{"kind": kind} for kind in KINDS] + [{"state": state} for state in STATES]
    filters += [{"state": state, "closed": 1} for state in STATES[::4]]
    period = {"since_0": 1, "since_1": 1, "since_2": 2026, "until_0": 30, "until_1": 12, "until_2": 2026}
    order = {"off_on_0": 22, "off_on_1": 4, "off_on_2": 2026, "dated_0": 10, "dated_1": 1, "dated_2": 2026}
    order |= {"number": "1", "url": "https://adilet.example/1"}
    looked: list[dict[str, Any]] = [{"q": word} for word in words]
    bodies: list[dict[str, Any]] = [{"body": code} for code in codes]
    known: dict[str, list[dict[str, Any]]] = {
        "desk:mine": filters[: 1 + len(switches)],
        "desk:queue": filters,
        "desk:overdue": [{}],
        "desk:lookup": looked,
        "desk:suggest": looked,
        "desk:dispatch": bodies,
        "desk:stuck": bodies,
        "desk:book": bodies,
        "desk:export": [{}, period],
        "desk:help": [{}],
        "desk:calendar": [{}],
        "desk:calendar_preview": [{}, order],
        "desk:calendar_back": [{}],
        "desk:calendar_run": [{}],
        "desk:log": [{}],
        "desk:answers": [{}],
        "desk:register": [{}],
        "desk:newsrooms": [{}],
        "desk:newsroom": [{}],
        "desk:statements": [{}],
        "desk:withdraw_statement": [{}],
        "desk:talon": [{}],
    }
    assert name in known or not name.startswith("desk:"), f"say in {__name__} how the page {name} can be narrowed"
    return known.get(name, [{}])


def _operations() -> Iterator[tuple[str, str, Any]]:
    for path, operations in SCHEMA["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), path, operation


def programs_about(about: About) -> list[Ask]:
    """Every address for programs with a case in it."""
    plain = {"number": [about.number], "paper_id": [*about.papers] or [1], "step": [*PLAIN, "sign"]}
    asks = []
    for method, path, operation in _operations():
        parts = [one["name"] for one in operation.get("parameters", []) if one["in"] == "path"]
        if not parts:
            continue
        unknown = {*parts} - {*plain}
        assert not unknown, f"say in {__name__} how to fill {unknown} of the new address {path}"
        for values in product(*(plain[part] for part in parts)):
            asked = path.format(**dict(zip(parts, values, strict=True)))
            asks.append(Ask(method, asked, _body(operation), as_program=True))
    asks.append(Ask("GET", "/api/v1/desk/look-up", {"text": about.number}, as_program=True))
    return asks


def programs_of_the_city(words: list[str]) -> list[Ask]:
    """Every address for programs that only looks, with every value of every parameter."""
    values: dict[str, list[Any]] = {
        "list": ["mine", "body"],
        "procedure": ["", *KINDS],
        "state": ["", *STATES],
        "overdue": [True],
        "standing": [True],
        "unassigned": [True],
        "closed": [True],
        "after_closing": [True],
        "due_by": ["2026-12-31"],
        "limit": [200],
        "after": [],
        "text": words,
    }
    asks = []
    for method, path, operation in _operations():
        if "{" in path or method != "GET":
            continue
        named = {one["name"]: one for one in operation.get("parameters", []) if one["in"] == "query"}
        assert {*named} <= {*values}, f"say in {__name__} how to fill { ({*named} - {*values}) } of {path}"
        needed = {name: values[name][-1] for name, one in named.items() if one.get("required")}
        asks += [
            Ask("GET", path, {**needed, **place, name: value}, as_program=True)
            for place in ([{"list": one} for one in values["list"]] if "list" in named else [{}])
            for name in (named or {"": 0})
            for value in (values[name] if name else [None])
            if name != "list" and (name != "state" or place.get("list") == "body")
        ]
    return [Ask(one.method, one.path, {k: v for k, v in one.given.items() if k}, True) for one in asks]


def _body(operation: Any) -> dict[str, Any]:
    """A request that could be taken, as the description has it."""
    if "requestBody" not in operation:
        return {}
    return _made(operation["requestBody"]["content"]["application/json"]["schema"])


def _made(schema: Any) -> dict[str, Any]:
    name = schema.get("$ref", schema.get("allOf", [{}])[0].get("$ref", "")).rsplit("/", 1)[-1]
    whole = SCHEMA["components"]["schemas"][name]
    return {field: _sample(field, whole["properties"][field]) for field in whole.get("required", [])}


def _sample(name: str, described: dict[str, Any]) -> Any:
    samples: dict[str, Any] = {
        "when": "2026-05-01T10:00:00+05:00",
        "delivered_at": "2026-04-15T10:00:00+05:00",
        "body": "b0",
        "how": "signed",
        "name": "a.pdf",
        "content": "JVBERi0xLjc=",
    }
    if name in samples:
        return samples[name]
    if described.get("format") == "date":
        return "2026-04-15"
    if described.get("type") == "array":
        inner = described["items"]
        return [_made(inner)] if "$ref" in inner else ["no_signature"]
    return {"integer": 3, "boolean": True, "object": {}}.get(described.get("type", ""), "Мән")


def send(ask: Ask, browser: Client, token: str) -> Any:
    """The answer to a request."""
    if not ask.as_program:
        return browser.get(ask.path, ask.given) if ask.method == "GET" else browser.post(ask.path, ask.given)
    headers = {"Authorization": f"Bearer {token}"}
    if ask.method == "GET":
        return Client().get(ask.path, ask.given, headers=headers)
    return Client().generic(ask.method, ask.path, json.dumps(ask.given), "application/json", headers=headers)

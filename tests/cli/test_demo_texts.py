"""The bank of demo texts: complete, in both working languages, and matched to the demo city."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import qyzmet
from qyzmet.law import kz

DEMO = Path(qyzmet.__file__).parent / "cli" / "demo"
APPEALS: list[dict[str, Any]] = tomllib.loads((DEMO / "texts.toml").read_text(encoding="utf-8"))["appeal"]
CITY = {body["code"]: body for body in tomllib.loads((DEMO / "city.toml").read_text(encoding="utf-8"))["body"]}
SIMPLIFIED = {"answered", "noted"}
OUTCOMES = {
    "application": {"act_adopted_favourable", "act_adopted_adverse"},
    "complaint": {
        "act_cancelled", "act_replaced", "action_done", "dismissed", "sent_back", "left_without_consideration",
    },
    "message": SIMPLIFIED,
    "request": SIMPLIFIED,
    "suggestion": SIMPLIFIED,
    "response": SIMPLIFIED,
}  # fmt: skip
TEXTS = ("kind", "language", "topic", "duty", "body", "text", "answer_facts", "answer_ground", "answer_text", "outcome")


def test_there_are_sixty_about_half_in_each_language() -> None:
    assert len(APPEALS) == len({appeal["topic"] for appeal in APPEALS}) == 60
    assert abs(Counter(appeal["language"] for appeal in APPEALS)["kk"] - 30) <= 2
    assert {appeal["kind"] for appeal in APPEALS if appeal["language"] == "kk"} == set(OUTCOMES)
    assert {appeal["kind"] for appeal in APPEALS if appeal["language"] == "ru"} == set(OUTCOMES)


@pytest.mark.parametrize("appeal", APPEALS, ids=lambda appeal: appeal["topic"])
def test_an_appeal_is_complete_and_its_body_is_found_by_the_duty(appeal: dict[str, Any]) -> None:
    assert set(appeal) - {"accusation", "accused"} == {*TEXTS, "questions"}
    assert all(appeal[key].strip() for key in TEXTS) and appeal["questions"]
    assert appeal["outcome"] in OUTCOMES[appeal["kind"]]
    assert appeal["duty"].lower() in CITY[appeal["body"]]["duties"][appeal["language"]].lower()
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", appeal["text"])) <= 8


@pytest.mark.parametrize("appeal", [a for a in APPEALS if a.get("accusation")], ids=lambda appeal: appeal["topic"])
def test_an_accusation_goes_to_the_body_above_the_accused(appeal: dict[str, Any]) -> None:
    accused = CITY[appeal["accused"].removesuffix("-basshy")]
    assert accused["superior"] == appeal["body"]


@pytest.mark.parametrize("appeal", APPEALS, ids=lambda appeal: appeal["topic"])
def test_kazakh_has_kazakh_letters_and_russian_has_none(appeal: dict[str, Any]) -> None:
    words = " ".join([appeal["text"], appeal["answer_text"], appeal["answer_facts"], *appeal["questions"]])
    assert bool(re.search(r"[әғқңөұүһі]", words.lower())) == (appeal["language"] == "kk")


LAWS: list[dict[str, Any]] = tomllib.loads((DEMO / "texts_laws.toml").read_text(encoding="utf-8"))["appeal"]


@pytest.mark.parametrize("appeal", LAWS, ids=lambda appeal: appeal["topic"])
def test_a_matter_under_another_law_is_complete_and_its_outcome_is_the_law_s(appeal: dict[str, Any]) -> None:
    assert set(appeal) <= {*TEXTS, "questions", "use", "bodies"}
    assert all(appeal[key].strip() for key in TEXTS if key != "duty") and appeal["questions"]
    assert appeal["outcome"] in kz().procedure(appeal["kind"]).outcomes
    assert {appeal["body"], *appeal.get("bodies", ())} <= set(CITY)
    words = " ".join([appeal["text"], appeal["answer_text"], appeal["answer_facts"], *appeal["questions"]])
    assert bool(re.search(r"[әғқңөұүһі]", words.lower())) == (appeal["language"] == "kk")


def test_topics_are_told_once() -> None:
    topics = Counter(appeal["topic"] for appeal in [*APPEALS, *LAWS])
    assert max(topics.values()) == 1

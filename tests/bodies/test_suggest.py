"""Which bodies a story may be for: by its rare words, and nothing rather than nonsense."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.bodies import queries
from qyzmet.cli.demo import city
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def whole_city(tmp_path: Path) -> None:
    city.fill(at=NOW, folder=tmp_path)


@pytest.mark.parametrize(
    ("story", "code"),
    [
        (
            "Жастар орталығының басшысы қызметкерлерден парақшаға лайк басуды талап етеді, ескерту береді.",
            "zhastar-ortalygy",
        ),
        ("В зале обслуживания населения два часа стоял в очереди, половина окон закрыта.", "halyqqa-qyzmet"),
        ("зарплату не платят третий месяц", "enbek-inspekciyasy"),
        ("Халыққа қызмет көрсету орталығында екі сағат кезекте тұрдым, терезелер жабық.", "halyqqa-qyzmet"),
        ("жолда шұңқыр бар", "joldar"),
        ("My pension was not paid", "zeynetaqy"),
    ],
)
def test_rare_words_point_to_a_body(story: str, code: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = queries.suggest_bodies(story, "kk")
    assert code in [body.code for body in found]
    assert len(asked) <= 2


@pytest.mark.parametrize(
    "story",
    [
        "",
        "Басшымыз лайк басуды талап етеді, ескерту береді",
        "Начальник требует ставить лайки на странице в соцсетях и выносит предупреждения",
        "Әлеуметтік желідегі жеке парақшаларымызды тексеріп, суреттерді өшіртеді",
        "Әлеуметтік желідегі жеке парақшаларымызды тексеріп, суреттерді өшіруге мәжбүрлейді.",
        "Работаю в отделе из дома третий месяц, приказ о дистанционной работе не выдают, время не учитывают.",
        "Проверяют наши страницы в социальных сетях и заставляют удалять фотографии",
    ],
)
def test_words_of_anybody_s_story_point_to_none(story: str) -> None:
    assert queries.suggest_bodies(story, "kk") == []


def test_the_likeliest_first_and_no_more_than_wanted() -> None:
    found = [body.code for body in queries.suggest_bodies("не вывозят мусор во дворе", "ru", 2)]
    assert len(found) == 2
    assert "tksh-basqarmasy" in [body.code for body in queries.suggest_bodies("не вывозят мусор", "ru")]

import pytest

from qyzmet.text.languages import Lang
from qyzmet.text.numbers import grouped


@pytest.mark.parametrize(
    ("number", "lang", "said"),
    [
        (39931, "kk", "39\u00a0931"),
        (39931, "ru", "39\u00a0931"),
        (39931, "en", "39,931"),
        (999, "kk", "999"),
        (-1000, "en", "-1,000"),
    ],
)
def test_thousands_are_parted(number: int, lang: Lang, said: str) -> None:
    assert grouped(number, lang) == said

import io
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdf
import pytest

from qyzmet.letters import pdf
from qyzmet.letters.models import Letter
from qyzmet.text.languages import LANGS
from tests.letters.sample import AT, KAZAKH_LETTERS


def letter(**changes: Any) -> Letter:
    usual: dict[str, Any] = {
        "case_number": "2026-4K7M-9XQ2",
        "body_code": "education",
        "body_names": {"kk": "Білім басқармасы", "ru": "Управление образования", "en": "Education Department"},
        "kind": "talon",
        "language": "kk",
        "to_name": "Серікова Әсел",
        "subject": "Жолданым тіркелді",
        "body": f"Бірінші.\n\n{KAZAKH_LETTERS}",
        "created_at": AT,
        "text_sha256": "0123456789abcdef" * 4,
        "official_name": "Аманов Б. С.",
        "official_post": "Басшы",
    }
    return Letter(**usual | changes)


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def words(made: bytes) -> str:
    """All the text, blanks and soft breaks evened out."""
    pages = " ".join(page.extract_text() for page in read(made).pages)
    return " ".join(pages.replace("\u200b", "").split())


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_tagged_titled_and_in_its_language(lang: str) -> None:
    made = read(pdf.render(letter(language=lang)))
    root = made.root_object
    assert str(root["/MarkInfo"]["/Marked"]) == "True"  # type: ignore[index]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == lang
    assert made.metadata is not None
    assert made.metadata.title == "Жолданым тіркелді"
    assert b"<pdfuaid:part>1<" in root["/Metadata"].get_data()  # type: ignore[attr-defined]


def test_every_kazakh_letter_can_be_read_and_copied() -> None:
    text = words(pdf.render(letter()))
    assert KAZAKH_LETTERS in text
    for part in (
        "Білім басқармасы",
        "Управление образования",
        "№ 2026-4K7M-9XQ2",
        "2026 жылғы 15 сәуір",
        "Аманов Б. С.",
    ):
        assert part in text
    assert "Education" not in text


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert pdf.render(letter()) == pdf.render(letter())


@pytest.mark.parametrize(
    "value",
    [
        '#eval("1+1")', "#panic()", "$x^2$", "@label", "\\u{41} \\", "<script>alert(1)</script>", "<label>", "*a* _b_",
        "= a", "- a", "+ a", "/ a: b", "// a", "/* a", "]", "#[", "`a`", '"a"',
        "https://example.kz/*a*", "a~b -- c ...",
    ],
)  # fmt: skip
def test_signs_of_the_typesetter_stay_signs(value: str) -> None:
    made = pdf.render(
        letter(subject=value, body=value, to_name=value, official_name=value, body_names={"kk": value, "ru": value})
    )
    assert words(made).count(value) >= 6
    metadata = read(made).metadata
    assert metadata is not None
    assert metadata.title == value


def test_lines_and_paragraphs_stay() -> None:
    text = read(pdf.render(letter(body="бір\nекі\n\nүш"))).pages[0].extract_text()
    assert [line for line in text.splitlines() if line in ("бір", "екі", "үш", "бір екі")] == ["бір", "екі", "үш"]


def test_long_words_and_names_stay_on_the_page() -> None:
    made = read(pdf.render(letter(body="Ұ" * 3000, to_name="Қ" * 300, body_names={"kk": "Ә " * 200, "ru": "Я" * 200})))
    text = "".join(page.extract_text() for page in made.pages)
    assert (text.count("Ұ"), text.count("Қ")) == (3000, 300)
    edges: list[float] = []
    for page in made.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: edges.append(float(cm[4] + tm[4])))
    assert max(edges) < 595


def test_a_long_letter_has_numbered_pages() -> None:
    made = read(pdf.render(letter(body="Сөйлем. " * 3000)))
    count = len(made.pages)
    assert count > 3
    assert f"2 / {count}" in made.pages[1].extract_text()


def test_a_sign_without_a_font_does_not_hold_the_letter_up() -> None:
    text = words(pdf.render(letter(body="Рақмет 😀 王")))
    assert "Рақмет" in text


@pytest.mark.parametrize(("lang", "word"), [("kk", "ДЕМО-ҚОЛТАҢБА"), ("ru", "ДЕМО-ПОДПИСЬ"), ("en", "DEMO SIGNATURE")])
def test_a_demo_signature_says_so(lang: str, word: str) -> None:
    assert word in words(pdf.render(letter(language=lang, demo=True)))
    assert word not in words(pdf.render(letter(language=lang)))


def test_a_courtesy_translation_says_so() -> None:
    assert "courtesy" in words(pdf.render(letter(language="en", courtesy_of_id=1)))
    assert "Education Department" in words(pdf.render(letter(language="en")))


def test_the_talon_has_its_address_as_a_picture_with_words() -> None:
    made = pdf.render(letter(follow_url="https://qyzmet.example/2026-4K7M-9XQ2"), follow_code="7K3QX-ABCDE")
    text = words(made)
    assert "https://qyzmet.example/2026-4K7M-9XQ2" in text
    assert "7K3QX-ABCDE" in text
    assert any("qyzmet.example" in str(alt) for alt in alternatives(made))
    assert "7K3QX-ABCDE" not in words(pdf.render(letter(follow_url="https://qyzmet.example/1")))


def alternatives(made: bytes) -> list[Any]:
    """The words that stand for pictures."""
    reader = read(made)
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [found["/Alt"] for found in objects if isinstance(found, dict) and "/Alt" in found]


def test_threads_share_one_press() -> None:
    letters = [letter(body=f"Хат {number}") for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(pdf.render, letters))
    assert [f"Хат {number}" in words(one) for number, one in enumerate(made)] == [True] * 12


def test_a_letter_takes_less_than_150_ms() -> None:
    pdf.render(letter())
    times = []
    for number in range(10):
        one = letter(body=f"{number} " + "Сөйлем. " * 300)
        started = time.perf_counter()
        pdf.render(one)
        times.append(time.perf_counter() - started)
    assert sorted(times)[5] < 0.150


def structure(made: bytes) -> list[str]:
    """The kinds of tagged elements."""
    reader = read(made)
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [str(found["/S"]) for found in objects if isinstance(found, dict) and found.get("/Type") == "/StructElem"]


def test_headings_are_tagged_as_such() -> None:
    made = pdf.render(letter(body="Құрметті!\n\n## Шешім\n\nбір\nекі\n\n## Негіз\n\nүш"))
    tags = structure(made)
    assert (tags.count("/H1"), tags.count("/H2")) == (1, 2)
    text = read(made).pages[0].extract_text().splitlines()
    assert {"Шешім", "Негіз", "бір", "екі"} <= set(text)


def test_nothing_the_accused_gets_bears_the_number_of_the_case() -> None:
    one = letter(kind="accused_notice", body="Түсініктеме беріңіз.", follow_url="https://qyzmet.example/accused/")
    made = pdf.render(one)
    metadata = read(made).metadata
    assert "4K7M" not in words(made)
    assert "4K7M" not in str(metadata)
    assert b"4K7M" not in made
    assert "4K7M" not in pdf.file_name(one)
    assert pdf.file_name(one) == "0123456789ab-accused_notice-kk.pdf"
    assert "Түсініктеме берілетін бет" in words(made)


def test_the_shipped_font_is_used() -> None:
    fonts = read(pdf.render(letter())).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert {str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts.values()} == {
        "PTSerif-Regular",
        "PTSerif-Bold",
    }

"""A letter as a tagged PDF (PDF/UA-1), made from its row when somebody asks. The same letter, the same bytes."""

import io
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst

from qyzmet.letters.models import Letter
from qyzmet.letters.paragraphs import paragraphs
from qyzmet.letters.words import WORDS
from qyzmet.text.dates import local, long_date
from qyzmet.text.languages import known

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "letter.typ"
FONTS = HERE / "fonts"  # laid out by `make setup`, part of the wheel
_BUILT_IN = "Libertinus Serif"  # comes with typst and has every Kazakh letter
_one_at_a_time = Lock()


def render(letter: Letter, *, follow_code: str = "") -> bytes:
    """The PDF of the letter. `follow_code` is printed and kept nowhere: it is known only when the appeal is filed."""
    inputs = {"letter": json.dumps(_data(letter, follow_code), ensure_ascii=False)}
    made = letter.created_at.replace(microsecond=0)
    with _one_at_a_time:
        try:
            return _compile(inputs, made, ["ua-1"])
        except typst.TypstError as error:
            if "could not be displayed" not in f"{error} {error.hints}":
                raise
            # A sign that no font here has. The standard forbids its empty box; the letter must leave all the same.
            return _compile(inputs, made, [])


def file_name(letter: Letter) -> str:
    """A name for the file that every system takes: '2026-4K7M-9XQ2-talon-kk.pdf', without the number to the accused."""
    first = letter.text_sha256[:12] if letter.to_accused else letter.case_number
    return f"{first}-{letter.kind}-{letter.language}.pdf"


def _compile(inputs: dict[str, str], made: datetime, standards: list[Any]) -> bytes:
    compiler, _ = _press()
    pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=made)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _press() -> tuple[typst.Compiler, list[str]]:
    """The compiler with the shipped fonts, and their families; kept, since reading fonts takes longer than a letter."""
    shipped = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(TEMPLATE, root=HERE, font_paths=fonts, ignore_system_fonts=True)
    return compiler, [*shipped.families(), _BUILT_IN]


def _data(letter: Letter, follow_code: str) -> dict[str, Any]:
    """What the template shows; every text is a string there and never markup."""
    words = WORDS[letter.language]
    return {
        "lang": letter.language,
        "fonts": _press()[1],
        "words": {**words, "follow": words["answer"], "qr": words["answer"]} if letter.to_accused else words,
        "heads": [[lang, letter.body_names[lang]] for lang in _head_languages(letter)],
        "address": letter.body_address,
        "number": "" if letter.to_accused else letter.case_number,
        "date": long_date(local(letter.created_at).date(), known(letter.language)),
        "to": [part for part in (letter.to_name, letter.to_address) if part],
        "title": letter.subject,
        "paragraphs": [[kind, text.split("\n")] for kind, text in paragraphs(letter.body)],
        "post": letter.official_post,
        "name": letter.official_name,
        "note": letter.signature_note,
        "demo": letter.demo,
        "courtesy": letter.courtesy_of_id is not None,
        "follow": letter.follow_url,
        "code": follow_code,
        "qr": _qr(letter.follow_url) if letter.follow_url else "",
        "hash": letter.text_sha256[:16],
    }


def _head_languages(letter: Letter) -> list[str]:
    """A letterhead is bilingual by law; a letter in English adds its own line."""
    wanted = ["kk", "ru"] + (["en"] if letter.language == "en" else [])
    return [lang for lang in wanted if letter.body_names.get(lang)]


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()

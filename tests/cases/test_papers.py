"""Files are what their content says, whatever they are called."""

import io
import zipfile

import pytest

from qyzmet.cases.papers import media_type

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def packed(**parts: str) -> bytes:
    """An archive; `__` in a name stands for a slash, `_` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (packed(word__document_xml="<w/>"), "арыз.docx", WORD),
        (packed(word__document_xml="<w/>"), "арыз", WORD),
        (packed(xl__workbook_xml="<x/>"), "кесте.docx", SHEET),
        (packed(mimetype=ODT), "арыз.odt", ODT),
        (packed(mimetype="application/epub+zip"), "кітап.odt", None),
        (packed(classes_dex="dex"), "арыз.docx", None),
        (b"PK\x03\x04 cut short", "арыз.docx", None),
        (b"\xff\xfb\x90\x64", "жазба.mp3", "audio/mpeg"),
        (b"\x00\x00\x00\x18ftypmp42", "бейне.mp4", "video/mp4"),
        (b"\x00\x00\x00\x18ftypheic", "сурет.mp4", None),
        (b"%PDF-1.7", "сурет.jpg", "application/pdf"),
        ("Қар тазаланбады.".encode(), "арыз.txt", "text/plain"),
        ("Қар тазаланбады.".encode(), "арыз.doc", None),
    ],
)
def test_a_type_by_content(content: bytes, name: str, found: str | None) -> None:
    assert media_type(content, name) == found

"""Files are what their content says, whatever they are called."""

import io
import os
import zipfile
from datetime import timedelta

import pytest

from qyzmet.cases import papers
from qyzmet.cases.models import Paper
from qyzmet.cases.papers import media_type
from tests.cast import NOW

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def packed(how: int = zipfile.ZIP_STORED, **parts: str) -> bytes:
    """An archive; `__` in a name stands for a slash, `_` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
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


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_is_broken_anywhere_is_a_file_that_is_not_taken(how: int) -> None:
    whole = packed(how, mimetype=ODT * 3)
    for place in range(4, len(whole)):
        for byte in (0, 127, 255):
            media_type(whole[:place] + bytes([byte]) + whole[place + 1 :], "арыз.odt")


def test_only_what_office_programs_pack_is_unpacked() -> None:
    assert media_type(packed(zipfile.ZIP_DEFLATED, mimetype=ODT), "арыз.odt") == ODT
    assert media_type(packed(zipfile.ZIP_LZMA, mimetype=ODT), "арыз.odt") is None


def kept(content: bytes = b"%PDF-1.7", **more: object) -> Paper:
    given = {"name": "a.pdf", "kind": "attachment", "origin": "applicant", "at": NOW} | more
    return papers.keep(io.BytesIO(content), **given)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_file_brought_again_is_not_left_behind_when_its_rows_go() -> None:
    """Were the row of a fresh file deleted, no later run would find the file."""
    path = papers.path_of(kept(b"%PDF-1.7 fresh").sha256)
    later = NOW + timedelta(days=2)
    os.utime(path, (later.timestamp(), later.timestamp()))
    papers.forget(NOW + timedelta(days=1))
    assert path.exists() and Paper.objects.count() == 1
    papers.forget(later + timedelta(hours=1))
    assert not path.exists() and not Paper.objects.exists()


@pytest.mark.django_db
def test_a_file_deleted_while_it_is_brought_again_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept(b"%PDF-1.7 twice")
    path, write = papers.path_of(first.sha256), papers._write

    def meanwhile(where: object, data: bytes) -> None:
        write(path, data)
        if Paper.objects.filter(pk=first.pk).exists():  # after the first look, before the row
            first.delete()
            papers.wipe([first.sha256])

    monkeypatch.setattr(papers, "_write", meanwhile)
    second = kept(b"%PDF-1.7 twice")
    assert papers.read(second) == b"%PDF-1.7 twice"

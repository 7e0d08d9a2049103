"""Files: what may come in, judged by content, and where it is kept."""

import hashlib
import io
import os
import zlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.conf import settings

from qyzmet.cases.models import IntakeDraft, Paper
from qyzmet.text.clean import control_characters, one_line, shortened_name
from qyzmet.text.refusal import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10
MOST_NAME = 200
"""Characters kept of a file's name; the column is as wide."""
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
"""How the content of a file begins, and its type."""
ZIP = b"PK\x03\x04"
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""A part that only such a document has, and its type."""
PACKED = (ZIP_STORED, ZIP_DEFLATED)
"""How office programs pack; other ways may ask for gigabytes of memory before the first byte is out."""
ODT = "application/vnd.oasis.opendocument.text"
PICTURES = (b"hei", b"hev", b"mif", b"msf", b"avi")
"""Beginnings of brands of pictures in the same wrapping as films: what few desks can open."""
HEAD = 512


def media_type(data: bytes, name: str) -> str | None:
    """The type of a file by its content; None for what is not taken. A name decides nothing but that plain text is."""
    for begins, found in SIGNATURES:
        if data.startswith(begins):
            return found
    if data.startswith(ZIP):
        return _document(data)
    if data[4:8] == b"ftyp":
        return None if data[8:12].startswith(PICTURES) else "video/mp4"
    return "text/plain" if name.lower().endswith(".txt") and _is_text(data[:HEAD]) else None


def _document(data: bytes) -> str | None:
    """The type of an office document by the parts it is packed of; None for any other archive."""
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            if "mimetype" in names:
                if parts.getinfo("mimetype").compress_type not in PACKED:
                    return None
                with parts.open("mimetype") as said:
                    return ODT if said.read(len(ODT) + 1) == ODT.encode() else None
            return next((found for part, found in OFFICE.items() if part in names), None)
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return None


def _is_text(head: bytes) -> bool:
    try:
        return not control_characters(head.decode("utf-8", errors="ignore")) and b"\x00" not in head
    except ValueError:
        return False


def keep(
    file: BinaryIO | Any,
    *,
    name: str,
    kind: str,
    origin: str,
    at: datetime,
    by: Any = None,
    draft: IntakeDraft | None = None,
) -> Paper:
    """Store a file under its SHA-256 and return its row, which belongs to no case yet.

    `Refused(kind="input")` for an empty file, one over 20 MB, and a content that is none of the types taken.
    """
    shown = shortened_name(one_line(name.replace("\\", "/").rsplit("/", 1)[-1]), MOST_NAME) or "file"
    data = file.read(MOST_BYTES + 1)
    if not data:
        raise Refused("file_empty", kind="input", name=shown)
    if len(data) > MOST_BYTES:
        raise Refused("file_too_large", kind="input", name=shown, limit=MOST_BYTES // (1024 * 1024))
    found = media_type(data, shown)
    if found is None:
        raise Refused("file_type", kind="input", name=shown)
    digest = hashlib.sha256(data).hexdigest()
    _write(path_of(digest), data)
    paper = Paper.objects.create(
        kind=kind, origin=origin, name=shown, media_type=found, size=len(data), sha256=digest, at=at, by=by, draft=draft
    )
    _write(path_of(digest), data)  # should somebody have deleted the same file before this row named it
    return paper


def path_of(digest: str) -> Path:
    """Where the file of that SHA-256 lies."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    """Written beside and renamed: a file that is there is whole. One that is there already counts as new again."""
    try:
        os.utime(path)
    except FileNotFoundError:
        _put(path, data)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{id(data)}.part")
    beside.write_bytes(data)
    beside.chmod(0o600)
    beside.rename(path)


def forget(before: datetime) -> None:
    """Delete what came in before that moment and went into no case: rows, with the files that no other row names.

    A file that somebody brought again since waits with its row for a later time: whoever did so may be about to write
    a row of their own, and without any row nobody would ever find the file.
    """
    left = Paper.objects.filter(case=None, draft=None, at__lt=before)
    for digest in set(left.values_list("sha256", flat=True)):
        path = path_of(digest)
        fresh = path.exists() and path.stat().st_mtime >= before.timestamp()
        if fresh and not Paper.objects.filter(sha256=digest).exclude(pk__in=left).exists():
            continue
        left.filter(sha256=digest).delete()
        wipe([digest])


def discard(papers: Iterable[Paper]) -> None:
    """Throw away what was stored for a step that was not taken: rows, and files that no other row names."""
    left = Paper.objects.filter(pk__in=[paper.pk for paper in papers], case=None)
    digests = list(left.values_list("sha256", flat=True))
    left.delete()
    wipe(digests)


def wipe(digests: Iterable[str]) -> None:
    """Delete these files now, save those another row names."""
    for digest in digests:
        if not Paper.objects.filter(sha256=digest).exists():
            path_of(digest).unlink(missing_ok=True)


def read(paper: Paper) -> bytes:
    """The content of a stored file."""
    return path_of(paper.sha256).read_bytes()


def check_count(papers: Iterable[Paper]) -> None:
    """`Refused` when there are more files than an appeal may have."""
    if len(list(papers)) > MOST_FILES:
        raise Refused("too_many_files", kind="input", limit=MOST_FILES)

"""Files: what may come in, judged by content, and where it is kept."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from qyzmet.cases.models import IntakeDraft, Paper
from qyzmet.text.clean import control_characters, one_line
from qyzmet.text.refusal import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"PK\x03\x04", "application/zip", "docx"),
    (b"ID3", "audio/mpeg", "mp3"),
    (b"\x1aE\xdf\xa3", "video/webm", "webm"),
)
"""How the content of a file begins, its type, and the usual ending of its name."""
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}


def media_type(head: bytes, name: str) -> str | None:
    """The type of a file by its first bytes (512 or more are enough); None for what is not taken."""
    ending = name.rsplit(".", 1)[-1].lower()
    for begins, found, _ in SIGNATURES:
        if head.startswith(begins):
            return OFFICE.get(ending) if begins == b"PK\x03\x04" else found
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return "text/plain" if ending == "txt" and _is_text(head) else None


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
    shown = one_line(name.replace("\\", "/").rsplit("/", 1)[-1])[:200] or "file"
    data = file.read(MOST_BYTES + 1)
    if not data:
        raise Refused("file_empty", kind="input", name=shown)
    if len(data) > MOST_BYTES:
        raise Refused("file_too_large", kind="input", name=shown, limit=MOST_BYTES // (1024 * 1024))
    found = media_type(data[:512], shown)
    if found is None:
        raise Refused("file_type", kind="input", name=shown)
    digest = hashlib.sha256(data).hexdigest()
    _write(path_of(digest), data)
    return Paper.objects.create(
        kind=kind, origin=origin, name=shown, media_type=found, size=len(data), sha256=digest, at=at, by=by, draft=draft
    )


def path_of(digest: str) -> Path:
    """Where the file of that SHA-256 lies."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    """Written beside and renamed: a file that is there is whole. One that is there already counts as new again."""
    if path.exists():
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{id(data)}.part")
    beside.write_bytes(data)
    beside.chmod(0o600)
    beside.rename(path)


def forget(before: datetime) -> None:
    """Delete what came in before that moment and went into no case: rows, then files that no row names any more.

    A file put there since is left alone: whoever brought it may be about to write its row.
    """
    left = Paper.objects.filter(case=None, draft=None, at__lt=before)
    digests = set(left.values_list("sha256", flat=True))
    left.delete()
    for digest in digests:
        path = path_of(digest)
        fresh = path.exists() and path.stat().st_mtime >= before.timestamp()
        if not fresh and not Paper.objects.filter(sha256=digest).exists():
            path.unlink(missing_ok=True)


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

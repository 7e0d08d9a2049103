"""Names of files that no disk takes, and more files than a form: taken, or told in words."""

import pytest
from django.conf import settings as configured

from qyzmet.cases.models import IntakeDraft, Paper
from tests.portal.walk import ANSWERS, Walker, text

BOUNDARY = "limit-of-a-part"
PDF = b"%PDF-1.7\nsample"
KIND = f"multipart/form-data; boundary={BOUNDARY}"


def upload(walker: Walker, name: str, content: bytes = PDF, times: int = 1, page: str = "files") -> object:
    """What a browser would send, name and all: Django's own client shortens names."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = (head + content + b"\r\n") * times + f"--{BOUNDARY}--\r\n".encode()
    return walker.client.post(f"/appeal/{page}/", body, content_type=KIND)


@pytest.fixture
def here(walker: Walker) -> Walker:
    return walker.go(files=None)


@pytest.mark.parametrize("page", ["files", "paper"])
def test_a_long_name_is_shortened_and_keeps_its_ending(here: Walker, page: str) -> None:
    assert upload(here, "ұзын " * 80 + "атау.pdf", page=page).status_code == 302  # type: ignore[attr-defined]
    (paper,) = Paper.objects.all()
    assert (paper.name[:10], paper.name[-5:]) == ("ұзын ұзын ", "….pdf")
    assert 190 < len(paper.name) <= 200


def test_a_long_text_file_is_still_a_text_file(here: Walker) -> None:
    upload(here, "а" * 400 + ".txt", "Қар тазаланбады.".encode())
    assert Paper.objects.get().media_type == "text/plain"


def test_a_large_file_whose_name_is_a_sentence_after_the_dot(here: Walker) -> None:
    """Its ending would be longer than a name on the disk may be."""
    large = PDF + b" " * (configured.FILE_UPLOAD_MAX_MEMORY_SIZE + 1)
    name = "Отчёт за 2026 год. " + "О состоянии труб " * 12
    assert upload(here, name, large).status_code == 302  # type: ignore[attr-defined]
    paper = Paper.objects.get()
    assert paper.size == len(large)
    assert paper.name.startswith("Отчёт за 2026 год. О состоянии труб") and len(paper.name) == 200


@pytest.mark.parametrize(("name", "times"), [("ұ" * 5000 + ".pdf", 1), ("а.pdf", 101)])
@pytest.mark.parametrize(
    ("lang", "title"), [("kk", "Файлдарды оқу мүмкін болмады"), ("ru", "Файлы прочитать не удалось")]
)
def test_what_cannot_be_read_is_told_and_the_form_is_kept(
    here: Walker, name: str, times: int, lang: str, title: str
) -> None:
    here.client.cookies["qyzmet_til"] = lang
    response = upload(here, name, times=times)
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert title in text(response)
    kept = IntakeDraft.objects.get()
    assert kept.data["text"]["text"] == ANSWERS["text"]["text"]
    assert not kept.papers.exists()
    here.send()

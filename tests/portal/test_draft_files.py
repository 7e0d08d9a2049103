"""Forms that are never sent do not fill the disk; whoever meets the limit loses nothing and goes on."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qyzmet.cases import papers
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, IntakeDraft, Paper
from qyzmet.text.dates import ALMATY
from tests.cases.desk import Desk
from tests.portal.walk import Walker, text

KILO = 1024


def file(n: int, kilobytes: int = 400) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7 " + bytes([n]) * (kilobytes * KILO - 9))


def held() -> int:
    return IntakeDraft.objects.get().papers.count()


@pytest.fixture
def limited(walker: Walker, settings: Any) -> Walker:
    """At a page for files; one megabyte a network."""
    settings.DRAFT_FILES = 1
    return walker.go(files=None)


def test_what_is_over_is_told_and_the_form_goes_on(limited: Walker) -> None:
    shown = text(limited.answer("files", {"file": [file(n) for n in range(3)], "add": "1"}))
    assert "1 МБ файл" in shown and "«Құжат қосу»" in shown
    assert held() == 2
    assert limited.answer("files", {}).status_code == 302
    number, _code = limited.send()
    assert Case.objects.get(number=number).papers.count() == 2


def test_the_signed_paper_counts_too(limited: Walker) -> None:
    limited.answer("files", {"file": [file(1), file(2)]})
    limited.answer("signature", {"signature": "paper"})
    assert "1 МБ файл" in text(limited.answer("paper", {"file": file(3)}))


def test_several_forms_of_one_network_count_together_and_another_network_does_not(limited: Walker) -> None:
    limited.answer("files", {"file": [file(1), file(2)]})
    same, other = Walker(), Walker()
    other.client.defaults["REMOTE_ADDR"] = "10.9.8.7"
    assert "1 МБ файл" in text(same.go(files=None).answer("files", {"file": file(3)}))
    assert other.go(files=None).answer("files", {"file": file(3)}).status_code == 302
    assert Paper.objects.count() == 3


def test_what_was_sent_or_taken_out_makes_room(limited: Walker) -> None:
    limited.answer("files", {"file": [file(1), file(2)]})
    gone = Paper.objects.first()
    assert gone
    limited.answer("files", {"remove": str(gone.pk)})
    assert not papers.path_of(gone.sha256).exists()
    assert limited.answer("files", {"file": file(3)}).status_code == 302
    limited.send()
    assert Walker().go(files=None).answer("files", {"file": [file(4), file(5)]}).status_code == 302


def test_no_limit_where_the_operator_sets_none(limited: Walker, settings: Any) -> None:
    settings.DRAFT_FILES = 0
    limited.answer("files", {"file": [file(n) for n in range(5)], "add": "1"})
    assert held() == 5


def test_no_address_is_kept(limited: Walker) -> None:
    limited.client.defaults["REMOTE_ADDR"] = "10.9.8.7"
    limited.answer("files", {"file": file(1)})
    kept = IntakeDraft.objects.get()
    assert len(kept.network) == 32 and "10.9.8.7" not in str(kept.__dict__)
    limited.send()
    assert IntakeDraft.objects.get().network == ""


def test_taking_out_a_file_leaves_the_same_file_of_another(limited: Walker) -> None:
    other = Walker().go(files=None)
    for one in (limited, other):
        one.answer("files", {"file": file(1)})
    mine, theirs = Paper.objects.order_by("pk")
    limited.answer("files", {"remove": str(mine.pk)})
    assert list(Paper.objects.all()) == [theirs]
    assert papers.read(theirs)


def test_a_file_begins_the_day_anew_and_goes_with_its_form(limited: Walker, desk: Desk) -> None:
    desk.wait(hours=20)
    limited.answer("files", {"file": file(1), "add": "1"})
    digest = Paper.objects.get().sha256
    desk.wait(hours=20)
    tick(at=desk.now)
    assert held() == 1, "the person came back after twenty hours"
    tick(at=datetime.now(ALMATY) + timedelta(days=2))
    assert not IntakeDraft.objects.exists() and not Paper.objects.exists()
    assert not papers.path_of(digest).exists()


def test_files_that_come_at_the_same_moment_are_counted_together(
    limited: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has seen room for itself before the other was kept."""
    mine, other, keep = IntakeDraft.objects.get(), Walker().go(files=None), papers.keep
    meanwhile = [lambda: other.answer("files", {"file": file(2, 600)})]

    def slowly(*args: Any, **given: Any) -> Paper:
        if meanwhile:
            meanwhile.pop()()
        return keep(*args, **given)

    monkeypatch.setattr(papers, "keep", slowly)
    assert "1 МБ файл" in text(limited.answer("files", {"file": file(1, 600)}))
    (left,) = Paper.objects.all()
    assert left.draft != mine
    assert sum(path.is_file() for path in papers.path_of(left.sha256).parents[1].rglob("*")) == 1


def test_a_form_that_moves_to_another_network_does_not_fill_it_over_the_limit(limited: Walker) -> None:
    """Else whoever has two networks would shift full forms from one to the other and begin again, without end."""
    limited.answer("files", {"file": [file(1), file(2)]})
    other = Walker()
    other.client.defaults["REMOTE_ADDR"] = limited.client.defaults["REMOTE_ADDR"] = "10.9.8.7"
    other.go(files=None).answer("files", {"file": [file(3), file(4)]})
    mine, _theirs = IntakeDraft.objects.order_by("pk")
    whence = mine.network
    assert "1 МБ файл" in text(limited.answer("files", {"file": file(5, 1)}))
    mine.refresh_from_db()
    assert (mine.network, Paper.objects.count()) == (whence, 4)

"""A portal form on its way: kept on the server for a day, so that nothing typed is lost."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from qyzmet.cases import papers
from qyzmet.cases.actions.register import Filed, register
from qyzmet.cases.follow_codes import new_code
from qyzmet.cases.models import IntakeDraft, Paper
from qyzmet.text.refusal import Missing, Refused


def begin_draft(*, at: datetime) -> tuple[IntakeDraft, str]:
    """A new empty form and the token that opens it; the table keeps the token's hash."""
    token = secrets.token_urlsafe(24)
    return IntakeDraft.objects.create(token_hash=_hash(token), updated_at=at), token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_draft(token: str) -> IntakeDraft:
    """The form of that token; `Missing` if there is none (any more)."""
    found = IntakeDraft.objects.filter(token_hash=_hash(token)).select_related("case").first()
    if found is None:
        raise Missing
    return found


def save_draft(draft: IntakeDraft, *, changes: dict[str, Any], at: datetime) -> IntakeDraft:
    """Keep what was typed, right or wrong."""
    draft.data = {**draft.data, **changes}
    draft.updated_at = at
    draft.save()
    return draft


def add_file(
    draft: IntakeDraft,
    *,
    file: Any,
    name: str,
    at: datetime,
    kind: str = "attachment",
    network: str = "",
    most: int = 0,
) -> Paper:
    """Keep an attachment, or the signed paper, with the form, whose day begins anew.

    `network`: whence the file comes, as a hash; `most`: bytes that the unsent forms from there may hold (0: any
    number). `Refused("draft_files_full", kind="input")` for the file that would be too much: the form stays.
    """
    before = draft.network
    papers.check_count([*draft.papers.all(), Paper()])
    _check_room(network, most, more=file.size if most else 0)
    paper = papers.keep(file, name=name, kind=kind, origin="applicant", at=at, draft=draft)
    _now_from(draft, network or before, at)
    try:  # again with all that came at the same moment, and with what the form brought along from another network
        papers.check_count(draft.papers.all())
        _check_room(network, most)
    except Refused:
        papers.discard([paper])
        _now_from(draft, before, at)
        raise
    return paper


def _now_from(draft: IntakeDraft, network: str, at: datetime) -> None:
    draft.network, draft.updated_at = network, at
    draft.save(update_fields=["network", "updated_at"])


MEGABYTE = 1024 * 1024


def _check_room(network: str, most: int, *, more: int = 0) -> None:
    if most and more + held(network) > most:
        raise Refused("draft_files_full", kind="input", limit=most // MEGABYTE)


def held(network: str) -> int:
    """Bytes of files that came from there with forms that are not sent."""
    files = Paper.objects.filter(draft__network=network, case=None).exclude(draft__network="")
    return int(files.aggregate(all=Sum("size"))["all"] or 0)


def drop_file(draft: IntakeDraft, *, paper_id: int) -> None:
    """Take an attachment out of the form, and off the disk."""
    papers.discard(draft.papers.filter(pk=paper_id))


@transaction.atomic
def erase_draft(draft: IntakeDraft) -> None:
    """Delete at once all that was typed and attached and not sent: row, files and their rows."""
    kept = list(draft.papers.filter(case=None).values_list("pk", "sha256"))
    draft.papers.filter(case=None).delete()
    papers.wipe({digest for _, digest in kept})
    draft.data, draft.network = {}, ""
    draft.save()


@transaction.atomic
def send_draft(draft: IntakeDraft, *, token: str, at: datetime, **appeal: Any) -> Filed:
    """Register what the form holds, once: sent again, it shows the case that is there, with the same code."""
    locked = IntakeDraft.objects.select_for_update().get(pk=draft.pk)
    secret = f"draft:{token}"
    if locked.case_id:
        return Filed(locked.case, new_code(secret))  # type: ignore[arg-type]
    filed = register(at=at, secret=secret, papers=list(locked.papers.all()), **appeal)
    locked.case = filed.case
    locked.data, locked.network, locked.updated_at = {}, "", at
    locked.save()
    return filed

"""The mark beside a date or a rule whose source is weaker than the text in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise as _StrPromise


class Mark(NamedTuple):
    """A few visible words, and a sentence for who wants to know."""

    words: str | _StrPromise
    meaning: str | _StrPromise


MARKS = {
    "verified_old": Mark(
        _("older redaction"), _("Read in the text of the act, in a redaction that may have been replaced since.")
    ),
    "secondary": Mark(
        _("secondary source"), _("Taken from an explanation or a publication, not from the text of the act.")
    ),
    "inferred": Mark(
        _("our reading"), _("Follows from the text of the act by reading it; the act does not say it in words.")
    ),
    "unverified": Mark(_("not verified"), _("Nobody has checked it; this body has switched it on knowingly.")),
}


def mark(status: str | None) -> Mark | None:
    """The mark of a status of the law; none for what was verified, and for no status."""
    return MARKS.get(status or "")

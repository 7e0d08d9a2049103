"""Letters of a case. Whoever asks has been shown the case already."""

from django.db.models import QuerySet

from qyzmet.letters.models import Letter
from qyzmet.letters.paragraphs import Kind
from qyzmet.letters.paragraphs import paragraphs as split
from qyzmet.text.refusal import Missing


def paragraphs(letter: Letter) -> list[tuple[Kind, str]]:
    """The body for a page: ("heading", words) and ("text", words), in order; line breaks inside a text count."""
    return split(letter.body)


def letters_of(case_number: str) -> QuerySet[Letter]:
    """The letters of the case, oldest first, each with its dispatches."""
    return Letter.objects.filter(case_number=case_number).order_by("created_at", "id").prefetch_related("dispatches")


def letter(letter_id: int, case_number: str) -> Letter:
    """The letter if it belongs to the case; raises `Missing` otherwise, whether it exists or not."""
    try:
        return Letter.objects.prefetch_related("dispatches").get(pk=letter_id, case_number=case_number)
    except Letter.DoesNotExist:
        raise Missing from None

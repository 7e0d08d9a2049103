"""Files chosen in a form of a case, as papers that belong to no case yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from qyzmet.cases import papers
from qyzmet.portal.forms.fields import Question
from qyzmet.text.refusal import Refused

KINDS = (("file", "attachment"), ("signed", "signed_paper"))
"""Field -> what its files are."""


@contextmanager
def kept(form: Question, at: datetime) -> Iterator[list[Any]]:
    """What was chosen, stored; thrown away again if one of the files or the step is refused.

    Never within a transaction that ends with the step: rows would go and files stay, and nobody would find them.
    """
    found: list[Any] = []
    try:
        for field, kind in KINDS:
            for file in form.cleaned_data.get(field) or []:
                found.append(papers.keep(file, name=file.name, kind=kind, origin="applicant", at=at))
                papers.check_count(found)
        yield found
    except Refused:
        papers.discard(found)
        raise

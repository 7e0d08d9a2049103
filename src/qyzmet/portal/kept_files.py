"""Files that came with a form of somebody who filed, kept as papers."""

from datetime import datetime
from typing import Any

from qyzmet.cases import papers
from qyzmet.portal.forms.fields import Question

KINDS = {"file": "attachment", "signed": "signed_paper"}
"""Field -> kind of the papers that it brings."""


def keep(form: Question, at: datetime) -> list[Any]:
    """Keep all files of the form; `Refused` at the first one too many."""
    kept: list[Any] = []
    for field, kind in KINDS.items():
        for file in form.cleaned_data.get(field) or []:
            kept.append(papers.keep(file, name=file.name, kind=kind, origin="applicant", at=at))
            papers.check_count(kept)
    return kept

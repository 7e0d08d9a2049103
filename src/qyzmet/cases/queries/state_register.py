"""What APPC 69(3) asks of a body for the state register "Electronic appeals", as rows. Qyzmet works beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qyzmet.cases.models import Case
from qyzmet.cases.seen import Reader, of_bodies

COLUMNS = (
    "number", "state_register_number", "registered_on", "received_at", "kind", "form", "language", "applicant_kind",
    "applicant", "iin_bin", "address", "body", "subject", "due_on", "state", "outcome", "closed_at",
)  # fmt: skip
CHUNK = 500


@dataclass(frozen=True)
class Row:
    """One appeal as the register's card asks for it; texts in the language of the law's data, dates in ISO form."""

    values: tuple[str, ...]


def rows(who: Reader, since: date, until: date) -> Iterator[Row]:
    """Appeals registered on the days `since`..`until` in the reader's bodies, oldest first, read in chunks."""
    found = of_bodies(who).filter(registered_on__gte=since, registered_on__lte=until).select_related("body")
    for case in found.prefetch_related("parties").order_by("id").iterator(chunk_size=CHUNK):
        yield Row(_values(case))


def _values(case: Case) -> tuple[str, ...]:
    person = min(case.parties.all(), key=lambda party: party.n, default=None)
    return (
        case.number,
        case.state_register_number,
        case.registered_on.isoformat(),
        case.received_at.isoformat(),
        case.procedure,
        case.channel,
        case.language,
        "legal" if person and person.is_company else "natural",
        person.name if person else "",
        (person.bin if person.is_company else person.iin) if person else "",
        person.address if person else "",
        case.body.code,
        case.subject,
        case.due_on.isoformat() if case.due_on else "",
        case.state,
        case.outcome,
        case.closed_at.isoformat() if case.closed_at else "",
    )

"""What an order would change, counted as far as a page may take time for; "count on" goes on from there."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core import signing

from qyzmet.bodies import queries as bodies
from qyzmet.cases import queries
from qyzmet.desk.asking import Asking
from qyzmet.law import Law
from qyzmet.text.languages import say

PATIENCE_SECONDS = 2.0
"""How long a page counts; at least one batch is always looked at."""
SALT = "calendar preview"
EXAMPLES = 5


@dataclass
class Counted:
    """How far the count is. `after`: the last case looked at; None when all were."""

    after: int | None = 0
    seen: int = 0
    changed: Counter[int] = field(default_factory=Counter)
    overdue: Counter[int] = field(default_factory=Counter)
    letters: int = 0
    examples: list[queries.Example] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every case was looked at; else each number is "at least"."""
        return self.after is None


def count(asking: Asking, law: Law, so_far: Counted, *, patience: float | None = None) -> Counted:
    """Go on counting until all is counted or `patience` (seconds) is over. Nothing is written."""
    until = time.monotonic() + (PATIENCE_SECONDS if patience is None else patience)
    while so_far.after is not None:
        part = queries.would_change(asking.who, law, after=so_far.after, examples=EXAMPLES)
        so_far.after, so_far.seen = part.after, so_far.seen + part.seen
        so_far.changed.update(part.changed)
        so_far.overdue.update(part.overdue)
        so_far.letters += part.letters
        so_far.examples = [*so_far.examples, *part.examples][:EXAMPLES]
        if time.monotonic() > until:
            break
    return so_far


def kept(counted: Counted, about: Sequence[Any]) -> str:
    """The count so far as a signed text for the address of "count on". `about`: who asks, and what."""
    plain = [counted.after, counted.seen, counted.letters, list(counted.changed.items()), list(counted.overdue.items())]
    return signing.dumps([_key(about), *plain, [_plain(one) for one in counted.examples]], salt=SALT, compress=True)


def opened(text: str, about: Sequence[Any]) -> Counted:
    """What `kept` made; from the beginning where it was made for something else, or by somebody else."""
    try:
        key, after, seen, letters, changed, overdue, examples = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return Counted()
    if key != _key(about):
        return Counted()
    shown = [queries.Example(number, _day(before), _day(after_)) for number, before, after_ in examples]
    return Counted(after, seen, Counter(dict(changed)), Counter(dict(overdue)), letters, shown)


def shown(counted: Counted, asking: Asking) -> dict[str, Any]:
    """For the page: sums, and a line for each body that has a case which changes."""
    names = {body.pk: say(body.names, asking.lang) for body in bodies.every_body()}
    lines = [
        {"body": names.get(pk, "–"), "changed": number, "overdue": counted.overdue[pk]}
        for pk, number in counted.changed.most_common()
    ]
    return {
        "counted": counted,
        "changed": counted.changed.total(),
        "overdue": counted.overdue.total(),
        "lines": lines,
    }


def _plain(one: queries.Example) -> list[str | None]:
    return [one.number, *(day.isoformat() if day else None for day in (one.before, one.after))]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _key(about: Sequence[Any]) -> str:
    return "|".join(str(one) for one in about)

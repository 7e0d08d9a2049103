"""What hangs on a case - people, papers, drafts, the answer - against the hashes its rows hold of them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qyzmet.cases import fingerprints, listed, papers
from qyzmet.cases.models import Case, CaseLetter, Draft, Hearing, Paper, Party, Question
from qyzmet.cases.queries.audit_days import Told
from qyzmet.journal.audit import Finding
from qyzmet.text.hashes import sha

DRAFTS = ("draft", "decision")


class Things:
    """The things of a batch of cases, each table read once."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._people: dict[int, list[Party]] = _by_case(Party, cases)
        self._questions: dict[int, list[Question]] = _by_case(Question, cases)
        self._kept: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for draft in Draft.objects.filter(case__in=cases):
            self._kept[draft.case_id] |= {(kind, fingerprints.decision(draft)) for kind in DRAFTS}
        for hearing in Hearing.objects.filter(case__in=cases):
            self._kept[hearing.case_id].add(("protocol", sha(hearing.protocol)))
        for link in CaseLetter.objects.filter(case__in=cases).select_related("letter"):
            self._kept[link.case_id].add(("letter", sha(link.letter.text)))
        for paper in Paper.objects.filter(case__in=cases):
            if paper.case_id is not None and _is_whole(paper):
                self._kept[paper.case_id].add(("paper", paper.sha256))

    def wrong(self, case: Case, steps: Told) -> Iterator[Finding]:
        """What a row names and the tables no longer have as it was."""
        kept, latest = self._kept[case.pk], dict[str, tuple[str, int, int | None]]()
        for step, content, index in steps:
            for name, value in content.items():
                kind = "paper" if name.startswith("paper") else name
                if kind in ("paper", "protocol", "letter", *DRAFTS) and (kind, str(value)) not in kept:
                    yield _gone(case, step.n, index, kind)
                if kind in ("people", "questions"):
                    latest[kind] = (value, step.n, index)
        now = {"people": fingerprints.people(self._people[case.pk]), "questions": self._listed(case)}
        for kind, (value, n, index) in latest.items():
            if value != now[kind]:
                yield _gone(case, n, index, kind)
        yield from self._applicant(case)

    def _listed(self, case: Case) -> str:
        ordered = sorted(self._questions[case.pk], key=lambda one: one.n)
        return sha("\n".join(one.text for one in ordered))

    def _applicant(self, case: Case) -> Iterator[Finding]:
        first = min(self._people[case.pk], key=lambda one: one.n, default=None)
        if first is not None and (said := listed.shown(first.name)) != case.applicant_name:
            values: Mapping[str, Any] = {"field": "people", "table": case.applicant_name, "log": said, "step": 0}
            yield Finding("tables_differ", None, case.number, dict(values))


def _by_case(model: Any, cases: Sequence[Case]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for one in model.objects.filter(case__in=cases):
        found[one.case_id].append(one)
    return found


def _is_whole(paper: Paper) -> bool:
    """Whether the file behind the row is there and is the one that was handed in."""
    try:
        with papers.path_of(paper.sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == paper.sha256
    except OSError:
        return False


def _gone(case: Case, step: int, index: int | None, kind: str) -> Finding:
    return Finding("thing_changed", index, case.number, {"field": kind, "step": step})

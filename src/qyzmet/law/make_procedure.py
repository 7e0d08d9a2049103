"""From joined entries to a `Procedure`: every part is there, every name in it exists, no state is a dead end."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from qyzmet.law.errors import LawError
from qyzmet.law.inherit import Joined
from qyzmet.law.procedure import NEEDS, Named, Need, Outcome, Procedure, Quota, State, Step, Suspension
from qyzmet.law.read_procedure import GROUNDS, Entry
from qyzmet.law.read_terms import make_term
from qyzmet.law.terms import Source, Term

PLACES = ("same", "back")
ANY, OPEN = "any", "open"


def make_procedure(joined: Joined, *, enable: Collection[str], folders: tuple[str, ...]) -> Procedure:
    """The finished procedure. `enable`: terms ("key" or "procedure.key") whose unverified values decide here."""
    folder, file = joined.folder, joined.folder.file
    maker = _Maker(file)
    terms = {
        key: make_term(key, entry, enabled=not {key, f"{folder.code}.{key}"}.isdisjoint(enable))
        for key, entry in joined.terms.items()
    }
    states = {code: maker.state(code, entry) for code, entry in joined.sections["states"].items()}
    steps = {code: maker.step(code, entry, joined, states, terms) for code, entry in joined.sections["steps"].items()}
    grounds = {
        section: {code: maker.named(section, code, entry) for code, entry in joined.sections[section].items()}
        for section in GROUNDS
    }
    suspensions = {
        code: maker.suspension(code, entry, joined, terms, steps, enabled=f"suspensions.{code}" in enable)
        for code, entry in joined.sections["suspensions"].items()
    }
    outcomes = {code: maker.outcome(code, entry) for code, entry in joined.sections["outcomes"].items()}
    decision = {code: maker.need(code, entry, outcomes) for code, entry in joined.sections["decision"].items()}
    if "sign" in steps and not decision:
        raise LawError(file, "decision", "what a decision must contain: at least one of " + ", ".join(NEEDS))
    if not folder.abstract:
        _check_paths(file, states, steps)
    return Procedure(
        code=folder.code,
        chapter=folder.chapter,
        begins=joined.begins,
        abstract=folder.abstract,
        offered=folder.offered if joined.begins == "applicant" else (),
        name=folder.name,
        definition=folder.definition,
        everyday=folder.everyday,
        source=folder.source,
        chain=joined.chain,
        states=states,
        steps=steps,
        outcomes=outcomes,
        decision=decision,
        terms=terms,
        folders=folders,
        suspensions=suspensions,
        quotas={code: maker.quota(code, entry) for code, entry in joined.sections["quotas"].items()},
        **grounds,
    )


class _Maker:
    """Makes parts out of entries; a missing key is an error of this file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def _need(self, where: str, entry: Entry, *keys: str) -> list[Any]:
        for key in keys:
            if key not in entry:
                raise LawError(self.file, f"{where}.{key}", "must be there")
        return [entry[key] for key in keys]

    def _source(self, where: str, entry: Entry) -> Source:
        act, article, url, checked, status = self._need(where, entry, "act", "article", "url", "checked", "status")
        return Source(act, article, url, checked, status)

    def state(self, code: str, entry: Entry) -> State:
        name, is_open, waits = self._need(f"states.{code}", entry, "name", "open", "waits")
        return State(code, name, is_open, waits)

    def outcome(self, code: str, entry: Entry) -> Outcome:
        where = f"outcomes.{code}"
        name, adverse = self._need(where, entry, "name", "adverse")
        return Outcome(code, name, adverse, self._source(where, entry))

    def need(self, code: str, entry: Entry, outcomes: Collection[str]) -> Need:
        """`outcomes` of the entry: codes of this procedure; "any" (also if left out) = all, "-code" but this."""
        where = f"decision.{code}"
        self._known("decision", (code,), NEEDS)
        named = entry.get("outcomes", (ANY,))
        self._known(f"{where}.outcomes", (name.removeprefix("-") for name in named), (*outcomes, ANY))
        out = {name[1:] for name in named if name.startswith("-")}
        asked = tuple(one for one in outcomes if one not in out and (one in named or ANY in named))
        return Need(
            code, self._need(where, entry, "name")[0], asked, entry.get("when", "always"), self._source(where, entry)
        )

    def named(self, section: str, code: str, entry: Entry) -> Named:
        where = f"{section}.{code}"
        return Named(code, self._need(where, entry, "name")[0], self._source(where, entry))

    def suspension(
        self,
        code: str,
        entry: Entry,
        joined: Joined,
        terms: dict[str, Term],
        steps: dict[str, Step],
        *,
        enabled: bool,
    ) -> Suspension:
        where = f"suspensions.{code}"
        name, stops, since = self._need(where, entry, "name", "terms", "valid_from")
        stops = tuple(key for key in stops if key not in joined.gone_terms)
        self._known(f"{where}.terms", stops, terms)
        begins, ends = (entry.get(part, ()) for part in ("begins", "ends"))
        self._known(f"{where}.begins", begins, steps)
        self._known(f"{where}.ends", ends, steps)
        if begins and not ends:
            raise LawError(self.file, f"{where}.ends", "steps that end what begins by itself")
        until, note = entry.get("valid_to"), entry.get("note", {})
        if until and until < since:
            raise LawError(self.file, f"{where}.valid_to", f"a day not before {since}")
        longer_by = entry.get("longer_by", "")
        self._longer(f"{where}.longer_by", longer_by, since, terms)
        same_as, source = entry.get("same_as", code), self._source(where, entry)
        return Suspension(
            code, name, same_as, stops, begins, ends, longer_by, since, until, note, source=source, enabled=enabled
        )

    def _longer(self, key: str, term: str, since: date, terms: dict[str, Term]) -> None:
        """After an interval the clock stands for a length that the law sets, in every redaction of the cause."""
        self._known(key, (term,) if term else (), terms)
        values = terms[term].values if term else ()
        fits = all(one.count and one.unit != "hours" and one.direction == "forward" for one in values)
        if values and not (fits and values[0].valid_from <= since):
            raise LawError(self.file, key, f"a term with a count of days or months from {since} on, that runs forward")

    def quota(self, code: str, entry: Entry) -> Quota:
        where = f"quotas.{code}"
        name, least = self._need(where, entry, "name", "least")
        of = entry.get("of")
        if of is not None and of < least:
            raise LawError(self.file, f"{where}.of", f"a whole number not below {least}")
        return Quota(code, name, least, of, self._source(where, entry))

    def step(self, code: str, entry: Entry, joined: Joined, states: dict[str, State], terms: dict[str, Term]) -> Step:
        where = f"steps.{code}"
        name, from_, to, who, public = self._need(where, entry, "name", "from", "to", "who", "public")
        also = entry.get("also", ())
        self._known(f"{where}.to", (to, *also), (*states, *PLACES))
        starts, ends = (
            tuple(key for key in entry.get(part, ()) if key not in joined.gone_terms) for part in ("starts", "ends")
        )
        self._known(f"{where}.starts", starts, terms)
        self._known(f"{where}.ends", ends, terms)
        places = self._places(f"{where}.from", [name for name in from_ if name not in joined.gone_states], states)
        if from_ and not places:
            raise LawError(self.file, f"{where}.from", "states of this procedure; else take the step away (without)")
        not_while = entry.get("not_while", ())
        causes = joined.sections["suspensions"]
        self._known(f"{where}.not_while", not_while, [one.get("same_as", cause) for cause, one in causes.items()])
        plain, source = entry.get("plain", False), self._source(where, entry)
        return Step(
            code, name, places, to, also, who, starts, ends, entry.get("letter"), public, plain, not_while,
            source=source,
        )  # fmt: skip

    def _known(self, key: str, names: Iterable[str], allowed: Collection[str]) -> None:
        for name in names:
            if name not in allowed:
                raise LawError(self.file, f"{key}: {name}", "one of: " + ", ".join(allowed))

    def _places(self, key: str, names: list[str], states: dict[str, State]) -> tuple[str, ...]:
        """The states meant: "any" and "open" stand for all such states, "-state" takes one out."""
        self._known(key, (name.removeprefix("-") for name in names), (*states, ANY, OPEN))
        wanted, out = set(names), {name[1:] for name in names if name.startswith("-")}
        return tuple(
            state.code
            for state in states.values()
            if state.code not in out and (state.code in wanted or ANY in wanted or (OPEN in wanted and state.open))
        )


def _check_paths(file: str, states: dict[str, State], steps: dict[str, Step]) -> None:
    """Every state can be reached from the first step; every open one can be left."""
    reached = {place for step in steps.values() if not step.from_ for place in (step.to, *step.also)}
    if not reached:
        raise LawError(file, "steps", "one step with from = [], which opens a case")
    while True:
        more = {
            place
            for step in steps.values()
            if reached.intersection(step.from_)
            for place in (step.to, *step.also)
            if place not in PLACES
        }
        if more <= reached:
            break
        reached |= more
    for state in states.values():
        if state.code not in reached:
            raise LawError(file, f"states.{state.code}", "a state that some step leads to")
        leaves = (step for step in steps.values() if state.code in step.from_ and step.to not in ("same", state.code))
        if state.open and not any(leaves):
            raise LawError(file, f"states.{state.code}", "an open state that some step leaves")

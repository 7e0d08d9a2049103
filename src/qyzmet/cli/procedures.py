"""`qyzmet procedures`: the kinds of appeal, what they are, and their terms with sources."""

import argparse
import json
from typing import Any

from qyzmet.cli.due import add_law, law_of, unreadable
from qyzmet.law import Law, LawError, Procedure, Source, Step, Suspension, Term, Value
from qyzmet.law.letter_list import letter_codes
from qyzmet.law.lists import lists, opening
from qyzmet.law.sentences import count_words, long_date, say, sentences, unit_words


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    add_law(parser)


def run(args: argparse.Namespace) -> int:
    """Print the list. 1 if the law files are wrong."""
    try:
        law = law_of(args)
    except LawError as error:
        return unreadable(error, args)
    if args.json:
        print(json.dumps(as_json(law), ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(told(procedure, args.lang) for procedure in law.procedures.values()))
    return 0


def as_json(law: Law) -> list[dict[str, Any]]:
    """Every procedure as plain JSON: all that its files say but the texts of its letters and its examples."""
    return [_procedure(law, procedure) for procedure in law.procedures.values()]


def _procedure(law: Law, procedure: Procedure) -> dict[str, Any]:
    return {
        "code": procedure.code,
        "chapter": procedure.chapter,
        "begins": procedure.begins,
        "opened_by": list(opening(procedure)),
        "name": dict(procedure.name),
        "definition": dict(procedure.definition),
        "source": procedure.source.rule,
        "status": procedure.source.status,
        "states": [
            {"code": state.code, "name": dict(state.name), "open": state.open, "waits": state.waits}
            for state in procedure.states.values()
        ],
        "steps": [_step(step) for step in procedure.steps.values()],
        "terms": [_term(term) for term in procedure.terms.values()],
        "outcomes": [_entry(one) | {"adverse": one.adverse} for one in procedure.outcomes.values()],
        "lists": {name: [_listed(one) for one in entries] for name, entries in lists(procedure).items()},
        "letters": list(letter_codes(law, procedure)),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        **_entry(step),
        "from": list(step.from_),
        "to": [step.to, *step.also],
        "who": list(step.who),
        "starts": list(step.starts),
        "ends": list(step.ends),
        "letter": step.letter,
        "public": step.public,
        "not_while": list(step.not_while),
    }


def _entry(one: Any) -> dict[str, Any]:
    return {"code": one.code, "name": dict(one.name), **_source(one.source)}


def _listed(one: Any) -> dict[str, Any]:
    """An entry of a list; of a cause of suspension also what it stops, and in which redactions."""
    if not isinstance(one, Suspension):
        return _entry(one)
    days = {"valid_from": one.valid_from.isoformat(), "valid_to": one.valid_to.isoformat() if one.valid_to else None}
    what = {"same_as": one.same_as, "terms": list(one.terms), "longer_by": one.longer_by}
    return {**_entry(one), **what, "begins": list(one.begins), "ends": list(one.ends), **days}


def _source(source: Source) -> dict[str, str]:
    checked = source.checked.isoformat()
    return {"rule": source.rule, "url": source.url, "checked": checked, "status": source.status}


def _term(term: Term) -> dict[str, Any]:
    values = [_value(value) for value in term.values]
    return {"key": term.key, "name": dict(term.name), "from": term.from_, "whose": term.whose, "values": values}


def _value(value: Value) -> dict[str, Any]:
    return {
        "valid_from": value.redaction,
        "valid_to": value.valid_to.isoformat() if value.valid_to else None,
        "count": value.count,
        "unit": value.unit,
        "first_day": value.first_day,
        "rule": value.rule,
        "url": value.source.url,
        "checked": value.source.checked.isoformat(),
        "status": value.source.status,
    }


def told(procedure: Procedure, lang: str) -> str:
    """A procedure in words: its name, what it is, a line a term with the newest redaction."""
    lines = [f"{procedure.code}: {procedure.name[lang]}", f"  {procedure.definition[lang]}"]
    return "\n".join(lines + [_line(term, lang) for term in procedure.terms.values()])


def _line(term: Term, lang: str) -> str:
    value = term.values[-1]
    count = count_words(value.count, value.unit, lang) if value.count else f"... {unit_words(value.unit, lang)}"
    act = sentences()["act"].get(value.source.act, {}).get(lang, value.source.act)
    since = long_date(value.valid_from, lang)
    status = value.source.status
    mark = "" if status == "verified" else f" [{say('status', status, lang)}]"
    return f"  {term.key}: {term.name[lang]} - {count} ({act} {value.source.article}; {since}){mark}"

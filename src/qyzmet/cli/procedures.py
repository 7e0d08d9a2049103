"""`qyzmet procedures`: the kinds of appeal, what they are, and their terms with sources."""

import argparse
import json
from typing import Any

from qyzmet.cli.due import add_law, law_of, unreadable
from qyzmet.law import Law, LawError, Procedure, Term, Value
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
    """Every procedure as plain JSON: code, names, definitions, chapter, terms with their redactions."""
    return [
        {
            "code": procedure.code,
            "chapter": procedure.chapter,
            "begins": procedure.begins,
            "name": dict(procedure.name),
            "definition": dict(procedure.definition),
            "source": procedure.source.rule,
            "status": procedure.source.status,
            "terms": [_term(term) for term in procedure.terms.values()],
        }
        for procedure in law.procedures.values()
    ]


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

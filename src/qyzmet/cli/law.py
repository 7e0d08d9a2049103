"""`qyzmet law`: what changed in a procedure between two days, whether a city's own files are right."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from qyzmet.cli.due import NO_ANSWER, OK, USAGE, BadQuestion, add_law, bad_question, law_of, unreadable
from qyzmet.law import KZ, LawError, Procedure, Value, load
from qyzmet.law.compare import Change, compare
from qyzmet.law.review import Finding, review, shared
from qyzmet.law.sentences import count_words, say, unit_words


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("what", choices=("diff", "check"), help="diff: what changed; check: a city's own folder")
    parser.add_argument("of", nargs="*", metavar="ARGUMENT", help="diff: PROCEDURE DAY DAY; check: FOLDER")
    add_law(parser)


def run(args: argparse.Namespace) -> int:
    """Run one of the two. 1: something is wrong, or the law does not answer."""
    wanted = 3 if args.what == "diff" else 1
    if len(args.of) != wanted:
        print(say("law", "usage", args.lang), file=sys.stderr)
        return USAGE
    try:
        return diff(args) if args.what == "diff" else check(args)
    except LawError as error:
        return unreadable(error, args)
    except BadQuestion as error:
        return bad_question(error, args)


def diff(args: argparse.Namespace) -> int:
    """Print what changed, for whom, and which steps feel it."""
    code, first, second = args.of[0], _day(args.of[1]), _day(args.of[2])
    procedure = law_of(args).procedure(code)
    changes = compare(procedure, first, second)
    if args.json:
        print(json.dumps([as_json(procedure, one, args.lang) for one in changes], ensure_ascii=False, indent=2))
    else:
        lines = [told(procedure, one, (first, second), args.lang) for one in changes]
        print("\n".join(lines) if lines else say("law", "same", args.lang))
    return OK


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadQuestion("bad_day", text=text) from None


def as_json(procedure: Procedure, change: Change, lang: str) -> dict[str, Any]:
    """A change with the keys other programs rely on."""
    term = procedure.terms.get(change.key) if change.kind == "term" else None
    name = term.name if term else procedure.suspensions[change.key].name
    return {
        "kind": change.kind,
        "key": change.key,
        "name": name[lang],
        "what": change.what,
        "whose": term.whose if term else None,
        "before": _value(change.before),
        "after": _value(change.after),
        "steps": list(change.steps),
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    days = {"valid_from": value.redaction, "valid_to": value.valid_to.isoformat() if value.valid_to else None}
    form = {"count": value.count, "unit": value.unit, "from": value.from_, "first_day": value.first_day}
    return days | form | {"rule": value.rule, "url": value.source.url, "status": value.source.status}


def told(procedure: Procedure, change: Change, days: tuple[date, date], lang: str) -> str:
    """A change in words."""
    what = say("law", change.what, lang)
    if change.kind == "suspension":
        cause = procedure.suspensions[change.key]
        return f"{say('law', 'suspension', lang)}: {cause.name[lang]} ({cause.source.said(lang)}) - {what}"
    term = procedure.terms[change.key]
    lines = [f"{term.key}: {term.name[lang]} ({say('law', f'whose_{term.whose}', lang)}) - {what}"]
    lines += [f"  {day}: {_words(value, lang)}" for day, value in zip(days, (change.before, change.after), strict=True)]
    if change.steps:
        steps = ", ".join(procedure.steps[code].name[lang] for code in change.steps)
        lines.append(f"  {say('law', 'steps', lang)}: {steps}")
    return "\n".join(lines)


def _words(value: Value | None, lang: str) -> str:
    if value is None:
        return say("law", "nothing", lang)
    chosen = f"{say('law', 'chosen', lang)} ({unit_words(value.unit, lang)})"
    count = chosen if value.count is None else count_words(value.count, value.unit, lang)
    event, first = say("event", value.from_, lang), say("law", f"first_{value.first_day}", lang)
    return f"{count}, {event}; {first}; {value.source.said(lang)} [{say('status', value.source.status, lang)}]"


def check(args: argparse.Namespace) -> int:
    """Review what a folder says: every procedure it touches, itself or through what it extends."""
    folder = Path(args.of[0])
    others = [path for path in args.law.split(":") if path and Path(path) != folder]
    law = load(KZ, *others, folder)
    touched = {path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file()}
    everybody = bool(touched & {"calendar", "registration.toml", "acts.toml", "letters.toml"})
    ours = [one for one in law.procedures.values() if everybody or touched.intersection(one.chain)]
    findings = shared(law) if everybody else []
    findings += [finding for procedure in ours for finding in review(law, procedure)]
    _print(findings, [one.code for one in ours], args)
    return NO_ANSWER if findings else OK


def _print(findings: list[Finding], codes: list[str], args: argparse.Namespace) -> None:
    if args.json:
        rows = [{"file": one.file, "key": one.key, "code": one.code, "said": one.said(args.lang)} for one in findings]
        print(json.dumps({"procedures": codes, "findings": rows}, ensure_ascii=False, indent=2))
        return
    for finding in findings:
        print(finding.said(args.lang))
    if not findings:
        print(say("law", "clean", args.lang, codes=", ".join(codes) or "-"))

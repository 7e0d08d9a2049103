"""`qyzmet due`: when a term ends, and why. Needs no database; nothing but the law is loaded."""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from qyzmet.law import NOT_KNOWN, Answer, Law, LawError, answer, explain, kz
from qyzmet.law.sentences import say
from qyzmet.law.suspended import interval
from qyzmet.law.words import LANGS

OK, NO_ANSWER, USAGE = 0, 1, 2
"""Exit codes. NO_ANSWER: the law does not answer, or, in a batch, at least one line was answered with an error."""


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("procedure", nargs="?", metavar="PROCEDURE", help="application, complaint, message ...")
    parser.add_argument(
        "--received", metavar="MOMENT", help="arrival at the body that decides: 2026-03-19T19:05, or a day alone"
    )
    parser.add_argument("--term", help="key of the term (default: decision, else the first of the procedure)")
    parser.add_argument("--count", type=int, help="the length, for a term whose length the body sets")
    parser.add_argument(
        "--suspended", action="append", default=[], metavar="INTERVAL", help="2026-07-10..2026-07-20:illness; repeat it"
    )
    parser.add_argument(
        "--unverified", action="store_true", help="let values decide that nobody has checked, as in a body that did"
    )
    parser.add_argument("--batch", action="store_true", help="answer JSON lines on standard input, a line each")
    add_law(parser)


def add_law(parser: argparse.ArgumentParser) -> None:
    """Options of every command about the law."""
    parser.add_argument("--lang", choices=LANGS, default=LANGS[0], help="language of the answer (default: kk)")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    folders = os.environ.get("QYZMET_LAW", "")
    parser.add_argument("--law", default=folders, metavar="FOLDERS", help="folders of a city, separated by colons")


def law_of(args: argparse.Namespace) -> Law:
    """The shipped law under the folders asked for."""
    return kz(*filter(None, args.law.split(":")))


def unreadable(error: LawError, args: argparse.Namespace) -> int:
    """Say what is wrong, in the language asked for."""
    if args.json:
        print(json.dumps({"error": error.said(args.lang)}, ensure_ascii=False))
    else:
        print(error.said(args.lang), file=sys.stderr)
    return NO_ANSWER


def run(args: argparse.Namespace) -> int:
    """Answer one question, or a batch of them."""
    if not args.batch and not (args.procedure and args.received):
        print(say("error", "due_usage", args.lang), file=sys.stderr)
        return USAGE
    try:
        law = law_of(args)
        if args.batch:
            return batch(law, _standard_input(), args.lang)
        asked = {"procedure": args.procedure, "received": args.received, "term": args.term, "count": args.count}
        asked |= {"suspended": args.suspended, "unverified": args.unverified}
        found = ask(law, asked)
    except LawError as error:
        return unreadable(error, args)
    except BadQuestion as error:
        return bad_question(error, args)
    print(json.dumps(as_json(found, args.lang), ensure_ascii=False) if args.json else told(found, args.lang))
    return OK


class BadQuestion(Exception):
    """The question itself is not well formed. `key` names the entry under [error] of the law's sentences."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def said(self, lang: str) -> str:
        """The error in words."""
        return say("error", self.key, lang, **self.values)


def bad_question(error: BadQuestion, args: argparse.Namespace) -> int:
    """Say what is wrong with the question."""
    if args.json:
        print(json.dumps({"error": error.said(args.lang)}, ensure_ascii=False))
    else:
        print(error.said(args.lang), file=sys.stderr)
    return USAGE


def ask(law: Law, question: dict[str, Any]) -> Answer:
    """The answer to a question: procedure, received, term, count, suspended, unverified.

    LawError; BadQuestion for a wrong part.
    """
    procedure, received = question.get("procedure"), question.get("received")
    term, count = question.get("term"), question.get("count")
    suspended = question.get("suspended") or []
    needed = [("procedure", procedure), ("received", received)]
    for key, value in needed if term is None else [*needed, ("term", term)]:
        if not isinstance(value, str) or not value:
            raise BadQuestion("bad_part", part=key)
    if count is not None and (isinstance(count, bool) or not isinstance(count, int)):
        raise BadQuestion("bad_part", part="count")
    if not isinstance(switched := question.get("unverified", False), bool):
        raise BadQuestion("bad_part", part="unverified")
    if not isinstance(suspended, list) or not all(isinstance(one, str) for one in suspended):
        raise BadQuestion("bad_part", part="suspended")
    stood = tuple(map(interval, suspended))
    law = law.switched_on(str(procedure)) if switched else law
    return answer(law, str(procedure), moment(str(received)), term=term, count=count, suspended=stood)


def moment(text: str) -> date | datetime:
    """A moment with or without a zone, or a day alone, which the law takes as within office hours."""
    try:
        found = datetime.fromisoformat(text)
        found.utctimetuple()  # a zone that leaves the years of the calendar
    except (ValueError, OverflowError):
        raise BadQuestion("bad_day", text=text) from None
    return found if "T" in text.upper() or " " in text.strip() else found.date()


def as_json(found: Answer, lang: str) -> dict[str, Any]:
    """The answer with the keys other programs rely on."""
    return {
        "procedure": found.procedure,
        "registered_on": found.registration.on.isoformat(),
        "due_on": None if found.due.on == NOT_KNOWN else found.due.on.isoformat(),
        "rule": found.due.rule,
        "redaction": found.due.redaction,
        "status": found.due.status,
        "steps": explain(found.facts, lang),
    }


def told(found: Answer, lang: str) -> str:
    """The answer for a person: the day, how sure it is, and the way to it."""
    status = say("status", found.due.status, lang)
    day = say("law", "not_known", lang) if found.due.on == NOT_KNOWN else found.due.on.isoformat()
    return "\n".join([f"{day} [{status}]", *(f"  {line}" for line in explain(found.facts, lang))])


def batch(law: Law, lines: Iterable[str], lang: str) -> int:
    """Answer each line with a line; a bad one with {"error"}. Empty lines are passed over."""
    code = OK
    for line in lines:
        if not line.strip():
            continue
        try:
            reply = as_json(ask(law, _question(line)), lang)
        except (LawError, BadQuestion) as error:
            reply, code = {"error": error.said(lang)}, NO_ANSWER
        line = json.dumps(reply, ensure_ascii=False)
        print(line.encode(errors="replace").decode(), flush=True)  # an error may quote half a character
    return code


def _standard_input() -> Iterable[str]:
    """Lines in UTF-8; a broken byte spoils its line, not the batch."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin


def _question(line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        raise BadQuestion("bad_line") from None
    if not isinstance(question, dict):
        raise BadQuestion("bad_line")
    return question

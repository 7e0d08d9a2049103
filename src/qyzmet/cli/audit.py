"""`qyzmet audit`: compare every table with the public log. Whatever was changed behind it is named."""

import argparse
import json
import sys

import django

from qyzmet.law.words import LANGS
from qyzmet.ledger.words import say

NOTHING, FOUND = 0, 1
EVERY = 25_600
"""Rows between two lines of progress."""


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--lang", choices=LANGS, default=LANGS[0], help="language of the answer (default: kk)")
    parser.add_argument("--json", action="store_true", help="a JSON line for each finding")


def run(args: argparse.Namespace) -> int:
    """Print each finding as it comes; 1 if there was one."""
    django.setup()
    from django.utils import timezone

    from qyzmet.cases import queries
    from qyzmet.journal.store import folder

    found = 0
    for finding in queries.audit(folder(), at=timezone.now(), progress=_progress):
        found += 1
        words = say(f"audit_{finding.code}", args.lang, index=finding.index, case=finding.case, **finding.values)
        line = {"code": finding.code, "index": finding.index, "case": finding.case, **finding.values}
        print(json.dumps(line, ensure_ascii=False) if args.json else words, flush=True)
    if not args.json:
        print(say("audit_found" if found else "audit_nothing", args.lang, count=found))
    return FOUND if found else NOTHING


def _progress(rows: int) -> None:
    if rows % EVERY == 0:
        print(f"{rows}", file=sys.stderr, flush=True)

"""`qyzmet audit`: compare every table with the public log. Whatever was changed behind it is named."""

import argparse
import itertools
import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django

from qyzmet.law.words import LANGS
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.words import say

if TYPE_CHECKING:
    from qyzmet.journal.audit import Finding

NOTHING, FOUND = 0, 1
LOOKS, MOMENT = 3, 1.0
"""How often, and after how many seconds, a head that was signed and not yet published is looked for again."""
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
    tables = queries.audit(folder(), at=timezone.now(), progress=_progress)
    for finding in itertools.chain(_signed(args.lang), tables):
        found += 1
        words = say(f"audit_{finding.code}", args.lang, index=finding.index, case=finding.case, **finding.values)
        line = {"code": finding.code, "index": finding.index, "case": finding.case, **finding.values}
        print(json.dumps(line, ensure_ascii=False) if args.json else words, flush=True)
    if not args.json:
        print(say("audit_found" if found else "audit_nothing", args.lang, count=found))
    return FOUND if found else NOTHING


def _signed(lang: str) -> "Iterator[Finding]":
    """Whether the signer has signed another head, or a later one, than is published."""
    from qyzmet.journal import log
    from qyzmet.journal.audit import against_signer
    from qyzmet.journal.signer.wire import Down
    from qyzmet.journal.store import folder

    found = None
    try:
        for again in range(LOOKS):
            time.sleep(MOMENT if again else 0)
            found = against_signer(folder(), log.signer().state())
            if found is None:
                return
    except (Down, Invalid) as silent:
        print(say("audit_signer_silent", lang, why=str(silent)), file=sys.stderr)
    if found:
        yield found


def _progress(rows: int) -> None:
    if rows % EVERY == 0:
        print(f"{rows}", file=sys.stderr, flush=True)

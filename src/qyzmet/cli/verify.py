"""`qyzmet verify`: what a receipt proves, in sentences. Needs neither a database nor the network."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from qyzmet.cli import due
from qyzmet.cli.proofs import sentences
from qyzmet.cli.proofs.files import Given, find_policy, read, recognise
from qyzmet.cli.proofs.judge import EXITS, Fork, Found, forks, judge, together
from qyzmet.law import Law, LawError
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.policy import POLICY_LIMIT, Policy, parse_policy
from qyzmet.ledger.words import say

EPILOG = """exit codes: 0 everything holds; 1 something does not hold; 2 a file cannot be read;
3 nothing contradicts, but not everything is proved (a promise only, or no policy was given).
The policy is looked for in --policy, in QYZMET_POLICY, in log/policy of the data folder; without one
the key is taken from the receipt itself."""


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("files", nargs="+", metavar="FILE", help="receipt, proof, promise or checkpoint; - reads input")
    parser.add_argument("--policy", metavar="FILE", help="whom to trust: keys of the log and of its witnesses")
    due.add_law(parser)


def run(args: argparse.Namespace) -> int:
    """Check the files, alone and against each other."""
    files, failed = _given(args.files)
    found: list[Found] = []
    path = find_policy(args.policy)
    try:
        law = due.law_of(args)
        found = judge(files, policy_in(path) if path else None, law)
    except LawError as error:
        return due.unreadable(error, args)
    except Invalid as wrong:
        failed.append((path or "", wrong))
    split = forks(found)
    outcome = together(found, split, bool(failed))
    if args.json:
        print(json.dumps(_as_json(found, failed, split, law, args.lang) | {"verdict": outcome}, ensure_ascii=False))
    else:
        _print(args, path, law, found, failed, split, outcome)
    return EXITS[outcome]


def policy_in(path: str) -> Policy:
    """The policy in a file. What `parse_policy` raises, and `verify_no_file`."""
    return parse_policy(read(path, POLICY_LIMIT))


def _given(paths: Sequence[str]) -> tuple[list[Given], list[tuple[str, Invalid]]]:
    """The files that can be read, and why the others cannot."""
    files, failed = [], []
    for path in paths:
        try:
            files.append(recognise(path, read(path)))
        except Invalid as wrong:
            failed.append((path, wrong))
    return files, failed


def _print(
    args: argparse.Namespace,
    path: str | None,
    law: Law,
    found: Sequence[Found],
    failed: Sequence[tuple[str, Invalid]],
    split: Sequence[Fork],
    outcome: str,
) -> None:
    lines = [say("verify_policy", args.lang, path=path)] if path and found else []
    for one in found:
        if len(args.files) > 1:
            lines.append(say("verify_in_file", args.lang, path=one.given.path) + ":")
        lines += sentences.told(one, law, args.lang, datetime.now(UTC))
    lines += sentences.forked(split, args.lang)
    verdict = say(f"verdict_{outcome}", args.lang)
    print("\n".join([verdict, *lines]).encode(errors="replace").decode())
    for name, wrong in failed:
        print(f"{name}: {sentences.wrong(wrong, args.lang)}".lstrip(": "), file=sys.stderr)


def _as_json(
    found: Sequence[Found], failed: Sequence[tuple[str, Invalid]], split: Sequence[Fork], law: Law, lang: Any
) -> dict[str, Any]:
    return {
        "files": [_file(one, law, lang) for one in found],
        "unreadable": [
            {"file": name, "code": wrong.code, "words": sentences.wrong(wrong, lang)} for name, wrong in failed
        ],
        "forks": [
            {"origin": one.one.checkpoint.origin, "size": one.one.checkpoint.size, "notes": one.notes} for one in split
        ],
    }


def _file(found: Found, law: Law, lang: Any) -> dict[str, Any]:
    return {
        "file": found.given.path,
        "kind": found.given.kind,
        "case": found.verdict.case if found.verdict else None,
        "verdict": found.outcome,
        "key_from_file": not found.trusted,
        "witnesses_known": len(found.policy.witnesses),
        "problems": [
            {"step": one.step, "code": one.invalid.code, "words": sentences.wrong(one.invalid, lang)}
            for one in found.problems
        ],
        "steps": [_step(found, step, law, lang) for step in found.verdict.steps] if found.verdict else [],
    }


def _step(found: Found, step: Any, law: Law, lang: Any) -> dict[str, Any]:
    content = step.content or {}
    return {
        "n": step.n,
        "at": step.leaf.at.isoformat(),
        "event": content.get("event"),
        "words": sentences.event(law, step, lang),
        "rule": content.get("rule"),
        "due_on": content.get("due_on"),
        "day": found.dates[step.n].said if step.n in found.dates else None,
        "index": step.index,
        "size": step.seen.checkpoint.size if step.seen else None,
        "log": step.seen.log.name if step.seen else None,
        "witnesses": [{"name": name, "time": time} for name, time in step.seen.witnesses] if step.seen else [],
        "promised_by": step.promise.by if step.promise else None,
    }

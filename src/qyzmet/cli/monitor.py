"""`qyzmet monitor`: read all of a log, hold it to what it signed and promised, and say what is wrong."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qyzmet.cli.due import add_law, law_of
from qyzmet.cli.witness import read
from qyzmet.law import LawError
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import ED25519, VerifierKey, parse_key
from qyzmet.ledger.policy import NONE, Policy, parse_policy
from qyzmet.ledger.strict import base64_of
from qyzmet.text.languages import Lang
from qyzmet.watch.monitor import DueDays, Finding, Monitor, Report, State, Unreachable, source_of
from qyzmet.watch.refusal import Refusal
from qyzmet.watch.words import say

OK, FOUND, USAGE, UNREACHABLE = 0, 1, 2, 3
"""Exit codes."""
STATE = Path("qyzmet-monitor.sqlite")
SHOWN = 200
"""Findings told in words."""
WAIT_SECONDS = 2.0
PROGRESS_SECONDS = 2.0


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("log", metavar="URL-OR-FOLDER", help="where the log is served, or a copy of it")
    parser.add_argument("--key", action="append", default=[], metavar="VKEY", help="the log's key, got elsewhere")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="a policy file: witnesses, how many are needed")
    parser.add_argument("--state", type=Path, default=STATE, metavar="FILE", help="its memory (default: %(default)s)")
    parser.add_argument("--promise", type=Path, action="append", default=[], metavar="FILE", help="a promise to check")
    parser.add_argument("--every", type=float, metavar="SECONDS", help="look again and again until interrupted")
    add_law(parser)


def run(args: argparse.Namespace) -> int:
    """Look once, or again and again."""
    try:
        policy = policy_of(args.key, args.policy)
        days = DueDays(law_of(args))
        state = State(args.state)
    except (Invalid, Refusal, LawError) as wrong:
        return _unusable(wrong, args.lang)
    with closing(state):
        try:
            monitor = monitor_of(args, policy, days, state)
        except (Invalid, Refusal) as wrong:
            return _unusable(wrong, args.lang)
        return _again_and_again(monitor, args) if args.every else _once(monitor, args)


def monitor_of(args: argparse.Namespace, policy: Policy, days: DueDays, state: State) -> Monitor:
    """The monitor that was asked for, with the promises it is to hold the log to."""
    monitor = Monitor(
        source_of(args.log),
        state,
        policy,
        days=days,
        clock=lambda: int(time.time()),
        wait=lambda: time.sleep(WAIT_SECONDS),
        progress=_progress(args.lang),
    )
    for path in args.promise:
        monitor.promised(read(path))
    return monitor


def policy_of(keys: list[str], file: Path | None) -> Policy:
    """The log's keys, those of the policy file that bear the same name, and its witnesses. `Invalid`, `Refusal`."""
    given: list[VerifierKey] = [parse_key(text) for text in keys]
    policy = parse_policy(read(file)) if file else Policy(quorum=NONE)
    names = {key.name for key in given} or {key.name for key in policy.logs}
    if len(names) != 1 or any(key.kind != ED25519 for key in given):
        raise Refusal("key_needed")
    logs = dict.fromkeys([*given, *(key for key in policy.logs if key.name in names)], "")
    return Policy(logs, policy.witnesses, policy.groups, policy.quorum)


def _once(monitor: Monitor, args: argparse.Namespace) -> int:
    try:
        report = monitor.look()
    except Unreachable as error:
        print(say("unreachable", args.lang, why=str(error)), file=sys.stderr)
        return UNREACHABLE
    _show(report, args)
    return FOUND if report.findings else OK


def _again_and_again(monitor: Monitor, args: argparse.Namespace) -> int:
    """Until interrupted; what has not changed is not told again. The exit code is the last look's."""
    code, before = OK, None
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            try:
                report = monitor.look()
                code = FOUND if report.findings else OK
                if (now := (report.size, report.findings)) != before:
                    _show(report, args)
                before = now
            except Unreachable as error:
                code = UNREACHABLE
                print(say("unreachable", args.lang, why=str(error)), file=sys.stderr, flush=True)
            time.sleep(args.every)
    except KeyboardInterrupt:
        return code


def _show(report: Report, args: argparse.Namespace) -> None:
    if args.json:
        print(json.dumps(as_json(report, args.lang), ensure_ascii=False), flush=True)
    else:
        print("\n".join(told(report, args.lang)), flush=True)


def told(report: Report, lang: Lang) -> list[str]:
    """The report in sentences."""
    size = max(report.size, report.read)  # what was read of a log that has become shorter since
    counts = {"origin": report.origin, "size": size, "read": report.read, "fresh": report.fresh}
    count = len(report.findings)
    lines = [say("monitor_found" if count else "monitor_fine", lang, count=count, **counts)]
    lines += [f"  {sentence(finding, lang)}" for finding in report.findings[:SHOWN]]
    if count > SHOWN:
        lines.append(f"  {say('monitor_more', lang, count=count - SHOWN)}")
    lines += [f"  {say('monitor_fork_file', lang, path=path)}" for path in report.forks]
    names = ", ".join(sorted(name for name, _ in report.witnesses))
    lines.append(
        say("monitor_seen_by", lang, names=names, size=report.witnessed) if names else say("monitor_seen_by_none", lang)
    )
    return lines if report.ours or not report.read else [*lines, say("monitor_not_ours", lang)]


def sentence(finding: Finding, lang: Lang) -> str:
    """One finding in words; its days and moments are written out."""
    values = {name: _moment(value) for name, value in finding.values.items()}
    return say(finding.code, lang, index=finding.index, **values)


def as_json(report: Report, lang: Lang) -> dict[str, Any]:
    """The report with the keys other programs rely on."""
    return {
        "origin": report.origin,
        "size": report.size,
        "root": base64_of(report.root),
        "read": report.read,
        "fresh": report.fresh,
        "cases": report.ours,
        "witnessed": report.witnessed,
        "witnesses": [{"name": name, "time": at} for name, at in report.witnesses],
        "findings": [
            {"code": one.code, "index": one.index, "values": one.values, "new": one in report.new}
            | {"said": sentence(one, lang)}
            for one in report.findings
        ],
        "forks": [str(path) for path in report.forks],
    }


def _moment(value: Any) -> Any:
    """A day or a moment as the state keeps it (ISO); anything else as it is."""
    if not isinstance(value, str) or value[4:5] != "-":
        return value
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return value


def _progress(lang: Lang) -> Callable[[int, int], None]:
    """Tell how far it is, no more often than every two seconds."""
    last = time.monotonic()

    def tell(done: int, size: int) -> None:
        nonlocal last
        if time.monotonic() - last > PROGRESS_SECONDS:
            last = time.monotonic()
            print(say("monitor_progress", lang, read=done, size=size), file=sys.stderr, flush=True)

    return tell


def _unusable(wrong: Invalid | Refusal | LawError, lang: Lang) -> int:
    said = wrong.said(lang) if isinstance(wrong, LawError) else say(wrong.code, lang, **wrong.values)
    print(said, file=sys.stderr)
    return USAGE

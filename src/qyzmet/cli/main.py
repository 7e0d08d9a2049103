"""`qyzmet`: finds the module of a command and runs it. A module has `add(parser)` and `run(args) -> int | None`."""

import argparse
import os
import sys
from importlib import import_module
from typing import Any, NamedTuple


class Command(NamedTuple):
    """Where a command lives and what it does, in a line."""

    module: str
    words: str


COMMANDS: dict[str, Command] = {
    "due": Command("qyzmet.cli.due", "say when a term ends, and why"),
    "procedures": Command("qyzmet.cli.procedures", "list the procedures and their terms"),
    "law": Command("qyzmet.cli.law", "say what changed in a procedure, check the law files of a city"),
    "demo": Command("qyzmet.cli.demo.command", "fill the invented city and serve it on 127.0.0.1"),
    "serve": Command("qyzmet.cli.serve", "serve the portal, the desk and the API"),
    "migrate": Command("qyzmet.cli.migrate", "prepare the database, or bring it up to date"),
    "tick": Command("qyzmet.cli.tick", "do what is due now: reminders, lapsed terms, outgoing mail"),
    "signer": Command("qyzmet.cli.signer", "hold the key of the public log and sign its heads"),
    "sequence": Command("qyzmet.cli.sequence", "take new steps into the public log and publish its head"),
    "audit": Command("qyzmet.cli.audit", "compare every table with the public log"),
    "token": Command("qyzmet.cli.token", "give a program a key that acts as an official"),
    "witness": Command("qyzmet.cli.witness", "cosign the heads of a log that only grows"),
    "monitor": Command("qyzmet.cli.monitor", "read all of a log and say what is wrong with it"),
    "verify": Command("qyzmet.cli.verify", "say what a receipt proves, in plain words"),
    "log": Command("qyzmet.cli.log", "check a proof or a signed note of any C2SP log"),
    "check": Command("qyzmet.cli.check", "check the settings of this installation"),
}


def load(name: str) -> Any:
    """The module of a command; only the one that is asked for is imported."""
    return import_module(COMMANDS[name].module)


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of one command."""
    parser = argparse.ArgumentParser(prog=f"qyzmet {name}", description=COMMANDS[name].words)
    module = load(name)
    module.add(parser)
    parser.set_defaults(run=module.run)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is what its `run` returns, or 0."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] not in COMMANDS:
        return _overview(asked=bool(words) and words[0] in ("-h", "--help", "help"))
    name, rest = words[0], words[1:]
    args = parser_of(name).parse_args(rest)
    if "data" in args and args.data:
        os.environ["QYZMET_DATA"] = str(args.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qyzmet.settings")
    try:
        return int(args.run(args) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read what is printed has seen enough of it (`qyzmet law diff ... | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _overview(*, asked: bool) -> int:
    out = sys.stdout if asked else sys.stderr
    print("usage: qyzmet COMMAND [options]; qyzmet COMMAND --help tells more\n", file=out)
    for name, command in COMMANDS.items():
        print(f"  {name:<12}{command.words}", file=out)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main())

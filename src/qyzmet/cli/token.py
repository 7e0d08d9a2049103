"""`qyzmet token`: give a program a key that acts as an official, or take it back."""

import argparse
import sys
from datetime import date

import django

SCOPES = ("read", "act")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", help="whom the program acts as")
    parser.add_argument("--name", required=True, help="what the key is for, so that it can be found again")
    parser.add_argument(
        "--scope", action="append", choices=SCOPES, help="read: lists and cases; act: steps; may be given twice"
    )
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="the first day without the key")
    parser.add_argument("--revoke", action="store_true", help="take back every key of this name")


def run(args: argparse.Namespace) -> int:
    """Print the new key, which is known only now; or how many were taken back."""
    django.setup()
    from django.utils import timezone

    from qyzmet.bodies import actions, queries
    from qyzmet.look import words
    from qyzmet.text.refusal import Refused

    person, at = queries.person_by_login(args.login), timezone.now()
    if person is None:
        return _failed(f"nobody has the login {args.login}")
    if args.revoke:
        named = [token for token in queries.tokens_of(person) if token.name == args.name]
        print(f"revoked: {len([actions.revoke_token(token=token, at=at) for token in named])}")
        return 0
    try:
        made = actions.issue_token(person=person, name=args.name, scopes=args.scope or [], until=args.until, at=at)
    except Refused as refused:
        return _failed(words.refusal(refused, "en"))
    print(made.text)
    return 0


def _failed(said: str) -> int:
    print(said, file=sys.stderr)
    return 1

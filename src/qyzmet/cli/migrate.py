"""`qyzmet migrate`: tables for this version of Qyzmet."""

import argparse

import django
from django.core.management import call_command


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something goes wrong")


def run(args: argparse.Namespace) -> None:
    django.setup()
    migrate(verbosity=0 if args.quiet else 1)


def migrate(*, verbosity: int) -> None:
    """Make or change all tables; asks nothing, and does nothing when they are up to date."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)

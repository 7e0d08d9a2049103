"""`qyzmet check`: is this installation safe to open to the public?"""

import argparse

import django
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from qyzmet.cli.calendar_end import calendar_warning


def add(parser: argparse.ArgumentParser) -> None:
    parser.description = "Check the settings as those of a server that others reach; exit code 1 on a warning."


def run(args: argparse.Namespace) -> int:
    django.setup()
    try:
        call_command("check", deploy=True, databases=["default"], fail_level="WARNING")
    except SystemCheckError as error:
        print(error)
        return 1
    return _calendar()


def _calendar() -> int:
    from django.utils import timezone

    from qyzmet.text.dates import local

    said = calendar_warning(local(timezone.now()).date())
    for line in said:
        print(line)
    return 1 if said else 0

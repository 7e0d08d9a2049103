"""Checks settings as a public server would have them, and that no migration is missing."""

import os
import secrets
import tempfile

import django
from django.core.management import call_command


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in [name for name in os.environ if name.startswith("QYZMET_")]:
            del os.environ[name]
        os.environ.update(
            DJANGO_SETTINGS_MODULE="qyzmet.settings", QYZMET_DATA=folder, QYZMET_SECRET_KEY=secrets.token_urlsafe(64)
        )
        django.setup()
        call_command("check", deploy=True, fail_level="WARNING")
        call_command("makemigrations", check=True, dry_run=True)


if __name__ == "__main__":
    main()

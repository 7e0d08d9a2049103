"""Indexes that hold all a list needs to choose its rows; names sort by the bytes of their keys on PostgreSQL too."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

OPEN = models.Q(("is_open", True))
KEYS = (("cases_case", "applicant_key"), ("cases_case", "applicant_fold"), ("cases_party", "name_fold"))


def _by_bytes(apps: Any, schema_editor: Any) -> None:
    """SQLite compares bytes by itself; PostgreSQL is told, whatever the server's locale."""
    if schema_editor.connection.vendor == "postgresql":
        for table, column in KEYS:
            schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(260) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_name_key_order"),
        ("cases", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex("case", "case_body_queue"),
        migrations.RemoveIndex("case", "case_my_queue"),
        migrations.RemoveIndex("case", "case_by_name"),
        migrations.RemoveIndex("party", "party_by_iin"),
        migrations.RunPython(_by_bytes, migrations.RunPython.noop),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=OPEN,
                fields=["body", "act_on", "id", "executor", "is_accusation", "is_open"],
                name="case_body_queue",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=OPEN, fields=["act_on", "id", "body", "is_accusation", "is_open"], name="case_all_queue"
            ),
        ),
        migrations.AddIndex(
            "case", models.Index(condition=OPEN, fields=["executor", "body", "act_on", "id"], name="case_my_queue")
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["body", "applicant_fold", "applicant_key", "id", "is_accusation"], name="case_by_name"
            ),
        ),
        migrations.AddIndex("party", models.Index(fields=["iin"], name="party_by_iin")),
    ]

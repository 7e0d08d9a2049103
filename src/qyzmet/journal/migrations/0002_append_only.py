"""Triggers that refuse UPDATE, DELETE and TRUNCATE on the journal's rows.

A fresh journal comes only with a fresh database: `make demo-reset` removes the data folder, the tests roll their
transactions back, and a test that needs real commits drops the triggers first (tests/conftest.py).
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRES = """
CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_append_only();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only();
"""
SQLITE = (
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use."""
    statements = (POSTGRES,) if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Append-only by trigger."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]

"""Triggers that refuse to change a letter's row: a letter is what was sent. Removing one, when a case is erased, is allowed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRES = """
CREATE FUNCTION letters_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a letter is never edited'; END $$;
CREATE TRIGGER letters_never_edited BEFORE UPDATE ON letters_letter
  FOR EACH ROW EXECUTE FUNCTION letters_never_edited();
"""
POSTGRES_BACK = "DROP TRIGGER letters_never_edited ON letters_letter; DROP FUNCTION letters_never_edited();"
SQLITE = (
    "CREATE TRIGGER letters_never_edited BEFORE UPDATE ON letters_letter"
    " BEGIN SELECT RAISE(ABORT, 'a letter is never edited'); END"
)
SQLITE_BACK = "DROP TRIGGER letters_never_edited"


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the trigger of the database in use."""
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away again."""
    schema_editor.execute(POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    """Never edited, by trigger."""

    dependencies = [("letters", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]

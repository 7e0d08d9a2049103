"""Orders that move days and statements of a body have rows of their own in the public log."""

from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def row() -> models.ForeignKey:
    """A row of the log; what was there before has none. Not unique: SQLite then adds the column and keeps triggers."""
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.entry"
    )


def guard_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """On the way back SQLite writes the table of orders anew, and leaves its triggers behind."""
    if schema_editor.connection.vendor == "sqlite":
        import_module("qyzmet.cases.migrations.0007_calendar_orders").guard(apps, schema_editor)


class Migration(migrations.Migration):
    """Three columns."""

    dependencies = [("cases", "0010_numbers_as_given"), ("journal", "0001_initial")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(model_name="calendarorder", name="entry", field=row()),
        migrations.AddField(model_name="publication", name="entry", field=row()),
        migrations.AddField(model_name="publication", name="gone_entry", field=row()),
    ]

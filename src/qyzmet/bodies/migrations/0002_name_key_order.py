"""Names sort by the bytes of their key. SQLite does so by itself; PostgreSQL is told, whatever the server's locale."""

from typing import Any

from django.db import migrations


def _by_bytes(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE bodies_person ALTER COLUMN name_key TYPE varchar(400) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial")]

    operations = [migrations.RunPython(_by_bytes, migrations.RunPython.noop)]

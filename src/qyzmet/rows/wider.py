"""A migration's step: more room in columns of text."""

from typing import Any

from django.db.migrations import AlterField


class Wider(AlterField):
    """Widens the column where the database counts characters.

    SQLite does not: Django's own step would write the table anew there, a city's people with it, and leave its
    triggers behind, for nothing.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_backwards(app_label, schema_editor, from_state, to_state)

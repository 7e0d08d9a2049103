"""A migration's step: a foreign key gives up the index of its own."""

from typing import Any

from django.db.migrations import AlterField


class WithoutIndex(AlterField):
    """Drops the index and touches nothing else.

    Django's own step would write the table anew on SQLite, a city's cases with it, and leave its triggers behind.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        named = [index.name for index in model._meta.indexes]
        found = schema_editor._constraint_names(model, [column], unique=False, index=True, exclude=named)
        for name in found:
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[model._meta.get_field(self.name)]))

"""Orders that move days and statements of a body have rows of their own in the public log."""

import django.db.models.deletion
from django.db import migrations, models


def row() -> models.ForeignKey:
    """A row of the log; what was there before has none. Not unique: SQLite then adds the column and keeps triggers."""
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.entry"
    )


class Migration(migrations.Migration):
    """Three columns."""

    dependencies = [("cases", "0010_numbers_as_given"), ("journal", "0001_initial")]

    operations = [
        migrations.AddField(model_name="calendarorder", name="entry", field=row()),
        migrations.AddField(model_name="publication", name="entry", field=row()),
        migrations.AddField(model_name="publication", name="gone_entry", field=row()),
    ]

"""A pending row has no place in the log: the index of places holds only rows that have one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_the_log")]

    operations = [
        migrations.AlterField("opening", "index", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "opening",
            models.UniqueConstraint(
                condition=models.Q(("index__isnull", False)), fields=("index",), name="opening_index_once"
            ),
        ),
    ]

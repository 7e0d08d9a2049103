"""A queue narrowed to one procedure or state is chosen in the index too: a rare kind is found without reading the rest."""

from django.db import migrations, models

OPEN = models.Q(("is_open", True))


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_list_indexes")]

    operations = [
        migrations.RemoveIndex("case", "case_body_queue"),
        migrations.RemoveIndex("case", "case_all_queue"),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=OPEN,
                fields=["body", "act_on", "id", "executor", "is_accusation", "is_open", "procedure", "state"],
                name="case_body_queue",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=OPEN,
                fields=["act_on", "id", "body", "is_accusation", "is_open", "procedure", "state"],
                name="case_all_queue",
            ),
        ),
    ]

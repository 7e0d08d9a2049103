"""Few letters are translations: the index of those that are holds no row of the others."""

import django.db.models.deletion
from django.db import migrations, models

from qyzmet.rows.without_index import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_never_edited")]

    operations = [
        WithoutIndex(
            "letter",
            "courtesy_of",
            models.ForeignKey(
                "letters.letter",
                on_delete=django.db.models.deletion.PROTECT,
                blank=True,
                null=True,
                db_index=False,
                related_name="courtesies",
            ),
        ),
        migrations.AddIndex(
            "letter",
            models.Index(
                condition=models.Q(("courtesy_of__isnull", False)), fields=["courtesy_of"], name="letter_courtesies"
            ),
        ),
    ]

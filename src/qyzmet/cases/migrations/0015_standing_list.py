from django.db import migrations, models


class Migration(migrations.Migration):
    """The few cases whose clock stands are found without reading all open ones of a body."""

    dependencies = [
        ("cases", "0014_owed_after_closing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_open", True), ("stands_since__isnull", False)),
                fields=["body", "act_on", "id"],
                name="case_standing",
            ),
        ),
    ]

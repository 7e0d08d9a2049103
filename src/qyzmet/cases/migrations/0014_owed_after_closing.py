"""Closed cases in which the body still owes something have a list of their own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_name_key_order"),
        ("cases", "0013_room_for_what_is_given"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("act_on__isnull", False), ("is_open", False)),
                fields=["body", "act_on", "id", "executor", "is_accusation"],
                name="case_after_closing",
            ),
        ),
    ]

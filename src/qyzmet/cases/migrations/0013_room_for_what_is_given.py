"""Room for names and addresses that nobody outgrows, and whence the files of a form on its way came."""

from django.db import migrations, models

from qyzmet.rows.wider import Wider

ROOM = 2000


def _text(*, blank: bool = True) -> models.CharField:
    return models.CharField(blank=blank, max_length=ROOM)


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_standstills")]

    operations = [
        Wider("party", "name", _text(blank=False)),
        *(Wider("party", field, _text()) for field in ("address", "residence", "email", "phone")),
        Wider("accusation", "text", _text(blank=False)),
        migrations.AddField("intakedraft", "network", models.CharField(blank=True, default="", max_length=32), False),
        migrations.AddIndex(
            "intakedraft",
            models.Index(condition=~models.Q(network=""), fields=["network"], name="draft_network"),
        ),
    ]

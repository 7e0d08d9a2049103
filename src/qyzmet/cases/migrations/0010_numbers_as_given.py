"""Room for what people put into the fields of numbers: a wrong one is a defect and never stops an appeal."""

from django.db import migrations, models

FIELDS = ("bin", "iin", "phone")


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_fewer_indexes")]

    operations = [
        migrations.AlterField("party", field, models.CharField(blank=True, max_length=100)) for field in FIELDS
    ]

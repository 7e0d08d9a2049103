"""Orders that move days, and the runs that date open cases again. A trigger refuses to change or remove an order."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRES = """
CREATE FUNCTION calendar_orders_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an order is never edited'; END $$;
CREATE TRIGGER calendar_orders_stay BEFORE UPDATE OR DELETE ON cases_calendarorder
  FOR EACH ROW EXECUTE FUNCTION calendar_orders_stay();
CREATE TRIGGER calendar_orders_stay_all BEFORE TRUNCATE ON cases_calendarorder
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_orders_stay();
"""
POSTGRES_BACK = """
DROP TRIGGER calendar_orders_stay_all ON cases_calendarorder;
DROP TRIGGER calendar_orders_stay ON cases_calendarorder;
DROP FUNCTION calendar_orders_stay();
"""
SQLITE = tuple(
    f"CREATE TRIGGER calendar_orders_no_{verb} BEFORE {verb} ON cases_calendarorder"
    " BEGIN SELECT RAISE(ABORT, 'an order is never edited'); END"
    for verb in ("update", "delete")
)
SQLITE_BACK = tuple(f"DROP TRIGGER calendar_orders_no_{verb}" for verb in ("update", "delete"))


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use."""
    for statement in (POSTGRES,) if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    for statement in (POSTGRES_BACK,) if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Never edited, by trigger."""

    dependencies = [
        ("cases", "0006_nonanswers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField(unique=True)),
                ("version", models.CharField(max_length=64, unique=True)),
                ("off_on", models.DateField(null=True)),
                ("worked_on", models.DateField(null=True)),
                ("number", models.CharField(max_length=60)),
                ("dated", models.DateField()),
                ("url", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cancels",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancelled_by",
                        to="cases.calendarorder",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Redating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("stopped", "Stopped"),
                            ("overtaken", "Overtaken"),
                            ("done", "Done"),
                        ],
                        max_length=10,
                    ),
                ),
                ("after", models.BigIntegerField(default=0)),
                ("total", models.PositiveIntegerField()),
                ("seen", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("letters", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redating",
                        to="cases.calendarorder",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="calendarorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancels", None), ("off_on__isnull", False)),
                    models.Q(("cancels", None), ("worked_on__isnull", False)),
                    models.Q(("cancels__isnull", False), ("off_on", None), ("worked_on", None)),
                    _connector="OR",
                ),
                name="calendar_order_moves_or_cancels",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("off_on", None),
                    ("worked_on", None),
                    models.Q(("off_on", models.F("worked_on")), _negated=True),
                    _connector="OR",
                ),
                name="calendar_order_two_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="redating",
            constraint=models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(("state__in", ["running", "stopped"])),
                name="redating_one_at_a_time",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]

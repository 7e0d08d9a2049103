"""The journal's Django application."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Append-only rows of the journal."""

    name = "qyzmet.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

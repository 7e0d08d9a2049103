"""The Django application of the hall."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and everything that hangs on them."""

    name = "qyzmet.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

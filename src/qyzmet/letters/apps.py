from django.apps import AppConfig


class LettersConfig(AppConfig):
    """The post room: what a body sends, in words that stay, by which way, and what became of it."""

    name = "qyzmet.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

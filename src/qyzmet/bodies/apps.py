from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """The room of bodies and people; its label is what foreign keys of the rooms above refer to."""

    name = "qyzmet.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

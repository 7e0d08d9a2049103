from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "qyzmet.look"
    label = "look"

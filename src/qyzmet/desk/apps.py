from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "qyzmet.desk"
    label = "desk"

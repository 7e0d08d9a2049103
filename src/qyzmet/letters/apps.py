from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "qyzmet.letters"
    label = "letters"

"""A name in the three languages of the house."""

from __future__ import annotations

from django.db import models

from qyzmet.text.languages import Lang, Words


class Named(models.Model):
    """Whatever people read by name: one column a language, none of them empty."""

    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)

    class Meta:
        abstract = True

    @property
    def names(self) -> Words:
        return {"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en}

    def name(self, lang: Lang) -> str:
        return self.names[lang]

    def __str__(self) -> str:
        return self.name_kk

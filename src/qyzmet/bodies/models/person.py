from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from qyzmet.text import names
from qyzmet.text.fold import sort_key


class People(BaseUserManager["Person"]):
    """Makes people. Without a password a person cannot log in until one is set."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(login=login, **fields)
        person.name_key = name_key(person.surname, person.given, person.patronymic)
        person.set_password(password)
        person.save(using=self._db)
        return person


def name_key(surname: str, given: str, patronymic: str = "") -> str:
    """What lists of people are sorted by: Kazakh alphabetical order as byte order."""
    return sort_key(" ".join(part for part in (surname, given, patronymic) if part))[:400]


class Person(AbstractBaseUser):
    """Somebody who works in a body: the user model. What a person may do follows from dated roles alone."""

    class Language(models.TextChoices):
        KK = "kk"
        RU = "ru"
        EN = "en"

    login = models.CharField(max_length=100, unique=True)
    surname = models.CharField(max_length=100)
    given = models.CharField(max_length=100)
    patronymic = models.CharField(max_length=100, blank=True)
    name_key = models.CharField(max_length=400, db_index=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.KK)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    objects = People()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["surname", "given"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(language__in=["kk", "ru", "en"]), name="person_language_known"),
            models.CheckConstraint(condition=~Q(login=""), name="person_has_a_login"),
        ]

    def full_name(self) -> str:
        return names.full(self.surname, self.given, self.patronymic)

    def short_name(self) -> str:
        return names.short(self.surname, self.given, self.patronymic)

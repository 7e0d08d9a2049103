"""Add a person; set and change a password."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from qyzmet.bodies.models import Person
from qyzmet.text.refusal import Refused

from . import checks


@transaction.atomic
def add_person(
    *,
    login: str,
    surname: str,
    given: str,
    patronymic: str = "",
    email: str = "",
    language: str = "kk",
    at: datetime,
) -> Person:
    """A person without a password, who can log in once one is set.

    Logins are lower case, so that one person does not hold two that look alike.
    Refuses: login_missing, person_name_missing, person_language_unknown, login_taken.
    """
    login = login.strip().lower()
    if not login:
        raise Refused("login_missing", kind="input")
    if not surname.strip():
        raise Refused("person_name_missing", kind="input")
    if language not in Person.Language.values:
        raise Refused("person_language_unknown", kind="input", given=language)
    with checks.unique("login_taken", taken=login):
        return Person.objects.create_user(
            login,
            surname=surname.strip(),
            given=given.strip(),
            patronymic=patronymic.strip(),
            email=email,
            language=language,
            added_at=at,
        )


@transaction.atomic
def set_password(*, person: Person, password: str, at: datetime) -> Person:
    """A password given by an administrator or at set-up. Refuses: password_weak."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refused("password_weak", kind="input", why="; ".join(weak.messages)) from weak
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


@transaction.atomic
def change_password(*, person: Person, old: str, new: str, at: datetime) -> Person:
    """A password changed by its owner. Refuses: password_wrong (the old one), password_weak."""
    if not person.check_password(old):
        raise Refused("password_wrong", kind="input")
    return set_password(person=person, password=new, at=at)

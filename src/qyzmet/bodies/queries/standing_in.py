"""When a substitution is in effect on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from qyzmet.bodies.models import Absence, Appointment, Substitution
from qyzmet.bodies.models.dated import covers


def absent_holders(on: date) -> QuerySet[Appointment]:
    """Appointments true on the day whose holder is absent on it."""
    away = Absence.objects.filter(covers(on), person=OuterRef("person"))
    return Appointment.objects.filter(covers(on)).filter(Exists(away))


def stand_ins(on: date) -> QuerySet[Substitution]:
    """Substitutions that put somebody in the chair on the day: its holder is absent, or it has none.

    An acting chief of a vacant post has no rights from it, but those below do answer to that person.
    """
    held = Appointment.objects.filter(covers(on), post=OuterRef("post"))
    away = absent_holders(on).filter(post=OuterRef("post")).exclude(person=OuterRef("substitute"))
    return Substitution.objects.filter(covers(on)).filter(Exists(away) | ~Exists(held))

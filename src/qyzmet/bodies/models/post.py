from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from .body import Body, Unit
from .dated import Dated
from .named import Named
from .person import Person


class Post(Named):
    """A place in a body that one person holds at a time. `superior` is the post it answers to, in any body.

    A head post without `superior` answers to the head of the superior body.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="posts")
    code = models.SlugField(max_length=80, unique=True)
    is_head = models.BooleanField(default=False)
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inferiors")
    added_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(is_head=True, closed_on__isnull=True), name="post_one_open_head_in_a_body"
            ),
            models.CheckConstraint(
                condition=Q(superior__isnull=True) | ~Q(superior=F("id")), name="post_not_its_own_superior"
            ),
        ]


class Appointment(Dated):
    """Who holds a post, from the day to the day, by which act (its number and date as text)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    act = models.CharField(max_length=300, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["post"], condition=Q(until__isnull=True), name="appointment_one_open_holder_of_a_post"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "since"], name="appointment_post"),
            models.Index(fields=["person", "since"], name="appointment_person"),
        ]

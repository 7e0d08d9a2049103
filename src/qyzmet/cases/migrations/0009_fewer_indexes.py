"""Indexes that no list and no look-up reads, and that each appeal had to write (docs/bench.md).

A key that begins another index is found by that one; nothing is looked up by the other keys. A case's parent and the
cases of an executor are found by indexes that hold no row of a new appeal.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from qyzmet.rows.without_index import WithoutIndex


def _without(model: str, name: str, to: str, related: str = "+", **more: Any) -> WithoutIndex:
    protect = django.db.models.deletion.PROTECT
    return WithoutIndex(
        model, name, models.ForeignKey(to, on_delete=protect, related_name=related, db_index=False, **more)
    )


PERSON = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_name_key_order"),
        ("cases", "0008_newsrooms_and_publications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        _without("case", "body", "bodies.body"),  # begins case_body_all and the lists' indexes
        _without("case", "challenged", "bodies.body", null=True),
        _without("case", "receiver", PERSON, null=True),
        _without("case", "executor", PERSON, null=True),  # begins case_my_queue and case_my_closed
        _without("case", "parent", "cases.case", "children", null=True),  # case_kin
        _without("party", "case", "cases.case", "parties"),  # begins party_n_once
        _without("question", "case", "cases.case", "questions"),  # begins question_n_once
        _without("coexecutor", "case", "cases.case", "co_executors"),  # begins co_executor_once
        _without("deadline", "case", "cases.case", "deadlines"),  # begins deadline_of_case
        _without("step", "case", "cases.case", "steps"),  # begins step_n_once
        _without("step", "body", "bodies.body"),
        _without("step", "by", PERSON, null=True),
        _without("caseletter", "step", "cases.step", "step_letters"),
        _without("accusation", "post", "bodies.post", null=True),
        _without("barred", "person", PERSON),  # begins barred_once
        migrations.RemoveIndex("case", "case_my_queue"),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=models.Q(("executor__isnull", False), ("is_open", True)),
                fields=["executor", "body", "act_on", "id"],
                name="case_my_queue",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(condition=models.Q(("is_open", False)), fields=["executor", "-id"], name="case_my_closed"),
        ),
        migrations.AddIndex(
            "case",
            models.Index(condition=models.Q(("parent__isnull", False)), fields=["parent"], name="case_kin"),
        ),
    ]

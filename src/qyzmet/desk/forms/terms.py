"""When the clock of a case stands, and terms that a person missed."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from qyzmet.desk import names
from qyzmet.desk.forms.base import StepForm
from qyzmet.desk.forms.fields import Area, One, named_choices
from qyzmet.law import cause_named, causes
from qyzmet.look.forms import DayField


def _proof() -> Area:
    words = _("The paper with its number and day. The person reads it.")
    return Area(label=_("What shows it"), help_text=words, max_length=4000)


class StandStill(StepForm):
    """For which cause the clock stands, from which day, and what shows it."""

    cause = One(label=_("Why the clock stands"))
    first = DayField(label=_("First day on which it stands"), help_text=_("For example, 27 3 2026."))
    last = DayField(
        label=_("Last day on which it stands"),
        help_text=_("Leave it empty while nobody knows: there is no last day of the term until the clock runs again."),
        required=False,
    )
    ground = _proof()

    def prepare(self) -> None:
        lang, known = self.setting.lang, causes(self.setting.rule, self.setting.case.registered_on)
        field: Any = self.fields["cause"]
        field.choices = named_choices(known, lang)
        field.widget.hints = {code: one.note.get(lang, "") for code, one in known.items()}


class RunAgain(StepForm):
    """Which interval ended, and when; or that it never was."""

    n = One(label=_("Which interval"))
    last = DayField(
        label=_("Last day on which the clock stood"), help_text=_("The day after it counts again."), required=False
    )
    void = forms.BooleanField(label=_("The clock never stood: this was entered by mistake"), required=False)
    ground = _proof()

    def prepare(self) -> None:
        rule, lang, as_of = self.setting.rule, self.setting.lang, self.setting.case.registered_on
        rows = [row for row in self.setting.view.standstills if not row.is_void]
        said = [(str(row.n), names.standstill(row, rule, lang, as_of=as_of)) for row in rows]
        self.choose("n", said)
        self.fields["n"].widget.hints = {str(row.n): self._note(row.cause) for row in rows}

    def _note(self, cause: str) -> str:
        """What the law says of the last day, where it lets the clock stand on after it."""
        known = cause_named(self.setting.rule, cause, self.setting.case.registered_on)
        return known.note.get(self.setting.lang, "") if known and known.longer_by else ""

    def clean(self) -> None:
        given = self.cleaned_data
        if not given.get("void") and "last" in given and given["last"] is None:
            self.add_error("last", now("Enter the day, month and year"))

    def arguments(self, at: datetime) -> dict[str, Any]:
        kept = super().arguments(at)
        return {**kept, "n": int(kept["n"]), "last": None if kept["void"] else kept["last"]}


class AskRestoration(StepForm):
    """Why the person could not complain in time."""

    ground = One(label=_("Why the term was missed"))
    reason = Area(label=_("What happened, and what shows it"))

    def prepare(self) -> None:
        grounds = self.setting.rule.restoration_grounds
        self.choose_named("ground", grounds)


class DecideRestoration(StepForm):
    """Whether the missed term is restored, and why."""

    granted = One(
        label=_("Decision"),
        choices=[
            ("yes", _("The term is restored: the complaint counts as one that came in time")),
            ("no", _("The term is not restored: the complaint stays late")),
        ],
    )
    reason = Area(label=_("Reason"), help_text=_("The person reads it."))

    def arguments(self, at: datetime) -> dict[str, Any]:
        return {"granted": self.cleaned_data["granted"] == "yes", "reason": self.cleaned_data["reason"]}

"""Being heard: preliminary decision, objection, hearing, and the accused by letter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qyzmet.desk.forms.base import StepForm
from qyzmet.desk.forms.fields import Area, Clock, Files, Line, One, moment
from qyzmet.look.forms import DayField


class Preliminary(StepForm):
    """What is about to be decided against the person, and why."""

    outcome = One(label=_("Outcome"))
    decision = Area(
        label=_("What is going to be decided"),
        help_text=_("In a sentence or two: what is refused or ordered. The person reads it."),
        max_length=4000,
    )
    facts = Area(label=_("Facts that were found"))
    ground = Area(label=_("Legal ground"), max_length=4000)

    def prepare(self) -> None:
        adverse = {code: one for code, one in self.setting.rule.outcomes.items() if one.adverse != "no"}
        self.choose_named("outcome", adverse)
        if len(adverse) == 1:
            self.fields["outcome"].initial = next(iter(adverse))


class Said(StepForm):
    """What the person said or wrote, entered for them."""

    text = Area(label=_("What the person says"))


class SaidOrNot(StepForm):
    """The same where the person need not say anything."""

    text = Area(label=_("What the person says"), required=False)


class SetHearing(StepForm):
    """When and where."""

    day = DayField(label=_("Day"))
    clock = Clock(label=_("Time"))
    place = Line(label=_("Place, or the address of the video call"))

    def arguments(self, at: datetime) -> dict[str, Any]:
        given = self.cleaned_data
        return {"when": moment(given["day"], given["clock"]), "place": given["place"]}


class HoldHearing(StepForm):
    """The protocol."""

    protocol = Area(
        label=_("Protocol"),
        help_text=_("Who was there, what was asked and said. The person gets it and may remark on it."),
        max_length=40_000,
        required=False,
    )
    papers = Files(
        label=_("The protocol as a file"),
        help_text=_("Signed and scanned, or a recording, instead of the text or beside it. The person sees it."),
        required=False,
    )

    def kinds(self) -> Mapping[str, tuple[str, str]]:
        return {"papers": ("protocol", "official")}


class HearAccused(StepForm):
    """What the accused is asked."""

    question = Area(
        label=_("What the person complained of is asked to explain"),
        help_text=_("This text goes out as it stands. Do not name the complainant, nor anything that gives them away."),
    )

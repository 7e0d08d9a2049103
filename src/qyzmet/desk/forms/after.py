"""Extension, endings, and what runs beside a case or comes after it."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from qyzmet.cases import queries
from qyzmet.desk import names
from qyzmet.desk.forms.base import StepForm
from qyzmet.desk.forms.fields import Area, Line, Listed, One, WorkingDays, moment, named_choices
from qyzmet.law.sentences import unit_words
from qyzmet.letters import queries as letters
from qyzmet.look.forms import DayField
from qyzmet.text.dates import local, long_date
from qyzmet.text.languages import say


class Extend(StepForm):
    """How long, and why."""

    days = WorkingDays(label=_("Working days from today"), help_text=_("At most two months from today."))
    reason = Area(label=_("Which facts have yet to be established"), help_text=_("The person reads it."))

    def prepare(self) -> None:
        """Where another law extends the term, its unit, its day and its ceiling are told, not those of the Code."""
        term, lang = self.setting.rule.terms["extension"], self.setting.lang
        value = next((one for one in term.values if one.holds(self.setting.case.registered_on)), term.values[-1])
        if value.from_ != "decision_to_extend":
            days, unit = self.fields["days"], unit_words(value.unit, lang)
            days.label, days.help_text = f"{say(term.name, lang)} ({unit})", value.note.get(lang, "")


class Note(StepForm):
    """What was done, where anything need be said of it."""

    note = Area(label=_("Note"), required=False, max_length=4000)


class Reason(StepForm):
    """Why."""

    reason = Area(label=_("Reason"))


class ReasonOrNot(StepForm):
    """Why, if the person says."""

    reason = Area(label=_("Reason, if the person gives one"), required=False)


class Terminate(StepForm):
    """The ground of the law, and the reason."""

    ground = One(label=_("Ground"))
    reason = Area(label=_("Reason"), help_text=_("The person reads it in the notice."))

    def prepare(self) -> None:
        grounds = self.setting.rule.termination_grounds
        self.choose_named("ground", grounds)


class GiveFile(StepForm):
    """When and how the file was shown."""

    how = Area(label=_("When and how the file was shown"), help_text=_("The person reads it."), max_length=4000)


class DecideRecusal(StepForm):
    """Whether the executor is replaced, and why."""

    granted = One(
        label=_("Decision"),
        choices=[("yes", _("The recusal is granted: the case goes to somebody else")), ("no", _("It is not granted"))],
    )
    reason = Area(label=_("Reason"), help_text=_("The person reads it."))

    def arguments(self, at: datetime) -> dict[str, Any]:
        return {"granted": self.cleaned_data["granted"] == "yes", "reason": self.cleaned_data["reason"]}


class Text(StepForm):
    """A text."""

    text = Area(
        label=_("What was wrong, and how it reads now"), help_text=_("The person reads it in a letter of its own.")
    )


class ReissueCode(StepForm):
    """How it was checked who asks."""

    identity = Line(
        label=_("How you checked who asks"),
        help_text=_("For example: identity card shown, number not copied. Without this check no code is given."),
    )


class RegisterNumber(StepForm):
    """The number in the state register."""

    number = Line(label=_("Number in the state register “Electronic appeals”"), max_length=60)

    def prepare(self) -> None:
        self.fields["number"].initial = self.setting.case.state_register_number


class Delivered(StepForm):
    """Which letter arrived, and when."""

    dispatch_id = Listed(label=_("Which letter"))
    day = DayField(label=_("Day of delivery"))

    def prepare(self) -> None:
        sent = [
            (str(way.pk), f"{letter.subject} ({names.named(names.DISPATCH, way.channel)}, {self._day(way.sent_at)})")
            for letter in letters.letters_of(self.setting.case.number)
            for way in letter.dispatches.all()
            if way.state == "sent" and way.channel != "page"
        ]
        self.choose("dispatch_id", [("", _("choose")), *sent])

    def _day(self, at: datetime | None) -> str:
        return long_date(local(at).date(), self.setting.lang) if at else ""

    def arguments(self, at: datetime) -> dict[str, Any]:
        given = self.cleaned_data
        return {"dispatch_id": int(given["dispatch_id"]), "delivered_at": end_of(given["day"], at)}


def end_of(day: Any, at: datetime) -> datetime:
    """The last moment of the day, or now if the day is today: by then the letter had arrived."""
    last = moment(day, time(23, 59, 59))
    return at if last - timedelta(days=1) < at < last else last


class Complain(StepForm):
    """The further complaint."""

    text = Area(label=_("What the person complains of"), max_length=40_000)
    residence = Line(label=_("Address of actual residence or seat"), required=False)

    def prepare(self) -> None:
        """After the term the person may ask to have it restored."""
        setting = self.setting
        if queries.may_only_complain_late(setting.case, setting.asking.today):
            grounds = named_choices(queries.late_grounds(), setting.lang)
            label = _("The term to complain is over. Why was it missed, if the person says?")
            self.fields["late_ground"] = One(label=label, choices=grounds, required=False)
            self.fields["late_reason"] = Area(label=_("What happened, and what shows it"), required=False)

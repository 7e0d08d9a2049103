"""Who works on a case, and which body."""

from django.utils.translation import gettext_lazy as _

from qyzmet.bodies import queries as bodies
from qyzmet.cases import queries
from qyzmet.desk import names
from qyzmet.desk.forms.base import StepForm
from qyzmet.desk.forms.fields import Area, Line, Listed, One, seat_choice
from qyzmet.text.fold import sort_key
from qyzmet.text.languages import say

FEW = 8
"""So many people are shown as radio buttons; more as a list to unfold."""
SATISFYING = ("act_cancelled", "act_replaced", "action_done")


class _People(StepForm):
    """Somebody of the body, of those who may get this case."""

    field = "executor_id"
    without_executor = False

    def prepare(self) -> None:
        case, on = self.setting.case, self.setting.asking.today
        found = [person for person in queries.assignable(case, on) if person.pk != self._left_out()]
        choices = [(str(person.pk), person.full_name()) for person in found]
        drawn = One(label=_("Who"), choices=choices) if len(choices) <= FEW else Listed(label=_("Who"), choices=choices)
        self.fields = {self.field: drawn, **self.fields}
        self.nobody = not choices

    def _left_out(self) -> int | None:
        executor: int | None = self.setting.case.executor_id
        return executor if self.without_executor else None

    def clean(self) -> None:
        if value := self.cleaned_data.get(self.field):
            self.cleaned_data[self.field] = int(value)


class Assign(_People):
    """An executor."""

    note = Line(label=_("Note for the executor"), required=False, max_length=1000)


class Reassign(Assign):
    """Another executor."""

    without_executor = True


class CoExecutor(_People):
    """Somebody to help."""

    field = "person_id"
    without_executor = True


class _Body(StepForm):
    """Another body of the city."""

    def prepare(self) -> None:
        lang, own = self.setting.lang, self.setting.case.body_id
        others = [body for body in bodies.every_body() if body.pk != own]
        self.choose("body", [("", _("choose")), *names.places(others, lang)])


class Redirect(_Body):
    """The whole appeal to another body."""

    body = Listed(label=_("To which body"))
    reason = Area(label=_("Why this body"), help_text=_("The person reads it in the notice."), max_length=4000)


class RedirectPart(_Body):
    """A part to another body."""

    body = Listed(label=_("To which body"))
    part_text = Area(
        label=_("The part that goes there"),
        help_text=_("In the words of the appeal. It becomes the text of a case of its own."),
    )
    reason = Area(label=_("Why this body"), help_text=_("The person reads it in the notice."), max_length=4000)


class ResolveAbout(StepForm):
    """The post that a free text means: first a body, then one of its posts."""

    post_code = One(label=_("Whom the appeal is about"))

    def prepare(self) -> None:
        self.places = self._places()
        chosen = self.data.get("in") or self.initial.get("in") or ""
        self.chosen = chosen if chosen in dict(self.places) else ""
        self.choose("post_code", self._posts() if self.chosen else [])

    def _places(self) -> list[tuple[str, str]]:
        """All bodies, those below the case's own first: that is where most complaints come from."""
        lang, own = self.setting.lang, self.setting.case.body_id
        found = sorted(bodies.every_body(), key=lambda body: (body.superior_id != own, sort_key(say(body.names, lang))))
        return [(body.code, say(body.names, lang)) for body in found]

    def _posts(self) -> list[tuple[str, str]]:
        lang, on = self.setting.lang, self.setting.asking.today
        return [seat_choice(seat, lang) for seat in bodies.posts_of(bodies.body_by_code(self.chosen), on)]


class PassUp(StepForm):
    """The complaint to the superior body."""

    position = Area(
        label=_("What this body says to the complaint"),
        help_text=_("Goes up with the case file, and to the person. May be left empty."),
        required=False,
    )


class Satisfy(StepForm):
    """The complaint met in full."""

    outcome = One(label=_("What is done"))
    text = Area(label=_("What was wrong, and what has been done"), help_text=_("The person reads it in the answer."))
    ground = Area(label=_("Legal ground"), max_length=4000)

    def prepare(self) -> None:
        outcomes = self.setting.rule.outcomes
        meeting = {code: one for code, one in outcomes.items() if code in SATISFYING}
        self.choose_named("outcome", meeting)

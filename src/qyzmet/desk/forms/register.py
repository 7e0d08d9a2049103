"""Registering for somebody: the whole appeal on one page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qyzmet.bodies import queries as bodies
from qyzmet.cases.accuse import ROOM
from qyzmet.cases.actions import LIMITS, About, Author
from qyzmet.cases.rules import rules
from qyzmet.desk import names
from qyzmet.desk.asking import Asking
from qyzmet.desk.forms.base import carried, say_required
from qyzmet.desk.forms.fields import Area, Clock, Files, Line, Listed, One, moment, seat_choice
from qyzmet.look import words
from qyzmet.look.forms import DayField
from qyzmet.text.ids import check_bin, check_iin
from qyzmet.text.languages import LANGS, say
from qyzmet.text.refusal import Refused

TAKEN_IN = ("paper", "post", "visit", "phone")
FIELD_OF = {
    "no_text": "text",
    "text_too_long": "text",
    "unknown_post": "post_code",
    "received_in_future": "received_on",
    "learned_after_filing": "learned_on",
    "ground_needed": "received_ground",
    "law_cannot_answer": "received_on",
    "unknown_kind": "procedure",
    "unknown_body": "body",
}


class RegisterForm(forms.Form):
    """An appeal that came in on paper, by post, by phone or at a visit. A defect of the appeal never stops it."""

    draft = forms.CharField(widget=forms.HiddenInput, required=False)
    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    body = Listed(label=_("Registered at"))
    channel = One(label=_("How it came in"), choices=[(code, names.CHANNELS[code]) for code in TAKEN_IN])
    received_on = DayField(label=_("Received on"), help_text=_("Leave empty if it came in now."), required=False)
    received_clock = Clock(label=_("At what time"), help_text=_("For example 16:40."), required=False)
    received_ground = Line(
        label=_("Ground of the past date"),
        help_text=_("For example the postmark or the stamp of the office. It stands in the journal."),
        required=False,
        max_length=200,
    )
    procedure = One(label=_("Kind"))
    text = Area(label=_("Text of the appeal"), help_text=_("Word for word, or as it was said."), max_length=40_000)
    language = One(
        label=_("Language of the appeal"), choices=[(code, names.LANGUAGES[code]) for code in LANGS], initial="kk"
    )
    learned_on = DayField(
        label=_("For a complaint: when the person learned of the act"),
        help_text=_("A complaint that comes after its term is taken in too, with that defect named."),
        required=False,
    )
    untold = forms.BooleanField(label=_("The act did not say how to complain of it"), required=False)
    papers = Files(label=_("Scans and attachments"), help_text=_("No copies of identity papers."), required=False)
    about = One(
        label=_("What it is about"),
        choices=[
            ("nobody", _("a matter")),
            ("act", _("an act or a decision of the body")),
            ("conduct", _("the conduct of a person")),
        ],
        initial="nobody",
    )
    about_text = Line(
        label=_("Whom it is about"),
        help_text=_("In the words of the appeal: name, post."),
        required=False,
        max_length=ROOM,
    )
    post_code = Listed(label=_("The post, if you know it"), required=False)
    name = Line(
        label=_("Surname, given name, patronymic, or name of the company"), required=False, max_length=LIMITS["name"]
    )
    is_company = forms.BooleanField(label=_("It is a company"), required=False)
    iin = Line(label=_("IIN"), required=False, max_length=LIMITS["iin"])
    bin = Line(label=_("BIN"), required=False, max_length=LIMITS["bin"])
    address = Line(label=_("Postal address"), required=False, max_length=LIMITS["address"])
    residence = Line(label=_("Address of actual residence or seat"), required=False, max_length=LIMITS["residence"])
    email = Line(label=_("E-mail"), required=False, max_length=LIMITS["email"])
    phone = Line(label=_("Phone"), required=False, max_length=LIMITS["phone"])
    representative = Line(label=_("Representative, if there is one"), required=False, max_length=LIMITS["name"])
    joined = Area(label=_("Others who signed, one a line"), required=False, max_length=10_000)
    signature = One(
        label=_("Signature"),
        choices=[("signed", _("signed by hand")), ("unsigned", _("not signed: a defect that can be cured"))],
        initial="signed",
    )
    answer_channel = One(
        label=_("How the person wants the answer"), choices=list(names.ANSWER_CHANNELS.items()), initial="post"
    )
    answer_language = One(
        label=_("Language of the answer"),
        choices=[("kk", names.LANGUAGES["kk"]), ("ru", names.LANGUAGES["ru"])],
        initial="kk",
    )

    def __init__(
        self, asking: Asking, where: Iterable[Any], data: Any = None, files: Any = None, **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        self.asking = asking
        choices = names.places(where, asking.lang)
        self.fields["body"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["body"].initial = choices[0][0]
        kinds = [rule for rule in rules().procedures.values() if "desk" in rule.offered]
        named = [(rule.code, say(rule.name, asking.lang)) for rule in kinds]
        self.fields["procedure"].choices = named  # type: ignore[attr-defined]
        self.fields["procedure"].widget.hints = {rule.code: say(rule.definition, asking.lang) for rule in kinds}
        self.fields["post_code"].choices = [("", gettext("not known")), *self._posts(choices)]  # type: ignore[attr-defined]
        say_required(self)

    def _posts(self, places: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Posts of the bodies where this reader registers: most complaints at a counter are about its own people."""
        on, lang = self.asking.today, self.asking.lang
        seats = [seat for code, _name in places for seat in bodies.posts_of(bodies.body_by_code(code), on)]
        return [seat_choice(seat, lang) for seat in seats]

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("received_clock") and not given.get("received_on") and "received_on" not in self.errors:
            self.add_error("received_on", gettext("Enter the day as well"))
        if given.get("received_on") and not given.get("received_clock") and "received_clock" not in self.errors:
            said = gettext("Enter the time as well: late in the day it counts as the next one")
            self.add_error("received_clock", said)
        self._ask_once()

    def _ask_once(self) -> None:
        """What cannot be right is asked about once; sent again as it is, it is taken: a defect, or not known."""
        doubts = [*self._wrong_numbers(), *self._nobody_named()]
        now = ",".join(value for _name, value, _said in doubts)
        if doubts and self.cleaned_data.get("asked") != now:
            for name, _value, said in doubts:
                self.add_error(name, said)
            self.data = carried(self.data, asked=now)

    def _wrong_numbers(self) -> list[tuple[str, str, str]]:
        given, checks = self.cleaned_data, (("iin", check_iin), ("bin", check_bin))
        said = gettext("This number cannot be right. Compare it; send the form again to keep it as it is.")
        return [(name, given[name], said) for name, check in checks if given.get(name) and check(given[name])]

    def _nobody_named(self) -> list[tuple[str, str, str]]:
        given = self.cleaned_data
        if given.get("about") != "conduct" or given.get("about_text") or given.get("post_code"):
            return []
        return [("about_text", "whom", gettext("Say whom it is about; send the form again if that is not known."))]

    def received_at(self) -> datetime | None:
        """The moment it came in, if not now."""
        given = self.cleaned_data
        return moment(given["received_on"], given["received_clock"]) if given["received_on"] else None

    def appeal(self) -> dict[str, Any]:
        """The arguments of `register`."""
        given = self.cleaned_data
        plain = ("body", "channel", "procedure", "text", "language", "signature", "answer_channel", "answer_language")
        return {name: given[name] for name in (*plain, "received_ground", "learned_on")} | {
            "received_at": self.received_at(),
            "told_route": not given["untold"],
            "about": About(given["about"], given["about_text"], given["post_code"]),
            "authors": self._authors(),
        }

    def _authors(self) -> list[Author]:
        given = self.cleaned_data
        fields = ("name", "is_company", "iin", "bin", "address", "residence", "email", "phone")
        people = [Author(**{name: given[name] for name in fields})]
        if given["representative"]:
            people.append(Author(role="representative", name=given["representative"]))
        return people + [Author(role="joined", name=line) for line in given["joined"].splitlines() if line.strip()]

    def refuse(self, refused: Refused) -> None:
        """Put the words of a refusal beside its field, or above the form."""
        said = words.refusal(refused, self.asking.lang)
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, said)

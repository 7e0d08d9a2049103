"""Who files, how to reach them, and how to answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from qyzmet.bodies import queries as bodies
from qyzmet.portal import appeal, one_time
from qyzmet.portal.forms import people
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.views.question import QuestionView
from qyzmet.text.refusal import Missing

MOST_PEOPLE = 100


class Who(QuestionView):
    """A person, a company, a representative, or several."""

    page = "who"
    form = people.Who


class Person(QuestionView):
    """A person for themselves."""

    page = "person"
    form = people.Person
    template = "portal/details.html"


class Company(QuestionView):
    """A company or organisation."""

    page = "company"
    form = people.Company
    template = "portal/details.html"


class Representative(QuestionView):
    """Somebody for somebody else."""

    page = "representative"
    form = people.Representative
    template = "portal/details.html"


class People(QuestionView):
    """Several people, one after another."""

    page = "people"
    form = people.OneMore
    template = "portal/people.html"

    @property
    def rows(self) -> list[dict[str, str]]:
        """Those named so far."""
        return list(self.kept.of("people").get("rows") or [])

    def changes(self, form: Any) -> dict[str, Any]:
        kept = super().changes(form)
        return kept | {"people": {**form.raw(), "rows": self.rows}}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take somebody out, add somebody, or go on."""
        if "remove" in request.POST:
            return self.remove(request)
        form = self.bound(request)
        fine = form.is_valid()
        self.kept.keep(**self.changes(form))
        if not fine:
            return self.show(request, form)
        if not form.is_empty and len(self.rows) < MOST_PEOPLE:
            self.kept.keep(people={"rows": [*self.rows, form.cleaned_data]})
        if "add" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return HttpResponseRedirect(self.next_url())

    def remove(self, request: HttpRequest) -> HttpResponse:
        """Take one out of the list; what stands in the fields stays."""
        number = str(request.POST["remove"])
        rows = [row for place, row in enumerate(self.rows) if str(place) != number]
        self.kept.keep(people={**self.bound(request).raw(), "rows": rows})
        return HttpResponseRedirect(request.get_full_path())

    def more(self, form: Any) -> dict[str, Any]:
        return {"rows": self.rows, "full": len(self.rows) >= MOST_PEOPLE}


class Contacts(QuestionView):
    """Address, e-mail, phone, and the consent to the use of data."""

    page = "contacts"
    form = people.Contacts
    template = "portal/contacts.html"

    def arguments(self) -> dict[str, Any]:
        return {"complaint": self.kept.of("kind").get("kind") == "complaint"}

    def more(self, form: Any) -> dict[str, Any]:
        operator = receiving_body(self.kept.of("body").get("body", ""))
        return {"operator": operator, "conduct": appeal.is_conduct(self.kept)}


def receiving_body(code: str) -> str:
    """The name of the body that gets the appeal, by what was chosen."""
    try:
        return bodies.body_by_code(code).name(lang())
    except Missing:
        try:
            return bodies.intake_body().name(lang())
        except Missing:
            return ""


class How(QuestionView):
    """The way and the language of the answer."""

    page = "how"
    form = people.How
    template = "portal/how.html"

    def arguments(self) -> dict[str, Any]:
        email = one_time.mailbox(str(self.kept.of("contacts").get("email", "")))
        return {"language": self.kept.of("text").get("language", "kk"), "mailbox": email}

    def start(self) -> dict[str, Any]:
        spoken = self.kept.of("text").get("language", "kk")
        return {"how": "page", "answer_language": "ru" if spoken == "ru" else "kk"}

    def more(self, form: Any) -> dict[str, Any]:
        contacts = self.kept.of("contacts")
        return {
            "no_email": not contacts.get("email"),
            "no_address": not contacts.get("address"),
            "in_english": self.kept.of("text").get("language") == "en",
        }

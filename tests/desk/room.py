"""The cast at the desk: every person with a browser, all at one moment."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from qyzmet.cases.models import Case
from tests.cases.desk import Desk

LANGUAGE = "qyzmet_til"


@dataclass
class Room(Desk):
    """A desk with browsers, in English unless told otherwise."""

    browsers: dict[str, Client] = field(default_factory=dict)
    lang: str = "en"

    def client(self, name: str) -> Client:
        """The browser of the person called `name`, logged in."""
        if name not in self.browsers:
            self.browsers[name] = Client()
            self.browsers[name].force_login(self.cast.people[name])
        self.browsers[name].cookies[LANGUAGE] = self.lang
        return self.browsers[name]

    def get(self, name: str, address: str, /, **query: Any) -> HttpResponse:
        """A page as that person sees it."""
        return self.client(name).get(address, query)

    def post(self, name: str, address: str, /, **form: Any) -> HttpResponse:
        """A form sent by that person."""
        self.at()
        return self.client(name).post(address, form)

    def act(self, name: str, case: Case, code: str, /, **form: Any) -> HttpResponse:
        """A step's form sent by that person."""
        return self.post(name, f"/desk/cases/{case.number}/do/{code}/", **form)

    def form(self, name: str, case: Case, code: str, /, **query: Any) -> HttpResponse:
        """A step's form as that person sees it."""
        return self.get(name, f"/desk/cases/{case.number}/do/{code}/", **query)

    def case(self, case: Case) -> Case:
        """The case as it stands now."""
        return Case.objects.select_related("body", "executor").get(pk=case.pk)


def text(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()

"""What happened, which kind, which body, whom it is about, the text."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from qyzmet.bodies import queries as bodies
from qyzmet.cases.rules import rules
from qyzmet.portal import drafting, recognise
from qyzmet.portal.drafting import Kept
from qyzmet.portal.forms import matter
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.views.question import QuestionView
from qyzmet.text.dates import local
from qyzmet.text.languages import recognised
from qyzmet.text.refusal import Missing

SUGGESTED = 6


class What(QuestionView):
    """The first page; here a form begins."""

    page = "what"
    form = matter.What
    template = "portal/what.html"
    read_for_corruption = "what"

    def without(self, request: HttpRequest, kept: Kept | None) -> HttpResponse:
        """A new form begins when the first answer arrives, not when somebody looks."""
        if request.method != "POST" or "keep" in request.GET:
            return self.blank(request)
        self.kept = drafting.begin()
        response = self.post(request)
        drafting.hand_over(response, self.kept)
        return response

    def blank(self, request: HttpRequest) -> HttpResponse:
        """The page for somebody who has typed nothing yet."""
        self.kept = Kept()
        return self.show(request, self.form())

    def changes(self, form: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("body", "")
        return super().changes(form) | ({"body": {"q": "", "body": chosen}} if chosen else {})


class Kind(QuestionView):
    """Which kind; a suggestion stands above the list."""

    page = "kind"
    form = matter.Kind
    template = "portal/kind.html"

    def more(self, form: Any) -> dict[str, Any]:
        guess = recognise.kind(str(self.kept.of("what").get("what", "")))
        return {"guess": guess, "suggested": rules().procedure(guess).name if guess else None}


class Body(QuestionView):
    """Search for the body, choose one of those found, or say that none is known."""

    page = "body"
    form = matter.Body
    template = "portal/body.html"
    searching = False
    """Whether this page answers a search: then its title tells how many were found, before anything is read."""

    def arguments(self) -> dict[str, Any]:
        return {"found": self.found()}

    def found(self) -> list[Any]:
        """Bodies for what was searched, else for what happened; the chosen one always among them."""
        asked = self.request.POST if self.request.method == "POST" else self.kept.of("body")
        searched = str(asked.get("q", ""))
        found = bodies.find_bodies(searched[:500], lang(), SUGGESTED) if searched else self.suggested()
        chosen = str(asked.get("body", ""))
        if chosen and chosen not in (matter.UNKNOWN, *(body.code for body in found)):
            try:
                found = [bodies.body_by_code(chosen), *found]
            except Missing:
                return found
        return found

    def suggested(self) -> list[Any]:
        """Bodies for what happened; the one that takes reports of corruption only where corruption is told."""
        told = str(self.kept.of("what").get("what", ""))
        found = bodies.suggest_bodies(told, lang(), SUGGESTED)
        return (
            found
            if recognise.corruption(told)
            else [one for one in found if not recognise.fights_corruption(one.names)]
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Searching shows the page again; what was chosen stays chosen."""
        form = self.bound(request)
        searching = "search" in request.POST or (request.POST.get("q") and not request.POST.get("body"))
        if not searching:
            return super().post(request)
        self.searching = True
        self.kept.keep(body={**self.kept.of("body"), "q": form.raw()["q"]})
        return self.show(request, self.form(initial=self.kept.of("body"), **self.arguments()))

    def more(self, form: Any) -> dict[str, Any]:
        count = len(form.fields["body"].choices) - 1
        searched = bool(self.kept.of("body").get("q"))
        return {"count": count, "searched": searched, "searching": self.searching, "suggested": count > 0}

    def changes(self, form: Any) -> dict[str, Any]:
        moved = form.raw()["body"] != self.kept.of("body").get("body")
        return super().changes(form) | ({"post": {}} if moved and self.kept.of("post") else {})


class About(QuestionView):
    """Nobody, a body's act, or a person's conduct."""

    page = "about"
    form = matter.About
    template = "portal/about.html"


class Post(QuestionView):
    """The post of the person complained of."""

    page = "post"
    form = matter.Post
    template = "portal/post.html"

    def arguments(self) -> dict[str, Any]:
        return {"posts": self.posts()}

    def posts(self) -> list[tuple[str, str]]:
        """The posts of the chosen body with the names of those who hold them."""
        try:
            body = bodies.body_by_code(str(self.kept.of("body").get("body", "")))
        except Missing:
            return []
        seats = bodies.posts_of(body, local(timezone.now()).date())
        return [(seat.post.code, _seat(seat)) for seat in seats]


def _seat(seat: Any) -> str:
    unit = seat.post.unit.name(lang()) if seat.post.unit else ""
    who = seat.holder.short_name() if seat.holder else ""
    return " – ".join(part for part in (seat.post.name(lang()), unit, who) if part)


class Text(QuestionView):
    """The appeal itself."""

    page = "text"
    form = matter.Text
    template = "portal/text.html"
    read_for_corruption = "text"

    def arguments(self) -> dict[str, Any]:
        rule = rules().procedures.get(str(self.kept.of("kind").get("kind", "")))
        return {"complains": rule is not None and "late" in rule.defects}

    def start(self) -> dict[str, Any]:
        first = str(self.kept.of("what").get("what", ""))
        return {"text": first, "language": recognised(first, lang())}

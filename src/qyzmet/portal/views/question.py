"""One question on one page: what was typed is kept first, and judged after."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views import View

from qyzmet.portal import drafting, recognise, way
from qyzmet.portal.drafting import Kept
from qyzmet.portal.forms.fields import Question


def url(page: str) -> str:
    """The address of a page of the form."""
    return reverse("portal:page", args=[page])


class QuestionView(View):
    """Shows a question and takes its answer. What differs from page to page stands in the subclasses."""

    page: ClassVar[str]
    form: ClassVar[type[Question]]
    template: ClassVar[str] = "portal/question.html"
    keeps: ClassVar[bool] = True
    """Whether the page keeps what is typed while it is typed, where the browser runs scripts."""
    read_for_corruption: ClassVar[str] = ""
    """The field whose words may tell that this is a report of corruption."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Find the form of this browser; without one, say so and lose nothing."""
        kept = drafting.kept(request)
        if kept is None or kept.is_sent:
            response = self.without(request, kept)
        else:
            self.kept = kept
            post = self.keep_only if "keep" in request.GET else self.post
            answer = {"GET": self.get, "HEAD": self.get, "POST": post}.get(request.method or "")
            if answer is None:
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            response = answer(request)
            drafting.hand_over(response, self.kept)
        # the browser may show its own copy when going back, with what was typed and not sent
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def without(self, request: HttpRequest, kept: Kept | None) -> HttpResponse:
        """There is no open form: it was sent, or its day is over. What was just typed begins a new one."""
        if "keep" in request.GET:
            return HttpResponse(status=204)
        if kept is not None:
            return HttpResponseRedirect(reverse("portal:sent"))
        if request.method != "POST":
            return render(request, "portal/expired.html", {"saved": False}, status=404)
        self.kept = drafting.begin()
        self.kept.keep(**self.changes(self.bound(request)))
        response = render(request, "portal/expired.html", {"saved": True, "first": url("what")}, status=410)
        drafting.hand_over(response, self.kept)
        return response

    @property
    def checking(self) -> bool:
        """Whether the person came from the check page and goes back there."""
        return "check" in self.request.GET

    def arguments(self) -> dict[str, Any]:
        """More arguments of the form."""
        return {}

    def start(self) -> dict[str, Any]:
        """What the fields show before anything was typed on this page."""
        return {}

    def more(self, form: Any) -> dict[str, Any]:
        """More for the template."""
        return {}

    def changes(self, form: Any) -> dict[str, Any]:
        """What to keep of a sent page."""
        asked = sorted({*(self.kept.data.get("asked") or []), *form.doubted})
        return {self.page: form.raw(), "asked": asked}

    def bound(self, request: HttpRequest) -> Any:
        asked = self.kept.data.get("asked") or []
        return self.form(request.POST, request.FILES, asked=asked, **self.arguments())

    def get(self, request: HttpRequest) -> HttpResponse:
        """The question, with what was typed before."""
        return self.show(request, self.form(initial=self.start() | self.kept.of(self.page), **self.arguments()))

    def keep_only(self, request: HttpRequest) -> HttpResponse:
        """Keep what stands in the fields while the person still types; judge nothing."""
        if self.keeps:
            self.kept.keep(**self.changes(self.bound(request)))
        return HttpResponse(status=204)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep, judge, go on."""
        form = self.bound(request)
        fine = form.is_valid()
        self.kept.keep(**self.changes(form))
        return self.go_on(request, form) if fine else self.show(request, form)

    def go_on(self, request: HttpRequest, form: Any) -> HttpResponse:
        """To the next page, by way of the page on corruption if the words say so."""
        words = form.cleaned_data.get(self.read_for_corruption, "")
        if words and not self.kept.data.get("not_corruption") and recognise.corruption(words):
            return HttpResponseRedirect(reverse("portal:corruption"))
        return HttpResponseRedirect(self.next_url())

    def next_url(self) -> str:
        """Where to go when this page is done."""
        following = way.after(self.page, self.kept.data, checking=self.checking)
        return url(following) + ("?check=1" if self.checking and following != "check" else "")

    def back_url(self) -> str:
        """Where the link at the top leads."""
        previous = "check" if self.checking else way.before(self.page, self.kept.data)
        return url(previous) if previous else reverse("portal:start")

    def show(self, request: HttpRequest, form: Any) -> HttpResponse:
        """The page."""
        context = {"form": form, "back": self.back_url(), "page": self.page, "keeps": self.keeps}
        return render(request, self.template, context | self.more(form))

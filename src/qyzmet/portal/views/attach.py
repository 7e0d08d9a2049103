"""Files: the attachments, and the signed paper."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from qyzmet.cases import actions, papers
from qyzmet.look import flood, words
from qyzmet.portal.forms import matter, people
from qyzmet.portal.forms.fields import Question, lang
from qyzmet.portal.views.question import QuestionView
from qyzmet.text.refusal import Refused

SIGNED = "signed_paper"


class Files(QuestionView):
    """Add and remove attachments; each file is judged for itself, and those taken stay."""

    page = "files"
    form: ClassVar[type[Question]] = matter.Attach
    template = "portal/files.html"
    kind = "attachment"
    keeps = False

    @property
    def papers(self) -> list[Any]:
        """What is there already."""
        return list(self.kept.draft.papers.filter(kind=self.kind).order_by("id"))

    def changes(self, form: Any) -> dict[str, Any]:
        return {self.page: {"seen": True}}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remove one, add some, or go on; a chosen file counts whichever button was pressed."""
        if "remove" in request.POST:
            self.remove(str(request.POST["remove"]))
            return HttpResponseRedirect(request.get_full_path())
        form = self.bound(request)
        if form.is_valid():
            if "add" in request.POST and not form.cleaned_data["file"]:
                form.add_error("file", _("Choose a file first"))
            else:
                self.take(form)
        if form.errors:
            return self.show(request, form)
        if "add" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        self.kept.keep(**self.changes(form))
        return HttpResponseRedirect(self.next_url())

    def remove(self, number: str) -> None:
        """Take a file out."""
        if number.isdecimal() and len(number) < 19:
            actions.drop_file(self.kept.draft, paper_id=int(number))

    def take(self, form: Any) -> None:
        """Keep each file, or say why not."""
        for file in form.cleaned_data["file"]:
            try:
                self.keep(file)
            except Refused as refused:
                form.add_error("file", words.refusal(refused, lang()))

    def keep(self, file: Any) -> None:
        """Keep one file with the form."""
        whence = flood.draft_files(self.request)
        actions.add_file(self.kept.draft, file=file, name=file.name, at=timezone.now(), kind=self.kind, **whence)

    def more(self, form: Any) -> dict[str, Any]:
        return {"papers": self.papers, "most": papers.MOST_FILES}


class SignedPaper(Files):
    """The signed paper: a file of another kind. Without one the appeal stays unsigned, and goes on."""

    page = "paper"
    form: ClassVar[type[Question]] = people.SignedPaper
    template = "portal/paper.html"
    kind = SIGNED

"""Addresses of the portal. What one reads in letters must never change: `/<number>`, `/follow/`, `/accused/`."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse

from qyzmet.portal.views import (
    accused,
    answer,
    attach,
    calendar,
    corruption,
    date,
    follow,
    guide,
    introduce,
    law,
    log,
    matter,
    newsroom,
    pages,
    published,
    send,
    sign,
)
from qyzmet.portal.views.question import QuestionView
from qyzmet.text.refusal import Missing

app_name = "portal"

PAGES: dict[str, type[QuestionView]] = {
    view.page: view
    for view in (
        matter.What,
        matter.Kind,
        matter.Body,
        matter.About,
        matter.Post,
        matter.Text,
        attach.Files,
        introduce.Who,
        introduce.Person,
        introduce.Company,
        introduce.Representative,
        introduce.People,
        introduce.Contacts,
        introduce.How,
        sign.Signature,
        sign.Code,
        attach.SignedPaper,
        send.Check,
    )
}


def begin(request: HttpRequest) -> HttpResponse:
    """Whoever types the address of the form without a page begins at the first."""
    return HttpResponseRedirect(reverse("portal:page", args=[matter.What.page]))


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the form."""
    if name not in PAGES:
        raise Missing
    return PAGES[name].as_view()(request)  # type: ignore[return-value]


NUMBER = r"^(?P<number>[0-9]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4})"

urlpatterns = [
    path("", pages.start, name="start"),
    path("appeal/help/<int:number>/", guide.ask, name="help"),
    path("appeal/corruption/", corruption.corruption, name="corruption"),
    path("appeal/erased/", corruption.erased, name="erased"),
    path("appeal/sent/", send.sent, name="sent"),
    re_path(r"^appeal/sent/talon-(?P<language>kk|ru|en)\.pdf$", send.sent_pdf, name="sent_pdf"),
    path("appeal/leave/", send.leave, name="leave"),
    path("appeal/", begin, name="begin"),
    path("appeal/<slug:name>/", page, name="page"),
    path("follow/", follow.follow, name="follow"),
    path("accused/", accused.accused, name="accused"),
    path("accused/letters/<int:letter_id>.pdf", accused.letter_pdf, name="accused_pdf"),
    path("log/", log.about, name="log"),
    path("log/verify.html", log.checker, name="checker"),
    re_path(r"^log/(?P<path>[a-z0-9/.]{3,200})$", log.file, name="log_file"),
    path("calendar/<int:year>.toml", calendar.year_file, name="calendar_file"),
    path("bodies/", pages.body_list, name="bodies"),
    path("bodies/<slug:code>/", pages.body, name="body"),
    path("law/", law.procedures, name="law"),
    path("law/date/", date.calculator, name="law_date"),
    path("law/date.ics", date.file, name="law_ical"),
    path("law/calendar/<int:year>/", law.calendar, name="law_calendar"),
    path("law/<slug:code>/", law.procedure, name="law_procedure"),
    path("bodies/<slug:code>/published/<int:publication_id>/", published.one, name="published"),
    path("bodies/<slug:code>/published.atom", published.feed, name="published_feed"),
    path("newsroom/", newsroom.place, name="newsroom"),
    path("newsroom/register/", newsroom.register, name="newsroom_register"),
    path("newsroom/code/", newsroom.code, name="newsroom_code"),
    path("newsroom/confirm/", newsroom.confirm, name="newsroom_confirm"),
    path("newsroom/signers/", newsroom.signers, name="newsroom_signers"),
    path("newsroom/bodies/", newsroom.choose, name="newsroom_bodies"),
    path("newsroom/ask/", newsroom.ask, name="newsroom_ask"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("about/", pages.about, name="about"),
    re_path(rf"{NUMBER}/?$", follow.case, name="case"),
    re_path(rf"{NUMBER}/close/$", follow.close, name="close"),
    re_path(rf"{NUMBER}/letters/(?P<letter_id>[0-9]{{1,9}})/$", follow.letter, name="letter"),
    re_path(rf"{NUMBER}/letters/(?P<letter_id>[0-9]{{1,9}})\.pdf$", follow.letter_pdf, name="letter_pdf"),
    re_path(rf"{NUMBER}/papers/(?P<paper_id>[0-9]{{1,9}})/$", follow.paper, name="paper"),
    re_path(rf"{NUMBER}/receipt\.json$", follow.receipt, name="receipt"),
    re_path(rf"{NUMBER}/(?P<step>[a-z_]{{3,20}})/$", answer.answer, name="answer"),
]

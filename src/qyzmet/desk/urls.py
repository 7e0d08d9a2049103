"""Addresses of the desk."""

from django.urls import path

from qyzmet.desk.views import (
    act,
    answers,
    calendar,
    case,
    dispatch,
    export,
    lists,
    log,
    newsrooms,
    register,
    statements,
)

app_name = "desk"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("queue/", lists.queue, name="queue"),
    path("overdue/", lists.overdue, name="overdue"),
    path("find/", lists.lookup, name="lookup"),
    path("find/first/", lists.suggest, name="suggest"),
    path("help/", lists.keys, name="help"),
    path("register/", register.register, name="register"),
    path("register/talon/", register.talon, name="talon"),
    path("dispatch/", dispatch.waiting, name="dispatch"),
    path("dispatch/stuck/", dispatch.stuck, name="stuck"),
    path("dispatch/register/", dispatch.book, name="book"),
    path("dispatch/<str:number>/<int:dispatch_id>/<slug:verb>/", dispatch.note, name="note"),
    path("export/", export.state_register, name="export"),
    path("answers/", answers.answers, name="answers"),
    path("log/", log.state, name="log"),
    path("calendar/", calendar.state, name="calendar"),
    path("calendar/preview/", calendar.preview, name="calendar_preview"),
    path("calendar/<int:n>/back/", calendar.back, name="calendar_back"),
    path("calendar/run/<slug:verb>/", calendar.turn, name="calendar_run"),
    path("newsrooms/", newsrooms.newsrooms, name="newsrooms"),
    path("newsrooms/<int:newsroom_id>/", newsrooms.newsroom, name="newsroom"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<int:publication_id>/withdraw/", statements.withdraw, name="withdraw_statement"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/do/<slug:code>/", act.act, name="act"),
    path("cases/<str:number>/papers/<int:paper_id>/", case.paper, name="paper"),
    path("cases/<str:number>/letters/<int:letter_id>/", case.letter, name="letter"),
    path("cases/<str:number>/letters/<int:letter_id>/pdf/", case.letter_pdf, name="letter_pdf"),
]

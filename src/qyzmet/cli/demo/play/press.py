"""A newsroom asks bodies, reads what they answer and agrees that it is published; a body states something itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qyzmet.cases import actions, publication, queries
from qyzmet.cases.actions import Filed, Opened

if TYPE_CHECKING:
    from .play import Play
    from .stage import Stage

GIVEN = {
    "name": "«Қала тынысы» газеті",
    "registration_number": "KZ00VPY00000417",
    "address": "Наурыз көшесі, 12, 3-кеңсе",
    "email": "redaksia@qala-tynysy.example",
}
SIGNERS = (("Мұқанова Әйгерім Бақытқызы", "editor"), ("Соколов Денис Игоревич", "accredited"))
EDITOR, JOURNALIST = range(2)
CHECKED = "2026 жылғы тізілімде бар, куәлік нөмірі сәйкес келеді."


def open_newsroom(stage: Stage, *, at: datetime) -> Opened:
    """Registered, its address confirmed, its registration looked up by the city's registrar."""
    opened = actions.register_newsroom(given=GIVEN, languages=("kk", "ru"), signers=SIGNERS, at=at)
    actions.confirm_newsroom(opened.newsroom, email=GIVEN["email"], at=at)
    clerk = actions.Actor.official(stage.official(stage.body("qala-akimdigi"), "registrar", at.date()))
    actions.check_newsroom(opened.newsroom.pk, is_known=True, note=CHECKED, by=clerk, at=at)
    stage.newsroom = opened
    return opened


def ask(play: Play) -> None:
    """The newsroom sends its inquiry to every body it means; the play goes on with the first."""
    assert play.stage.newsroom
    newsroom, appeal = play.stage.newsroom.newsroom, play.appeal
    signer = queries.signers(newsroom)[EDITOR if appeal.language == "kk" else JOURNALIST]
    play.how["asked"] = actions.ask_bodies(
        newsroom,
        bodies=[appeal.body, *appeal.bodies],
        text=appeal.text,
        language=appeal.language,
        signer_id=signer.pk,
        together=appeal.topic,
        publish=True,
        at=play.at,
    )
    turn(play, 0)


def turn_to_second(play: Play) -> None:
    """The play goes on at the second body that was asked."""
    turn(play, 1)


def turn_to_third(play: Play) -> None:
    """The play goes on at the third body that was asked."""
    turn(play, 2)


def turn(play: Play, n: int) -> None:
    """Go on with the case of the body in that place, as it stands by now."""
    assert play.stage.newsroom
    filed: Filed = play.how["asked"][n]
    filed.case.refresh_from_db()
    play.begin(Filed(filed.case, play.stage.newsroom.code))


def publish(play: Play) -> None:
    """The head reads the masked answer and lets it be published on the body's page."""
    seen = actions.fingerprint(publication.masked_texts(play.case, ()))
    play.do("publish", "head", hide=(), seen=seen)


def state(play: Play) -> None:
    """The head makes a statement on the body's page about what is being asked."""
    say = play.stage.say
    texts = {lang: (say("statement_title", lang), say("statement", lang)) for lang in ("kk", "ru")}
    actions.make_statement(body=play.case.body, texts=texts, by=play.by("head"), at=play.at)

"""How a matter reaches a body, and what is missing in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from qyzmet.cases import actions
from qyzmet.cases.actions import About, Actor
from qyzmet.cases.defects import FIELDS
from qyzmet.cli.demo import numbers, pictures
from qyzmet.text.dates import ALMATY

from .play import Play

BY_REGISTRAR = frozenset({"paper", "post", "phone", "visit"})


def file(play: Play) -> None:
    """File the appeal where it belongs."""
    file_at(play, play.appeal.body)


def file_at_akimat(play: Play) -> None:
    """File it with the city's top body, as people do who do not know where to turn."""
    file_at(play, "")


def file_at_department(play: Play) -> None:
    """File it with the youth department, which is not competent."""
    file_at(play, "ishki-sayasat-zhastar")


def file_at(play: Play, body: str) -> None:
    """File the appeal with that body, by the way the person chose."""
    channel = play.how.get("channel", "portal")
    values: dict[str, Any] = {
        "procedure": play.appeal.kind,
        "body": body,
        "text": play.appeal.text,
        "language": play.language,
        "authors": play.authors,
        "about": _about(play),
        "signature": play.how.get("signature", "confirmed"),
        "answer_channel": play.how.get("answer", "page"),
        "channel": channel,
        "papers": _papers(play),
        "learned_on": play.how.get("learned_on"),
        "by": actions.APPLICANT,
    }
    if channel in BY_REGISTRAR:
        values |= _on_behalf(play, body, channel)
    play.begin(actions.register(at=play.at, **values))


def _about(play: Play) -> About:
    if play.appeal.accused:
        return About("conduct", post_code=play.appeal.accused)
    if play.appeal.about:
        return About("conduct", text=play.appeal.about)
    return About("act") if play.appeal.kind == "complaint" else About()


def _on_behalf(play: Play, body: str, channel: str) -> dict[str, Any]:
    """A registrar takes it down; what came on paper came a little earlier."""
    where = play.stage.body(body or "qala-akimdigi")
    clerk = play.stage.official(where, "registrar", play.today)
    values: dict[str, Any] = {"by": Actor.official(clerk)}
    if channel in ("paper", "post"):
        came = play.at - timedelta(minutes=play.stage.chance.randrange(15, 95))
        values |= {"received_at": came, "received_ground": play.say(f"came_by_{channel}"), "signature": "signed"}
    return values


def _papers(play: Play) -> list[Any]:
    return [pictures.paper(play, which) for which in play.how.get("papers", ())]


def add_paper(play: Play) -> None:
    """The person sends something more."""
    play.ask("add_paper", papers=[pictures.paper(play, "photo")], note=play.say("paper_note"))


def confirm(play: Play) -> None:
    """The person confirms the signature by the code from the e-mail."""
    play.ask("confirm_signature", how="confirmed")


def ask_to_cure(play: Play) -> None:
    """The registrar names what is missing and gives three days."""
    defects = play.case.defects or ["no_signature"]
    play.do("ask_to_cure", "registrar", defects=defects, days=3, note=play.say("cure_note"))


def cure(play: Play) -> None:
    """The person adds what was missing."""
    person = play.stage.callers.person(play.language)
    given = {"iin": person.iin, "address": person.address, "residence": person.address}
    play.ask("cure", given=given, papers=[pictures.paper(play, "signed_paper")])


def supply(play: Play) -> None:
    """The person puts right what filing found missing, before anybody asks."""
    person = play.stage.callers.person(play.language)
    own = {"iin": person.iin, "address": person.address, "residence": person.address}
    lacking = {FIELDS[code] for code in play.case.defects if code in FIELDS}
    papers = [pictures.paper(play, "signed_paper")] if "no_signature" in play.case.defects else []
    play.ask("supply", given={name: value for name, value in own.items() if name in lacking}, papers=papers)


def file_late(play: Play) -> None:
    """File a complaint of something learned of long ago."""
    play.how["learned_on"] = play.today - timedelta(days=play.how["learned_days_ago"])
    file(play)


def ask_restoration(play: Play) -> None:
    """The person says why it comes so late."""
    play.ask("ask_restoration", ground="illness", reason=play.say("why_late"))


def resolve(play: Play) -> None:
    """Intake finds out which post the person means."""
    play.do("resolve_about", "registrar", post_code=play.appeal.means)


def redirect(play: Play) -> None:
    """The registrar sends it on to the body it belongs to."""
    play.do("redirect", "registrar", body=play.appeal.body, reason=play.say("redirect_reason"))


def redirect_part(play: Play) -> None:
    """A part of it belongs to another body."""
    part = play.appeal.part_text
    play.do("redirect_part", "registrar", body=play.appeal.part_body, part_text=part, reason=play.say("part_reason"))


def state_register(play: Play) -> None:
    """The registrar notes the number in the state register of appeals."""
    number = f"ЖТ-{play.today.year}-{play.stage.chance.randrange(100_000, 10_000_000):08}"
    play.do("note_state_register", "registrar", number=number)


def spoil(play: Play) -> None:
    """Before filing: something is missing or wrong in what the person gives."""
    first, slip = play.authors[0], play.stage.chance.randrange(3)
    if slip == 0:
        first = replace(first, iin=numbers.spoilt(first.iin)) if first.iin else replace(first, address="")
    elif slip == 1:
        first = replace(first, address="", residence="")
    if slip != 0:
        play.how["signature"] = "unsigned"
    play.authors[0] = first


def tomorrow_at(play: Play, days: int) -> datetime:
    """A full hour of a worked day some days on, for a hearing."""
    day = play.stage.hours.day(play.stage.hours.number(play.at) + days)
    return datetime.combine(day, time(play.stage.chance.choice((10, 11, 15))), ALMATY)

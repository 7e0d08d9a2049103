"""Stories of matters under other laws than the Code. Waits are worked days, as in `tales`."""

from __future__ import annotations

from collections.abc import Callable

from qyzmet.cli.demo.appeals import Appeal

from . import after, intake, press, work
from .play import Beat, Story

NEXT = ("next",)
CLOSING = ("next", "act_execution")

FILE: Story = (Beat(0, intake.file, opens="case"),)
ASKED: Story = (Beat(0, press.ask, opens="case"),)
SIGNED: Story = (Beat(0.1, work.submit), Beat(0.4, work.approve), Beat(0.3, work.sign))
CLOSED: Story = (Beat(0.1, work.dispatch, CLOSING),)
DECIDED: Story = (Beat(0.3, work.assign), Beat(0.2, work.list_questions), Beat(1.1, work.draft), *SIGNED, *CLOSED)
HEARD: Story = (Beat(0.5, work.set_hearing), Beat(3.0, work.hold_hearing))


def settled(_: Appeal) -> Story:
    """Answered without a hearing, whatever the answer."""
    return (*FILE, *DECIDED)


def settled_at_once(_: Appeal) -> Story:
    """Answered by the next day: the law leaves no more."""
    answered = (Beat(0.15, work.draft), Beat(0.05, work.submit), Beat(0.1, work.approve), Beat(0.1, work.sign))
    return (*FILE, Beat(0.1, work.assign), *answered, Beat(0.05, work.dispatch, CLOSING))


def prolonged(_: Appeal) -> Story:
    """The one extension that the law allows."""
    return (*FILE, Beat(0.4, work.assign), Beat(1.5, work.extend, ("extension",)))


def lawful_silence(_: Appeal) -> Story:
    """Nobody answers; the clock tells it."""
    return (*FILE, Beat(0.4, work.assign), Beat(11.5, work.pass_time, NEXT))


def stood(_: Appeal) -> Story:
    """The clock stands while another body is asked, and runs again."""
    return (*FILE, Beat(0.4, work.assign), Beat(0.6, work.stand_still), Beat(3.0, work.run_again))


def inquiry_waits(_: Appeal) -> Story:
    return (*ASKED, Beat(0.3, work.assign))


def inquiry_refused(_: Appeal) -> Story:
    """Not for this body: the law lets nobody pass it on, so it is refused with that ground."""
    return (*ASKED, *DECIDED)


def inquiry_published(_: Appeal) -> Story:
    """Answered, and with the newsroom's consent published; the body had stated something of its own before."""
    return (*ASKED, Beat(0.2, press.state), *DECIDED, Beat(1.0, press.publish))


def inquiry_to_three(_: Appeal) -> Story:
    """One answers, one extends, one is silent: a refusal by law, and the newsroom complains of it."""
    extended = (Beat(0.05, press.turn_to_second, opens="case"), Beat(0.1, work.assign), Beat(0.3, work.extend))
    silent = (Beat(0.05, press.turn_to_third, opens="case"), Beat(4.0, work.pass_time))
    return (*ASKED, *DECIDED, *extended, *silent, Beat(0.5, after.complain_further, NEXT, opens="complaint"))


def petition_waits(_: Appeal) -> Story:
    """Invited to the public discussion, which is yet to be held."""
    return (*FILE, Beat(0.5, work.assign), Beat(1.0, work.visit), HEARD[0])


def petition_decided(_: Appeal) -> Story:
    """Discussed in public, decided, and the decision published."""
    heard = (Beat(1.0, work.draft), *SIGNED, *CLOSED, Beat(0.5, work.announce))
    return (*petition_waits(_), HEARD[1], *heard)


def reception_waits(_: Appeal) -> Story:
    """The hour of the reception is set."""
    return (*FILE, Beat(0.4, work.assign), HEARD[0])


def received_in_person(_: Appeal) -> Story:
    """Received, with a protocol; settled there, or put in writing."""
    return (*reception_waits(_), HEARD[1], Beat(0.6, work.draft), *SIGNED, *CLOSED)


LAWS: dict[str, Callable[[Appeal], Story]] = {
    tale.__name__: tale
    for tale in (
        settled, settled_at_once, prolonged, stood, lawful_silence, inquiry_waits, inquiry_refused, inquiry_published,
        inquiry_to_three, petition_waits, petition_decided, reception_waits, received_in_person,
    )
}  # fmt: skip
"""By the name that stands in plan_laws.toml."""

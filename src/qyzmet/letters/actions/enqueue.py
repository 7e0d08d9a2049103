"""Puts a letter on its ways."""

from collections.abc import Iterable
from datetime import datetime

from qyzmet import rows
from qyzmet.letters.channels import CHANNELS
from qyzmet.letters.errors import LetterError
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.letters.parties import Recipient


def enqueue(letter: Letter, *, channels: Iterable[str], at: datetime) -> list[Dispatch]:
    """One dispatch a channel: the one that is there already, or a new one. Raises `LetterError` for an unknown channel.

    An address that cannot be one does not stop anything: that dispatch begins as failed and is listed on the desk.
    """
    return [_one(letter, channel, at) for channel in dict.fromkeys(channels)]


def enqueue_new(letter: Letter, *, channels: Iterable[str], at: datetime) -> None:
    """The dispatches of a letter that has none yet, in one statement."""
    rows.insert_all([_new(letter, channel, at) for channel in dict.fromkeys(channels)])


def enqueue_all(letters: Iterable[tuple[Letter, Iterable[str]]]) -> None:
    """The dispatches of letters that have none yet, in one statement (several where there are very many)."""
    ways = [(letter, channel) for letter, channels in letters for channel in dict.fromkeys(channels)]
    rows.insert_all([_new(letter, channel, letter.created_at) for letter, channel in ways])


def channels_for(to: Recipient) -> list[str]:
    """Every way by which this reader can be reached without asking: the page, and e-mail, else post."""
    email = CHANNELS["email"](to).state == "pending"
    post = CHANNELS["post"](to).state == "pending"
    return ["page", *(["email"] if email else ["post"] if post else [])]


def _one(letter: Letter, channel: str, at: datetime) -> Dispatch:
    found = Dispatch.objects.filter(key=_key(letter, channel)).first()
    if found is not None:
        return found
    new = _new(letter, channel, at)
    Dispatch.objects.bulk_create([new], ignore_conflicts=True)
    return Dispatch.objects.get(key=new.key)


def _key(letter: Letter, channel: str) -> str:
    return f"letter-{letter.pk}-{channel}"


def _new(letter: Letter, channel: str, at: datetime) -> Dispatch:
    if channel not in CHANNELS:
        raise LetterError(letter.kind, letter.language, f"channel '{channel}' is none of {', '.join(CHANNELS)}")
    start = CHANNELS[channel](Recipient(letter.to_name, letter.to_address, letter.to_email))
    return Dispatch(
        key=_key(letter, channel),
        letter=letter,
        body_code=letter.body_code,
        channel=channel,
        address=start.address,
        state=start.state,
        error=start.error,
        next_try_at=at,
        sent_at=at if start.state == Dispatch.State.SENT else None,
    )

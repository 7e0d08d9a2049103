import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from qyzmet.letters import actions, queries
from qyzmet.letters.actions.outbox import ABANDONED, PAUSES
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.text.refusal import Refused
from tests.letters.sample import AT, KAZAKH_LETTERS, VALUES, Text, compose

pytestmark = pytest.mark.django_db
WEEK = timedelta(hours=24 * 7)


class Server(BaseEmailBackend):
    """A mail server that fails as told, when called upon or when given a letter."""

    def __init__(self, *, opening: Exception | None = None, sending: Exception | None = None, takes: int = 1) -> None:
        super().__init__()
        self.opening, self.sending, self.takes = opening, sending, takes
        self.asked = 0

    def open(self) -> bool | None:
        if self.opening:
            raise self.opening
        return True

    def send_messages(self, email_messages) -> int:  # type: ignore[no-untyped-def]
        self.asked += 1
        if self.sending:
            raise self.sending
        return self.takes


def only() -> Dispatch:
    return Dispatch.objects.get(channel="email")


def test_a_letter_leaves_once_with_its_pdf() -> None:
    letter = compose()
    assert actions.send_pending(at=AT) == 1
    assert actions.send_pending(at=AT + WEEK) == 0
    (sent,) = mail.outbox
    assert sent.to == ["asel@example.kz"]
    assert sent.subject == letter.subject
    assert KAZAKH_LETTERS in sent.body
    assert "Аманов Б. С." in sent.body
    name, content, kind = sent.attachments[0]
    assert (name, kind) == ("2026-4K7M-9XQ2-answer_satisfied-kk.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
    assert (only().state, only().sent_at, only().tries) == ("sent", AT, 1)


def test_what_the_server_gets_is_readable_mail() -> None:
    compose()
    actions.send_pending(at=AT)
    read = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert read["Content-Language"] == "kk"
    assert read["Message-ID"].startswith(f"<{only().key}.")
    assert VALUES["kind_name"] in read["Subject"]


def test_mail_to_the_accused_bears_no_number_of_the_case() -> None:
    body = "## Не сұралады\n\n{reason}"
    compose(kind="accused_notice", text=Text("Түсініктеме беру туралы", body, ("reason",)), channels=["email"])
    assert actions.send_pending(at=AT) == 1
    (sent,) = mail.outbox
    assert "4K7M" not in f"{sent.subject} {sent.body} {sent.extra_headers} {sent.attachments[0][0]}"
    assert b"4K7M" not in sent.attachments[0][1]
    assert "\n\nНе сұралады\n\n" in sent.body


def test_the_limit_holds_and_the_oldest_goes_first() -> None:
    letters = [compose(at=AT + timedelta(minutes=n)) for n in range(3)]
    assert actions.send_pending(at=AT + WEEK, limit=2) == 2
    assert not letters[2].dispatches.filter(channel="email", state="sent").exists()
    assert actions.send_pending(at=AT + WEEK, limit=2) == 1


def test_nothing_leaves_before_its_time() -> None:
    compose(at=AT + timedelta(seconds=1))
    assert actions.send_pending(at=AT) == 0


@pytest.mark.parametrize(
    "server",
    [
        lambda: Server(opening=ConnectionRefusedError("no")),
        lambda: Server(opening=smtplib.SMTPAuthenticationError(535, b"no")),
        lambda: Server(sending=smtplib.SMTPDataError(451, b"later")),
        lambda: Server(sending=smtplib.SMTPRecipientsRefused({"asel@example.kz": (450, b"busy")})),
        lambda: Server(takes=0),
    ],
)
def test_what_surely_did_not_leave_is_tried_again_after_growing_pauses(server: Callable[[], Server]) -> None:
    compose()
    at = AT
    for pause in PAUSES[:-1]:
        assert actions.send_pending(at=at, connection=server()) == 0
        row = only()
        assert (row.state, row.next_try_at) == ("pending", at + pause)
        assert actions.send_pending(at=row.next_try_at - timedelta(seconds=1)) == 0
        at = row.next_try_at
    actions.send_pending(at=at, connection=server())
    assert only().state == "failed"
    assert queries.stuck(body_code="education").rows == [only()]
    assert not mail.outbox
    assert list(PAUSES) == sorted(set(PAUSES))


@pytest.mark.parametrize(
    "refusal",
    [smtplib.SMTPRecipientsRefused({"asel@example.kz": (550, b"unknown")}), smtplib.SMTPDataError(554, b"never")],
)
def test_a_refusal_for_good_is_not_tried_again(refusal: Exception) -> None:
    compose()
    actions.send_pending(at=AT, connection=Server(sending=refusal))
    assert only().state == "failed"
    assert type(refusal).__name__ in only().error


@pytest.mark.parametrize("failure", [smtplib.SMTPServerDisconnected("gone"), TimeoutError("slow"), OSError("line")])
def test_when_the_line_breaks_in_the_middle_a_person_decides(failure: Exception) -> None:
    compose()
    server = Server(sending=failure)
    actions.send_pending(at=AT, connection=server)
    actions.send_pending(at=AT + WEEK, connection=server)
    assert server.asked == 1
    assert only().state == "uncertain"
    assert queries.stuck(body_code="education").rows == [only()]


def test_one_bad_letter_does_not_hold_up_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    from qyzmet.letters import pdf

    bad, good = compose(), compose()
    whole = pdf.render

    def render(letter: Letter, **options: str) -> bytes:
        if letter.pk == bad.pk:
            raise RuntimeError("no ink")
        return whole(letter, **options)

    monkeypatch.setattr(pdf, "render", render)
    assert actions.send_pending(at=AT) == 1
    assert good.dispatches.get(channel="email").state == "sent"
    assert "no ink" in bad.dispatches.get(channel="email").error


def abandoned() -> Dispatch:
    """A row as a killed run leaves it behind."""
    compose()
    Dispatch.objects.filter(channel="email").update(state="sending", claim="x", claimed_at=AT, tries=1)
    return only()


def test_a_claim_is_respected_until_it_is_old() -> None:
    abandoned()
    actions.send_pending(at=AT + ABANDONED)
    assert only().state == "sending"
    actions.send_pending(at=AT + ABANDONED + timedelta(seconds=1))
    assert (only().state, only().error) == ("uncertain", "interrupted")
    assert not mail.outbox


def test_a_person_decides_to_send_again() -> None:
    abandoned()
    later = AT + WEEK
    actions.send_pending(at=later)
    actions.resend(only(), at=later)
    assert actions.send_pending(at=later) == 1
    assert len(mail.outbox) == 1


def test_a_person_decides_that_it_left() -> None:
    abandoned()
    actions.send_pending(at=AT + WEEK)
    assert actions.mark_sent(only(), at=AT + WEEK).sent_at == AT
    assert actions.send_pending(at=AT + WEEK) == 0
    assert not mail.outbox


def test_a_person_decides_that_it_shall_not_leave() -> None:
    compose()
    actions.cancel(only(), at=AT)
    assert actions.send_pending(at=AT + WEEK) == 0
    assert only().state == "cancelled"


@pytest.mark.parametrize("decide", [actions.resend, actions.mark_sent, actions.cancel])
def test_nobody_decides_about_what_left(decide: Callable[..., Dispatch]) -> None:
    compose()
    actions.send_pending(at=AT)
    with pytest.raises(Refused, match="dispatch_not_stuck"):
        decide(only(), at=AT)


def test_without_an_address_nothing_is_sent_again() -> None:
    compose(to=actions.Recipient("Ли"))
    with pytest.raises(Refused, match="dispatch_without_address"):
        actions.resend(only(), at=AT)


class Slow(Server):
    """Takes so long that a later run gives us up; the letter leaves all the same."""

    def __init__(self, meanwhile: Callable[[datetime], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def send_messages(self, email_messages) -> int:  # type: ignore[no-untyped-def]
        self.meanwhile(AT + WEEK)
        return 1


def test_who_was_given_up_too_early_says_that_it_left() -> None:
    compose()
    server = Slow(lambda at: actions.send_pending(at=at))
    assert actions.send_pending(at=AT, connection=server) == 1
    assert only().state == "sent"


def test_a_persons_decision_is_not_written_over() -> None:
    compose()

    def decided(at: datetime) -> None:
        actions.send_pending(at=at)
        actions.cancel(only(), at=at)

    actions.send_pending(at=AT, connection=Slow(decided))
    assert only().state == "cancelled"


def test_a_name_cannot_add_headers() -> None:
    name = "Ли\r\nBcc: thief@example.kz\n\nтағы"
    compose(
        to=actions.Recipient(name, "", "li@example.kz"),
        body_names={"kk": name},
        values=VALUES | {"kind_name": name, "number": "1\nTo: thief@example.kz"},
    )
    assert actions.send_pending(at=AT) == 1
    read = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert read["Bcc"] is None
    assert read["To"] == "li@example.kz"
    assert mail.outbox[0].recipients() == ["li@example.kz"]

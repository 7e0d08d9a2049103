"""E-mail: the letter as plain text with its PDF."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from qyzmet.letters import pdf
from qyzmet.letters.channels.start import Start
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.letters.paragraphs import plain
from qyzmet.letters.parties import Recipient
from qyzmet.letters.words import WORDS

# A server that answered one of these did not take the letter.
_NOT_TAKEN = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)
_PERMANENT = 500


class NotSent(Exception):
    """The letter surely did not leave. `final`: trying again cannot help."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


def start(to: Recipient) -> Start:
    """Waits for the outbox; fails at once where the address cannot be one."""
    try:
        validate_email(to.email)
    except ValidationError:
        return Start("", "failed", "no_address")
    return Start(to.email, "pending")


def message(dispatch: Dispatch) -> EmailMessage:
    """The mail of this dispatch. Its Message-ID is the same at every try, so that a server may notice a second one."""
    letter = dispatch.letter
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{dispatch.key}.{letter.text_sha256[:16]}@{domain}>",
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMessage(letter.subject, plain_text(letter), to=[dispatch.address], headers=headers)
    mail.attach(pdf.file_name(letter), pdf.render(letter), "application/pdf")
    return mail


def plain_text(letter: Letter) -> str:
    """The letter as lines of text, with who stands under it."""
    name = letter.body_names.get(letter.language) or next(iter(letter.body_names.values()), "")
    signed = "\n".join(filter(None, (letter.official_post, letter.official_name, letter.signature_note)))
    note = WORDS[letter.language]["demo"] if letter.demo else ""
    parts = (name, letter.subject, plain(letter.body), signed, note, letter.follow_url)
    return "\n\n".join(part for part in parts if part) + "\n"


def send(dispatch: Dispatch, connection: BaseEmailBackend | None = None) -> None:
    """Hand the mail over to the server.

    Raises `NotSent` where it surely was not taken. Any other exception leaves open whether it was.
    """
    try:
        mail = message(dispatch)
        mail.connection = connection or get_connection()
        mail.connection.open()
    except Exception as failure:
        raise NotSent(_reason(failure)) from failure
    try:
        taken = mail.send()
    except _NOT_TAKEN as failure:
        raise NotSent(_reason(failure), final=_is_final(failure)) from failure
    finally:
        _close(mail.connection)
    if not taken:
        raise NotSent("not_taken")


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        # The letter is with the server or it is not; how the line was hung up changes neither.
        return


def _reason(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"[:300]


def _is_final(failure: smtplib.SMTPException) -> bool:
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _ in failure.recipients.values())
    return isinstance(failure, smtplib.SMTPDataError) and failure.smtp_code >= _PERMANENT

"""Sending by Django's mail backend: SMTP, or files in the register of one machine (EMAIL_URL says which)."""

import re
import smtplib
from contextlib import suppress
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from tracker.alerts.transports.base import Mail, TransportError

# RFC 3463: a bad destination mailbox or system. Any other refusal may be a quarrel with our own server.
NOBODY = re.compile(r"5\d\d 5\.1\.(1|2|3|6|10)\b")

# The connection broke while it was used: nobody knows whether the mail was taken.
_BROKEN = (
    smtplib.SMTPServerDisconnected,
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
    TimeoutError,
)

# Somebody waits for the page: who cannot be reached is tried again by the worker.
WHILE_SOMEBODY_WAITS = 3


class _Letter(EmailMultiAlternatives):
    """A mail of two parts whose bytes are the same each time: the boundary follows from its Message-ID."""

    def message(self, **options: Any) -> Any:
        mime = super().message(**options)
        mime.set_boundary("part-" + "".join(c for c in self.extra_headers["Message-ID"] if c.isalnum())[:60])
        return mime


class EmailTransport:
    """Through the backend that the settings name, whose server has `seconds` for each step; else what they say."""

    def __init__(self, seconds: int | None = None) -> None:
        self.seconds = seconds or settings.EMAIL_TIMEOUT

    def send(self, mail: Mail) -> None:
        letter = _letter(mail)
        letter.connection = get_connection(timeout=self.seconds)
        try:
            letter.connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise TransportError(f"the mail server: {type(error).__name__}: {error}") from error
        try:
            letter.send()
        except smtplib.SMTPRecipientsRefused as error:
            answers = [f"{code} {_words(words)}" for code, words in error.recipients.values()]
            refused = all(code >= 500 for code, _ in error.recipients.values())
            said = f"the address was refused: {'; '.join(answers)}"
            nobody = refused and any(NOBODY.match(answer) for answer in answers)
            raise TransportError(said, permanent=refused, nobody=nobody) from error
        except smtplib.SMTPDataError as error:
            refused = error.smtp_code >= 500
            said = f"the mail was refused: {error.smtp_code} {_words(error.smtp_error)}"
            raise TransportError(said, permanent=refused) from error
        except (smtplib.SMTPException, OSError) as error:
            # Also a refused log-in or sender: our settings are wrong, and the mail is worth keeping until they are not.
            perhaps = isinstance(error, _BROKEN)
            raise TransportError(
                f"the mail server: {type(error).__name__}: {error}", perhaps=perhaps
            ) from error
        except ValueError as error:
            raise TransportError(f"cannot be written as a mail: {error}", permanent=True) from error
        finally:
            with suppress(smtplib.SMTPException, OSError):  # what was taken was taken
                letter.connection.close()


def _letter(mail: Mail) -> EmailMultiAlternatives:
    """The mail as Django sends it."""
    letter = _Letter(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(mail.dated_at),
            "Auto-Submitted": "auto-generated",
            **_one_click(mail),
        },
    )
    letter.attach_alternative(mail.html, "text/html")
    return letter


def _one_click(mail: Mail) -> dict[str, str]:
    if not mail.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _words(said: bytes | str) -> str:
    """What a mail server said, as text."""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said

"""A real mail through a real SMTP server on the loopback."""

import email
import email.policy
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings

from tests.running.processes import free_port
from tracker.alerts.transports.base import Mail, TransportError
from tracker.alerts.transports.email import EmailTransport

MAIL = Mail(
    message_id="<5f0c6d0e-1111-4222-8333-444455556666@register.example>",
    to="ada@example.org",
    subject="Ústí police: Accepted (Sdílet? \u2713)",
    text="Dear Ada,\n\nŘekli, že ano. " + "long " * 300 + "\n.\nEnd\n",
    html="<html><body><p>Řekli, že ano.</p></body></html>",
    dated_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
)


class Sink:
    """What the server was given, and what it says to each recipient and each mail."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.to_recipient = "250 OK"
        self.to_data = "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.raw.append(envelope.content)
        return self.to_data

    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield sink
    server.stop(no_assert=True)


def test_a_mail_arrives_whole(sink: Sink) -> None:
    EmailTransport().send(MAIL)
    [mail] = sink.mails()
    assert mail["Message-ID"] == MAIL.message_id
    assert mail["Subject"] == MAIL.subject
    assert mail["To"] == "ada@example.org"
    assert mail["From"] == "register@localhost"
    assert parsedate_to_datetime(mail["Date"]) == MAIL.dated_at
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content_charset() == html.get_content_charset() == "utf-8"
    assert text.get_content().replace("\r\n", "\n") == MAIL.text
    assert "Řekli, že ano." in html.get_content()
    assert all(len(line) <= 998 for line in sink.raw[0].splitlines())


def test_the_same_mail_is_the_same_bytes(sink: Sink) -> None:
    EmailTransport().send(MAIL)
    EmailTransport().send(MAIL)
    assert sink.raw[0] == sink.raw[1]


@pytest.mark.parametrize(
    ("to_recipient", "to_data", "permanent", "nobody"),
    [
        ("550 5.1.1 no such user", "250 OK", True, True),
        ("550 5.7.1 your server is on a list", "250 OK", True, False),
        ("450 4.2.1 try later", "250 OK", False, False),
        ("250 OK", "554 5.7.1 looks like spam", True, False),
        ("250 OK", "451 4.3.0 busy", False, False),
    ],
)
def test_what_a_server_refuses_for_good_is_not_tried_again(
    sink: Sink, to_recipient: str, to_data: str, permanent: bool, nobody: bool
) -> None:
    sink.to_recipient, sink.to_data = to_recipient, to_data
    with pytest.raises(TransportError) as raised:
        EmailTransport().send(MAIL)
    assert (raised.value.permanent, raised.value.nobody) == (permanent, nobody)
    said = to_data if to_recipient.startswith("250") else to_recipient
    assert said.partition(" ")[2] in str(raised.value)


def test_a_server_that_is_away_is_tried_again(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(TransportError, match="ConnectionRefusedError") as raised:
        EmailTransport().send(MAIL)
    assert not raised.value.permanent


def test_a_wrong_password_of_ours_is_no_fault_of_the_mail(
    monkeypatch: pytest.MonkeyPatch, sink: Sink
) -> None:
    def refuse(*_: object) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"5.7.8 bad credentials")

    monkeypatch.setattr(smtplib.SMTP, "sendmail", refuse)
    with pytest.raises(TransportError) as raised:
        EmailTransport().send(MAIL)
    assert not raised.value.permanent


@pytest.mark.parametrize("address", ["a@b\r\nBcc: c@d", "@", "ž@" + "x" * 300])
def test_an_address_that_is_none_fails_for_good(sink: Sink, address: str) -> None:
    with pytest.raises(TransportError) as raised:
        EmailTransport().send(Mail(**{**vars(MAIL), "to": address}))
    assert raised.value.permanent
    assert sink.raw == []


def test_in_the_register_of_one_machine_mail_becomes_files(settings: LazySettings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    EmailTransport().send(MAIL)
    [file] = (tmp_path / "mail").iterdir()
    assert MAIL.message_id in file.read_text(encoding="utf-8")

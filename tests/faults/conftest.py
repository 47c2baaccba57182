"""A mail server for these tests."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.alerts.test_email import Sink
from tests.running.processes import free_port


@pytest.fixture
def smtp() -> Iterator[tuple[Sink, int]]:
    """A real SMTP server on the loopback, and what it was given."""
    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=free_port())
    server.start()
    yield sink, server.port
    server.stop(no_assert=True)

"""A site to look at, and a register that may call the loopback and does not wait between two calls."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from django.conf import LazySettings

from tests.watching.site import Site, site
from tracker.egress import Client
from tracker.watching import looking


@pytest.fixture
def calls() -> Iterator[Client]:
    made = Client()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def one_client(calls: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client of the process is the test's."""
    monkeypatch.setattr(looking, "_client", lambda: calls)


@pytest.fixture
def pages(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    settings.WATCH_CONTACT = "pages@register.example"
    monkeypatch.setattr(looking, "PAUSE", 0.0)
    with site() as made:
        yield made

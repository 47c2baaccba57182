"""A partner with a key, what it proposes, and the real server in several processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.request import urlopen

from django.db import connection
from django.utils import timezone

from tests.factories import make_user
from tests.running.processes import environment, free_port, until
from tests.servers import ROOT
from tracker.models import Key, Partner, User
from tracker.partners.keys import make_key
from tracker.vocabulary import Scope


def staff() -> User:
    return User.objects.filter(username="keeper").first() or make_user("keeper")


def partner_key(
    name: str = "A partner", *, scopes: Collection[Scope] = tuple(Scope), at: datetime | None = None
) -> tuple[Key, str]:
    """A key of a partner, and what it is."""
    at = at or timezone.now()
    partner, _ = Partner.objects.get_or_create(name=name, defaults={"contact": "somebody@partner.example"})
    return make_key(partner=partner, scopes=scopes, expires_at=at + timedelta(days=90), by=staff(), at=at)


def bearer(written: str, **others: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {written}", **others}


def proposal(about: str = "safe/1/force-a", **others: Any) -> dict[str, Any]:
    """A response that a partner found."""
    return {
        "kind": "response",
        "about": {"type": "addressee", "id": about},
        "source": {"url": "https://force.example/letter", "title": "The letter of the chief constable"},
        "summary": "It accepts, and says when.",
        "position": "accepted",
        "written_on": "2025-07-02",
        **others,
    }


@contextmanager
def gunicorn(**variables: str) -> Iterator[str]:
    """The register as it runs in earnest, in two processes of four threads, on the database of this test."""
    server = connection.settings_dict
    address = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}/{server['NAME']}"
    port = free_port()
    given = environment(
        DATABASE_URL=f"postgresql://{address}",
        DJANGO_SETTINGS_MODULE="tracker.config.settings",
        EMBEDDED="1",
        SECRET_KEY="only-for-tests",
        PORT=str(port),
        WEB_WORKERS="2",
        **variables,
    )
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:tracker.config.gunicorn",
        "tracker.config.wsgi",
    ]
    log = subprocess.DEVNULL if "LOG" not in os.environ else None
    running = subprocess.Popen(command, cwd=ROOT, env=given, stdout=log, stderr=log, start_new_session=True)
    try:
        until(lambda: _answers(f"http://127.0.0.1:{port}/healthz") or running.poll() is not None)
        assert running.poll() is None
        yield f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False

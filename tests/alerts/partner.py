"""A partner's system on the loopback: a real HTTP server that answers as it is told and keeps what it was sent."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

from django.conf import LazySettings

from tests.alerts.world import ASKED_AT
from tracker.alerts import endpoints, interests
from tracker.egress import Client
from tracker.models import Endpoint
from tracker.vocabulary import Channel, News


@dataclass(frozen=True)
class Received:
    """One call that reached it."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class Partner:
    """What it was sent, and what it answers: a status, or a status with headers; `seconds` it thinks first."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.always: tuple[int, dict[str, str]] = (200, {})
        self.seconds = 0.0
        self.decide: Callable[[], int] | None = None  # a status for each call; 0 breaks the connection off
        partner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                partner.received.append(Received(headers, body))
                time.sleep(partner.seconds)
                status, said = partner.answers.pop(0) if partner.answers else partner.always
                status = partner.decide() if partner.decide else status
                if status == 0:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in said.items():
                    self.send_header(name, value)
                self.send_header("content-length", "6")
                self.end_headers()
                self.wfile.write(b"secret")

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, status: int, **headers: str) -> None:
        self.answers.append((status, {name.replace("_", "-"): value for name, value in headers.items()}))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def partners(settings: LazySettings) -> Iterator[Callable[[], Partner]]:
    """Start as many as are asked for; the loopback may be called meanwhile."""
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    started: list[Partner] = []

    def start() -> Partner:
        started.append(Partner())
        return started[-1]

    yield start
    for partner in started:
        partner.close()


@contextmanager
def client() -> Iterator[Client]:
    made = Client()
    yield made
    made.close()


def make_endpoint(
    url: str,
    *,
    kinds: tuple[News, ...] = (News.ANSWERED,),
    wanted: dict[str, Any] | None = None,
    **fields: Any,
) -> Endpoint:
    """An endpoint that follows what is wanted, by default all answers."""
    endpoint = endpoints.register(url=url, contact="ops@partner.example", at=ASKED_AT, **fields)
    interests.follow(reader=endpoint, wanted=wanted or {}, kinds=kinds, channel=Channel.WEBHOOK, at=ASKED_AT)
    return endpoint

"""A site on the loopback whose pages are looked at: a real HTTP server that answers as it is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    status: int = 200
    body: bytes = b"<html><body>The letter.</body></html>"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Site:
    """Its pages by path; whatever else is asked for is not there."""

    def __init__(self, host: str) -> None:
        self.pages: dict[str, Answer | Callable[[Asked], Answer]] = {"/letter": Answer()}
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                site.asked.append(asked)
                page = site.pages.get(self.path, Answer(404))
                said = page(asked) if callable(page) else page
                etag = said.headers.get("etag")
                status = 304 if etag and headers.get("if-none-match") == etag else said.status
                self.send_response(status)
                kind = {"content-type": "text/html", "content-length": str(len(said.body))}
                for name, value in {**kind, **said.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD" and status != 304:
                    self.wfile.write(said.body)

            do_GET = do_HEAD = do_POST = answer  # noqa: N815

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.root = f"http://{host}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def site(host: str = "127.0.0.1") -> Iterator[Site]:
    made = Site(host)
    yield made
    made.close()

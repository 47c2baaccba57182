"""The client against real servers: what it dials, when it ends, how much it reads, what it tells."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import LazySettings

from tests.running.processes import free_port
from tracker.egress import Client, Forbidden, NoAnswer, client

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """A server that does with each connection what it is told, and keeps what it was sent."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        self.serve, self.connections, self.got = serve, 0, b""
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection:
            try:
                while got := connection.recv(65536):
                    self.got += got
                    self.serve(connection)
            except OSError:
                return

    def close(self) -> None:
        self.listener.close()


@pytest.fixture
def start(settings: LazySettings) -> Iterator[Callable[[Callable[[socket.socket], None]], Server]]:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    servers: list[Server] = []

    def begin(serve: Callable[[socket.socket], None]) -> Server:
        servers.append(Server(serve))
        return servers[-1]

    yield begin
    for server in servers:
        server.close()


@pytest.fixture
def calls() -> Iterator[Client]:
    made = Client()
    yield made
    made.close()


def drip(first: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        connection.sendall(first)
        for _ in range(80):
            time.sleep(0.05)
            connection.sendall(drop)
        connection.shutdown(socket.SHUT_RDWR)  # so that a client that waits for ever fails, and does not hang

    return serve


def test_a_connection_is_kept(start: Any, calls: Client) -> None:
    server = start(lambda each: each.sendall(OK))
    for _ in range(3):
        answer = calls.call("POST", server.url, body=b"{}", headers={"X-One": "1"})
    assert (answer.status, answer.body, answer.cut) == (200, b"ok", False)
    assert server.connections == 1
    assert server.got.startswith(b"POST /hook HTTP/1.1\r\n")
    assert f"\r\nHost: 127.0.0.1:{server.port}\r\n".encode() in server.got


def test_a_network_that_is_not_allowed_is_not_dialled(
    start: Any, calls: Client, settings: LazySettings
) -> None:
    server = start(lambda each: each.sendall(OK))
    settings.EGRESS_ALLOW = []
    for host in ("127.0.0.1", "localhost", "localhost."):
        with pytest.raises(Forbidden):
            calls.call("POST", f"http://{host}:{server.port}/")
    assert server.connections == 0


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """The name server of the world: what it says to each question, the last answer for ever."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *_: Any) -> list[Any]:
        said = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        families = [socket.AF_INET6 if ":" in each else socket.AF_INET for each in said]
        return [(family, 1, 6, "", (each, port)) for family, each in zip(families, said, strict=True)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize(
    "inside", ["10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1"]
)
def test_a_name_of_which_one_address_leads_inside_is_not_called(
    start: Any, calls: Client, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    server = start(lambda each: each.sendall(OK))
    names(monkeypatch, ["127.0.0.1", inside])
    with pytest.raises(Forbidden):
        calls.call("GET", f"http://partner.example:{server.port}/")
    assert server.connections == 0


def test_the_address_looked_at_is_the_address_dialled(
    start: Any, calls: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that says another thing the second time is not asked a second time."""
    server = start(lambda each: each.sendall(OK))
    asked = names(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    assert calls.call("GET", f"http://partner.example:{server.port}/").status == 200
    assert asked == ["partner.example"]
    assert f"Host: partner.example:{server.port}".encode() in server.got


def test_a_name_that_is_not_known(calls: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(NoAnswer, match="the name of the host is not known"):
        calls.call("GET", "http://partner.example/")


def test_a_name_server_that_hangs_ends_in_time(calls: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asleep = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: asleep.wait(5))
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="in time"):
        calls.call("GET", "http://partner.example/", seconds=0.3)
    asleep.set()
    assert time.monotonic() - began < 2


def test_a_redirect_is_an_answer_and_is_not_followed(start: Any, calls: Client) -> None:
    other = start(lambda each: each.sendall(OK))
    location = f"HTTP/1.1 307 Go\r\nLocation: {other.url}\r\nContent-Length: 0\r\n\r\n".encode()
    server = start(lambda each: each.sendall(location))
    answer = calls.call("POST", server.url, body=b"{}")
    assert (answer.status, answer.headers["location"]) == (307, other.url)
    assert other.connections == 0


def test_proxies_of_the_environment_are_not_asked(
    start: Any, calls: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = start(lambda each: each.sendall(OK))
    server = start(lambda each: each.sendall(OK))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    calls.call("GET", server.url)
    assert (proxy.connections, server.connections) == (0, 1)


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"z"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nz\r\n"),
    ],
    ids=["silent", "headers", "hundreds", "body", "chunks"],
)
def test_a_server_that_drips_ends_with_the_call(start: Any, calls: Client, first: bytes, drop: bytes) -> None:
    server = start(drip(first, drop))
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="no answer in time"):
        calls.call("POST", server.url, body=b"{}", seconds=0.5)
    assert 0.4 < time.monotonic() - began < 2


def test_a_server_that_does_not_read_ends_with_the_call(start: Any, calls: Client) -> None:
    server = start(lambda _: time.sleep(5))
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        calls.call("POST", server.url, body=b"x" * 50_000_000, seconds=0.5)
    assert time.monotonic() - began < 2


def test_an_encrypted_connection_that_is_never_made_ends_with_the_call(start: Any, calls: Client) -> None:
    server = start(drip(b"", b"\x16"))
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        calls.call("POST", f"https://127.0.0.1:{server.port}/", seconds=0.5)
    assert time.monotonic() - began < 2


def test_no_more_than_64_kilobytes_are_read(start: Any, calls: Client) -> None:
    sent = 0

    def serve(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
        while True:
            sent += connection.send(b"x" * 65536)

    answer = calls.call("GET", start(serve).url)
    assert (len(answer.body), answer.cut) == (64 * 1024, True)
    time.sleep(0.2)
    assert sent < 20_000_000, "the connection was closed"


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\nX: " + b"y" * 60_000 + b"\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 60_000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1" + b";x" * 30_000 + b"\r\nz\r\n"),
    ],
    ids=["hundreds", "headers", "chunks"],
)
def test_an_answer_without_end_is_left_however_it_is_wrapped(
    start: Any, calls: Client, first: bytes, more: bytes
) -> None:
    sent = 0

    def serve(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(first)
        while sent < 60_000_000:
            connection.sendall(more)
            sent += len(more)

    with pytest.raises(NoAnswer):
        calls.call("GET", start(serve).url)
    time.sleep(0.2)
    assert sent < 20_000_000, "the connection was closed"


def test_a_compressed_body_is_not_unpacked(start: Any, calls: Client) -> None:
    packed = b"\x1f\x8b\x08\x00"
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"
    assert calls.call("GET", start(lambda each: each.sendall(head + packed)).url).body == packed


@pytest.mark.parametrize(
    "garbage",
    [b"hello\r\n\r\n", b"\x00" * 100, b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200],
)
def test_what_is_no_http_is_no_answer_and_is_not_repeated(start: Any, calls: Client, garbage: bytes) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(garbage)
        connection.close()

    with pytest.raises(NoAnswer) as told:
        calls.call("GET", start(serve).url)
    assert str(told.value) == "the connection broke off, or the answer was no HTTP"


def test_nobody_there(calls: Client, settings: LazySettings) -> None:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    with pytest.raises(NoAnswer, match="the connection was refused"):
        calls.call("GET", f"http://127.0.0.1:{free_port()}/")


def test_the_handshake_names_the_host_and_a_stranger_is_not_believed(
    start: Any, calls: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str | None] = []
    wrap = ssl.SSLContext.wrap_socket

    def wrapped(self: ssl.SSLContext, *args: Any, **options: Any) -> ssl.SSLSocket:
        named.append(options.get("server_hostname"))
        return wrap(self, *args, **options)

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrapped)
    names(monkeypatch, ["127.0.0.1"])
    server = start(lambda each: each.sendall(b"HTTP/1.1 400 Bad\r\n\r\n"))
    with pytest.raises(NoAnswer, match="no encrypted connection came about"):
        calls.call("GET", f"https://partner.example:{server.port}/")
    assert named == ["partner.example"]
    context = client._tls()
    assert context.check_hostname and context.verify_mode == ssl.CERT_REQUIRED

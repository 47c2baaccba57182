"""The guarded client: it dials only addresses it has looked at, and ends in time whatever the other side does.

No redirects, no proxies, no compression undone, 64 kB read, 30 seconds in all: also for a body that drips. Connections
are kept: a second call of the same host costs no new one.
"""

import select
import socket
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from django.conf import settings

from tracker.egress.addresses import Target, check_address, check_url

SECONDS = 30.0
READ_BYTES = 64 * 1024
# Of one call in all: heads without end, and bodies whose every byte is wrapped, count too.
WIRE_BYTES = 8 * READ_BYTES
# Connections kept to one host; more calls at once than that dial anew.
KEPT = 8
# The system's resolver has no time limit of its own: names are asked for in a thread that can be left behind.
_RESOLVERS = 8


class NoAnswer(Exception):
    """Nothing came back, or nothing that is HTTP. The message may be shown to whoever typed the address in.

    `perhaps`: all of it was sent, and the other side may have taken it all the same.
    """

    def __init__(self, message: str, *, perhaps: bool = False) -> None:
        super().__init__(message)
        self.perhaps = perhaps


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in small letters; `cut` says that there was more than 64 kB."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool


class _Call(threading.local):
    """When the call that this thread makes has to end, and how much it may still be sent."""

    until: float = 0.0
    room: int = 0

    def begin(self, seconds: float) -> None:
        self.until, self.room = time.monotonic() + seconds, WIRE_BYTES

    def read(self, size: int) -> int:
        self.room -= size
        if self.room < 0:
            raise HTTPException("the answer has no end")
        return size

    def left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is over")
        return left


_call = _Call()


class _Timed:
    """A socket whose every step ends with the call: a server that drips, or never ends, gains nothing by it."""

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(_call.left())  # type: ignore[attr-defined]
        return _call.read(super().recv_into(*args, **options))  # type: ignore[misc]

    def send(self, *args: Any, **options: Any) -> int:
        self.settimeout(_call.left())  # type: ignore[attr-defined]
        return super().send(*args, **options)  # type: ignore[misc]

    def sendall(self, *args: Any, **options: Any) -> None:
        self.settimeout(_call.left())  # type: ignore[attr-defined]
        super().sendall(*args, **options)  # type: ignore[misc]


class _TimedSocket(_Timed, socket.socket):
    """A plain connection."""


class _TimedTLS(_Timed, ssl.SSLSocket):
    """An encrypted one."""

    def do_handshake(self, block: bool = False) -> None:
        self.settimeout(_call.left())
        super().do_handshake(block)


@cache
def _resolvers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="resolve")


def _resolve(host: str, port: int) -> list[tuple[Any, ...]]:
    """All addresses of a name."""
    asked = _resolvers().submit(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
    try:
        return asked.result(_call.left())
    except (socket.gaierror, UnicodeError) as error:
        raise NoAnswer("the name of the host is not known") from error
    except TimeoutError as error:
        asked.cancel()
        raise NoAnswer("the name of the host was not found in time") from error


def dial(host: str, port: int) -> socket.socket:
    """A connection to one of the addresses of a host, of which every one may be called. Raises Forbidden, NoAnswer.

    The address looked at is the address dialled: no second look-up comes between.
    """
    found = _resolve(host, port)
    for *_, where in found:
        check_address(where[0], settings.EGRESS_ALLOW)
    problem: OSError | None = None
    for family, kind, protocol, _, where in found:
        sock = _TimedSocket(family, kind, protocol)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(_call.left())
            sock.connect(where)
        except OSError as error:
            sock.close()
            problem = error
        else:
            return sock
    raise problem or NoAnswer("the name of the host is not known")


class _OneSend:
    """Head and body of a request in one packet: half the system calls, and the other side wakes once."""

    _held: list[bytes] | None = None

    def request(self, *args: Any, **options: Any) -> None:
        self._held = []
        try:
            super().request(*args, **options)  # type: ignore[misc]
            whole = b"".join(self._held)
        finally:
            self._held = None
        self.send(whole)

    def send(self, data: Any) -> None:
        if self._held is None:
            super().send(data)  # type: ignore[misc]
        else:
            self._held.append(data)


class _Connection(_OneSend, HTTPConnection):
    def connect(self) -> None:
        self.sock = dial(self.host, self.port)


class _SecureConnection(_Connection):
    default_port = 443

    def __init__(self, host: str, port: int, tls: ssl.SSLContext) -> None:
        super().__init__(host, port)
        self._tls = tls

    def connect(self) -> None:
        super().connect()
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.sslsocket_class = _TimedTLS
    return context


def _is_quiet(connection: HTTPConnection) -> bool:
    """Whether a kept connection is still one: a server that has left it, or that speaks unasked, can be read from."""
    reading = select.poll()
    reading.register(connection.sock, select.POLLIN)
    return not reading.poll(0)


class Client:
    """Kept connections to many hosts. One client serves many threads; make one in each process.

    The standard library's own HTTP: urllib3 on top of it does what is not wanted here (retries, redirects, proxies),
    and took half of the time of a call.
    """

    def __init__(self, *, hosts: int = 64) -> None:
        self._tls = _tls()
        self._lock = threading.Lock()
        self._hosts = hosts
        self._kept: OrderedDict[tuple[str, str, int], list[HTTPConnection]] = OrderedDict()

    def _take(self, target: Target) -> HTTPConnection:
        """A kept connection that nobody uses, or a new one, which dials when it is first used."""
        with self._lock:
            idle = self._kept.get((target.scheme, target.host, target.port), [])
            while idle:
                connection = idle.pop()
                if _is_quiet(connection):
                    return connection
                connection.close()
        if target.scheme == "https":
            return _SecureConnection(target.host, target.port, self._tls)
        return _Connection(target.host, target.port)

    def _keep(self, target: Target, connection: HTTPConnection) -> None:
        """For the next call; those of the host that was called longest ago are closed for it."""
        key = (target.scheme, target.host, target.port)
        with self._lock:
            idle = self._kept.setdefault(key, [])
            self._kept.move_to_end(key)
            if len(idle) < KEPT:
                idle.append(connection)
                connection = None  # type: ignore[assignment]
            left = self._kept.popitem(last=False)[1] if len(self._kept) > self._hosts else []
        for each in [*left, *([connection] if connection else [])]:
            each.close()

    def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        seconds: float = SECONDS,
    ) -> Answer:
        """Call an address, once. Raises Forbidden for one that may not be called, NoAnswer where nothing came of it.

        Whatever status came back is an answer, a redirect too: who wants to follow it calls again.
        """
        target = check_url(url)
        _call.begin(min(seconds, SECONDS))
        connection = self._take(target)
        whole = sent = False
        try:
            connection.request(method, target.path, body=body, headers=headers or {})
            sent = True
            response = connection.getresponse()
            answer = _read(response)
            whole = response.isclosed() and not response.will_close
        except (HTTPException, OSError) as error:
            raise NoAnswer(_words(error), perhaps=sent) from error
        finally:
            if whole:
                self._keep(target, connection)
            else:
                connection.close()
        return answer

    def close(self) -> None:
        with self._lock:
            for idle in self._kept.values():
                for connection in idle:
                    connection.close()
            self._kept.clear()


def _read(response: HTTPResponse) -> Answer:
    """The answer, of its body no more than the limit."""
    body = response.read(READ_BYTES + 1)
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status, headers, body[:READ_BYTES], len(body) > READ_BYTES)


def _words(error: BaseException) -> str:
    """What went wrong in one of a few sentences: what the other side said is not repeated."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate was not accepted"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return "no encrypted connection came about"
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused"
    return "the connection broke off, or the answer was no HTTP"

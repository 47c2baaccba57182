"""The guarded client: it dials only addresses it has looked at, and ends in time whatever the other side does.

No redirects, no proxies, no compression undone, 64 kB read, 30 seconds in all: also for a body that drips. Connections
are kept: a second call of the same host costs no new one.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import urllib3
from django.conf import settings
from urllib3._collections import RecentlyUsedContainer
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from tracker.egress.addresses import Forbidden, Target, check_address, check_url

SECONDS = 30.0
READ_BYTES = 64 * 1024
# The system's resolver has no time limit of its own: names are asked for in a thread that can be left behind.
_RESOLVERS = 8


class NoAnswer(Exception):
    """Nothing came back, or nothing that is HTTP. The message may be shown to whoever typed the address in."""


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in small letters; `cut` says that there was more than 64 kB."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool


class _Call(threading.local):
    """When the call that this thread makes has to end."""

    until: float = 0.0

    def left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is over")
        return left


_call = _Call()


class _Timed:
    """A socket whose every step ends with the call: a server that sends a byte a second gains nothing by it."""

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(_call.left())  # type: ignore[attr-defined]
        return super().recv_into(*args, **options)  # type: ignore[misc]

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
    def _new_conn(self) -> socket.socket:
        return dial(self.host, self.port)


class _SecureConnection(_OneSend, HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return dial(self.host, self.port)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection  # type: ignore[assignment]


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection  # type: ignore[assignment]


def _tls() -> ssl.SSLContext:
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    context.load_default_certs()
    context.sslsocket_class = _TimedTLS
    return context


class Client:
    """Kept connections to many hosts. One client serves many threads; make one in each process."""

    def __init__(self, *, hosts: int = 64) -> None:
        self._tls = _tls()
        self._lock = threading.Lock()
        # Straight to the pools: urllib3's manager works out anew with each call which one it is.
        self._pools: RecentlyUsedContainer[tuple[str, str, int], HTTPConnectionPool] = RecentlyUsedContainer(
            hosts, dispose_func=HTTPConnectionPool.close
        )

    def _pool(self, target: Target) -> HTTPConnectionPool:
        """The kept connections to a host; those of the host that was called longest ago are closed for a new one."""
        key = (target.scheme, target.host, target.port)
        with self._lock:
            pool = self._pools.get(key)
            if pool is None:
                if target.scheme == "https":
                    pool = _SecurePool(target.host, target.port, maxsize=8, ssl_context=self._tls)
                else:
                    pool = _Pool(target.host, target.port, maxsize=8)
                self._pools[key] = pool
        return pool

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
        _call.until = time.monotonic() + min(seconds, SECONDS)
        try:
            response = self._pool(target).urlopen(
                method,
                target.path,
                body=body,
                headers=dict(headers or {}),
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                assert_same_host=False,
            )
            return _read(response)
        except (Forbidden, NoAnswer):
            raise
        except urllib3.exceptions.HTTPError as error:
            raise NoAnswer(_words(error)) from error
        except OSError as error:
            raise NoAnswer(_words(error)) from error

    def close(self) -> None:
        self._pools.clear()


def _read(response: urllib3.BaseHTTPResponse) -> Answer:
    """The answer, and the connection given back where all of it was read."""
    try:
        body = response.read(READ_BYTES + 1, decode_content=False)
    except BaseException:
        response.close()
        raise
    if cut := len(body) > READ_BYTES:
        response.close()
    else:
        response.release_conn()
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status, headers, body[:READ_BYTES], cut)


def _words(error: BaseException) -> str:
    """What went wrong in one of a few sentences: what the other side said is not repeated."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return "its certificate was not accepted"
        if isinstance(seen, ssl.SSLError):
            return "no encrypted connection came about"
        if isinstance(seen, TimeoutError | urllib3.exceptions.TimeoutError):
            return "no answer in time"
        if isinstance(seen, ConnectionRefusedError):
            return "the connection was refused"
        seen = seen.__cause__ or seen.__context__ or _inner(seen)
    return "the connection broke off, or the answer was no HTTP"


def _inner(error: BaseException) -> BaseException | None:
    """The error that urllib3 wraps as an argument."""
    with contextlib.suppress(IndexError):
        last = error.args[-1]
        return last if isinstance(last, BaseException) else None
    return None

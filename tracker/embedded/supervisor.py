"""`manage.py up`: one process that starts everything, watches it, and stops it in the reverse order.

What dies is started again, alone: PostgreSQL and Valkey on the port they had, so that the others find them again;
web, worker and beat at once, and after a growing pause while they keep dying. A server that cannot be started again
ends the whole. The supervisor holds the lock of DATA_DIR; if it is killed, the kernel lets go of the lock and ends the
children.
"""

import contextlib
import http.client
import signal
import time
from dataclasses import replace
from typing import NoReturn

from django.conf import settings
from django.urls import get_resolver
from django.utils.module_loading import import_string

from tracker.config import env
from tracker.embedded import children, place
from tracker.embedded.process import CouldNotStart, is_free
from tracker.embedded.register import prepare
from tracker.embedded.services import Service, register_roles, servers

GIVE_UP_AFTER = 5  # failed starts of one server in a row
WEB_SECONDS = 60


class Stopped(BaseException):
    """Somebody asked us to stop."""


def say(what: str, words: str) -> None:
    """One line for one step. The terminal may be gone; that is no reason to fall."""
    with contextlib.suppress(OSError):
        print(f"  {what:<15}{words}", flush=True)


class Supervisor:
    """Starts, watches and stops the services, in the order of their list."""

    def __init__(self, *, forking: bool) -> None:
        self.forking = forking
        self.folder = place.data_dir()
        self.port = env.port()
        self.with_cases = env.flag("DEMO", default=True)
        self.services: list[Service] = []
        self.start_again_at: dict[str, float] = {}

    def run(self) -> None:
        """Until somebody asks us to stop, or a server cannot be kept alive."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        begun = time.monotonic()
        try:
            self._wait_for_port()
            self._start(servers(self.folder))
            self._prepare()
            self._start(register_roles(forking=self.forking))
            self._wait_for_web()
            self._announce(time.monotonic() - begun)
            self._watch()
        except Stopped:
            say("stopping", "web, worker and beat first, the database last")
        finally:
            self._stop()

    @staticmethod
    def _on_signal(_number: int, _frame: object) -> NoReturn:
        raise Stopped

    def _wait_for_port(self) -> None:
        """The web's port is asked for by name, so we take no other; after a kill it may be held for a moment."""
        deadline = time.monotonic() + 3
        while not is_free(self.port):
            if time.monotonic() > deadline:
                raise CouldNotStart(f"port {self.port} is taken by another program; choose one with PORT=")
            time.sleep(0.1)

    def _start(self, services: list[Service]) -> None:
        for service in services:
            begun = time.monotonic()
            self.services.append(service)
            service.process = service.start()
            if service.is_server:
                say(service.name, f"ready ({time.monotonic() - begun:.1f} s)")

    def _prepare(self) -> None:
        """In a child, so that this process never holds a connection that a later fork would share.

        Meanwhile we load what web will need, once for all its processes.
        """
        if not self.forking:
            prepare(say, with_cases=self.with_cases)
            return
        child = children.fork("prepare", lambda: prepare(say, with_cases=self.with_cases))
        try:
            get_resolver().url_patterns  # noqa: B018  (loads every view)
            import_string("tracker.web.health.load")()
            if child.wait() != 0:
                raise CouldNotStart("the register could not be made ready: see above")
        finally:
            child.kill()

    def _wait_for_web(self) -> None:
        """Until web answers anything at all."""
        deadline = time.monotonic() + WEB_SECONDS
        while time.monotonic() < deadline:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                connection.request("GET", "/healthz")
                connection.getresponse()
                return
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
            if any(service.has_died() for service in self.services):
                raise CouldNotStart("web, worker or beat ended at once: see above")
        raise CouldNotStart(f"web did not answer within {WEB_SECONDS} s")

    def _announce(self, seconds: float) -> None:
        web = f"http://127.0.0.1:{self.port}"
        place.write_addresses(self.folder, replace(place.addresses(self.folder), web=web))
        say("ready", f"after {seconds:.1f} s")
        say("register", f"{web}/")
        say("API", f"{web}/api/v1/   docs: {web}/api/docs/")
        say("staff", f"{web}/admin/   admin, password in {self.folder / 'admin-password'}")
        say("mail", getattr(settings, "EMAIL_FILE_PATH", "as EMAIL_URL says"))
        say("", f"Ctrl-C stops it; the data stay in {self.folder}")

    def _watch(self) -> None:
        """Start again whatever dies, for ever."""
        while True:
            for service in self.services:
                if service.has_died():
                    assert service.process is not None
                    code = service.process.returncode
                    pause = service.bury()
                    say(
                        service.name, f"died ({code}); starts again" + (f" in {pause:.0f} s" if pause else "")
                    )
                    self.start_again_at[service.name] = time.monotonic() + pause
                if service.process is None and time.monotonic() >= self.start_again_at[service.name]:
                    self._start_again(service)
            time.sleep(0.2)

    @staticmethod
    def _start_again(service: Service) -> None:
        """A server is waited for, since nothing works without it, and what killed it may need a moment to end."""
        for attempt in range(GIVE_UP_AFTER):
            try:
                service.process = service.start()
            except CouldNotStart:
                if attempt + 1 == GIVE_UP_AFTER:
                    raise
                time.sleep(1 + attempt)
            else:
                say(service.name, "runs again")
                return

    def _stop(self) -> None:
        """In the reverse order, the database last; from here on nobody can interrupt us."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for service in reversed(self.services):
            service.stop()
        place.write_addresses(self.folder, replace(place.addresses(self.folder), web="", process=0))
        say("stopped", f"the data stay in {self.folder}")


def run(*, forking: bool) -> None:
    """What the command calls."""
    if place.lock is None:
        raise CouldNotStart("start it as `manage.py up`, which first takes the folder")
    Supervisor(forking=forking).run()

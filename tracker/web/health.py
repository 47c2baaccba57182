"""`/healthz`: the process is alive. `/readyz`: it can serve, and the clock goes. No secrets in either."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from celery import current_app
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.queries.deliveries import LATE, sending

log = logging.getLogger(__name__)

# The sweep runs every three minutes. After this long without one, deadlines pass and nobody is told.
SWEEP_LIMIT = timedelta(minutes=15)
# Beat's first sweep comes some minutes after the start: a web process younger than this does not miss it.
STARTING = timedelta(minutes=6)
STARTED = time.monotonic()

# A hung server must not hang whoever asks. libpq takes no less than two seconds.
DATABASE_SECONDS = 2
BROKER_SECONDS = 2.0

Check = dict[str, Any]


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Alive. Asks nobody: a dead database is no reason to kill this process."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Each check with its outcome: 200 if all are well, else 503. Two seconds if a server hangs."""
    until = time.monotonic() + BROKER_SECONDS
    thread = ThreadPoolExecutor(1)  # one for each request: where it hangs it is left to its socket's timeouts
    broker = thread.submit(_reach_broker)
    thread.shutdown(wait=False)
    checks = _database_checks(timezone.now())
    checks["broker"] = _broker(broker, until)
    ready = all(check["ok"] for check in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def load() -> None:
    """What the first question would load, half a second of it; nothing is connected. For who starts web processes."""
    _known_migrations()
    current_app.connection_for_write().transport  # noqa: B018


def _database_checks(at: datetime) -> dict[str, Check]:
    """Database, migrations and sweep, over a connection of their own: a busy pool is no dead database."""
    own = connection.copy()
    options = {name: value for name, value in own.settings_dict["OPTIONS"].items() if name != "pool"}
    own.settings_dict["OPTIONS"] = {
        **options,
        "connect_timeout": DATABASE_SECONDS,
        "options": f"-c statement_timeout={DATABASE_SECONDS * 1000}",
    }
    try:
        own.ensure_connection()
        migrations = _migrations(own)
        old = {"ok": False, "why": "the tables are not up to date"}
        sweep, alerts = (_sweep(own, at), _alerts(own, at)) if migrations["ok"] else (old, old)
        return {"database": {"ok": True}, "migrations": migrations, "sweep": sweep, "alerts": alerts}
    except DatabaseError as error:
        log.warning("the database does not answer /readyz: %s", error)
        unknown = {"ok": False, "why": "the database does not answer"}
        return dict.fromkeys(("database", "migrations", "sweep", "alerts"), unknown)
    finally:
        own.close()


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that this code brings: they do not change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _migrations(own: BaseDatabaseWrapper) -> Check:
    """The tables are those this code was written for."""
    missing = len(_known_migrations() - set(MigrationRecorder(own).applied_migrations()))
    return {"ok": not missing, "unapplied": missing}


def _sweep(own: BaseDatabaseWrapper, at: datetime) -> Check:
    """The clock goes: a sweep ended not long ago, or this process is too young to have seen one."""
    with own.cursor() as cursor:
        cursor.execute("SELECT finished_at FROM tracker_taskrun WHERE name = 'record_missed_deadlines'")
        row = cursor.fetchone()
    age = max(at - row[0], timedelta()) if row else None
    starting = time.monotonic() - STARTED < STARTING.total_seconds()
    return {
        "ok": starting or (age is not None and age <= SWEEP_LIMIT),
        "age_seconds": round(age.total_seconds()) if age is not None else None,
        "limit_seconds": round(SWEEP_LIMIT.total_seconds()),
        "starting": starting,
    }


def _alerts(own: BaseDatabaseWrapper, at: datetime) -> Check:
    """Somebody sends what is due, and reads the ledger."""
    now = sending(at, own)
    return {
        "ok": not now.is_late,
        "due": sum(way.due for way in now.ways),
        "seconds_late": now.seconds_late,
        "limit_seconds": round(LATE.total_seconds()),
    }


def _reach_broker() -> None:
    """Raises whatever the broker's client raises where it cannot be reached."""
    with current_app.connection_for_write(connect_timeout=1) as link:
        link.transport_options = {"socket_timeout": 1.0, "socket_connect_timeout": 1.0}
        link.ensure_connection(max_retries=0)


def _broker(reached: Future[None], until: float) -> Check:
    """What came of it by then. Each broker's client has errors of its own; to whoever asks they are one."""
    error: BaseException | None
    try:
        error = reached.exception(timeout=max(0.0, until - time.monotonic()))
    except TimeoutError as too_late:
        error = too_late
    if error is None:
        return {"ok": True}
    log.warning("the broker does not answer /readyz: %s", type(error).__name__)
    return {"ok": False, "why": "the broker does not answer"}

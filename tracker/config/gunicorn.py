"""How gunicorn runs: threads that share a pool of database connections. Used by `up` and in production."""

from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from tracker.config import env
from tracker.vocabulary import without_keys


class KeylessLogger(Logger):
    """The line of a request, without the key that somebody may have put into its address."""

    def atoms(self, *of: Any) -> dict[str, Any]:
        told = super().atoms(*of)
        return {name: without_keys(each) if isinstance(each, str) else each for name, each in told.items()}


bind = [env.text("BIND") or f"127.0.0.1:{env.port()}"]
workers = env.number("WEB_WORKERS", 2, least=1)
worker_class = "gthread"
threads = env.number("WEB_THREADS", 4, least=1)
timeout = 60
graceful_timeout = 10
keepalive = 5
loglevel = "warning"
logger_class = KeylessLogger
accesslog = "-" if env.flag("ACCESS_LOG") else None
control_socket_disable = True
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # a heartbeat on a slow disk gets healthy workers killed

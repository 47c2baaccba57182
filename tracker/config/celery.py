"""The Celery application. Tasks find it as `celery.current_app`; nobody imports this but the processes that run it."""

import os

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import worker_init
from django.db import InterfaceError, OperationalError, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")

# Celery's own command takes BROKER_URL from the environment over the settings' head, and so misses a password that
# stands in a file. It has done so when it loads this module; the settings decide.
os.environ.pop("CELERY_BROKER_URL", None)


class RegisterTask(DjangoTask):
    """A task that meets a dead database is tried again; otherwise it is acknowledged and lost (26 of 200 were)."""

    autoretry_for = (OperationalError, InterfaceError)
    retry_backoff = True
    retry_backoff_max = 60
    max_retries = 8
    # A worker that was away finds no pile: whatever asked will ask again. The schedule may say otherwise.
    expires = 10 * 60


app = Celery("told-to-act", task_cls=RegisterTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tracker"])


@worker_init.connect
def use_no_pool(**_: object) -> None:
    """Celery closes the database after each task, and a pool with it: so a task opens one plain connection."""
    for settings in connections.settings.values():
        settings.get("OPTIONS", {}).pop("pool", None)

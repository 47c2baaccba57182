"""The Celery application. Tasks find it as `celery.current_app`; nobody imports this but the processes that run it."""

import os

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import worker_init
from django.db import InterfaceError, OperationalError, connections

from tracker.config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")

# Celery's own command reads BROKER_URL by itself, over the settings' head, and would miss a password that stands in a
# file. It does so after it has loaded this module.
if os.environ.get("BROKER_URL"):
    os.environ["BROKER_URL"] = env.with_password(os.environ["BROKER_URL"], "BROKER_PASSWORD")


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

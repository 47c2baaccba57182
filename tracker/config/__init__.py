"""How the service is configured and started. Loads the Celery application, so that every process has the same one."""

from tracker.config.celery import app as celery_app

__all__ = ["celery_app"]

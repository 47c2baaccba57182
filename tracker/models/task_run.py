"""When the clock's work was last done. No fact: it is never in the ledger, never guarded."""

from datetime import datetime

from django.db import models


class TaskRunQuerySet(models.QuerySet["TaskRun"]):
    def note(self, name: str, *, at: datetime) -> None:
        """A task has ended well."""
        self.update_or_create(name=name, defaults={"finished_at": at})

    def is_done(self, name: str, *, since: datetime) -> bool:
        """Has it ended well since then?"""
        return self.filter(name=name, finished_at__gte=since).exists()


class TaskRun(models.Model):
    """When a task last ended well: one row a task. `/readyz` tells by it that the sweeps have stopped."""

    name = models.CharField(max_length=60, primary_key=True)
    finished_at = models.DateTimeField()

    objects = TaskRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} at {self.finished_at:%Y-%m-%d %H:%M}"

"""The public log: how often the register was contested, corrected, and made to remove something; in counts."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.queries.days import register_day
from tracker.queries.head import snapshot
from tracker.queries.log import kept_for, log_of

KEPT_SECONDS = 24 * 60 * 60


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The years, the latest first. Worked out once for each state of the public record."""
    today = register_day(timezone.now())
    with snapshot() as moment:
        key = kept_for(today, (moment.head.epoch, moment.head.number))
        found = cache.get(key)
        if found is None:
            found = log_of()
            cache.set(key, found, KEPT_SECONDS)
    return render(request, "web/log.html", {"log": found, "today": today})

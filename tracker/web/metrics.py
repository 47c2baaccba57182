"""`/metrics`: how sending goes, for Prometheus. Counted in the database: every web process says the same.

Not public: it answers to whoever knows METRICS_TOKEN, and without that setting to nobody.
"""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from tracker.queries.deliveries import Sending, sending

_WAYS = {
    "due": "messages that could be sent now",
    "retrying": "messages that wait for another attempt",
    "oldest_due_seconds": "for how long the oldest message that is due has been",
    "sent": "messages of the last day that were sent",
    "dropped": "messages of the last day that were no longer true when their time came",
    "failed": "messages of the last day that were given up",
}
_REST = {
    "seconds_late": "for how long the oldest thing that is ours to do has waited",
    "lines_left_out": "lines that could not be turned into notices, and are tried again",
    "unread_lines": "lines of the ledger that were not turned into notices yet",
    "waiting_for_a_digest": "notices that wait for a digest",
    "endpoints": "endpoints that are called",
    "endpoints_failing": "endpoints whose last call failed",
    "endpoints_disabled": "endpoints that are no longer called",
}


class SendingCollector(Collector):
    """Counts when it is asked."""

    def __init__(self, now: Sending) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        for name, words in _WAYS.items():
            family = GaugeMetricFamily(f"register_alerts_{name}", words, labels=["way"])
            for way in self.now.ways:
                family.add_metric([way.way], getattr(way, name))
            yield family
        for name, words in _REST.items():
            yield GaugeMetricFamily(f"register_alerts_{name}", words, value=getattr(self.now, name))


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All of it in Prometheus' own form."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(SendingCollector(sending(timezone.now())))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

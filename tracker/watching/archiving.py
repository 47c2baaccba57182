"""Asks the Wayback Machine for a copy of each source that has none, where WAYBACK_KEY is set.

By its Save Page Now interface, in two steps: a job is asked for, and a later run asks what came of it. A few at a
time: it is somebody else's service.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from django.conf import settings
from django.db.models import F, Q

from tracker.actions.sources import record_archived_copy
from tracker.egress import Client, Forbidden, NoAnswer
from tracker.ledger import CLOCK
from tracker.models import SourceLook

log = logging.getLogger(__name__)

ARCHIVE = "https://web.archive.org"
AT_A_TIME = 3
# What the archive could not save it is asked for again after this long; sooner what it said nothing of.
_AGAIN = timedelta(days=28)
_SILENT = timedelta(days=1)
_WORKING = timedelta(minutes=10)


def ask_for_copies(*, client: Client, clock: Callable[[], datetime]) -> int:
    """Take up the copies that are ready, and ask for some more; how many were recorded.

    Each that was tried waits behind the others: whatever the archive says of some, it is asked for all.
    """
    if not settings.WAYBACK_KEY:
        return 0
    without = SourceLook.objects.filter(source__archived_url="", failures=0, looked_at__isnull=False)
    without = without.filter(source__published_at__isnull=False, source__withdrawn_at=None)
    due = without.filter(Q(archive_next_at=None) | Q(archive_next_at__lte=clock()))
    due = due.order_by(F("archive_next_at").asc(nulls_first=True), "pk")
    recorded = sum(_take_up(look, client, clock()) for look in due.exclude(archive_job="")[:AT_A_TIME])
    for look in due.filter(archive_job="")[:AT_A_TIME]:
        _ask(look, client, clock())
    return recorded


def _call(client: Client, method: str, path: str, body: bytes | None = None) -> dict[str, Any]:
    """What the archive says; nothing where it says nothing that can be read."""
    headers = {
        "authorization": f"LOW {settings.WAYBACK_KEY}",
        "accept": "application/json",
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": f"told-to-act-sources/1 (+{settings.SITE_URL}; {settings.WATCH_CONTACT})",
    }
    try:
        answer = client.call(method, f"{ARCHIVE}{path}", headers=headers, body=body)
        said = orjson.loads(answer.body) if 200 <= answer.status < 300 else {}
    except (Forbidden, NoAnswer, orjson.JSONDecodeError) as error:
        log.warning("the archive did not answer: %s", error)
        return {}
    return said if isinstance(said, dict) else {}


def _ask(look: SourceLook, client: Client, at: datetime) -> None:
    said = _call(client, "POST", "/save", urlencode({"url": look.url}).encode())
    job = str(said.get("job_id") or "")[:200]
    SourceLook.objects.filter(pk=look.pk).update(archive_job=job, archive_next_at=at if job else at + _SILENT)


def _take_up(look: SourceLook, client: Client, at: datetime) -> bool:
    """Record the copy that a job made; one that failed is asked for again after some weeks."""
    said = _call(client, "GET", f"/save/status/{quote(look.archive_job, safe='')}")
    moment = str(said.get("timestamp") or "")
    if said.get("status") == "success" and moment.isascii() and moment.isdecimal():
        url = f"{ARCHIVE}/web/{moment}/{look.url}"
        if len(url) <= 1000:
            record_archived_copy(source=look.source, archived_url=url, by=CLOCK, at=at)
            SourceLook.objects.filter(pk=look.pk).update(archive_job="")
            return True
    over = said.get("status") in ("error", "success")
    waits = (
        {"archive_job": "", "archive_next_at": at + _AGAIN} if over else {"archive_next_at": at + _WORKING}
    )
    SourceLook.objects.filter(pk=look.pk).update(**waits)
    return False

"""Looks whether the sources still answer, each once a week, and records what has become of them.

A public source is looked at by the address that it names, through `tracker.egress`: also where a redirect leads is
dialled only after it was looked at. Politely: one call at a time, a pause between two calls of one host, a name that
says who calls and how to reach them, and nothing fetched that has not changed.

What one look finds is not told: a server may be down for a night, and many pages say something else each time. A
source is gone after three failures on three days, and has changed when it says the same new words twice. What is told
is a public line, and staff who asked for it hear of dead sources.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q, QuerySet

from tracker.actions.sources import Found, record_states
from tracker.alerts.telling import tell_staff
from tracker.egress import Answer, Client, Forbidden, NoAnswer
from tracker.ledger import CLOCK
from tracker.models import Source, SourceLook
from tracker.queries.alone import alone
from tracker.vocabulary import News, SourceState
from tracker.watching import archiving
from tracker.watching.words import words_of

log = logging.getLogger(__name__)

WEEK = timedelta(days=7)
# What failed, or says something else, is looked at again after a day.
SOON = timedelta(days=1)
# While it is being looked at nobody else does; killed meanwhile, it is looked at again after this long.
LEASE = timedelta(hours=1)
FAILURES = 3
REDIRECTS = 5
CALL_SECONDS = 15.0
# Between two calls of one host.
PAUSE = 5.0
# One run: a worker has other things to do. The rest is for the next run.
RUN_SECONDS = 40.0
_AT_ONCE = 200
_LOCK = 8_206_001

_PERMANENT = {301, 308}
_REDIRECTS = {*_PERMANENT, 302, 303, 307}
# The host does not want to be asked by programs: that says nothing of the page.
_NOT_FOR_US = {401, 403, 407, 429}
# An answer to HEAD that says nothing of the page.
_NO_HEAD = range(400, 600)


def look_at_sources(*, clock: Callable[[], datetime], client: Client | None = None) -> int:
    """Look at the sources whose time has come, for some seconds; how many were looked at."""
    client = client or _client()
    until = time.monotonic() + RUN_SECONDS
    called: dict[str, float] = {}
    looked = 0
    with alone(_LOCK) as undisturbed:
        if undisturbed:
            _begin(clock())
        while undisturbed and time.monotonic() < until:
            look = _claim(_resting(called), clock())
            if look is None:
                break
            _look(look, client, clock)
            called[look.host] = time.monotonic()
            looked += 1
        if undisturbed:
            archiving.ask_for_copies(client=client, clock=clock)
    return looked


@cache
def _client() -> Client:
    return Client()


def _resting(called: dict[str, float]) -> list[str]:
    """The hosts that were called a moment ago."""
    return [host for host, when in called.items() if time.monotonic() - when < PAUSE]


@transaction.atomic
def _claim(resting: list[str], at: datetime) -> SourceLook | None:
    """The source that has waited longest, on a lease, of a host that may be called; None where there is none."""
    due = SourceLook.objects.filter(next_look_at__lte=at, source__in=_watched()).exclude(host__in=resting)
    look = due.select_for_update(skip_locked=True).order_by("next_look_at", "pk").first()
    if look is not None:
        SourceLook.objects.filter(pk=look.pk).update(next_look_at=at + LEASE)
    return look


@transaction.atomic
def _begin(at: datetime) -> None:
    """A row for each source that has none yet, or another address than was looked at."""
    fresh = _watched().filter(Q(look=None) | ~Q(look__url=F("url"))).order_by("pk")
    rows = [
        SourceLook(source_id=pk, url=url, host=urlsplit(url).netloc.lower()[:255], next_look_at=at)
        for pk, url in fresh.values_list("pk", "url")[:_AT_ONCE]
    ]
    if rows:
        SourceLook.objects.filter(pk__in=[row.pk for row in rows]).delete()
        SourceLook.objects.bulk_create(rows, ignore_conflicts=True)


def _watched() -> QuerySet[Source]:
    return Source.objects.public().exclude(url="")


@dataclass(frozen=True)
class Seen:
    """What one look found. `answer` is None where nobody answered, `outcome` says so in words."""

    outcome: str
    answer: Answer | None = None
    url: str = ""
    moved: bool = False

    @property
    def is_well(self) -> bool:
        return self.answer is not None and (200 <= self.answer.status < 300 or self.answer.status == 304)

    @property
    def says_nothing(self) -> bool:
        return self.answer is not None and self.answer.status in _NOT_FOR_US


def _look(look: SourceLook, client: Client, clock: Callable[[], datetime]) -> None:
    """Look at one source and write down what came of it. One poison row stops no other."""
    try:
        seen = _ask(look, client)
        _note(look, seen, clock())
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("source %s could not be looked at", look.pk)
        SourceLook.objects.filter(pk=look.pk).update(
            next_look_at=clock() + SOON, outcome=f"a fault of ours: {type(error).__name__}"
        )


def _ask(look: SourceLook, client: Client) -> Seen:
    """HEAD, and GET only where that does not say that nothing has changed."""
    known = {"if-none-match": look.etag, "if-modified-since": look.last_modified}
    headers = {
        "user-agent": f"told-to-act-sources/1 (+{settings.SITE_URL}; {settings.WATCH_CONTACT})",
        "accept": "*/*",
        **{name: value for name, value in known.items() if value},
    }
    seen = _follow("HEAD", look.url, headers, client)
    if seen.answer is not None and seen.answer.status not in _NO_HEAD and _is_as_it_was(look, seen.answer):
        return seen
    return _follow("GET", seen.url or look.url, headers, client, moved=seen.moved)


def _is_as_it_was(look: SourceLook, answer: Answer) -> bool:
    """Whether it says by its headers that nothing has changed."""
    if not look.sha256:
        return False
    return answer.status == 304 or bool(look.etag and answer.headers.get("etag") == look.etag)


def _follow(method: str, url: str, headers: dict[str, str], client: Client, *, moved: bool = False) -> Seen:
    """Call an address and where it leads to, each through the guard. It moved where all redirects are for good."""
    for hop in range(REDIRECTS + 1):
        try:
            answer = client.call(method, url, headers=headers, seconds=CALL_SECONDS)
        except (Forbidden, NoAnswer) as error:
            return Seen(str(error), url=url if hop == 0 else "")
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return Seen(f"answered {answer.status}", answer, url, moved)
        moved = answer.status in _PERMANENT and (moved or hop == 0)
        url = urljoin(url, answer.headers["location"])
    return Seen("redirected again and again")


@transaction.atomic
def _note(look: SourceLook, seen: Seen, at: datetime) -> None:
    """Write down what was seen, and record what follows from it."""
    row = SourceLook.objects.select_for_update().filter(pk=look.pk, url=look.url).first()
    if row is None:
        return
    row.looked_at, row.outcome = at, seen.outcome[:200]
    row.next_look_at = at + WEEK
    if seen.is_well and seen.answer:
        row.failures = 0
        _compare(row, seen.answer, at)
        _record(row, _state_of(row, seen), seen.url, at)
    elif not seen.says_nothing:
        row.failures += 1
        row.next_look_at = at + (SOON if row.failures < FAILURES else WEEK)
        if row.failures >= FAILURES:
            _record(row, SourceState.GONE, "", at)
    row.save()


def _compare(row: SourceLook, answer: Answer, at: datetime) -> None:
    """Keep what the page says, to compare it with: the first time as it is, later what it says anew.

    One that says something else each time is read again after a day once, and then weekly like the others.
    """
    if answer.status == 304 or not answer.body:
        return
    row.etag = answer.headers.get("etag", "")[:300]
    row.last_modified = answer.headers.get("last-modified", "")[:100]
    said = sha256(words_of(answer)).hexdigest()
    row.sha256 = row.sha256 or said
    if said == row.sha256:
        row.seen_sha256, row.seen_times = "", 0
    elif said == row.seen_sha256:
        row.seen_times = 2
    else:
        row.next_look_at = at + (WEEK if row.seen_times == 1 else SOON)
        row.seen_sha256, row.seen_times = said, 1
        row.etag = row.last_modified = ""  # it is read again, not asked whether it changed


def _state_of(row: SourceLook, seen: Seen) -> SourceState | None:
    """Of a page that answers. One that has changed stays so while it is not settled what it says now."""
    if row.seen_times == 2 or (row.seen_times == 1 and row.source.state == SourceState.CHANGED):
        return SourceState.CHANGED
    return SourceState.MOVED if seen.moved and not _is_same_page(row.url, seen.url) else None


def _is_same_page(one: str, other: str) -> bool:
    """The same but for https, `www.` and a slash at the end: nobody calls that another address."""
    first, second = urlsplit(one), urlsplit(other)
    hosts = {(each.hostname or "").removeprefix("www.") for each in (first, second)}
    return len(hosts) == 1 and (first.path.rstrip("/"), first.query) == (
        second.path.rstrip("/"),
        second.query,
    )


def _record(row: SourceLook, state: SourceState | None, moved_to: str, at: datetime) -> None:
    """One line where it is news; staff who asked for it hear of a dead source, in the same transaction."""
    found = Found(row.source_id, row.url, state, moved_to if state == SourceState.MOVED else "")
    for source in record_states(found=[found], by=CLOCK, at=at):
        if state == SourceState.GONE:
            words = f"{row.url} no longer answers ({row.outcome}), found on {at.date().isoformat()}: {source.title}"
            tell_staff([words[:300]], News.SOURCE_DEAD, at=at)

"""Feeds of what a filter of addressees finds: its news as Atom, its deadlines as iCalendar. Asked again cheaply.

They take the filters of the list `addressees`: Atom tells of whom one fits today or fitted before or after a line, a
calendar of whom it fits today. A reader's program asks them by itself.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from icalendar import Calendar, Event
from rest_framework.request import Request
from rest_framework.views import APIView

from api.conditional import Built, Moment, conditional
from api.exports import Whatever
from api.filters import AddresseeFilters, Parameters, read
from api.renderers import Json
from api.schema import FeedSchema
from api.views import root
from tracker.alerts.feed import entries
from tracker.queries.calendars import Due, due_days
from tracker.queries.filters import AddresseeFilter, addressees_matching
from tracker.vocabulary import Clock

NOTHING_YET = datetime(2020, 1, 1, tzinfo=UTC)
# How often calendars ask by themselves.
ASK_AGAIN = timedelta(hours=6)


class FeedParameters(AddresseeFilters):
    page_size = cursor = ordering = as_of = None
    ranks = False


class Atom(Json):
    """A feed is bytes as they were written; a problem is JSON, as everywhere."""

    media_type = "application/atom+xml; charset=utf-8"
    format = "atom"


class ICalendar(Json):
    media_type = "text/calendar; charset=utf-8"
    format = "ics"


class FeedView(APIView):
    """One form of what a filter finds."""

    http_method_names = ("get", "head", "options")  # type: ignore[assignment]
    content_negotiation_class = Whatever
    schema = FeedSchema()
    parameters: ClassVar[type[Parameters]] = FeedParameters
    written: ClassVar[Callable[[Request, AddresseeFilter, Moment], bytes]]

    @conditional
    def get(self, request: Request, *, moment: Moment) -> Built:
        wanted = AddresseeFilter(as_of=moment.today, **read(self.parameters, request, moment.today))
        return Built(type(self).written(request, wanted, moment))


def _atom(request: Request, wanted: AddresseeFilter, moment: Moment) -> bytes:
    found = entries(wanted, epoch=moment.head.epoch)
    feed = _Feed(
        title="Told to act",
        link=settings.SITE_URL,
        description="What was answered, what was missed, what was corrected.",
        feed_url=request.build_absolute_uri(),
        latest=found[0].recorded_at if found else NOTHING_YET,
    )
    for entry in found:
        feed.add_item(
            title=entry.title,
            link=f"{root(request)}reports/{entry.report}/",
            description="\n".join(entry.lines),
            unique_id=entry.id,
            updateddate=entry.recorded_at,
            pubdate=entry.recorded_at,
        )
    return feed.writeString("utf-8").encode()


class _Feed(Atom1Feed):
    """Atom that is the same for the same entries: an empty one is not of now."""

    def latest_post_date(self) -> datetime:
        return self.feed["latest"]


def _calendar(request: Request, wanted: AddresseeFilter, moment: Moment) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Told to act//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Told to act: deadlines")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for due in due_days(addressees_matching(wanted), moment.today):
        calendar.add_component(_event(due, request))
    return calendar.to_ical()


def _event(due: Due, request: Request) -> Event:
    """A whole day. Who has moved on is no longer in it: its id is of the report, the clock and the day."""
    ends = "Time to answer ends" if due.clock == Clock.ANSWER else "Time to act ends"
    who = due.bodies[0] if len(due.bodies) == 1 else f"{len(due.bodies)} bodies"
    event = Event()
    event.add("uid", f"{due.report}/{due.clock}/{due.on.isoformat()}@{request.get_host()}")
    event.add("dtstamp", due.updated_at or NOTHING_YET)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", f"{ends}: {who} ({due.title})")
    event.add("description", "\n".join([*due.asks, "", ", ".join(due.bodies)]))
    event.add("url", f"{root(request)}reports/{due.report}/")
    event.add("transp", "TRANSPARENT")
    return event


class AtomView(FeedView):
    """What happened, the latest first."""

    renderer_classes = (Atom,)
    written = staticmethod(_atom)


class CalendarView(FeedView):
    """When the time to answer and the time to act end, where nothing came yet."""

    renderer_classes = (ICalendar,)
    written = staticmethod(_calendar)

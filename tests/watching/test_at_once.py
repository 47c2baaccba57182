"""Two workers look at the same time: each source is asked once, and told of once."""

from datetime import timedelta

import pytest

from tests.factories import AT, make_source
from tests.faults.at_once import at_once
from tests.watching.site import Answer, Site
from tracker.models import Event
from tracker.watching import looking

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sweeps_at_once_ask_each_source_once(pages: Site) -> None:
    for n in range(4):
        pages.pages[f"/{n}"] = Answer()
        make_source(f"Page {n}", url=f"{pages.root}/{n}")
    pages.pages["/3"] = Answer(404)
    for day in range(3):
        at = AT + timedelta(days=1 + day)
        at_once(*[lambda at=at: looking.look_at_sources(clock=lambda: at)] * 3)
    gets = [asked.path for asked in pages.asked if asked.method == "GET"]
    assert sorted(gets) == ["/0", "/1", "/2", "/3", "/3", "/3"]
    assert Event.objects.filter(kind="source.gone").count() == 1

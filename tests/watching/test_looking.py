"""Whether sources still answer: what is looked at, what is told of it, and what never is."""

from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import LazySettings

from tests.alerts.world import seal
from tests.factories import AT, STAFF, make_source, make_user
from tests.running.processes import free_port
from tests.watching.site import Answer, Site, site
from tracker.actions.correcting import correct
from tracker.actions.publishing import withdraw
from tracker.alerts import interests
from tracker.ledger.check import check_ledger
from tracker.models import Event, EventContent, Notice, Source, SourceLook
from tracker.queries.desk import dead_sources
from tracker.queries.references import source_view
from tracker.vocabulary import Channel, News, SourceState
from tracker.watching import looking

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BEGUN = AT + DAY


def look(at: datetime = BEGUN) -> int:
    return looking.look_at_sources(clock=lambda: at)


def told() -> list[str]:
    return list(
        Event.objects.filter(kind__in=_KINDS, is_public=True).order_by("pk").values_list("kind", flat=True)
    )


_KINDS = ("source.gone", "source.moved", "source.changed", "source.found_again", "source.archived")


def test_a_page_that_answers_is_looked_at_once_a_week_and_nothing_is_told(pages: Site) -> None:
    make_source(url=f"{pages.root}/letter")
    make_source(url=f"{pages.root}/draft", published=False)
    assert look() == 1
    assert look(BEGUN + 6 * DAY) == 0, "a second sweep finds nothing to do"
    assert look(BEGUN + 10 * DAY) == 1, "three days late, and nothing is lost"
    assert look(BEGUN + 16 * DAY) == 0, "its week begins anew"
    assert {asked.path for asked in pages.asked} == {"/letter"}, "a draft is told to nobody"
    assert told() == []
    assert SourceLook.objects.get().looked_at == BEGUN + 10 * DAY


def test_who_calls_says_who_it_is_and_fetches_nothing_that_has_not_changed(pages: Site) -> None:
    make_source(url=f"{pages.root}/letter")
    pages.pages["/letter"] = Answer(headers={"etag": '"one"'})
    look()
    assert [asked.method for asked in pages.asked] == ["HEAD", "GET"]
    assert all("pages@register.example" in asked.headers["user-agent"] for asked in pages.asked)
    pages.asked.clear()
    look(BEGUN + 7 * DAY)
    assert [asked.method for asked in pages.asked] == ["HEAD"]
    assert pages.asked[0].headers["if-none-match"] == '"one"'


def test_one_host_is_called_by_turns_and_not_too_often(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PAUSE", 60.0)
    make_source(url=f"{pages.root}/letter")
    make_source("Another", url=f"{pages.root}/other")
    with site("127.0.0.2") as other:
        make_source("Elsewhere", url=f"{other.root}/letter")
        assert look() == 2, "one of each host; the other waits for the next run"
    assert look() == 1


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_a_page_is_gone_after_three_failures_on_three_days(pages: Site, status: int) -> None:
    source = make_source(url=f"{pages.root}/letter", archived_url="https://archive.example/1")
    ada = make_user("ada")
    interests.follow(reader=ada, wanted={}, kinds=[News.SOURCE_DEAD], channel=Channel.AT_ONCE, at=AT)
    pages.pages["/letter"] = Answer(status)
    assert [look(BEGUN + n * DAY) for n in (0, 0.5, 1)] == [1, 0, 1]
    assert told() == [], "a server may be down for a night"
    assert look(BEGUN + 2 * DAY) == 1
    assert told() == ["source.gone"]
    source.refresh_from_db()
    view = source_view(source)
    assert (view.state, view.state_on, view.archived_url) == (
        SourceState.GONE,
        (BEGUN + 2 * DAY).date(),
        "https://archive.example/1",
    )
    assert list(dead_sources()) == [source]
    assert f"{pages.root}/letter no longer answers" in Notice.objects.get().matter
    look(BEGUN + 9 * DAY)
    assert told() == ["source.gone"] and Notice.objects.count() == 1, "told once"
    pages.pages["/letter"] = Answer()
    look(BEGUN + 16 * DAY)
    assert told() == ["source.gone", "source.found_again"]
    assert not dead_sources().exists()
    seal()
    assert [str(fault) for fault in check_ledger()] == []


def test_a_host_that_is_not_there_is_a_failure_too(pages: Site) -> None:
    make_source(url=f"http://127.0.0.1:{free_port()}/letter")
    for n in range(3):
        look(BEGUN + n * DAY)
    assert told() == ["source.gone"]


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_page_that_programs_may_not_ask_for_is_not_called_gone(pages: Site, status: int) -> None:
    make_source(url=f"{pages.root}/letter")
    pages.pages["/letter"] = Answer(status)
    for n in range(5):
        look(BEGUN + n * 7 * DAY)
    assert told() == []


def moved(to: str, status: int = 301) -> Answer:
    return Answer(status, b"", {"location": to})


def test_a_page_that_moved_for_good_is_told_with_its_new_address(pages: Site) -> None:
    source = make_source(url=f"{pages.root}/old")
    pages.pages["/old"] = moved("/letter", 308)
    look()
    source.refresh_from_db()
    assert (source.state, source.moved_to) == ("moved", f"{pages.root}/letter")
    assert told() == ["source.moved"]
    [content] = EventContent.objects.filter(event__kind="source.moved")
    assert b'"moved_to":"http' in bytes(content.public or b"").replace(b" ", b"")


@pytest.mark.parametrize("where", ["/old/", "/letter"])
def test_no_other_address_is_none(pages: Site, where: str) -> None:
    """A slash at its end, or a way that leads elsewhere for today."""
    make_source(url=f"{pages.root}/old")
    pages.pages["/old"] = moved(where, 301 if where == "/old/" else 302)
    pages.pages["/old/"] = Answer()
    look()
    assert told() == []


def test_a_redirect_into_a_network_that_is_not_called_is_not_followed(
    pages: Site, settings: LazySettings
) -> None:
    """The site may be called, its neighbour may not: every address on the way is looked at when it is dialled."""
    settings.EGRESS_ALLOW = [ip_network("127.0.0.2/32")]
    with site("127.0.0.2") as allowed:
        source = make_source(url=f"{allowed.root}/letter")
        allowed.pages["/letter"] = moved(f"{pages.root}/letter")
        look()
        assert [asked.method for asked in allowed.asked] == ["HEAD", "GET"]
    assert pages.asked == []
    assert "not called" in SourceLook.objects.get(pk=source.pk).outcome


def test_a_source_inside_is_never_dialled(pages: Site, settings: LazySettings) -> None:
    settings.EGRESS_ALLOW = []
    make_source(url=f"{pages.root}/letter")
    assert look() == 1
    assert pages.asked == []


def test_a_page_has_changed_when_it_says_the_same_new_words_twice(pages: Site) -> None:
    source = make_source(url=f"{pages.root}/letter")
    look()
    pages.pages["/letter"] = Answer(
        body=b"<html><script>var now = 1</script><body>The  letter.</body></html>"
    )
    assert look(BEGUN + 7 * DAY) == 1
    pages.pages["/letter"] = Answer(body=b"<html><body>Another letter.</body></html>")
    look(BEGUN + 14 * DAY)
    assert told() == [], "once may be an accident; markup and scripts are no words"
    look(BEGUN + 15 * DAY)
    assert told() == ["source.changed"]
    pages.pages["/letter"] = Answer(body=b"<html><body>A third letter.</body></html>")
    look(BEGUN + 22 * DAY)
    assert told() == ["source.changed"], "it stays changed while it changes again"
    correct(
        fact=source, values={"url": f"{pages.root}/letter?v=2"}, reason="Its new address.", by=STAFF, at=AT
    )
    pages.pages["/letter?v=2"] = Answer()
    look(BEGUN + 23 * DAY)
    assert told() == ["source.changed", "source.found_again"], "another address begins anew"


def test_a_page_that_says_something_else_each_time_never_counts_as_changed(pages: Site) -> None:
    make_source(url=f"{pages.root}/letter")
    count = iter(range(1000))
    pages.pages["/letter"] = lambda _asked: Answer(body=f"<p>Visitor {next(count)}</p>".encode())
    looked = [look(BEGUN + n * DAY) for n in range(30)]
    assert told() == []
    assert sum(looked) <= 6, "and it is not looked at each day"


def test_nothing_is_told_of_a_source_that_was_withdrawn_meanwhile(pages: Site) -> None:
    source = make_source(url=f"{pages.root}/letter")
    look()
    withdraw(facts=[source], reason="Not this one.", by=STAFF, at=BEGUN)
    assert look(BEGUN + 7 * DAY) == 0


def test_one_poison_row_stops_no_other(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    poison = make_source("Poison", url=f"{pages.root}/poison")
    make_source(url=f"{pages.root}/letter")
    ask = looking._ask

    def asked(row: SourceLook, client: Any) -> Any:
        if row.pk == poison.pk:
            raise RuntimeError("poison")
        return ask(row, client)

    monkeypatch.setattr(looking, "_ask", asked)
    assert look() == 2
    assert look(BEGUN + timedelta(hours=2)) == 0
    assert "a fault of ours" in SourceLook.objects.get(pk=poison.pk).outcome
    assert Source.objects.filter(look__outcome="answered 200").count() == 1

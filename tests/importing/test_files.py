"""Whole files, each quirk among its rows: every row becomes what it must, in every form, and once."""

import pytest

from tests.importing.files import FEEDS, FORMS, LONG_NAME, Feed, make_feeds_world
from tests.importing.world import applied, counts, faults, named, planned, problems
from tracker.models import Addressee, ImportRow, Recommendation

pytestmark = pytest.mark.django_db

ROWS = 100


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_feeds_world()


def applied_twice(feed: Feed, content: bytes) -> None:
    """Apply a file, and plan it again: nothing is left to be changed."""
    of = planned(content, named(feed.profile))
    assert counts(of) == dict(feed.outcomes), problems(of)
    assert (
        len({number for number, _, _ in problems(of)})
        == feed.outcomes["rejected"] + feed.outcomes["conflict"]
    )
    applied(of)
    before = Recommendation.objects.count(), Addressee.objects.count()
    of = planned(content, named(feed.profile))
    left = {
        name: count for name, count in feed.outcomes.items() if name in ("rejected", "conflict") and count
    }
    assert counts(of) == {**left, "same": feed.outcomes["new"] + feed.outcomes["same"]}
    applied(of)
    assert (Recommendation.objects.count(), Addressee.objects.count()) == before


@pytest.mark.parametrize("profile", FEEDS)
def test_each_row_of_a_feed_becomes_what_it_must_and_once(profile: str) -> None:
    feed = FEEDS[profile](ROWS)
    applied_twice(feed, FORMS["csv"](feed))
    assert faults() == []


@pytest.mark.parametrize("form", [form for form in FORMS if form != "csv"])
def test_a_feed_says_the_same_in_every_form(form: str) -> None:
    feed = FEEDS["coroners"](ROWS)
    digests = []
    for content in (FORMS["csv"](feed), FORMS[form](feed)):
        of = planned(content, named("coroners"))
        assert counts(of) == dict(feed.outcomes), problems(of)
        rows = ImportRow.objects.filter(of=of).exclude(outcome="rejected")
        digests.append([*rows.order_by("number").values_list("digest", flat=True)])
    assert digests[0] == digests[1]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "utf-16"])
def test_what_a_spreadsheet_program_made_of_the_encoding_is_read(encoding: str) -> None:
    feed = FEEDS["coroners"](30)
    text = "The coroner’s “café” – £5"  # noqa: RUF001
    feed.rows[0] |= {"Concerns": text}
    content = FORMS["csv"](feed).decode().encode(encoding)
    applied(planned(content, named("coroners")))
    assert Recommendation.objects.get(report__title="Report 0").text == text
    assert Addressee.objects.filter(body__name=LONG_NAME).exists()

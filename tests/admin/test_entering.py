"""Entering and correcting facts in the desk: the row, the line, and what is refused at its field."""

import pytest
from django.test import Client

from tests.admin.conftest import NOW
from tests.admin.pages import act, do, errors, fields_in, form_on, kinds, page
from tests.factories import (
    STAFF,
    make_addressee,
    make_body,
    make_recommendation,
    make_regime,
    make_report,
    make_source,
)
from tracker.actions.correcting import correct
from tracker.models import Body, Event, Group, Membership, Recommendation, Report, Source
from tracker.models.base import span_of

pytestmark = pytest.mark.django_db


def test_a_source_is_entered_as_a_draft_with_one_private_line(desk: Client) -> None:
    response = do(
        desk,
        "/admin/tracker/source/add/",
        title="A letter",
        kind="letter",
        dated_on="2025-07",
        publisher="Home Office",
    )
    source = Source.objects.get()
    assert response.headers["Location"] == page(source)
    assert source.ref == "a-letter" and source.is_draft
    assert str(span_of(source, "dated")) == "July 2025"
    assert kinds(source) == [("source.recorded", False)]


def test_save_and_publish_writes_the_public_line_too(desk: Client) -> None:
    do(desk, "/admin/tracker/source/add/", title="A letter", kind="letter", _publish="1")
    assert kinds(Source.objects.get()) == [
        ("source.recorded", False),
        ("source.published", False),
        ("source.published", True),
    ]


def test_what_an_action_refuses_stands_at_its_field_and_what_was_typed_stays(desk: Client) -> None:
    response = do(
        desk, "/admin/tracker/source/add/", title="A letter of mine", kind="letter", dated_on="2030-01-01"
    )
    assert "has not come yet" in errors(response)["dated_on"][0]
    typed = fields_in(response.content.decode())
    assert typed["title"] == ["A letter of mine"] and typed["dated_on"] == ["2030-01-01"]
    assert not Source.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize(
    "written", ["yesterday", "2021-13", "0000-01-01", "2021-02-30", "12/03/2021", "٢٠٢١"]
)
def test_a_date_that_is_none_is_refused_with_the_forms_that_are_taken(desk: Client, written: str) -> None:
    response = do(desk, "/admin/tracker/source/add/", title="A letter", kind="letter", dated_on=written)
    assert "2021-12-03, 2021-12 or 2021" in errors(response)["dated_on"][0]


def test_by_then_makes_a_date_one_that_is_known_only_to_be_past(desk: Client) -> None:
    do(
        desk,
        "/admin/tracker/source/add/",
        title="A letter",
        kind="letter",
        dated_on="2021-04",
        dated_on_by="on",
    )
    assert str(span_of(Source.objects.get(), "dated")) == "by 30 April 2021"


def test_a_page_without_an_address_is_refused_in_words(desk: Client) -> None:
    response = do(desk, "/admin/tracker/source/add/", title="A page", kind="page")
    assert errors(response) == {"__all__": ["Give the address of the page."]}


def test_a_report_is_entered_with_its_publishers_in_their_order(desk: Client) -> None:
    source = make_source()
    for name in ("Second", "First"):
        make_body(name)
    do(
        desk,
        "/admin/tracker/report/add/",
        title="A report",
        kind="inspection_report",
        dated_on="2025-06-02",
        publishers=["first", "Second"],
        source=source.ref,
        verification="read",
    )
    report = Report.objects.get()
    assert [row.body.ref for row in report.publisher_rows.all()] == ["first", "second"]


def test_a_report_without_publisher_or_source_is_refused_at_the_field(desk: Client) -> None:
    source = make_source()
    given = {"title": "A report", "kind": "act", "dated_on": "2025", "verification": "read"}
    response = do(desk, "/admin/tracker/report/add/", **given, source=source.ref)
    assert list(errors(response)) == ["publishers"]
    response = do(desk, "/admin/tracker/report/add/", **given, publishers=[make_body().ref])
    assert "Name the source" in errors(response)["source"][0]
    assert not Report.objects.exists()


def test_a_name_that_nobody_bears_is_refused_with_what_to_do(desk: Client) -> None:
    response = do(desk, "/admin/tracker/report/add/", title="A", kind="act", source="no-such-source")
    assert "choose from the list" in errors(response)["source"][0]


def test_a_number_twice_in_a_report_is_refused_at_the_number(desk: Client) -> None:
    first = make_recommendation(number="3a")
    response = do(
        desk,
        "/admin/tracker/recommendation/add/",
        report=first.report.ref,
        number="3a",
        kind="recommendation",
        title="Another",
        act_by_kind="no_date",
        source=first.source.ref,
        verification="read",
    )
    assert "already" in errors(response)["number"][0]
    assert Recommendation.objects.count() == 1


def test_a_date_before_the_report_is_refused_at_its_field(desk: Client) -> None:
    report = make_report()
    response = do(
        desk,
        "/admin/tracker/recommendation/add/",
        report=report.ref,
        number="1",
        kind="recommendation",
        title="Do it",
        act_by="2020-01-01",
        act_by_kind="fixed",
        act_by_text="by 2020",
        source=report.source.ref,
        verification="read",
    )
    assert "before the date of the report" in errors(response)["act_by"][0]


def test_an_unchecked_fact_is_not_published_and_says_what_is_missing(desk: Client) -> None:
    report = make_report(published=False, verification="unverified")
    response = do(desk, act(report, "publish"))
    assert "check it against its source" in errors(response)["__all__"][0]
    report.refresh_from_db()
    assert report.is_draft


def test_a_member_twice_at_a_time_is_refused_in_words(desk: Client) -> None:
    source, body = make_source(), make_body()
    do(
        desk,
        "/admin/tracker/group/add/",
        name="Forces",
        members_called="forces",
        source=source.ref,
        verification="read",
    )
    given = {"group": Group.objects.get().ref, "body": body.ref}
    do(desk, "/admin/tracker/membership/add/", **given)
    response = do(desk, "/admin/tracker/membership/add/", **given)
    assert "at that time already" in errors(response)["__all__"][0]
    assert Membership.objects.count() == 1


# Corrections


def test_a_correction_of_a_published_title_is_a_public_line_with_its_reason(desk: Client) -> None:
    report = make_report()
    do(desk, page(report), title="A better title", reason="A typing error on the cover.")
    report.refresh_from_db()
    assert report.title == "A better title"
    assert kinds(report)[-1] == ("report.corrected", True)
    last = Event.objects.order_by("pk").last()
    assert last is not None and b"typing error" in bytes(last.content.public)
    assert b"ada" not in bytes(last.content.public) and b'"ada"' in bytes(last.content.staff)


def test_a_correction_without_a_reason_is_refused_at_the_reason(desk: Client) -> None:
    report = make_report()
    assert list(errors(do(desk, page(report), title="Another"))) == ["reason"]
    assert "in a few words" in errors(do(desk, page(report), title="Another", reason="typo"))["reason"][0]
    report.refresh_from_db()
    assert report.title == "A report"


def test_saving_what_nobody_changed_writes_no_line(desk: Client) -> None:
    body = make_body(
        url="https://example.org/",
        other_names=["HO", "Home Dept"],
        identifiers={"wikidata": "Q1"},
        note="One\ntwo\n",
    )
    report = make_report(dated="2025-06", publishers=[body], regime=make_regime())
    facts = [body, report, report.source, make_recommendation(report=report, text="First.\n\nSecond.")]
    facts.append(make_addressee(recommendation=facts[-1], body=body))
    before = Event.objects.count()
    for fact in facts:
        response = do(desk, page(fact), reason="Nothing to say.")
        assert response.status_code == 302, errors(response)
    assert Event.objects.count() == before


def test_dates_sets_and_links_are_corrected_too(desk: Client) -> None:
    report = make_report()
    other, regime = make_body("Another"), make_regime()
    do(
        desk,
        page(report),
        dated_on="2025",
        publishers=[other.ref, "an-inspectorate"],
        regime="Fifty-six days",
        reason="Read again in the source.",
    )
    report.refresh_from_db()
    assert str(span_of(report, "dated")) == "2025" and report.regime == regime
    assert [row.body.name for row in report.publisher_rows.all()] == ["Another", "An inspectorate"]


def test_a_stale_form_is_refused_with_both_versions_and_keeps_what_was_typed(desk: Client) -> None:
    report = make_report()
    mine = form_on(desk, page(report))
    correct(fact=report, values={"title": "Their title"}, reason="As on the cover.", by=STAFF, at=NOW)

    response = desk.post(page(report), {**mine, "title": "My title", "reason": "As on page one."})

    assert "Somebody changed this" in errors(response)["__all__"][0]
    html = response.content.decode()
    assert "Their title" in html and fields_in(html)["title"] == ["My title"]
    assert fields_in(html)["reason"] == ["As on page one."]
    report.refresh_from_db()
    assert report.title == "Their title"


def test_who_has_seen_both_versions_may_save_theirs_away(desk: Client) -> None:
    report = make_report()
    mine = form_on(desk, page(report))
    correct(fact=report, values={"title": "Their title"}, reason="As on the cover.", by=STAFF, at=NOW)
    shown = desk.post(page(report), {**mine, "title": "My title", "reason": "As on page one."})
    response = desk.post(page(report), fields_in(shown.content.decode()))
    assert response.status_code == 302, errors(response)
    report.refresh_from_db()
    assert report.title == "My title"


def test_a_form_that_hides_what_it_has_read_is_stale(desk: Client) -> None:
    report = make_report()
    fields = form_on(desk, page(report))
    del fields["seen_line"]
    response = desk.post(page(report), {**fields, "title": "Mine", "reason": "A forged form."})
    assert "Somebody changed this" in errors(response)["__all__"][0]


def test_nothing_can_be_deleted(desk: Client) -> None:
    body = make_body()
    assert desk.post(page(body, "delete"), {"post": "yes"}).status_code == 403
    desk.post(
        "/admin/tracker/body/", {"action": "delete_selected", "_selected_action": [body.pk], "index": "0"}
    )
    assert Body.objects.filter(pk=body.pk).exists()


# History


def test_the_history_tells_what_changed_from_what_to_what_and_keeps_the_draft_apart(desk: Client) -> None:
    report = make_report()
    do(desk, page(report), title="A better title", reason="A typing error on the cover.")
    response = desk.get(page(report, "history"))
    public, draft = response.context["public"], response.context["draft"]
    assert [line.kind for line in draft] == ["report.published", "report.recorded"]
    corrected = public[0]
    assert (corrected.actor, corrected.reason) == ("ada", "A typing error on the cover.")
    [change] = corrected.changes
    assert (change.field, change.before, change.after) == ("title", "A report", "A better title")
    assert "A better title" in response.content.decode()
    assert [line.source for line in (*public, *draft)] == [report.source.ref] * 4
    assert f'Source: <a href="/admin/tracker/source/?q={report.source.ref}">' in response.content.decode()


def test_a_draft_has_no_public_history(desk: Client) -> None:
    response = desk.get(page(make_report(published=False), "history"))
    assert response.context["public"] == [] and len(response.context["draft"]) == 1

"""Who may do what in the desk. Every page, method and role is asked in tests/rights/; here is what people see."""

import pytest
from django.test import Client

from tests.admin.pages import act, do, page
from tests.factories import make_addressee, make_report, make_source, make_user
from tracker.models import Addressee, Event, Report, Source, Subscription, User
from tracker.vocabulary import StaffRole

pytestmark = pytest.mark.django_db


def someone(role: StaffRole, name: str = "eve") -> Client:
    client = Client()
    client.force_login(make_user(name, role))
    return client


def test_who_is_not_logged_in_sees_the_log_in_page_only() -> None:
    row = make_addressee()
    for url in (
        "/admin/",
        page(row),
        page(row, "history"),
        act(row, "check"),
        "/admin/tracker/response/record/",
    ):
        response = Client().get(url)
        assert response.status_code == 302 and "/admin/login/" in response.headers["Location"]


def test_an_account_without_a_role_has_no_desk() -> None:
    client = Client()
    client.force_login(User.objects.create_user("trustee", email="trustee@example.org"))
    response = client.get("/admin/")
    assert response.status_code == 302 and "/admin/login/" in response.headers["Location"]


def test_a_viewer_reads_a_fact_and_its_history_and_can_do_nothing() -> None:
    report = make_report()
    viewer = someone(StaffRole.VIEWER)
    shown = viewer.get(page(report))
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "A report" in html and "2 June 2025" in html and "An inspectorate" in html
    assert "Withdraw" not in html and 'name="title"' not in html and "Record a response" not in html
    assert viewer.get(page(report, "history")).status_code == 200
    before = Event.objects.count()
    assert viewer.post(page(report), {"title": "Mine", "reason": "Because I can."}).status_code == 403
    for name in ("publish", "withdraw"):
        assert viewer.get(act(report, name)).status_code == 403
        sent = viewer.post(
            f"/admin/tracker/report/act/{name}/", {"facts": report.pk, "act": name, "reason": "Because."}
        )
        assert sent.status_code == 403
    listed = {"action": "withdraw", "_selected_action": [report.pk], "index": "0"}
    viewer.post("/admin/tracker/report/", listed)
    assert Event.objects.count() == before


def test_a_refusal_says_who_may() -> None:
    refused = someone(StaffRole.EDITOR).get(act(make_report(), "withdraw"))
    assert refused.status_code == 403
    words = "You may not publish, withdraw, or change what is public. Those who may: publishers and administrators."
    assert words in refused.content.decode()


def test_an_editor_saves_drafts_and_publishes_nothing() -> None:
    editor = someone(StaffRole.EDITOR)
    new = {"kind": "page", "title": "A page", "url": "https://example.org/page", "verification": "excerpt"}
    html = editor.get("/admin/tracker/source/add/").content.decode()
    assert "Save as draft" in html and "Save and publish" not in html
    assert editor.post("/admin/tracker/source/add/", {**new, "_publish": "1"}).status_code == 403
    assert not Source.objects.exists()
    saved = editor.post("/admin/tracker/source/add/", new)
    assert saved.status_code == 302, saved.content.decode()
    source = Source.objects.get()
    assert source.is_draft
    do(editor, page(source), title="A better page", reason="A better title.")
    source.refresh_from_db()
    assert source.title == "A better page" and source.is_draft
    html = editor.get(page(source)).content.decode()
    assert "Save and publish" not in html and "act/publish/" not in html and "act/withdraw/" not in html


def test_an_editor_corrects_no_public_fact_and_merges_no_body() -> None:
    row = make_addressee()
    editor = someone(StaffRole.EDITOR)
    shown = editor.get(page(row.body))
    assert shown.status_code == 200 and 'name="name"' not in shown.content.decode()
    assert "act/end/" not in shown.content.decode()
    assert editor.post(page(row.body), {"name": "Mine", "reason": "Because."}).status_code == 403
    assert editor.get(act(row.body, "end")).status_code == 403
    # The time to answer of what is published is public; looking for an answer is a draft.
    assert editor.get(act(row, "set")).status_code == 403
    assert editor.get(act(row, "check")).status_code == 200
    sent = {"facts": row.pk, "act": "check", "save": "publish", "where_looked": "There", "clock": "answer"}
    assert editor.post("/admin/tracker/addressee/act/check/", sent).status_code == 403
    assert Addressee.objects.get().checks.count() == 0


def test_a_publisher_keeps_no_accounts_and_no_keys() -> None:
    publisher = someone(StaffRole.PUBLISHER)
    for place in ("user", "partner", "endpoint"):
        assert publisher.get(f"/admin/tracker/{place}/").status_code == 200
        assert publisher.get(f"/admin/tracker/{place}/add/").status_code == 403


def test_the_last_administrator_stays_one() -> None:
    ada = make_user("ada", StaffRole.ADMINISTRATOR)
    client = Client()
    client.force_login(ada)
    shown = client.post(page(ada), {"role": "viewer", "is_active": "on"})
    assert "This is the last administrator" in shown.content.decode()
    make_user("ben", StaffRole.ADMINISTRATOR)
    assert client.post(page(ada), {"role": "viewer", "is_active": "on"}).status_code == 302
    ada.refresh_from_db()
    assert ada.role == StaffRole.VIEWER and ada.username == "ada"


def test_a_post_without_a_token_is_refused() -> None:
    report = make_report()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("ada", StaffRole.ADMINISTRATOR))
    given = {"facts": str(report.pk), "act": "withdraw", "reason": "Because I can."}
    assert client.post("/admin/tracker/report/act/withdraw/", given).status_code == 403
    assert client.post("/admin/tracker/response/record/?report=a-report", {}).status_code == 403
    assert not Report.objects.filter(withdrawn_at__isnull=False).exists()


def test_a_member_of_staff_follows_only_for_themselves() -> None:
    report = make_report()
    client = someone(StaffRole.VIEWER)
    client.post("/admin/tracker/report/act/follow/", {"facts": report.pk, "act": "follow", "user": "1"})
    assert [each.user.username for each in Subscription.objects.all()] == ["eve"]
    assert make_source("Another").pk

"""Who may do what in the desk."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests.admin.pages import act, page
from tests.factories import make_addressee, make_report, make_source, make_user
from tracker.admin.site import site
from tracker.models import Event, Fact, Report, Source, Subscription

pytestmark = pytest.mark.django_db


def someone(*codenames: str) -> Client:
    user = make_user("eve")
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
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


def test_who_may_only_view_reads_a_fact_and_its_history_and_can_do_nothing() -> None:
    report = make_report()
    viewer = someone("view_report", "view_recommendation")
    shown = viewer.get(page(report))
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "A report" in html and "2 June 2025" in html and "An inspectorate" in html
    assert "Withdraw" not in html and 'name="title"' not in html
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


@pytest.mark.parametrize("name", ["check", "confirm", "set", "extend", "assess", "publish", "withdraw"])
def test_an_act_needs_the_right_to_it(name: str) -> None:
    row = make_addressee()
    assert someone("view_addressee").get(act(row, name)).status_code == 403


def test_each_right_opens_its_own_act() -> None:
    row = make_addressee()
    checker = someone("view_addressee", "add_check")
    assert checker.get(act(row, "check")).status_code == 200
    assert checker.get(act(row, "extend")).status_code == 403
    html = checker.get(page(row)).content.decode()
    assert "I looked for an answer" in html and "Withdraw" not in html


def test_recording_needs_the_right_to_add_responses() -> None:
    assert someone("view_response").get("/admin/tracker/response/record/").status_code == 403
    user = Client()
    user.force_login(make_user("mia"))
    assert user.get("/admin/tracker/response/record/").status_code == 403


def test_a_list_that_nobody_gave_rights_to_is_closed_and_not_on_the_first_page() -> None:
    make_source("Draft", published=False)
    client = someone("view_body")
    shown = client.get("/admin/").content.decode()
    assert "/admin/tracker/body/" in shown and "/admin/tracker/source/" not in shown
    for model in site._registry:
        if issubclass(model, Fact) and model._meta.model_name != "body":
            assert client.get(f"/admin/tracker/{model._meta.model_name}/").status_code == 403


def test_names_are_offered_to_those_who_may_see_them() -> None:
    asked = {"app_label": "tracker", "model_name": "report", "field_name": "source", "term": "a"}
    assert someone("view_body").get("/admin/autocomplete/", asked).status_code == 403


def test_a_post_without_a_token_is_refused() -> None:
    report = make_report()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("ada", is_superuser=True))
    given = {"facts": str(report.pk), "act": "withdraw", "reason": "Because I can."}
    assert client.post("/admin/tracker/report/act/withdraw/", given).status_code == 403
    assert client.post("/admin/tracker/response/record/?report=a-report", {}).status_code == 403
    assert not Report.objects.filter(withdrawn_at__isnull=False).exists()


def test_a_member_of_staff_follows_only_for_themselves() -> None:
    report = make_report()
    client = someone("view_report")
    client.post("/admin/tracker/report/act/follow/", {"facts": report.pk, "act": "follow", "user": "1"})
    assert [each.user.username for each in Subscription.objects.all()] == ["eve"]
    assert Source.objects.exists()

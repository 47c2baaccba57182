"""The desk's side of endpoints: entered, tried, sent again, and seen failing."""

from typing import Any

import pytest
from django.test import Client

from tests.alerts.partner import make_endpoint
from tests.alerts.world import AT, SOON, make_asked, make_follower, make_letter, note
from tracker.alerts import endpoints, telling
from tracker.models import Endpoint, Message, MessageState, Subscription
from tracker.queries.desk import disabled_endpoints

pytestmark = pytest.mark.django_db

LIST = "/admin/tracker/endpoint/"


def act(desk: Client, action: str, page: str = LIST) -> str:
    model = Endpoint if page == LIST else Message
    ticked = list(model.objects.values_list("pk", flat=True))
    answer = desk.post(page, {"action": action, "_selected_action": ticked}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_endpoint_is_entered_with_a_secret_of_its_own(desk: Client) -> None:
    form = {"name": "A partner", "url": "https://partner.example/hook", "contact": "ops@partner.example"}
    assert desk.post(f"{LIST}add/", form).status_code == 302
    endpoint = Endpoint.objects.get()
    assert endpoint.secret.startswith("whsec_")
    assert endpoint.secret in desk.get(f"{LIST}{endpoint.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "url", ["http://user:word@partner.example/", "http://0x7f000001/", "http://a.example:22/"]
)
def test_an_address_that_is_never_called_is_refused_with_the_fix(desk: Client, url: str) -> None:
    answer = desk.post(f"{LIST}add/", {"name": "", "url": url, "contact": "ops@partner.example"})
    assert answer.status_code == 200 and answer.context["adminform"].form.errors["url"]
    assert not Endpoint.objects.exists()


def test_a_test_call_and_a_new_secret(desk: Client) -> None:
    endpoint = make_endpoint("https://partner.example/")
    assert "a test call is on its way" in act(desk, "ping")
    assert Message.objects.get().purpose == "ping"
    old = endpoint.secret
    assert "the new secret is" in act(desk, "change_secret")
    endpoint.refresh_from_db()
    assert endpoint.old_secret == old != endpoint.secret


def test_calls_are_sent_again_and_mails_are_not(desk: Client) -> None:
    make_endpoint("https://partner.example/")
    make_letter(make_asked())
    note()
    Message.objects.update(state=MessageState.SENT, sent_at=AT)
    assert "1 calls are sent again" in act(desk, "resend", "/admin/tracker/message/")
    states = dict(Message.objects.values_list("purpose", "state"))
    assert states == {"call": "pending", "news": "sent"}


def test_the_page_of_deliveries_says_what_waits_and_what_fails(desk: Client) -> None:
    make_endpoint("https://partner.example/", name="The partner")
    make_letter(make_asked(3, followed=False))
    note()
    Endpoint.objects.update(failing_since=AT, disabled_at=AT, disabled_because="it has failed for five days")
    page = desk.get(f"{LIST}deliveries/").content.decode()
    assert "The partner" in page and "it has failed for five days" in page
    assert "1 switched off" in page
    assert "Endpoints switched off" in desk.get("/admin/").content.decode()


def test_what_its_owner_deleted_is_nobodys_to_call_again(desk: Client) -> None:
    endpoint = make_endpoint("https://partner.example/")
    endpoints.delete(endpoint, at=AT)
    assert not disabled_endpoints().exists()
    assert "partner.example" not in desk.get(LIST).content.decode()
    assert "partner.example" not in desk.get(f"{LIST}deliveries/").content.decode()
    act(desk, "enable")
    endpoints.enable(endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.disabled_at, endpoint.deleted_at) == (AT, AT)
    assert endpoint.disabled_because == "deleted by its owner"


def test_why_a_deleted_endpoint_had_been_switched_off_is_kept() -> None:
    endpoint = make_endpoint("https://partner.example/")
    telling.disable(endpoint, "it answered 410 Gone", at=AT)
    endpoints.delete(endpoint, at=AT + SOON)
    endpoint.refresh_from_db()
    assert (endpoint.disabled_because, endpoint.deleted_at) == ("it answered 410 Gone", AT + SOON)


FOLLOWING = "/admin/tracker/subscription/"


def test_staff_follow_any_filter_for_themselves_or_for_an_endpoint(desk: Client) -> None:
    make_asked(followed=False)
    form = {"wanted": "report=safe-to-share&status=overdue,ignored", "kinds": ["answered", "deadline_missed"]}
    assert desk.post(f"{FOLLOWING}add/", {**form, "channel": "daily"}).status_code == 302
    mine = Subscription.objects.get()
    assert mine.interest.wanted == {"report": "safe-to-share", "status": ["ignored", "overdue"]}
    assert mine.user and mine.channel == "daily"
    endpoint = Endpoint.objects.create(
        url="https://a.example/", contact="a@a.example", secret="x", created_at=AT
    )
    called = {"wanted": "", "kinds": ["answered"], "channel": "webhook", "endpoint": endpoint.pk}
    assert desk.post(f"{FOLLOWING}add/", called).status_code == 302
    stop = f"{FOLLOWING}act/stop/"
    assert desk.post(stop, {"facts": mine.pk, "act": "stop"}).status_code == 302
    assert Subscription.objects.get().endpoint == endpoint
    assert "everything" in desk.get(FOLLOWING).content.decode()


def test_nobody_at_the_desk_stops_what_another_follows(desk: Client) -> None:
    theirs = make_follower(make_asked(followed=False)[0].recommendation.report, "ben").subscriptions.get()
    answer = desk.post(f"{FOLLOWING}act/stop/", {"facts": theirs.pk, "act": "stop"})
    assert answer.status_code == 200 and "only they themselves" in answer.content.decode()
    assert Subscription.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"wanted": "colour=red"}, "wanted"), ({"wanted": "report=never"}, "wanted"), ({"kinds": []}, "kinds"),
        ({"channel": "webhook"}, "channel"), ({"kinds": ["nonsense"]}, "kinds"), ({"wanted": "a" * 3_000}, "wanted"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused_with_the_fix(
    desk: Client, wrong: dict[str, Any], field: str
) -> None:
    answer = desk.post(f"{FOLLOWING}add/", {"wanted": "", "kinds": ["answered"], "channel": "daily", **wrong})
    assert answer.status_code == 200 and answer.context["adminform"].form.errors[field]
    assert not Subscription.objects.exists()

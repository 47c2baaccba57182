"""What partners manage with a key: their webhooks and subscriptions, and nobody else's."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from standardwebhooks import Webhook

from tests.alerts.partner import Partner as System
from tests.alerts.partner import client as caller
from tests.alerts.partner import partners as systems
from tests.alerts.world import make_asked, make_letter, note
from tests.api.partner import bearer, partner_key
from tests.factories import STAFF, make_report
from tracker.actions.publishing import withdraw
from tracker.alerts import calls
from tracker.models import Endpoint, Message, Subscription
from tracker.vocabulary import Scope

pytestmark = pytest.mark.django_db
WEBHOOKS, SUBSCRIPTIONS = "/api/v1/webhooks/", "/api/v1/subscriptions/"


class Asking:
    """A partner with a key of the scope."""

    def __init__(self, client: Client, name: str = "A partner", *scopes: Scope) -> None:
        self.client = client
        self.key = partner_key(name, scopes=scopes or (Scope.MANAGE_WEBHOOKS,))[1]

    def __call__(self, method: str, place: str, body: Any = None, *, status: int = 200) -> Any:
        told: dict[str, Any] = {"headers": bearer(self.key)}
        if body is not None:
            told |= {
                "data": body if isinstance(body, bytes) else orjson.dumps(body),
                "content_type": "application/json",
            }
        answer = getattr(self.client, method)(place, **told)
        assert answer.status_code == status, answer.content
        assert answer.headers["Cache-Control"] == "private, no-store" or status >= 400
        return answer.json() if answer.content else None

    def webhook(self, address: str = "https://partner.example/hook", **others: Any) -> Any:
        sent = {"address": address, "contact": "ops@partner.example", **others}
        return self("post", WEBHOOKS, sent, status=201)

    def follow(self, webhook: Any, wanted: Any = None, *, answers: int = 201) -> Any:
        sent = {"webhook": webhook["id"], "filter": wanted or {}, "kinds": ["answered"]}
        return self("post", SUBSCRIPTIONS, sent, status=answers)


@pytest.fixture
def ask(client: Client) -> Asking:
    return Asking(client)


@pytest.fixture
def system(settings: LazySettings) -> Iterator[System]:
    with systems(settings) as start:
        yield start()


def test_the_whole_way_from_a_key_to_a_signed_call(ask: Asking, system: System) -> None:
    [addressee] = make_asked(followed=False)
    note(timezone.now())
    made = ask.webhook(system.url, name="Our site")
    assert made["url"] == f"http://testserver{WEBHOOKS}{made['id']}/"
    ask.follow(made, {"report": "safe-to-share"})
    make_letter([addressee], answered=None, at=timezone.now())
    note(timezone.now())
    with caller() as guarded:
        calls.send_due_calls(clock=timezone.now, client=guarded)
    [received] = system.received
    told = Webhook(made["secret"]).verify(received.body, received.headers)
    assert told["kind"] == "answer.published"
    [tried] = ask("get", f"{WEBHOOKS}{made['id']}/deliveries/")["results"]
    assert (tried["webhook_id"], tried["status"], tried["purpose"]) == (received.id, 200, "call")
    assert ask(
        "post", f"{WEBHOOKS}{made['id']}/replay/", {"since": timezone.now() - timedelta(hours=1)}, status=202
    ) == {"queued": 1}
    with caller() as guarded:
        calls.send_due_calls(clock=timezone.now, client=guarded)
    assert [again.id for again in system.received] == [received.id] * 2


def test_a_secret_is_shown_once_and_changed_with_an_overlap(ask: Asking, system: System) -> None:
    made = ask.webhook(system.url)
    assert made["secret"].startswith("whsec_")
    assert "secret" not in ask("get", f"{WEBHOOKS}{made['id']}/")
    assert made["secret"] not in str(ask("get", WEBHOOKS))
    changed = ask("post", f"{WEBHOOKS}{made['id']}/rotate/")
    assert changed["secret"] != made["secret"] and changed["old_until"]
    assert ask("post", f"{WEBHOOKS}{made['id']}/ping/", status=202) == {"queued": 1}
    with caller() as guarded:
        calls.send_due_calls(clock=timezone.now, client=guarded)
    [received] = system.received
    for secret in (made["secret"], changed["secret"]):
        assert Webhook(secret).verify(received.body, received.headers)["kind"] == "ping"


def test_what_is_another_is_changed_and_what_is_deleted_is_called_no_more(ask: Asking) -> None:
    made = ask.webhook()
    changed = ask("patch", made["url"], {"name": "New", "address": "https://new.example/"})
    assert (changed["name"], changed["address"], changed["contact"]) == (
        "New",
        "https://new.example/",
        made["contact"],
    )
    ask.follow(made)
    ask("post", f"{WEBHOOKS}{made['id']}/ping/", status=202)
    ask("delete", made["url"], status=204)
    ask("get", made["url"], status=404)
    assert ask("get", WEBHOOKS)["results"] == ask("get", SUBSCRIPTIONS)["results"] == []
    assert Message.objects.get().state == "dropped" and Endpoint.objects.get().disabled_at


def test_a_subscription_is_read_changed_and_deleted(ask: Asking) -> None:
    make_asked(followed=False)
    webhook = ask.webhook()
    made = ask.follow(webhook, {"report": "safe-to-share"})
    assert made["filter"] == {"report": "safe-to-share"}
    assert made["filter_label"] == "the report “Safe to share?”"
    assert ask("get", SUBSCRIPTIONS)["results"] == [made] == [ask("get", made["url"])]
    changed = ask("patch", made["url"], {"kinds": ["withdrawn", "corrected"]})
    assert {*changed["kinds"]} == {"withdrawn", "corrected"} and changed["id"] == made["id"]
    assert ask.follow(webhook, {"report": "safe-to-share"})["id"] == made["id"]
    ask("delete", made["url"], status=204)
    ask("get", made["url"], status=404)
    assert not Subscription.objects.exists()


def test_other_kinds_are_chosen_though_what_is_followed_is_no_longer_public(ask: Asking) -> None:
    [addressee] = make_asked(followed=False)
    made = ask.follow(ask.webhook(), {"report": "safe-to-share"})
    withdraw(facts=[addressee.recommendation.report], reason="Entered too early", by=STAFF, at=timezone.now())
    changed = ask("patch", made["url"], {"kinds": ["withdrawn"]})
    assert (changed["kinds"], changed["id"]) == (["withdrawn"], made["id"])
    assert ask("patch", made["url"], {}) == changed
    ask("patch", made["url"], {"kinds": ["due_soon"]}, status=400)
    ask.follow(ask.webhook(), {"report": "safe-to-share"}, answers=400)


def test_a_filter_may_say_all_that_a_list_may(ask: Asking) -> None:
    make_asked(followed=False)
    wanted = {
        "body": "home-office", "family": True, "status": ["overdue", "awaiting"], "due_before": "2026-06-01",
        "q": "stop it",
    }  # fmt: skip
    assert ask.follow(ask.webhook(), wanted)["filter"] == {**wanted, "status": ["awaiting", "overdue"]}


def test_nobody_sees_or_touches_what_is_anothers(ask: Asking, client: Client) -> None:
    webhook = ask.webhook()
    followed = ask.follow(webhook)
    other = Asking(client, "Another partner")
    assert other("get", WEBHOOKS)["results"] == other("get", SUBSCRIPTIONS)["results"] == []
    for place in (webhook["url"], followed["url"]):
        for method, body in (("get", None), ("patch", {}), ("delete", None)):
            other(method, place, body, status=404)
    for what in ("ping", "rotate", "enable", "replay"):
        other("post", f"{webhook['url']}{what}/", {} if what == "replay" else None, status=404)
    other("get", f"{webhook['url']}deliveries/", status=404)
    other.follow(webhook, answers=400)
    ask("get", f"{WEBHOOKS}never/", status=404)


def test_it_needs_a_key_with_the_scope(client: Client) -> None:
    reads = Asking(client, "A reader", Scope.READ, Scope.PROPOSE)
    for place in (WEBHOOKS, SUBSCRIPTIONS):
        assert client.get(place).status_code == 401
        assert client.post(place, b"{}", content_type="application/json").status_code == 401
        reads("get", place, status=403)
        reads("post", place, {}, status=403)


@pytest.mark.parametrize(
    ("sent", "parameter"),
    [
        ({"contact": "a@b.org"}, "address"), ({"address": "https://a.example/"}, "contact"),
        ({"address": "http://user:pass@a.example/", "contact": "a@b.org"}, "address"),
        ({"address": "ftp://a.example/", "contact": "a@b.org"}, "address"),
        ({"address": 3, "contact": "a@b.org"}, "address"),
        ({"address": "https://a.example/", "contact": "nobody"}, "contact"),
        ({"address": "https://a.example/", "contact": "a@b.org", "colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_a_webhook_that_is_none_is_a_problem(ask: Asking, sent: dict[str, Any], parameter: str) -> None:
    told = ask("post", WEBHOOKS, sent, status=400)
    assert told["errors"][0]["parameter"] == parameter
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize(
    ("others", "parameter"),
    [
        ({"kinds": []}, "kinds"), ({"kinds": ["due_soon"]}, "kinds.0"), ({"kinds": ["deadline_missed"]}, "kinds.0"),
        ({"filter": {"colour": "red"}}, "filter.colour"), ({"filter": {"status": ["red"]}}, "filter.status"),
        ({"filter": {"report": "a-secret-draft"}}, "filter.report"), ({"filter": {"report": "never"}}, "filter.report"),
        ({"filter": {"report": {"a": 1}}}, "filter.report"), ({"filter": "all"}, "filter"),
        ({"webhook": "none"}, "webhook"), ({"webhook": "0b0e1cf6-3f6c-4a4e-9d3a-2f62d9a3c0a1"}, "webhook"),
    ],
)  # fmt: skip
def test_a_subscription_that_is_none_is_a_problem(
    ask: Asking, others: dict[str, Any], parameter: str
) -> None:
    make_report("A secret draft", published=False)
    sent = {"webhook": ask.webhook()["id"], "filter": {}, "kinds": ["answered"], **others}
    told = ask("post", SUBSCRIPTIONS, sent, status=400)
    assert told["errors"][0]["parameter"] == parameter, told
    assert not Subscription.objects.exists()


def test_a_replay_goes_back_thirty_days(ask: Asking) -> None:
    made = ask.webhook()
    place = f"{WEBHOOKS}{made['id']}/replay/"
    for since in ("2020-01-01T00:00:00Z", "yesterday", 3, None):
        assert ask("post", place, {"since": since}, status=400)["errors"][0]["parameter"] == "since"


def test_there_is_an_end_to_how_many(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.webhooks.MOST_WEBHOOKS", 1)
    monkeypatch.setattr("api.webhooks.MOST_SUBSCRIPTIONS", 1)
    webhook = ask.webhook()
    ask("post", WEBHOOKS, {"address": "https://b.example/", "contact": "a@b.org"}, status=409)
    ask.follow(webhook)
    ask.follow(webhook, answers=409)


def test_a_list_costs_the_same_however_long(
    ask: Asking, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_asked(followed=False)
    webhook = ask.webhook()
    for number in range(6):
        ask.follow(webhook, {"report": "safe-to-share", "q": f"words {number}"})
        ask.follow(webhook, {"body": "home-office", "q": f"words {number}"})
    # the key, its last use; the rows, the reports, the bodies named
    with django_assert_num_queries(4):
        assert len(ask("get", SUBSCRIPTIONS)["results"]) == 12

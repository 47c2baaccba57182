"""Calls of endpoints: Standard Webhooks, retries, and an endpoint that misbehaves."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core import mail
from standardwebhooks import Webhook, WebhookVerificationError

from tests.alerts.partner import Partner, client, make_endpoint, partners
from tests.alerts.world import AT, SOON, make_asked, make_letter, note
from tests.factories import STAFF, make_user
from tracker.actions.publishing import withdraw
from tracker.alerts import call_rows, calls, endpoints, interests, outbox
from tracker.egress import Client
from tracker.models import Addressee, Attempt, Endpoint, LedgerHead, Message, Notice
from tracker.queries.changes import changes
from tracker.queries.head import public_head
from tracker.vocabulary import Channel, News

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(settings: LazySettings) -> Iterator[Callable[[], Partner]]:
    with partners(settings) as begin:
        yield begin


@pytest.fixture
def partner(start: Callable[[], Partner]) -> Partner:
    return start()


@pytest.fixture
def dialler() -> Iterator[Client]:
    with client() as made:
        yield made


@pytest.fixture
def call(dialler: Client) -> Callable[[datetime], int]:
    return lambda at: calls.send_due_calls(clock=lambda: at, client=dialler)


def the_message() -> Message:
    return Message.objects.get(endpoint__isnull=False)


def the_endpoint() -> Endpoint:
    return Endpoint.objects.get()


def told(addressees: list[Addressee], at: datetime = AT, **fields: object) -> None:
    make_letter(addressees, at=at, **fields)
    note(at)


def test_a_call_is_a_line_of_the_change_feed_signed_as_the_standard_says(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    endpoint = make_endpoint(partner.url)
    told(make_asked(followed=False))
    assert call(AT) == 1
    [got] = partner.received
    found = changes(None, 200, public_head().epoch).lines
    [line] = [each for each in found if each.kind == "answer.published"]
    said = json.loads(got.body)
    assert said["number"] == line.number and said["after"]["position"] == "accepted"
    assert set(said) == set(vars(line)), "every field of a line, and no other"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["webhook-timestamp"] == str(int(AT.timestamp()))
    signed = Webhook(endpoint.secret).sign(got.id, AT, got.body.decode())
    assert got.headers["webhook-signature"] == signed
    assert (the_message().state, the_endpoint().last_success_at) == ("sent", AT)


def test_a_verifier_of_the_standard_accepts_it_and_no_other_secret(partner: Partner, dialler: Client) -> None:
    endpoint = make_endpoint(partner.url)
    told(make_asked(followed=False))
    now = datetime.now(AT.tzinfo)
    calls.send_due_calls(clock=lambda: now, client=dialler)
    [got] = partner.received
    assert Webhook(endpoint.secret).verify(got.body, got.headers)["kind"] == "answer.published"
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 44).verify(got.body, got.headers)


def test_each_retry_is_the_same_call(partner: Partner, call: Callable[[datetime], int]) -> None:
    make_endpoint(partner.url)
    told(make_asked(followed=False))
    moment = AT
    for status in (500, 404, 302):
        partner.answer(status)
        assert call(moment) == 0
        assert the_message().state == "pending"
        moment = the_message().next_attempt_at
    assert call(moment) == 1
    assert len(partner.received) == 4
    assert len({got.id for got in partner.received}) == len({got.body for got in partner.received}) == 1
    assert len({got.headers["webhook-timestamp"] for got in partner.received}) == 4
    outcomes = list(Attempt.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == [
        "answered 500",
        "answered 404",
        "answered 302: redirects are not followed",
        "answered 200",
    ]


def test_a_retry_has_the_same_bytes_after_a_restore_too(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    """The cursor of a line names the epoch, which a restore changes."""
    make_endpoint(partner.url)
    told(make_asked(followed=False))
    partner.answer(500)
    call(AT)
    LedgerHead.objects.update(epoch=uuid4())
    assert call(AT + SOON) == 1
    assert partner.received[0].body == partner.received[1].body


def test_a_redirect_is_not_followed(start: Callable[[], Partner], call: Callable[[datetime], int]) -> None:
    first, other = start(), start()
    make_endpoint(first.url)
    told(make_asked(followed=False))
    first.answer(307, Location=other.url)
    call(AT)
    assert (len(first.received), len(other.received)) == (1, 0)


def test_ten_attempts_take_seventy_five_hours_or_more(
    partner: Partner, call: Callable[[datetime], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_rows, "DISABLED_AFTER", timedelta(days=99))
    make_endpoint(partner.url)
    told(make_asked(followed=False))
    partner.always = (503, {})
    moment = AT
    the_call = Message.objects.get()
    while the_call.state == "pending":
        if the_call.attempts == 9:
            partner.always = (503, {"retry-after": "60"})
        moment = the_call.next_attempt_at
        call(moment)
        the_call.refresh_from_db()
    assert len(partner.received) == 10
    assert timedelta(hours=75) <= moment - AT <= timedelta(hours=84)
    assert (the_call.state, the_call.outcome) == ("failed", "answered 503"), (
        "it is not asked to wait for more"
    )
    outbox.send_due_messages(clock=lambda: moment)
    assert [mail.to for mail in mail.outbox] == [["ops@partner.example"]]
    assert mail.outbox[0].subject == f"Calls of your endpoint were given up: {partner.url}"


def test_who_reads_that_calls_were_given_up_reads_it_once_until_one_succeeds(
    partner: Partner, call: Callable[[datetime], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_rows, "PAUSES", [])
    make_endpoint(partner.url)
    told(make_asked(3, followed=False))
    partner.always = (500, {})
    for minute in range(3):
        call(AT + minute * SOON)
    assert Message.objects.filter(state="failed").count() == 3
    assert Message.objects.filter(mail_to="ops@partner.example").count() == 1
    partner.always = (200, {})
    endpoints.replay(the_endpoint(), since=AT, at=AT + timedelta(hours=1))
    call(AT + timedelta(hours=1))
    assert the_endpoint().warned_at is None


def test_a_call_that_kills_each_worker_is_given_up(partner: Partner, dialler: Client) -> None:
    make_endpoint(partner.url)
    told(make_asked(followed=False))
    moment, tries = AT, 0
    while the_message().state != "failed":
        tries += sum(len(batch.calls) for batch in call_rows.claim(1, slow=1, at=moment))
        moment += call_rows.LEASE
    assert tries == 10
    assert the_message().outcome.startswith("given up")


def test_a_failure_of_long_ago_does_not_switch_off_what_was_not_called_since(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    make_endpoint(partner.url)
    [addressee] = make_asked(followed=False)
    told([addressee])
    partner.answer(500)
    call(AT)
    Message.objects.update(state="dropped")
    later = AT + timedelta(days=20)
    told([addressee], later, answered="2026-03-01")
    partner.answer(500)
    call(later)
    assert (the_endpoint().disabled_at, the_endpoint().failing_since) == (None, later)


def test_the_pauses_of_two_calls_differ(partner: Partner, call: Callable[[datetime], int]) -> None:
    make_endpoint(partner.url)
    told(make_asked(5, followed=False))
    partner.always = (500, {})
    call(AT)
    assert len(set(Message.objects.values_list("next_attempt_at", flat=True))) == 5


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("3600", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 11:00:00 GMT", timedelta(hours=2)),
        ("99999999999999999999", timedelta(days=1)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1)),
    ],
)
def test_an_endpoint_says_how_long_to_wait(
    partner: Partner, call: Callable[[datetime], int], said: str, wait: timedelta
) -> None:
    make_endpoint(partner.url)
    told(make_asked(3, followed=False))
    partner.answer(429, Retry_After=said)
    call(AT)
    assert len(partner.received) == 1, "and the rest of the batch waits too"
    assert Message.objects.earliest("pk").next_attempt_at == AT + wait
    assert call(AT + wait - timedelta(seconds=1)) == 0
    assert call(AT + wait) == 3


@pytest.mark.parametrize("said", ["", "soon", "-5", "1e9", "\u0663", "Mon, 02 Mar 2026", "0"])
def test_nonsense_about_waiting_is_not_heeded(
    partner: Partner, call: Callable[[datetime], int], said: str
) -> None:
    make_endpoint(partner.url)
    told(make_asked(followed=False))
    partner.answer(500, Retry_After=said.encode("ascii", "replace").decode())
    call(AT)
    assert timedelta(seconds=5) <= the_message().next_attempt_at - AT <= timedelta(seconds=6)


def test_gone_switches_it_off_and_says_so(partner: Partner, call: Callable[[datetime], int]) -> None:
    make_endpoint(partner.url)
    watcher = make_user("eve", email="eve@example.org")
    interests.follow(reader=watcher, wanted={}, kinds=[News.ENDPOINT_FAILING], channel=Channel.AT_ONCE, at=AT)
    told(make_asked(3, followed=False))
    partner.answer(410)
    call(AT)
    assert the_endpoint().disabled_because == "it answered 410 Gone"
    assert set(Message.objects.filter(endpoint__isnull=False).values_list("state", flat=True)) == {"dropped"}
    told(make_asked(followed=False, title="Another"), AT + SOON)
    assert call(AT + SOON) == 0 and len(partner.received) == 1
    last = Message.objects.filter(endpoint__isnull=False).latest("pk")
    assert (last.state, last.outcome) == ("dropped", "the endpoint was disabled: it answered 410 Gone")
    outbox.send_due_messages(clock=lambda: AT + SOON)
    to_owner, to_staff = sorted(mail.outbox, key=lambda each: each.to, reverse=True)
    assert to_owner.to == ["ops@partner.example"] and "410 Gone" in to_owner.body
    assert to_staff.to == ["eve@example.org"]
    assert "was switched off on 2 March 2026: it answered 410 Gone" in to_staff.body


def test_five_days_of_failure_switch_it_off_and_one_success_clears(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    make_endpoint(partner.url)
    [addressee] = make_asked(followed=False)
    told([addressee])
    partner.answer(500)
    call(AT)
    assert the_endpoint().failing_since == AT
    call(AT + SOON)
    assert (the_endpoint().failing_since, the_endpoint().failures) == (None, 0)
    partner.always = (500, {})
    for days in (1, 4, 5.9):
        moment = AT + timedelta(days=days)
        told([addressee], moment, answered="2026-03-01")
        call(moment)
        assert the_endpoint().disabled_at is None
    told([addressee], AT + timedelta(days=6), answered="2026-03-01")
    call(AT + timedelta(days=6))
    assert the_endpoint().disabled_because == "it has failed for five days"


def test_what_was_dropped_is_sent_again_when_it_is_called_again(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    endpoint = make_endpoint(partner.url)
    told(make_asked(3, followed=False))
    partner.answer(410)
    call(AT)
    endpoints.enable(endpoint)
    assert call(AT + SOON) == 0
    assert endpoints.replay(endpoint, since=AT - SOON, at=AT + SOON) == 3
    assert call(AT + SOON) == 3
    assert partner.received[0].id == partner.received[1].id
    assert partner.received[0].body == partner.received[1].body


def test_what_happened_while_it_was_switched_off_is_sent_when_its_owner_asks(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    endpoint = make_endpoint(partner.url)
    [addressee] = make_asked(followed=False)
    Endpoint.objects.update(disabled_at=AT, disabled_because="it has failed for five days")
    told([addressee], AT + SOON)
    endpoints.enable(endpoint)
    assert call(AT + 2 * SOON) == 0
    assert endpoints.replay(endpoint, since=AT, at=AT + 2 * SOON) == 1
    assert call(AT + 2 * SOON) == 1 and len(partner.received) == 1
    assert Notice.objects.get().told


def test_nothing_is_noted_for_an_endpoint_that_was_switched_off_long_ago(partner: Partner) -> None:
    make_endpoint(partner.url)
    Endpoint.objects.update(disabled_at=AT - endpoints.KEPT, disabled_because="it answered 410 Gone")
    told(make_asked(followed=False))
    assert not Message.objects.exists()


def test_a_replay_sends_the_same_calls_and_no_older_ones(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    endpoint = make_endpoint(partner.url)
    [addressee] = make_asked(followed=False)
    told([addressee])
    call(AT)
    told([addressee], AT + timedelta(days=2), answered="2026-03-01")
    call(AT + timedelta(days=2))
    later = AT + timedelta(days=20)
    assert endpoints.replay(endpoint, since=AT + timedelta(days=1), at=later) == 1
    assert call(later) == 1
    assert (partner.received[2].id, partner.received[2].body) == (
        partner.received[1].id,
        partner.received[1].body,
    )
    with pytest.raises(Exception, match="thirty days"):
        endpoints.replay(endpoint, since=AT, at=AT + timedelta(days=31))


def test_both_secrets_sign_for_a_day(partner: Partner, call: Callable[[datetime], int]) -> None:
    endpoint = make_endpoint(partner.url)
    old = endpoint.secret
    new = endpoints.change_secret(endpoint, at=AT)
    addressees = make_asked(2, followed=False)
    for moment, secrets in ((AT, [new, old]), (AT + timedelta(days=1), [new])):
        told([addressees.pop()], moment)
        call(moment)
        got = partner.received[-1]
        signed = [Webhook(secret).sign(got.id, moment, got.body.decode()) for secret in secrets]
        assert got.headers["webhook-signature"].split(" ") == signed


def test_a_ping_reaches_it_and_is_in_the_log(partner: Partner, call: Callable[[datetime], int]) -> None:
    endpoint = make_endpoint(partner.url)
    endpoints.ping(endpoint, at=AT)
    assert call(AT) == 1
    assert json.loads(partner.received[0].body)["kind"] == "ping"
    assert Attempt.objects.get().status == 200


def test_nothing_that_the_other_side_said_is_kept(partner: Partner, call: Callable[[datetime], int]) -> None:
    make_endpoint(partner.url)
    told(make_asked(followed=False))
    partner.answer(500, X_Inside="secret")
    call(AT)
    kept = [str(vars(row)) for model in (Attempt, Message, Endpoint) for row in model.objects.all()]
    assert not any("b'secret'" in each or "X-Inside" in each for each in kept)


def test_an_address_inside_is_not_called_whatever_its_name(
    partner: Partner, call: Callable[[datetime], int], settings: LazySettings
) -> None:
    make_endpoint(partner.url.replace("127.0.0.1", "localhost"))
    told(make_asked(followed=False))
    settings.EGRESS_ALLOW = []
    call(AT)
    assert partner.received == []
    assert the_message().outcome == "This address leads to a network that is not called."


def test_an_answer_withdrawn_before_a_retry_is_not_sent_and_neither_is_the_correction(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    make_endpoint(partner.url)
    [answer] = make_letter(make_asked(followed=False))
    note()
    partner.answer(500)
    call(AT)
    withdraw(facts=[answer], reason="Meant for another report", by=STAFF, at=AT + SOON)
    note(AT + SOON)
    assert call(AT + SOON) == 0
    assert call(AT + SOON + call_rows.WAIT) == 0
    assert len(partner.received) == 1
    why = ["the answer was withdrawn since", "the notice it corrects was never sent"]
    assert list(Message.objects.order_by("pk").values_list("outcome", flat=True)) == why
    assert list(Notice.objects.order_by("pk").values_list("dropped_because", flat=True)) == why


def test_an_answer_withdrawn_after_it_was_told_is_taken_back(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    make_endpoint(partner.url)
    [answer] = make_letter(make_asked(followed=False))
    note()
    call(AT)
    withdraw(facts=[answer], reason="Meant for another report", by=STAFF, at=AT + SOON)
    note(AT + SOON)
    assert call(AT + SOON) == 1
    assert json.loads(partner.received[1].body)["kind"] == "answer.withdrawn"


def test_a_private_line_is_called_to_nobody(partner: Partner) -> None:
    make_endpoint(partner.url, kinds=(News.ANSWERED, News.PROMISE_MISSED))
    make_letter(make_asked(followed=False), published=False)
    assert note() == 0


def test_what_a_killed_worker_left_is_sent_again_as_the_same_call(
    partner: Partner, call: Callable[[datetime], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_endpoint(partner.url)
    told(make_asked(3, followed=False))

    def die(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(call_rows, "mark", die)
        with pytest.raises(SystemExit):
            call(AT)
    assert call(AT + SOON) == 0, "nobody else calls while the lease lasts"
    assert call(AT + call_rows.LEASE) == 3
    assert [got.id for got in partner.received[:3]] == [got.id for got in partner.received[3:]]
    assert [got.body for got in partner.received[:3]] == [got.body for got in partner.received[3:]]


def test_one_that_hangs_delays_no_other(
    start: Callable[[], Partner], call: Callable[[datetime], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "CALL_SECONDS", 1.0)
    monkeypatch.setattr(calls, "THREADS", 4)
    hanging, well = [start() for _ in range(6)], start()
    for each in hanging:
        each.seconds = 3
        make_endpoint(each.url)
    make_endpoint(well.url)
    told(make_asked(5, followed=False))
    began = time.monotonic()
    assert call(AT) == 5
    assert time.monotonic() - began < 5
    assert len(well.received) == 5
    assert [len(each.received) for each in hanging] == [1] * 6, "the first call that hangs ends the batch"
    told(make_asked(5, followed=False, title="Another"), AT + SOON)
    began = time.monotonic()
    assert call(AT + SOON) == 5
    assert len(well.received) == 10
    assert time.monotonic() - began < 5


def test_failures_in_a_row_leave_the_rest_for_another_time(
    partner: Partner, call: Callable[[datetime], int]
) -> None:
    make_endpoint(partner.url)
    told(make_asked(9, followed=False))
    partner.always = (500, {})
    call(AT)
    assert len(partner.received) == calls.FAILURES_IN_A_ROW
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0] * 4 + [1] * 5


def test_a_poison_row_stops_no_other(
    partner: Partner, call: Callable[[datetime], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_endpoint(partner.url)
    told(make_asked(3, followed=False))
    poison = Message.objects.earliest("pk").event_id
    real = call_rows.lines_about

    def lines(events: list[int], epoch: object) -> object:
        if poison in events:
            raise ZeroDivisionError("poison")
        return real(events, epoch)  # type: ignore[arg-type]

    monkeypatch.setattr(call_rows, "lines_about", lines)
    assert call(AT) == 2
    assert Message.objects.earliest("pk").outcome == "a fault of ours: ZeroDivisionError"


def test_a_hundred_calls_cost_few_queries(
    partner: Partner, call: Callable[[datetime], int], django_assert_max_num_queries: Callable
) -> None:
    make_endpoint(partner.url)
    told(make_asked(43, followed=False))
    with django_assert_max_num_queries(50):  # two turns of about twenty, the second of which finds nothing
        assert call(AT) == 43

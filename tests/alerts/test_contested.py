"""What is contested is news; and while staff look, no alert says anything adverse, retries included."""

import json
from datetime import timedelta

import pytest
from django.conf import LazySettings

from tests.alerts.partner import client, make_endpoint, partners
from tests.alerts.world import (
    AT,
    SOON,
    Box,
    make_asked,
    make_follower,
    make_letter,
    note,
    seal,
    send_due,
    sweep,
    tell,
)
from tests.factories import STAFF, make_addressee, make_body, make_challenge
from tracker.actions.challenges import settle_challenges
from tracker.actions.publishing import withdraw
from tracker.actions.reviews import begin_review, end_review
from tracker.alerts import calls, digests, interests, outbox
from tracker.alerts.transports.base import TransportError
from tracker.models import Message, MessageState, Notice, User
from tracker.vocabulary import WEBHOOK_NEWS, ChallengeOutcome, Challenger, Channel, News

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def follow(addressee: object, *kinds: News, channel: Channel = Channel.AT_ONCE) -> User:
    user = User.objects.get(username="ada")
    report = addressee.recommendation.report  # type: ignore[attr-defined]
    interests.follow(reader=user, wanted={"report": report.ref}, kinds=kinds, channel=channel, at=AT - SOON)
    return user


def test_a_challenge_and_what_came_of_it_are_news() -> None:
    [addressee] = make_asked()
    follow(addressee, News.CONTESTED)
    tell(box := Box())
    challenge = make_challenge(addressee, by_whom=Challenger.AFFECTED, words="We were harmed.", at=LATER)
    [mail] = tell(box, LATER)
    assert mail.subject == "Home Office: Contested by those affected (Safe to share?)"
    assert "Contested by those affected" in mail.text and "We were harmed." in mail.text
    assert "contested by those affected" in mail.text.partition("Shown now:")[2]
    settle_challenges(
        challenges=[challenge], outcome=ChallengeOutcome.UPHELD, reply="They are right.", by=STAFF, at=LATER
    )
    [mail] = tell(box, LATER + SOON)
    assert mail.subject.startswith("Home Office: Contested by those affected: upheld")
    assert "They are right." in mail.text


def test_a_challenge_of_an_ask_is_news_of_all_whom_it_was_put_to() -> None:
    addressees = make_asked(3)
    follow(addressees[0], News.CONTESTED)
    tell(box := Box())
    make_challenge(addressees[0].recommendation, body=addressees[0].body, at=LATER)
    [mail] = tell(box, LATER)
    assert mail.subject.startswith("3 forces: Contested by the body")


def test_whom_an_ask_will_be_put_to_is_not_told_before_it_is_public() -> None:
    addressees = make_asked(2)
    ask = addressees[0].recommendation
    make_addressee(body=make_body("A force in draft"), recommendation=ask, published=False)
    follow(addressees[0], News.CONTESTED)
    tell(box := Box())
    make_challenge(ask, body=addressees[0].body, at=LATER)
    [mail] = tell(box, LATER)
    assert mail.subject.startswith("2 forces: Contested by the body")
    assert "A force in draft" not in mail.text + mail.html


@pytest.mark.parametrize("channel", [Channel.AT_ONCE, Channel.DAILY])
def test_a_challenge_of_which_nobody_is_public_any_more_is_not_told(channel: Channel) -> None:
    [addressee] = make_asked(followed=False)
    make_follower(addressee.recommendation.report)
    follow(addressee, News.CONTESTED, channel=channel)
    tell(box := Box())
    make_challenge(addressee.recommendation, body=addressee.body, at=LATER)
    note(LATER)
    withdraw(facts=[addressee], reason="Entered too early", by=STAFF, at=LATER + SOON)
    seal()
    digests.make_digests(at=LATER + SOON)
    assert send_due(box, LATER + SOON) == []
    message = Message.objects.latest("pk")
    assert (message.state, message.outcome) == (MessageState.DROPPED, "it is no longer public")


def test_nothing_adverse_goes_out_while_it_is_under_review() -> None:
    [addressee] = make_asked()
    sweep()
    note()
    begin_review(addressees=[addressee], reason="They say they answered.", by=STAFF, at=AT)
    box = Box()
    assert tell(box) == [] and box.tried == []
    assert tell(box, LATER) == [] and box.tried == []
    end_review(addressees=[addressee], reason="There is no answer.", by=STAFF, at=LATER)
    [mail] = tell(box, LATER + timedelta(hours=1))
    assert "deadline missed" in mail.subject


def test_an_attempt_that_failed_before_the_review_is_not_made_again_during_it() -> None:
    [addressee] = make_asked()
    sweep()
    tell(box := Box(TransportError("away")))
    assert len(box.tried) == 1
    begin_review(addressees=[addressee], reason="They say they answered.", by=STAFF, at=AT + SOON)
    assert tell(box, LATER) == [] and len(box.tried) == 1
    message = Message.objects.get()
    assert (message.state, message.attempts) == (MessageState.PENDING, 1)


def test_what_a_killed_worker_may_have_sent_is_not_sent_again_during_a_review() -> None:
    [addressee] = make_asked()
    sweep()
    tell(box := Box(TransportError("away")))
    Message.objects.update(state=MessageState.SENDING, next_attempt_at=AT)
    begin_review(addressees=[addressee], reason="They say they answered.", by=STAFF, at=AT + SOON)
    assert tell(box, LATER) == [] and len(box.tried) == 1
    assert Notice.objects.get().told


def test_what_turned_out_wrong_in_the_review_is_never_told() -> None:
    addressees = make_asked()
    sweep()
    note()
    begin_review(addressees=addressees, reason="They say they answered.", by=STAFF, at=AT)
    make_letter(addressees, answered="2026-02-20", at=AT + SOON)
    box = Box()
    assert tell(box, AT + SOON) == []
    end_review(addressees=addressees, reason="They had answered.", by=STAFF, at=LATER)
    mails = tell(box, LATER + timedelta(hours=1))
    assert [mail.subject for mail in mails] == ["Home Office: Accepted (Safe to share?)"]


def test_the_words_of_a_mail_rest_too_where_another_kind_of_news_is_told() -> None:
    [addressee] = make_asked(followed=False)
    make_follower(addressee.recommendation.report)
    follow(addressee, News.CONTESTED)
    tell(box := Box(), AT)
    make_challenge(addressee, at=LATER)
    note(LATER)
    box.errors = [TransportError("away")]
    outbox.send_due_messages(clock=lambda: LATER, transport=box)
    assert "No response on record" in box.tried[-1].text
    begin_review(addressees=[addressee], reason="We look into it.", by=STAFF, at=LATER)
    mails = tell(box, LATER + timedelta(hours=1))
    assert {mail.subject.partition(" (")[0].partition("; ")[0] for mail in mails} == {
        "Home Office: Contested by the body",
        "Home Office: under review: Under review since 3 March 2026",
    }
    assert all("No response on record" not in mail.text for mail in mails)
    assert all("Under review since 3 March 2026" in mail.text for mail in mails)


def test_an_endpoint_is_called_with_the_line_that_says_so_and_with_nothing_adverse(
    settings: LazySettings,
) -> None:
    [addressee] = make_asked(followed=False)
    with partners(settings) as start, client() as dialler:
        partner = start()
        make_endpoint(partner.url, kinds=WEBHOOK_NEWS)
        note(AT)
        make_letter([addressee], position="rejected", at=LATER)
        begin_review(addressees=[addressee], reason="We look into it.", by=STAFF, at=LATER)
        note(LATER)
        calls.send_due_calls(clock=lambda: LATER, client=dialler)
        said = [json.loads(got.body) for got in partner.received]
        assert [each["kind"] for each in said if each["kind"] != "addressee.published"] == ["review.begun"]
        assert said[-1]["after"] == {"under_review_since": "2026-03-03"}
        end_review(addressees=[addressee], reason="Their letter says so.", by=STAFF, at=LATER + SOON)
        note(LATER + SOON)
        later = LATER + timedelta(hours=1)
        calls.send_due_calls(clock=lambda: later, client=dialler)
        kinds = {json.loads(got.body)["kind"] for got in partner.received}
        assert {"review.ended", "answer.published"} <= kinds

"""The desk of the right of reply: queues, what came in, what is shown, reviews and removals, in the admin."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.factories import (
    AT,
    STAFF,
    make_addressee,
    make_answer,
    make_challenge,
    make_recommendation,
    make_report,
)
from tracker.actions.correcting import correct
from tracker.actions.replies import receive_from_affected
from tracker.models import Addressee, Challenge, ReceivedChallenge, ReplyLink

pytestmark = pytest.mark.django_db
WORDS = "<b>That</b> is not so: we have the letter."


def act(client: Client, noun: str, name: str, *facts: Any, **fields: Any) -> Any:
    sent = {"facts": ",".join(str(fact.pk) for fact in facts), "act": name, "save": "do", **fields}
    return client.post(f"/admin/tracker/{noun}/act/{name}/", sent, follow=True)


def test_the_desk_counts_what_came_in_and_what_is_not_settled(desk: Client) -> None:
    addressee = make_addressee()
    receive_from_affected(addressee=addressee, words=WORDS, at=AT)
    make_challenge(addressee)
    page = desk.get("/admin/").content.decode()
    for title in ("Challenges to read, from those affected", "Challenges shown, not settled"):
        assert title in page
    assert 'by_whom__exact=affected"><span class="count">1</span>' in page.replace("&amp;", "&")
    listed = desk.get("/admin/tracker/challenge/?state=published&outcome__exact=")
    assert listed.status_code == 200 and "/challenge/" in listed.content.decode()


def test_what_came_in_is_read_beside_the_record_and_published(desk: Client) -> None:
    addressee = make_addressee()
    received = receive_from_affected(addressee=addressee, words=WORDS, at=AT)
    page = desk.get(f"/admin/tracker/receivedchallenge/{received.pk}/change/").content.decode()
    assert "&lt;b&gt;That&lt;/b&gt;" in page and "No response on record" in page
    assert act(desk, "receivedchallenge", "publish", received, about="answer", words="").status_code == 200
    assert ReceivedChallenge.objects.get().state == "waiting"  # it has no answer
    act(desk, "receivedchallenge", "publish", received, about="addressee", words="")
    assert Challenge.objects.public().get().words == WORDS
    gone = act(desk, "receivedchallenge", "decline", received, declined_because="spam", reason="")
    assert gone.status_code == 400 and Challenge.objects.count() == 1


def test_words_typed_once_are_not_put_into_the_mouths_of_several(desk: Client) -> None:
    addressee = make_addressee()
    rows = [receive_from_affected(addressee=addressee, words=f"{WORDS} {n}", at=AT) for n in range(2)]
    refused = act(desk, "receivedchallenge", "publish", *rows, about="addressee", words="We […] answered.")
    assert refused.status_code == 200 and not Challenge.objects.exists()
    assert "one at a time" in refused.context["form"].errors["words"][0]
    act(desk, "receivedchallenge", "publish", *rows, about="addressee", words="")
    said = Challenge.objects.public().values_list("words", flat=True)
    assert sorted(said) == [f"{WORDS} 0", f"{WORDS} 1"]


def test_many_are_declined_at_once(desk: Client) -> None:
    addressee = make_addressee()
    rows = [receive_from_affected(addressee=addressee, words=f"{WORDS} {n}", at=AT) for n in range(3)]
    act(desk, "receivedchallenge", "decline", *rows, declined_because="spam", reason="A machine.")
    assert Challenge.objects.public().filter(outcome="declined").count() == 3


def test_a_challenge_is_answered_and_settled(desk: Client) -> None:
    challenge = make_challenge(make_addressee())
    act(desk, "challenge", "answer", challenge, reply="We are asking them for the letter.")
    act(desk, "challenge", "settle", challenge, outcome="upheld", reply="")
    challenge.refresh_from_db()
    assert (challenge.outcome, challenge.reply) == ("", "We are asking them for the letter.")
    act(desk, "challenge", "settle", challenge, outcome="upheld", reply="They are right.")
    challenge.refresh_from_db()
    assert (challenge.outcome, challenge.reply) == ("upheld", "They are right.")
    assert desk.get(f"/admin/tracker/challenge/{challenge.pk}/change/").status_code == 200
    assert desk.get(f"/admin/tracker/challenge/{challenge.pk}/history/").status_code == 200


def test_one_that_came_by_letter_is_entered_on_the_page_of_the_addressee(desk: Client) -> None:
    addressee = make_addressee()
    fields = {
        "about": "addressee",
        "by_whom": "body",
        "body": "",
        "received_on": "2026-03-01",
        "words": WORDS,
    }
    refused = act(desk, "addressee", "challenge", addressee, **fields)
    assert "Name the body" in refused.content.decode() and not Challenge.objects.exists()
    act(
        desk,
        "addressee",
        "challenge",
        addressee,
        **{**fields, "body": addressee.body.ref, "save": "publish"},
    )
    assert Challenge.objects.public().get().came_by == "letter"


def test_a_link_is_sent_to_a_contact_and_shown_to_nobody_at_the_desk(desk: Client) -> None:
    addressee = make_addressee()
    assert "none on record" in act(desk, "addressee", "ask-reply", addressee, address="").content.decode()
    contacts = [
        {"purpose": "FOI", "address": "foi@example.org"},
        {"purpose": "press", "address": "p@example.org"},
    ]
    correct(fact=addressee.body, values={"contacts": contacts}, reason="Their site.", by=STAFF, at=AT)
    page = desk.get(f"/admin/tracker/addressee/act/ask-reply/?facts={addressee.pk}").content.decode()
    assert "foi@example.org, p@example.org" in page
    assert not ReplyLink.objects.exists()
    done = act(desk, "addressee", "ask-reply", addressee, address="foi@example.org")
    [sent] = mail.outbox
    link = ReplyLink.objects.get()
    assert sent.to == ["foi@example.org"] and link.sent_at is not None
    token = str(sent.body).partition("/reply/")[2].partition("/")[0]
    for place in (
        f"/admin/tracker/replylink/{link.pk}/change/",
        "/admin/tracker/replylink/",
        "/admin/tracker/message/",
    ):
        shown = desk.get(place).content.decode()
        assert token and token not in shown and token not in done.content.decode()


def test_all_addressees_of_an_ask_or_a_report_are_put_under_review(desk: Client) -> None:
    report = make_report()
    one = make_addressee(recommendation=make_recommendation("One", number="1", report=report))
    two = make_addressee(recommendation=make_recommendation("Two", number="2", report=report), body=one.body)
    act(desk, "recommendation", "review", one.recommendation, reason="")
    assert [row.under_review_since is None for row in Addressee.objects.order_by("pk")] == [False, True]
    act(desk, "report", "review", report, reason="A court looks at the report.")
    assert not Addressee.objects.filter(under_review_since=None).exists()
    act(desk, "addressee", "end-review", one, two, reason="")
    assert not Addressee.objects.filter(under_review_since=None).exists()  # it needs a reason
    act(desk, "addressee", "end-review", one, two, reason="It stands.")
    assert Addressee.objects.filter(under_review_since=None).count() == 2


def test_a_removal_wants_somebody_who_knows_that_it_is_for_good(desk: Client) -> None:
    answer = make_answer(make_addressee())
    fields = {"legal_basis": "court_order", "ordered_by": "The court", "reason": "It names a child."}
    act(desk, "answer", "remove", answer, **fields)
    answer.refresh_from_db()
    assert answer.summary == "What it says."
    page = desk.get(f"/admin/tracker/answer/act/remove/?facts={answer.pk}").content.decode()
    assert answer.ref in page and "nobody can bring it back" in page

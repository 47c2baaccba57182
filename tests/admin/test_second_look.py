"""What waits for a second pair of eyes, at the desk."""

from typing import Any

import pytest
from django.test import Client

from tests.admin.conftest import NOW
from tests.admin.pages import act, do, errors, page
from tests.factories import make_addressee, make_answer, make_user
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish
from tracker.ledger import Actor
from tracker.models import Answer, SecondLook, User
from tracker.vocabulary import Role, StaffRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(ada: User, settings: Any) -> list[SecondLook]:
    """Two refusals that Ada entered and would have published."""
    settings.TWO_PERSON_RULE = True
    by = Actor(Role.STAFF, ada)
    drafts = [make_answer(make_addressee(), position="rejected", published=False)]
    drafts.append(
        make_answer(drafts[0].addressee, position="disputed", answered="2025-07-09", published=False)
    )
    for draft in drafts:
        correct(fact=draft, values={"summary": "No."}, reason="Shorter.", by=by, at=NOW)
    publish(facts=[each.response for each in drafts], by=by, at=NOW)
    assert publish(facts=drafts, by=by, at=NOW) == drafts
    return list(SecondLook.objects.order_by("pk"))


def test_the_queue_counts_what_waits_and_the_page_of_a_draft_says_so(
    desk: Client, waiting: list[SecondLook]
) -> None:
    queue = {each["title"]: each["words"] for each in desk.get("/admin/").context["queues"]}
    assert queue["Drafts waiting for a second pair of eyes"] == "2"
    shown = desk.get("/admin/tracker/secondlook/").content.decode()
    assert all(look.fact_ref in shown for look in waiting)
    stands = dict(desk.get(page(Answer.objects.get(pk=waiting[0].fact_id))).context["stands"])
    assert stands["Waits for"].endswith("(asked by ada)")


def test_another_publisher_publishes_all_that_waits_in_one_step(waiting: list[SecondLook]) -> None:
    client = Client()
    client.force_login(make_user("ben", StaffRole.PUBLISHER))
    assert do(client, act(waiting[0], "publish", waiting[1]), reason="Read both.").status_code == 302
    assert Answer.objects.public().count() == 2
    assert not SecondLook.objects.filter(ended_at=None).exists()


def test_whoever_wrote_one_of_them_publishes_none(desk: Client, waiting: list[SecondLook]) -> None:
    refused = do(desk, act(waiting[0], "publish", waiting[1]), reason="")
    assert "You wrote some of" in str(errors(refused))
    assert not Answer.objects.public().exists()


def test_publishing_a_draft_that_one_wrote_says_that_it_waits(
    desk: Client, waiting: list[SecondLook]
) -> None:
    draft = Answer.objects.get(pk=waiting[0].fact_id)
    sent = do(desk, act(draft, "publish"), reason="")
    said = desk.get(sent.headers["Location"]).content.decode()
    assert "waits for a second pair of eyes" in said and "Publish: done for" not in said

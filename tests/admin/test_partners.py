"""Partners, their keys and what they propose, as staff meet them."""

import re
from datetime import date

import pytest
from django.test import Client, RequestFactory

from tests.admin.conftest import NOW
from tests.admin.pages import act, do, errors, form_on, page
from tests.factories import make_addressee, make_body, make_user
from tracker.admin.taking import proposal_of
from tracker.models import Assessment, Body, Event, Key, Partner, Proposal, Response, Source, User
from tracker.partners.keys import key_called
from tracker.partners.proposals import Proposed, receive
from tracker.vocabulary import KEY_PATTERN, Noun, ProposalKind, Scope, StaffRole

pytestmark = pytest.mark.django_db
SOURCE = {
    "url": "https://force.example/letter",
    "title": "The letter",
    "publisher": "The force",
    "dated_on": "2025-07",
}


def make_partner(name: str = "A partner") -> Partner:
    return Partner.objects.create(name=name, contact="somebody@partner.example")


def make_proposal(kind: ProposalKind, noun: Noun, ref: str, **said: object) -> Proposal:
    partner = Partner.objects.first() or make_partner()
    return receive(
        partner=partner,
        idempotency_key=f"number-{Proposal.objects.count()}",
        fingerprint="",
        proposed=Proposed(kind, noun, ref, {"summary": "It says <b>yes</b>.", "source": SOURCE, **said}),
        answer=lambda _: "",
        at=NOW,
    )


def someone(role: StaffRole) -> Client:
    client = Client()
    client.force_login(make_user("eve", role))
    return client


def test_a_key_is_shown_once(desk: Client) -> None:
    desk.post("/admin/tracker/partner/add/", {"name": "Tracker of trackers", "contact": "x@partner.example"})
    partner = Partner.objects.get()
    assert "Make a key" in desk.get(page(partner)).content.decode()
    made = do(desk, page(partner, "key"), scopes=["read", "propose"], expires_on="2026-12-31")
    html = made.content.decode()
    [written] = set(re.findall(KEY_PATTERN, html))
    assert "no-store" in made.headers["Cache-Control"]
    key = key_called(written, at=NOW)
    assert key is not None and key.scopes == [Scope.READ, Scope.PROPOSE]
    assert key.expires_at.date() == date(2027, 1, 1)
    for url in (page(partner), page(key), "/admin/tracker/key/", page(partner, "history")):
        again = desk.get(url).content.decode()
        assert written not in again and written[13:] not in again
    assert written[:12] in desk.get("/admin/tracker/key/").content.decode()
    assert not Event.objects.exists()


def test_a_third_key_and_a_life_without_end_are_refused(desk: Client) -> None:
    partner = make_partner()
    assert "expires_on" in errors(do(desk, page(partner, "key"), expires_on="2040-01-01"))
    assert "expires_on" in errors(do(desk, page(partner, "key"), expires_on="2020-01-01"))
    assert "scopes" in errors(do(desk, page(partner, "key"), scopes=["everything"]))
    for _ in range(2):
        assert "shown this once" in do(desk, page(partner, "key")).content.decode()
    assert "revoke" in errors(do(desk, page(partner, "key")))["__all__"][0]
    assert Key.objects.count() == 2


def test_revoking_is_one_page_and_says_who_did_it(desk: Client) -> None:
    partner = make_partner()
    [written] = set(re.findall(KEY_PATTERN, do(desk, page(partner, "key")).content.decode()))
    key = Key.objects.get()
    assert "act/revoke/" in desk.get(page(key)).content.decode()
    assert do(desk, act(key, "revoke")).status_code == 302
    key.refresh_from_db()
    assert (key.revoked_at, key.revoked_by.username) == (NOW, "ada")
    assert key_called(written, at=NOW) is None
    assert "act/revoke/" not in desk.get(page(key)).content.decode()


def test_keys_need_rights_of_their_own(desk: Client) -> None:
    partner = make_partner()
    do(desk, page(partner, "key"))
    key = Key.objects.get()
    viewer = someone(StaffRole.PUBLISHER)
    assert "Make a key" not in viewer.get(page(partner)).content.decode()
    assert viewer.get(page(partner, "key")).status_code == 403
    assert (
        viewer.post(page(partner, "key"), {"scopes": ["read"], "expires_on": "2026-12-31"}).status_code == 403
    )
    assert viewer.get(act(key, "revoke")).status_code == 403
    assert (
        viewer.post("/admin/tracker/key/act/revoke/", {"facts": key.pk, "act": "revoke"}).status_code == 403
    )
    key.refresh_from_db()
    assert key.revoked_at is None


def test_the_desk_counts_what_waits_and_shows_it_beside_the_record(desk: Client) -> None:
    addressee = make_addressee()
    proposal = make_proposal(ProposalKind.RESPONSE, Noun.ADDRESSEE, addressee.ref, position="accepted")
    first = desk.get("/admin/").content.decode()
    assert "Proposals to read" in first and "proposal/?state__exact=waiting" in first
    assert desk.get("/admin/tracker/proposal/?state__exact=waiting").status_code == 200
    html = desk.get(page(proposal)).content.decode()
    assert "What the partner says" in html and "What the register says" in html
    assert "It says &lt;b&gt;yes&lt;/b&gt;." in html and "Status today" in html
    assert page(addressee) in html and "Take over" in html and "Decline" in html


def test_a_response_is_taken_over_into_the_form_that_records_one(desk: Client) -> None:
    addressee = make_addressee()
    proposal = make_proposal(
        ProposalKind.RESPONSE,
        Noun.ADDRESSEE,
        addressee.ref,
        position="accepted",
        title="A letter of the chief",
        written_on="2025-07-02",
        quote="Yes.",
    )
    url = f"/admin/tracker/response/record/?proposal={proposal.ref}&report={addressee.recommendation.report.ref}"
    assert url.replace("&", "&amp;") in desk.get(page(proposal)).content.decode()
    fields = form_on(desk, url)
    assert fields["summary"] == ["It says <b>yes</b>."] and fields["quote"] == ["Yes."]
    assert fields["position"] == ["accepted"] and fields["addressees"] == [str(addressee.pk)]
    assert fields["source_url"] == [SOURCE["url"]] and fields["source_dated_on"] == ["2025-07"]
    assert fields["written_on"] == ["2025-07-02"] and fields["title"] == ["A letter of the chief"]
    refused = desk.post(url, {**fields, "author": "nobody-at-all"})
    assert "author" in errors(refused)
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    saved = desk.post(url, {**fields, "author": addressee.body.ref})
    assert saved.status_code == 302, errors(saved)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by.username) == ("taken_up", "ada")
    response = Response.objects.get()
    assert response.is_draft and Source.objects.filter(url=SOURCE["url"]).exists()
    again = desk.get(page(proposal)).content.decode()
    assert "Take over" not in again


def test_progress_is_taken_over_into_an_assessment(desk: Client) -> None:
    addressee = make_addressee()
    proposal = make_proposal(
        ProposalKind.PROGRESS,
        Noun.ADDRESSEE,
        addressee.ref,
        implementation="implemented",
        assessed_on="2025-11",
    )
    url = f"{act(addressee, 'assess')}&proposal={proposal.ref}"
    html = desk.get(url).content.decode()
    assert "What A partner proposes" in html and "source/add/?kind=page" in html
    fields = form_on(desk, url)
    assert fields["implementation"] == ["implemented"] and fields["view"] == ["claimed"]
    assert fields["assessed_on"] == ["2025-11"] and fields["proposal"] == [str(proposal.ref)]
    done = desk.post(
        url.partition("?")[0], {**fields, "source": "a-page", "source_title": "", "save": "draft"}
    )
    assert done.status_code == 302, errors(done)
    proposal.refresh_from_db()
    assert proposal.state == "taken_up" and Assessment.objects.get().is_draft


def test_a_correction_is_taken_over_into_the_form_of_its_fact(desk: Client) -> None:
    body = make_body()
    proposal = make_proposal(
        ProposalKind.CORRECTION, Noun.BODY, body.ref, field="name", should_be="The Home Office"
    )
    url = f"{page(body)}?proposal={proposal.ref}"
    assert url in desk.get(page(proposal)).content.decode()
    assert "The Home Office" in desk.get(url).content.decode()
    saved = do(desk, url, name="The Home Office", reason="It is its name.")
    assert saved.status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "taken_up" and Body.objects.get(pk=body.pk).name == "The Home Office"


def test_a_form_that_somebody_else_was_faster_with_saves_nothing_of_theirs_away(desk: Client) -> None:
    body = make_body()
    proposal = make_proposal(ProposalKind.CORRECTION, Noun.BODY, body.ref)
    assert do(desk, act(proposal, "decline"), reason="No.").status_code == 302
    assert (
        do(
            desk, f"{page(body)}?proposal={proposal.ref}", name="Another", reason="It has another name."
        ).status_code
        == 302
    )
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("declined", "No.")


def test_declining_needs_a_reason_and_is_done_once(desk: Client) -> None:
    body = make_body()
    proposal = make_proposal(ProposalKind.CORRECTION, Noun.BODY, body.ref)
    lines = Event.objects.count()
    assert "reason" in errors(do(desk, act(proposal, "decline"), reason=""))
    assert do(desk, act(proposal, "decline"), reason="It is its name.").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.decided_at) == ("declined", "It is its name.", NOW)
    assert desk.get(act(proposal, "decline")).status_code == 400
    assert desk.get(act(proposal, "taken")).status_code == 400
    assert Event.objects.count() == lines


def test_deciding_needs_the_right_to_it(desk: Client) -> None:
    body = make_body()
    proposal = make_proposal(ProposalKind.CORRECTION, Noun.BODY, body.ref)
    viewer = someone(StaffRole.VIEWER)
    html = viewer.get(page(proposal)).content.decode()
    assert "Decline" not in html and "Take over" not in html
    assert viewer.get(act(proposal, "decline")).status_code == 403
    assert viewer.post(page(proposal), {}).status_code == 403
    assert "proposes" not in viewer.get(f"{page(body)}?proposal={proposal.ref}").content.decode()
    for who, found in (
        (User.objects.get(role=StaffRole.VIEWER), None),
        (make_user("adam", StaffRole.EDITOR), proposal),
    ):
        request = RequestFactory().get("/", {"proposal": str(proposal.ref)})
        request.user = who
        assert proposal_of(request) == found
    proposal.refresh_from_db()
    assert proposal.state == "waiting"


@pytest.mark.parametrize("written", ["", "x", "\ufffd", "0" * 5_000, "00000000-0000-4000-8000-000000000000"])
def test_an_address_of_no_proposal_is_a_plain_form(desk: Client, written: str) -> None:
    addressee = make_addressee()
    for url in (
        f"{act(addressee, 'assess')}&",
        f"{page(addressee)}?",
        "/admin/tracker/response/record/?report=a-report&",
    ):
        shown = desk.get(f"{url}proposal={written}&assessed_on=nonsense")
        assert shown.status_code == 200 and "proposes" not in shown.content.decode()

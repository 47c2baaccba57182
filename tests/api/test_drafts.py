"""Nothing about a draft can be told from any answer of the API."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import orjson
import pytest
from django.test import Client

from tests.api.conftest import AT, DRAFT, WITHDRAWN, Register, seal
from tests.factories import STAFF, make_answer, make_body, make_recommendation
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish
from tracker.models import Addressee, Answer, Body, Fact, Recommendation, Report, Response, Theme

LISTS = (
    "bodies",
    "groups",
    "regimes",
    "themes",
    "reports",
    "recommendations",
    "addressees",
    "responses",
    "scorecards",
    "changes",
)
# Answers that are no part of the crawl by links, and the parameters that a draft's name could be asked by.
BY_HAND = (
    "/api/schema/",
    "/api/docs/",
    "/api/v1/addressees/?as_of=2025-08-05",
    "/api/v1/addressees/?ordering=-days_overdue",
    "/api/v1/addressees/?status=rejected,deferred,overdue",
    "/api/v1/recommendations/?as_of=2025-08-05",
    "/api/v1/scorecards/?as_of=2025-08-05",
    "/api/v1/recommendations/safe/1/lineage/",
    "/api/v1/recommendations/before/9/lineage/",
)


def addresses(found: object) -> set[str]:
    """Every address of this API in an answer."""
    if isinstance(found, dict):
        return {place for value in found.values() for place in addresses(value)}
    if isinstance(found, list):
        return {place for value in found for place in addresses(value)}
    if isinstance(found, str) and found.startswith("http://testserver/api/"):
        parts = urlsplit(found)
        return {f"{parts.path}?{parts.query}" if parts.query else parts.path}
    return set()


def crawl(client: Client) -> dict[str, bytes]:
    """Every answer that can be reached from the root, and some asked by hand; page by page."""
    seen: dict[str, bytes] = {}
    waiting = {"/api/v1/", *BY_HAND, *(f"/api/v1/{name}/?page_size=7" for name in LISTS)}
    while waiting:
        place = waiting.pop()
        response = client.get(place)
        assert response.status_code == 200, (place, response.content)
        seen[place] = response.content
        seen[f"{place} headers"] = str(dict(response.headers)).encode()
        if response.headers["Content-Type"] == "application/json" and "schema" not in place:
            waiting |= addresses(orjson.loads(response.content)) - seen.keys()
    return seen


@pytest.mark.django_db
def test_no_answer_holds_a_word_of_a_draft(client: Client, drafts: Callable[[], None]) -> None:
    drafts()
    answers = crawl(client)
    assert {place.split("/")[3] for place in answers if place.startswith("/api/v1/")} >= {*LISTS}
    assert len(answers) > 100
    for place, content in answers.items():
        assert DRAFT.encode() not in content.lower(), place
        if "/changes/" not in place:  # what was public once was told once; its tombstone follows
            assert WITHDRAWN.encode() not in content.lower(), place


def everything(client: Client) -> dict[str, tuple[bytes, str]]:
    """Every list whole, and the richest details: bytes and headers."""
    places = [f"/api/v1/{name}/?page_size=200" for name in LISTS]
    places += ["/api/v1/addressees/?page_size=2&ordering=-answer_due_on", "/api/v1/recommendations/safe/1/"]
    answers = {place: client.get(place) for place in places}
    return {place: (answer.content, str(dict(answer.headers))) for place, answer in answers.items()}


def of(model: type[Fact], **how: object) -> str:
    return model.objects.get(**how).ref


@pytest.mark.django_db
def test_a_draft_and_a_thing_that_never_was_give_the_same_bytes(
    client: Client, drafts: Callable[[], None]
) -> None:
    drafts()
    hidden = {
        f"/api/v1/bodies/{of(Body, name=f'{DRAFT} body')}/",
        f"/api/v1/bodies/{of(Body, name=f'{WITHDRAWN} under a withdrawn source')}/",
        f"/api/v1/themes/{of(Theme, name=f'{DRAFT} theme')}/",
        f"/api/v1/reports/{of(Report, title=f'{DRAFT} report')}/",
        f"/api/v1/recommendations/{of(Recommendation, title=f'{DRAFT} ask')}/",
        f"/api/v1/recommendations/{of(Recommendation, title=f'{DRAFT} under a draft')}/",
        f"/api/v1/recommendations/{of(Recommendation, title=f'{WITHDRAWN} ask')}/",
        f"/api/v1/addressees/{of(Addressee, recommendation__title=f'{WITHDRAWN} ask')}/",
        *(f"/api/v1/addressees/{row.ref}/" for row in Addressee.objects.filter(body__name__contains=DRAFT)),
        f"/api/v1/recommendations/{of(Recommendation, title=f'{DRAFT} ask')}/lineage/",
        f"/api/v1/scorecards/body/{of(Body, name=f'{DRAFT} body')}/",
        f"/api/v1/scorecards/publisher/{of(Body, name=f'{DRAFT} body')}/",
        f"/api/v1/scorecards/report/{of(Report, title=f'{DRAFT} report')}/",
        f"/api/v1/responses/{Response.objects.exclude(pk__in=Response.objects.public())[0].ref}/",
    }
    for place in hidden:
        never = f"/api/v1/{place.split('/')[3]}/never-heard-of/"
        if place.endswith("/lineage/"):
            never = "/api/v1/recommendations/never/heard-of/lineage/"
        one, other = client.get(place), client.get(never)
        assert one.status_code == 404
        assert (one.content, dict(one.headers)) == (other.content, dict(other.headers)), place
        for method in ("options", "post", "head"):
            one, other = getattr(client, method)(place), getattr(client, method)(never)
            assert (one.content, dict(one.headers)) == (other.content, dict(other.headers)), place


@pytest.mark.django_db
def test_a_filter_by_a_draft_finds_what_a_filter_by_nothing_finds(
    client: Client, drafts: Callable[[], None]
) -> None:
    drafts()
    for name, ref in (
        ("body", of(Body, name=f"{DRAFT} body")),
        ("answered_by", of(Body, name=f"{DRAFT} body")),
        ("group", f"{DRAFT}-crowd"),
        ("theme", of(Theme, name=f"{DRAFT} theme")),
        ("publisher", of(Body, name=f"{DRAFT} body")),
        ("report", of(Report, title=f"{DRAFT} report")),
        ("recommendation", of(Recommendation, title=f"{DRAFT} ask")),
    ):
        hidden = client.get("/api/v1/addressees/", {name: ref})
        assert hidden.content == client.get("/api/v1/addressees/", {name: "never-heard-of"}).content
        assert orjson.loads(hidden.content)["results"] == []
    for place, name, ref in (
        ("reports", "publisher", of(Body, name=f"{DRAFT} body")),
        ("reports", "regime", f"{DRAFT}-rule"),
        ("bodies", "group", f"{DRAFT}-crowd"),
        ("responses", "body", of(Body, name=f"{DRAFT} body")),
        ("recommendations", "theme", of(Theme, name=f"{DRAFT} theme")),
    ):
        assert orjson.loads(client.get(f"/api/v1/{place}/", {name: ref}).content)["results"] == []


@pytest.mark.django_db
def test_entering_drafts_changes_no_byte_of_any_answer(client: Client, register: Register) -> None:
    """Not the lists, not the cursors, not the ETags, not the changes."""
    before = everything(client)
    hidden = make_body(f"{DRAFT} body", published=False)
    one = register.addressees[0]
    make_answer(one, position="rejected", published=False)
    make_recommendation(f"{DRAFT} ask", number="3", report=register.report, published=False)
    seal()
    assert everything(client) == before
    publish(facts=[hidden], by=STAFF, at=hidden.updated_at)
    seal()
    assert everything(client) != before


@pytest.mark.django_db
def test_a_private_edit_does_not_show(client: Client, register: Register) -> None:
    before = everything(client)
    later = AT + timedelta(days=30)
    for fact in (register.addressees[0], Answer.objects.public()[0], register.report):
        assert correct(
            fact=fact, values={"note": "Rang them up."}, reason="For the file.", by=STAFF, at=later
        )
    seal()
    assert everything(client) == before

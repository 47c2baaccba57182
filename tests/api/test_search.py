"""Full text: found wherever a public row holds it, in the transaction that made it public, and nothing of a draft."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from django.test import Client

from tests.api.conftest import AT, DRAFT, Register, seal
from tests.api.test_pages import walk
from tests.factories import STAFF, make_addressee, make_answer, make_body, make_recommendation
from tracker.actions.correcting import correct
from tracker.actions.publishing import publish, withdraw
from tracker.models import Addressee
from tracker.queries import search
from tracker.queries.keysets import Few

pytestmark = pytest.mark.django_db

LISTS = ("addressees", "recommendations", "reports", "responses", "bodies")


def results(client: Client, name: str, q: str, **given: Any) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{name}/", {"q": q, "page_size": "50", **given})
    assert answer.status_code == 200, answer.content
    return orjson.loads(answer.content)["results"]


def found(client: Client, name: str, q: str, **given: Any) -> list[str]:
    return [each["id"] for each in results(client, name, q, **given)]


@pytest.fixture
def spoken(register: Register) -> Register:
    """The first force wrote of a café; the council wrote, for the second, of an embargo."""
    one, two, *_ = register.addressees
    for row, words in ((one, "We opened a café & <b>closed</b> it."), (two, "Of an embargo.")):
        answer = row.answers.get()
        correct(fact=answer, values={"summary": words}, reason="As read.", by=STAFF, at=AT)
    seal()
    return register


def test_each_noun_is_found_by_its_own_texts_names_and_answers(client: Client, spoken: Register) -> None:
    first = "safe/1/force-a"
    assert found(client, "addressees", "cafe") == found(client, "addressees", "CAFÉ") == [first]
    assert found(client, "recommendations", "café") == ["safe/1"]
    assert found(client, "addressees", "stopping") == ["safe/1/force-a", "safe/1/force-b", "safe/1/force-c"]
    assert sorted(found(client, "recommendations", "stop")) == ["before/9", "safe/1"]
    assert found(client, "reports", "safe") == ["safe"]
    assert found(client, "reports", "firewall") == ["safe"]
    assert found(client, "reports", "inspectorate") == ["safe"]
    assert len(found(client, "responses", "embargo")) == 1
    assert found(client, "bodies", "council") == found(client, "bodies", "nc") == ["national-council"]
    assert set(found(client, "addressees", "home office")) == {
        "safe/2-firewall/home-office",
        "safe/2-review/home-office",
    }


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("cafe stop", "a"),
        ("cafe firewall", ""),
        ("cafe or embargo", "ab"),
        ("stop -cafe", "bc"),
        ("stop -cafe -embargo", "c"),
        ('"opened a cafe"', "a"),
        ('"opened cafe"', ""),
        ('"force b" stop', "b"),
        ("force", "abc"),
        ("the", ""),
        ("the cafe", "a"),
        ("cafe or the", "a"),
        ("- & ! | ( ) : * <->", ""),
    ],
)
def test_terms_are_joined_as_people_type_them(
    client: Client, spoken: Register, q: str, numbers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked up in the indexes first, or row by row: what is found is the same."""
    for rare in (0, 800):
        monkeypatch.setattr(search, "_RARE", rare)
        asked = found(client, "addressees", q, recommendation="safe/1", ordering="id")
        assert asked == [f"safe/1/force-{letter}" for letter in numbers], (q, rare)
        assert sorted(found(client, "addressees", q, recommendation="safe/1")) == asked


def test_a_name_may_be_misspelt(client: Client, register: Register) -> None:
    make_body("Gloucestershire Constabulary")
    seal()
    for q in ("Glocestershire", "gloucestershire", "Gloucestershir", "Glouchestershire"):
        assert found(client, "bodies", q) == ["gloucestershire-constabulary"], q
    make_body("Ministry of Justice")
    make_body("Kent Police")
    seal()
    for q, ref in {"Minstry": "ministry-of-justice", "Justce": "ministry-of-justice", "Kennt": "kent-police",
                   "Polce": "kent-police", "Polise": "kent-police", "Offce": "home-office"}.items():  # fmt: skip
        assert ref in found(client, "bodies", q), q
    assert found(client, "bodies", "Bananas") == []
    assert found(client, "bodies", '"Glocestershire Constabulary"') == []
    [one] = results(client, "bodies", "Glocestershire")
    assert one["snippet"] == "<mark>Gloucestershire Constabulary</mark>"
    assert {each["body"]["id"] for each in results(client, "addressees", "Ofice Home")} == {"home-office"}


def test_a_snippet_is_safe_to_show(client: Client, spoken: Register) -> None:
    [one] = results(client, "addressees", "closed")
    assert "café &amp; " in one["snippet"] and "<mark>closed</mark>" in one["snippet"]
    assert "<b>" not in one["snippet"]
    hostile = "<mark>\ue000<script>alert(1)</script>\ue001 \"'zeppelin & co"
    correct(
        fact=spoken.addressees[0].answers.get(),
        values={"summary": hostile},
        reason="So it is.",
        by=STAFF,
        at=AT,
    )
    seal()
    shown = results(client, "addressees", "zeppelin")[0]["snippet"]
    assert "<mark>zeppelin</mark>" in shown
    assert set(shown.replace("<mark>", "").replace("</mark>", "")) & set("<>\"'\ue000\ue001") == set()
    assert "snippet" not in orjson.loads(client.get("/api/v1/addressees/").content)["results"][0]


def test_relevance_has_titles_first_and_pages_that_go_on(client: Client, register: Register) -> None:
    for number in range(7):
        make_recommendation(
            f"Zeppelin {number}" if number == 3 else f"Ask {number}",
            number=f"Z{number}",
            report=register.report,
            text="Of one zeppelin. " + "And more words of other things. " * number,
        )
    seal()
    whole = found(client, "recommendations", "zeppelin")
    assert whole[0] == "safe/z3"
    assert len(whole) == 7
    assert walk(client, "/api/v1/recommendations/?q=zeppelin&page_size=2") == (whole, whole)
    newest = found(client, "recommendations", "zeppelin", ordering="-asked_on")
    assert sorted(newest) == sorted(whole) and newest != whole


def test_relevance_ranks_so_many_and_another_order_has_all(
    client: Client, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_RANKED", 2)
    assert len(found(client, "addressees", "force")) == 2
    make_recommendation("Stop force", number="4", report=register.report, published=False)
    seal()
    assert len(found(client, "recommendations", "stop")) == 2
    assert len(found(client, "addressees", "force", ordering="id")) == 3


@pytest.fixture
def all_is_rare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In a register so small every word stands in many of its rows: here none counts as frequent."""
    monkeypatch.setattr(search, "_EVERYWHERE", 1000)
    search._held_text.cache_clear()
    yield
    search._held_text.cache_clear()


def test_where_few_may_fit_the_pages_are_those_of_all(
    client: Client,
    spoken: Register,
    drafts: Callable[[], None],
    all_is_rare: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are sorted first, and asked one by one whether they may be seen; by an order of the seen it is not so."""
    drafts()
    asked = [
        f"/api/v1/{name}/?page_size=2&ordering={order}&{given}"
        for name, orders in {
            "addressees": ("-asked_on", "-days_overdue", "relevance"),
            "recommendations": ("id", "relevance"),
        }.items()
        for order in orders
        for given in (f"q={DRAFT}", "q=force&as_of=2025-06-30", "q=cafe or force&report=safe")
    ]
    told: list[Any] = []
    with monkeypatch.context() as patch:
        patch.setattr(search, "Few", lambda *few: told.append(few) or Few(*few))
        few = {place: pages(client, place) for place in asked}
    assert len(told) >= len(few)
    assert any(len(each) > 1 for each in few.values())
    monkeypatch.setattr(search, "Few", lambda *_: None)
    for place in asked:
        assert pages(client, place) == few[place], place


def pages(client: Client, place: str) -> list[list[str]]:
    """The ids on each page; not for ever, where there is no end."""
    told: list[list[str]] = []
    while place and len(told) < 9:
        page = orjson.loads(client.get(place).content)
        told.append([each["id"] for each in page["results"]])
        place = page["next"]
    return told


def test_what_was_answered_later_was_not_yet_said(client: Client, spoken: Register) -> None:
    assert found(client, "addressees", "cafe", as_of="2025-07-01") == ["safe/1/force-a"]
    assert found(client, "addressees", "cafe", as_of="2025-06-30") == []
    assert found(client, "recommendations", "cafe", as_of="2025-06-30") == []


def test_it_joins_with_filters_and_orders(client: Client, spoken: Register) -> None:
    assert found(client, "addressees", "force", status="accepted") == ["safe/1/force-a"]
    assert found(client, "addressees", "force", ordering="-days_overdue")[0] == "safe/1/force-c"
    assert found(client, "recommendations", "stop", report="before") == ["before/9"]


def test_drafts_are_not_found_and_move_nothing(
    client: Client, register: Register, drafts: Callable[[], None]
) -> None:
    _, _, three, *_ = register.addressees
    asked = [
        (name, q)
        for name in LISTS
        for q in ("stop", "force", "safe or home", "xylophone", "xilophone", DRAFT)
    ]
    before = {each: results(client, *each) for each in asked}
    hidden = make_answer(three, position="rejected", quote="Stop the xylophone force.", published=False)
    make_recommendation("Stop a xylophone", number="6", report=register.report, published=False)
    body = make_body("Xylophone force", published=False)
    make_addressee(recommendation=register.ask, body=body)
    seal()
    assert {each: results(client, *each) for each in asked} == before
    publish(facts=[hidden.response, hidden], by=STAFF, at=AT)
    seal()
    assert found(client, "addressees", "xylophone") == [three.ref]  # from the moment that published it
    withdraw(facts=[hidden], reason="Another's.", by=STAFF, at=AT)
    seal()
    assert found(client, "addressees", "xylophone") == []
    drafts()
    for name in LISTS:
        assert found(client, name, DRAFT) == found(client, name, f"{DRAFT} or quagga") == [], name


def test_what_is_wrong_is_named(client: Client, register: Register) -> None:
    for name in LISTS:
        for given in (
            {"q": "x" * 201},
            {"q": " ".join(f"w{n}" for n in range(17))},
            {"q": " ".join(f"-w{n}" for n in range(17))},
            {"q": ""},
            {"q": "   "},
            {"q": "\x00"},
            {"q": "or"},
        ):
            answer = client.get(f"/api/v1/{name}/", given)
            assert answer.status_code == 400, (name, given)
            assert {each["parameter"] for each in orjson.loads(answer.content)["errors"]} == {"q"}
        alone = client.get(f"/api/v1/{name}/", {"ordering": "relevance"})
        assert orjson.loads(alone.content)["errors"][0]["parameter"] == "ordering"
        assert client.get(f"/api/v1/{name}/", {"q": "é" * 200}).status_code == 200
        assert client.get(f"/api/v1/{name}/", {"q": " ".join(f"w{n}" for n in range(16))}).status_code == 200


@pytest.mark.parametrize(
    "q",
    [
        '"', '""', '"""', "-", "--", "-\"", "or or or", "a or", "%", "%s %(x)s {0}", "\\", "'", "';--", "a & b | !c",
        "'a':*", "a<->b", "<2>", "\ue000\ue001", "\U0001f600", "a\u0301", "\uff21", "\u202e", "http://x/y?z=1", "a@b.c",
        "1.5e300", "-1", "x-y-z", "x/y", "\t\n", "\u2019", "-" * 200, "(" * 200,
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(client: Client, register: Register, q: str) -> None:
    for name in LISTS:
        for more in ({}, {"ordering": "id"}):
            assert client.get(f"/api/v1/{name}/", {"q": q, **more}).status_code in (200, 400), (name, q)


def test_a_filter_and_a_search_never_find_more_than_the_list_has(client: Client, register: Register) -> None:
    assert set(found(client, "addressees", "stop or home or force", ordering="id")) <= {
        row.ref for row in Addressee.objects.public()
    }


def test_a_draft_keeps_no_misspelt_name_from_being_found(client: Client, register: Register) -> None:
    """A name that somebody bears is not taken for a typing error; a draft is nobody."""
    make_body("Xylophone Trust")
    seal()
    assert found(client, "bodies", "Xilophone") == ["xylophone-trust"]
    make_body("Xilophone Trust", published=False)
    seal()
    assert found(client, "bodies", "Xilophone") == ["xylophone-trust"]

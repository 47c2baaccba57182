"""No input makes the desk fail: it is refused at its field, finds nothing, or is a bad request."""

from typing import Any

import pytest
from django.test import Client

from tests.admin.pages import act, do, errors, fields_in, form_on, page
from tests.factories import make_addressee, make_body, make_report
from tracker.admin.site import site
from tracker.models import Event

pytestmark = pytest.mark.django_db

LISTS = [f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in site._registry]
QUERIES = [
    "q=%00",
    "q=" + "a" * 10_000,
    "q=" + "a+" * 5_000,
    "q=%ED%A0%80",
    "q=%22unclosed+%5C",
    "p=99999999999999999999",
    "p=-1",
    "p=x",
    "o=99999.-99999",
    "o=x.y.z",
    "all=",
    "e=1",
    "_changelist_filters=%00",
    "_changelist_filters=" + "q%3Da%26" * 300,
    "_to_field=password",
    "_popup=1",
    "_facets=1",
    "state=%00",
    "state=nonsense",
    "kind__exact=%00",
    "kind__exact=nonsense",
    "id__exact=99999999999999999999",
    "id__exact=x",
    "pk__in=1,2,x",
    "queue=nonsense",
    "body=%00",
    "body=" + "x" * 5_000,
    "report=-1",
    "recorded_at__gte=0000-00-00",
    "recorded_at__gte=9999-12-31+23:59:59",
    "recorded_at__year=99999999999",
    "created_at__gte=x",
    "position__exact=" + "x" * 5_000,
    "password__startswith=a",
    "groups__id__exact=99999999999999999999",
    "%00=1",
    "a" * 20_000,
]

# What depends on the list is asked of every one; what Django or the guard refuse for all alike, of a few.
EVERYWHERE = [
    query for query in QUERIES if query.startswith(("q=%00", "q=a", "o=", "state=n", "kind", "id__"))
]
FEW = [f"/admin/tracker/{noun}/" for noun in ("addressee", "answer", "event", "user")]


@pytest.mark.filterwarnings("ignore:.*received a naive datetime")
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:30])
def test_no_query_string_breaks_a_list(desk: Client, query: str) -> None:
    make_addressee()
    for url in LISTS if query in EVERYWHERE else FEW:
        response = desk.get(f"{url}?{query}")
        assert response.status_code in (200, 302, 400), (url, response.status_code)


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 25, "1_00", "%00", "None", "a/b", "\u0661"])
def test_no_number_in_an_address_breaks_a_page(desk: Client, number: str) -> None:
    for url in LISTS:
        for view in ("change/", "history/", "delete/", "", "password/"):
            response = desk.get(f"{url}{number}/{view}")
            assert response.status_code in (200, 301, 302, 400, 403, 404), (url, view, response.status_code)
    assert desk.get(f"/admin/tracker/response/{number}/recorded/").status_code in (400, 404)


@pytest.mark.parametrize(
    "ids", ["", "x", "1,", "-1", "9" * 30, "1;2", "%00", ",".join(["1"] * 3_000), "\u0661"]
)
def test_forged_numbers_of_an_act_are_a_bad_request(desk: Client, ids: str) -> None:
    make_report()
    assert desk.get(f"/admin/tracker/report/act/publish/?facts={ids}").status_code == 400
    given = {"facts": ids.replace("%00", "\x00"), "act": "publish", "reason": ""}
    assert desk.post("/admin/tracker/report/act/publish/", given).status_code == 400


def test_an_act_that_is_none_is_not_found(desk: Client) -> None:
    assert desk.get("/admin/tracker/report/act/no-such-act/?facts=1").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        "app_label=tracker&model_name=report&field_name=source&term=%00",
        "app_label=tracker&model_name=report&field_name=source&term=" + "a+" * 5_000,
        "app_label=tracker&model_name=report&field_name=source&page=99999999999999999999",
        "app_label=tracker&model_name=report&field_name=title&term=a",
        "app_label=tracker&model_name=report&field_name=__class__&term=a",
        "app_label=auth&model_name=permission&field_name=content_type&term=a",
        "app_label=%00&model_name=x&field_name=y",
    ],
)
def test_no_question_for_names_breaks(desk: Client, query: str) -> None:
    make_report()
    assert desk.get(f"/admin/autocomplete/?{query}").status_code in (200, 400, 403, 404)


TEXTS = ["a\x00b", "x" * 50_000, "9" * 5_000, "😀" * 300, "<script>alert(1)</script>", "-1", "[1", "\\ud800"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:12]))
def test_no_text_in_every_field_of_a_form_breaks_it(desk: Client, text: str) -> None:
    opened = {url: desk.get(f"{url}add/") for url in LISTS}
    forms = {
        url: fields_in(shown.content.decode()) for url, shown in opened.items() if shown.status_code == 200
    }
    assert len(forms) > 10
    for url, form in forms.items():
        fields: dict[str, Any] = dict.fromkeys(form, text)
        for several in ("publishers", "themes", "bodies", "recommendations", "made_by", "contested_by"):
            fields[several] = [text, text]
        # Refused at its fields, or taken as the text it is.
        assert desk.post(f"{url}add/", fields).status_code in (200, 302), url


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:12]))
def test_no_text_breaks_a_correction(desk: Client, text: str) -> None:
    body = make_body()
    fields = dict.fromkeys(form_on(desk, page(body)), text)
    assert errors(desk.post(page(body), fields))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:12]))
def test_no_text_breaks_an_act(desk: Client, text: str) -> None:
    row = make_addressee()
    for name in ("check", "set", "extend", "assess", "withdraw"):
        fields = dict.fromkeys(form_on(desk, act(row, name)), text)
        url = f"/admin/tracker/addressee/act/{name}/"
        given = {**fields, "facts": str(row.pk), "act": name}
        assert desk.post(url, given).status_code in (200, 302), name


@pytest.mark.parametrize(
    ("field", "written", "named"),
    [
        ("identifiers", "Q1424", "a name, a colon and the value"),
        ("identifiers", "https://example.org/1", "a name, a colon and the value"),
        ("identifiers", "wikidata: Q1\nwikidata: Q2", "Each name once: wikidata"),
        ("identifiers", "wikidata: " + "9" * 5_000, "5000"),
        ("contacts", "foi: " + "a" * 5_000, "5000"),
    ],
)
def test_a_line_that_cannot_be_stored_is_refused_with_the_fix(
    desk: Client, field: str, written: str, named: str
) -> None:
    response = do(desk, page(make_body()), **{field: written}, reason="Found on Wikidata.")
    assert named in str(errors(response)[field])


def test_identifiers_and_contacts_are_written_as_lines(desk: Client) -> None:
    body = make_body()
    do(
        desk,
        page(body),
        identifiers=" wikidata : Q1424 \r\n\r\nlist:a:b\nsite: https://example.org/?a:b",
        contacts="FOI team: foi@example.org\npress@example.org\nhttps://example.org/ask",
        reason="Their site.",
    )
    body.refresh_from_db()
    assert body.identifiers == {"wikidata": "Q1424", "list": "a:b", "site": "https://example.org/?a:b"}
    assert body.contacts == [
        {"purpose": "FOI team", "address": "foi@example.org"},
        {"purpose": "", "address": "press@example.org"},
        {"purpose": "", "address": "https://example.org/ask"},
    ]
    shown = form_on(desk, page(body))
    assert shown["contacts"] == ["FOI team: foi@example.org\r\npress@example.org\r\nhttps://example.org/ask"]
    lines = Event.objects.count()
    do(desk, page(body), reason="Nothing was changed.")
    assert Event.objects.count() == lines


def test_a_forged_cookie_is_a_bad_request(desk: Client) -> None:
    client = Client()
    client.cookies.load('sessionid="aaaaaaaaaaaaaaaa\\000"')
    for url in ("/admin/", "/admin/login/"):
        assert client.get(url).status_code == 400


@pytest.mark.parametrize("name", ["a\x00b", "x" * 10_000, "😀"])
def test_no_user_name_breaks_the_log_in(client: Client, name: str) -> None:
    assert client.post("/admin/login/", {"username": name, "password": name}).status_code == 200

"""The OpenAPI description: it builds without a warning, and every answer is what it says."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from api import views
from api.schema import openapi
from tests.api.conftest import Register

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


def test_it_builds_without_a_warning_or_an_error() -> None:
    with GENERATOR_STATS.silence():
        GENERATOR_STATS.reset()
        SchemaGenerator().get_schema(request=None, public=True)
        assert not GENERATOR_STATS._warn_cache and not GENERATOR_STATS._error_cache


def shape(reference: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**reference, "components": openapi()["components"]})


def closed(found: Any) -> Any:
    """The same description, with no field allowed that it does not name."""
    if isinstance(found, dict):
        kept = {name: closed(value) for name, value in found.items()}
        if kept.get("type") == "object" and "properties" in kept and "additionalProperties" not in kept:
            kept["additionalProperties"] = False
        return kept
    return [closed(each) for each in found] if isinstance(found, list) else found


def answers(path: str, status: str = "200", media: str = "application/json") -> Draft202012Validator:
    described = closed(openapi())
    content = described["paths"][path]["get"]["responses"][status]["content"][media]["schema"]
    return Draft202012Validator({**content, "components": described["components"]})


@pytest.mark.django_db
def test_every_answer_is_what_the_description_says(
    client: Client, register: Register, drafts: Callable[[], None]
) -> None:
    drafts()
    for name in LISTS:
        page = client.get(f"/api/v1/{name}/?page_size=200").json()
        assert page["results"], name
        answers(f"/api/v1/{name}/").validate(page)
        for listed in page["results"][:6] if name != "changes" else ():
            answers(f"/api/v1/{name}/{{ref}}/").validate(client.get(listed["url"]).json())
    answers("/api/v1/recommendations/{ref}/").validate(client.get("/api/v1/recommendations/safe/2/").json())
    answers("/api/v1/recommendations/{ref}/lineage/").validate(
        client.get("/api/v1/recommendations/safe/1/lineage/").json()
    )
    wrong = answers("/api/v1/bodies/", "400", "application/problem+json")
    wrong.validate(client.get("/api/v1/bodies/?x=1").json())
    answers("/api/v1/bodies/{ref}/", "404", "application/problem+json").validate(
        client.get("/api/v1/bodies/never/").json()
    )


def test_every_parameter_that_is_read_is_described() -> None:
    for view in vars(views).values():
        if hasattr(view, "matching"):
            described = openapi()["paths"][f"/api/v1/{view.shape.resource}/"]["get"]["parameters"]
            assert {each["name"] for each in described} == set(view.parameters().fields)


@pytest.mark.django_db
def test_it_is_served_as_openapi_3_1(client: Client) -> None:
    answer = client.get("/api/schema/")
    assert orjson.loads(answer.content)["openapi"].startswith("3.1")
    assert client.get("/api/schema/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_the_page_of_the_description_runs_no_inline_script_or_style(client: Client) -> None:
    page = client.get("/api/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert "<style" not in text and "style=" not in text and "onload=" not in text
    assert all("src=" in tag.partition(">")[0] for tag in text.split("<script")[1:])
    assert "https://" not in text and "//cdn" not in text

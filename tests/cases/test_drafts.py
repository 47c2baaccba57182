"""What was not checked is a draft, and the public learns nothing of it."""

import pytest
from django.db import connection

from tracker.models import (
    Addressee,
    Answer,
    Body,
    Development,
    EventContent,
    Extension,
    Link,
    Recommendation,
    Regime,
    Response,
    Source,
    SourcedFact,
    Theme,
)

pytestmark = pytest.mark.django_db

DRAFTS = {
    "safe-to-share/5",
    "safe-to-share/6",
    "safe-to-share/7",
    "safe-to-share/action-hmicfrs",
    "dac-safety-before-status-solutions-2022/dac22-firewall",
    "sector-to-ho-review-2021/sector21-time-limited-firewall",
    "ppda-2022/2",
}


def test_unverified_recommendations_are_drafts_and_no_others() -> None:
    hidden = set(Recommendation.objects.values_list("ref", flat=True)) - shown(Recommendation)
    assert hidden == DRAFTS


def test_what_stands_on_a_draft_is_a_draft_too() -> None:
    for model, path in ((Addressee, "recommendation__ref"), (Answer, "addressee__recommendation__ref")):
        below = model.objects.filter(**{f"{path}__in": DRAFTS})
        assert below.exists()
        assert not below.filter(published_at__isnull=False).exists()
        assert not model.objects.exclude(**{f"{path}__in": DRAFTS}).filter(published_at=None).exists()
    assert not Link.objects.public().filter(recommendation__ref__in=DRAFTS).exists()
    assert not Link.objects.public().filter(other__ref__in=DRAFTS).exists()


def test_rules_without_a_source_a_response_and_an_extension_wait_to_be_checked() -> None:
    assert set(Regime.objects.values_list("ref", flat=True)) - shown(Regime) == {"phso", "grevio"}
    assert set(Response.objects.values_list("ref", flat=True)) - shown(Response) == {
        "home-office-2023-07-07-the-solutions"
    }
    assert not Extension.objects.public().exists()


def test_everything_else_is_published() -> None:
    assert Body.objects.count() == len(shown(Body)) == 123
    assert Development.objects.count() == len(shown(Development))


def test_a_source_or_a_theme_of_drafts_only_is_not_shown_alone() -> None:
    assert set(Source.objects.values_list("ref", flat=True)) - shown(Source) == {
        "govuk-responses-to-safe-to-share",
        "govuk-response-to-the-solutions",
    }
    assert set(Theme.objects.values_list("ref", flat=True)) - shown(Theme) == {"information-for-victims"}


def test_no_public_line_names_a_draft() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    public = b"\n".join(bytes(each.public) for each in EventContent.objects.exclude(public=None))
    assert b"safe-to-share/1" in public
    for ref in DRAFTS:
        assert f'"{ref}"'.encode() not in public, ref
        assert f'"{ref}/'.encode() not in public, ref
    assert b"until-2021-12-31" not in public


def test_what_the_public_sees_has_a_source_and_was_checked() -> None:
    for model in SourcedFact.__subclasses__():
        public = model.objects.public()
        assert not public.filter(source=None).exists()
        assert not public.filter(verification="unverified").exists()


def shown(model: type) -> set[str]:
    return set(model.objects.public().values_list("ref", flat=True))  # type: ignore[attr-defined]

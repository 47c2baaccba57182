"""Entering the facts that others stand on: sources, bodies, groups, regimes, themes, links, developments.

Each is entered as a draft; `publishing.publish` shows it. A fact without a public name gets one from its words.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from tracker.actions._checked import needs_source, not_in_the_future
from tracker.actions._writing import New, Writing, record, unique_ref
from tracker.ledger import Actor
from tracker.models import (
    Body,
    Claim,
    Development,
    Fact,
    Group,
    Link,
    Membership,
    Recommendation,
    Regime,
    Source,
    Theme,
)
from tracker.models.base import span_of
from tracker.queries.days import register_day


def name_fact(fact: Fact, words: str) -> None:
    """Give a fact its public name, once: the words as a slug, numbered where that is taken."""
    if not fact.ref:
        fact.ref = unique_ref(type(fact), slugify(words)[:100].strip("-") or fact.noun.value)


@transaction.atomic
def add_sources(*, sources: Sequence[Source], by: Actor, at: datetime) -> list[Fact]:
    """Enter sources."""
    for source in sources:
        name_fact(source, source.title)
        not_in_the_future("dated_on", span_of(source, "dated"), register_day(at))
    return record([New(source) for source in sources], Writing(by, at))


@transaction.atomic
def add_bodies(*, bodies: Sequence[Body], by: Actor, at: datetime) -> list[Fact]:
    """Enter bodies."""
    for body in bodies:
        name_fact(body, body.name)
    return record([New(body) for body in bodies], Writing(by, at))


@transaction.atomic
def add_groups(*, groups: Sequence[Group], by: Actor, at: datetime) -> list[Fact]:
    """Enter groups, without members."""
    for group in groups:
        name_fact(group, group.name)
    return record([New(group) for group in groups], Writing(by, at))


@transaction.atomic
def add_members(*, memberships: Sequence[Membership], by: Actor, at: datetime) -> list[Fact]:
    """Enter memberships of groups. Raises ValidationError where a body would be a member twice at a time."""
    for membership in memberships:
        if not membership.ref:
            since = f"/{membership.from_on}" if membership.from_on else ""
            membership.ref = unique_ref(Membership, f"{membership.group.ref}/{membership.body.ref}{since}")
    return record([New(membership) for membership in memberships], Writing(by, at))


@transaction.atomic
def add_regimes(*, regimes: Sequence[Regime], by: Actor, at: datetime) -> list[Fact]:
    """Enter the rules that set the time to answer."""
    for regime in regimes:
        name_fact(regime, regime.name)
    return record([New(regime) for regime in regimes], Writing(by, at))


@transaction.atomic
def add_themes(*, themes: Sequence[Theme], by: Actor, at: datetime) -> list[Fact]:
    """Enter themes."""
    for theme in themes:
        name_fact(theme, theme.name)
    return record([New(theme) for theme in themes], Writing(by, at))


@transaction.atomic
def link_recommendations(*, links: Sequence[Link], by: Actor, at: datetime) -> list[Fact]:
    """Say how asks stand to others. Raises ValidationError for a link twice, or of an ask to itself."""
    for link in links:
        link.ref = link.ref or unique_ref(
            Link, f"{link.recommendation.ref}/{link.kind}/{link.other.ref}"[:200]
        )
    return record([New(link) for link in links], Writing(by, at))


@transaction.atomic
def record_developments(
    *,
    developments: Sequence[Development],
    bodies: Mapping[int, Sequence[Body]],
    recommendations: Mapping[int, Sequence[Recommendation]],
    by: Actor,
    at: datetime,
) -> list[Fact]:
    """Enter happenings around asks. The maps go by place in the list: 0 is the first development."""
    entries = []
    for place, development in enumerate(developments):
        needs_source(development.source, "development")
        not_in_the_future("happened_on", span_of(development, "happened"), register_day(at))
        name_fact(development, development.title)
        entries.append(
            New(
                development,
                {
                    "bodies": bodies.get(place, []),
                    "recommendations": recommendations.get(place, []),
                },
            )
        )
    return record(entries, Writing(by, at))


@transaction.atomic
def record_claims(
    *,
    claims: Sequence[Claim],
    made_by: Mapping[int, Sequence[Body]],
    contested_by: Mapping[int, Sequence[Body]],
    by: Actor,
    at: datetime,
) -> list[Fact]:
    """Enter contested statements. The maps go by place in the list."""
    entries = []
    for place, claim in enumerate(claims):
        needs_source(claim.source, "claim")
        if not contested_by.get(place):
            raise ValidationError({"contested_by": ["Name who contests it: else it is no contested claim."]})
        name_fact(claim, claim.text)
        entries.append(
            New(
                claim,
                {
                    "made_by": made_by.get(place, []),
                    "contested_by": contested_by[place],
                },
            )
        )
    return record(entries, Writing(by, at))

"""Bodies and groups as they are shown to anyone, on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import prefetch_related_objects

from tracker.models import Body, Group, Membership
from tracker.queries.references import (
    BodyRef,
    Ends,
    GroupRef,
    SourceView,
    source_view,
    spoken,
)
from tracker.queries.sentences import of_body
from tracker.queries.tallies import Counts, counts, tallies
from tracker.vocabulary import BodyKind


@dataclass(frozen=True)
class BelongsView:
    """A group that the body is or was a member of; `until_on` is the first day after it."""

    resource: ClassVar[str] = "groups"

    id: str
    name: str
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class BodyView:
    """Whoever recommends, is addressed, or answers; its counts are those of what was put to it by this name."""

    resource: ClassVar[str] = "bodies"

    id: str
    as_of: date
    name: str
    other_names: list[str]
    kind: BodyKind
    jurisdiction: str
    website: str
    identifiers: dict[str, str]
    parent: BodyRef | None
    overseen_by: BodyRef | None
    speaks_for: GroupRef | None
    ended_on: date | None
    successor: BodyRef | None
    groups: list[BelongsView]
    counts: Counts
    sentence: str
    source: SourceView | None


@dataclass(frozen=True)
class MemberView:
    """A body that is or was a member of the group; `until_on` is the first day after it."""

    resource: ClassVar[str] = "bodies"

    id: str
    name: str
    kind: BodyKind
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class GroupView:
    """A named set of bodies. Addressing it addresses each member of the report's date."""

    resource: ClassVar[str] = "groups"

    id: str
    as_of: date
    name: str
    members_called: str
    member_count: int
    members: list[MemberView]
    spoken_for_by: list[BodyRef]
    source: SourceView | None


def body_views(bodies: Sequence[Body], on: date) -> list[BodyView]:
    """The bodies given, which are taken to be public, on a day; a fixed number of queries."""
    rows = list(bodies)
    if not rows:
        return []
    prefetch_related_objects(rows, "source")
    groups = _groups(rows)
    tally = tallies("body", [row.pk for row in rows], on)
    ends = Ends.load(
        bodies=[
            *(pk for row in rows for pk in (row.parent_id, row.overseen_by_id, row.successor_id)),
            *(pk for each in tally.values() for pk in each.spoken_for),
        ],
        groups=[row.speaks_for_id for row in rows],
    )
    return [
        BodyView(
            id=row.ref,
            as_of=on,
            name=row.name,
            other_names=row.other_names,
            kind=BodyKind(row.kind),
            jurisdiction=row.jurisdiction,
            website=row.url,
            identifiers=row.identifiers,
            parent=ends.body(row.parent_id),
            overseen_by=ends.body(row.overseen_by_id),
            speaks_for=ends.group(row.speaks_for_id),
            ended_on=row.ended_on,
            successor=ends.body(row.successor_id),
            groups=groups[row.pk],
            counts=counts(tally[row.pk]),
            sentence=of_body(tally[row.pk], spoken(row), speakers=ends.bodies, on=on),
            source=source_view(row.source) if row.source else None,
        )
        for row in rows
    ]


def _groups(bodies: list[Body]) -> dict[int, list[BelongsView]]:
    """The groups that each is or was a member of."""
    groups: dict[int, list[BelongsView]] = defaultdict(list)
    belonging = Membership.objects.public().filter(body__in=bodies).select_related("group")
    for each in belonging.order_by("group__name", "from_on", "ref"):
        groups[each.body_id].append(BelongsView(each.group.ref, each.group.name, each.from_on, each.until_on))
    return groups


def group_views(groups: Sequence[Group], on: date) -> list[GroupView]:
    """The groups given, which are taken to be public; `member_count` is that of the day."""
    rows = list(groups)
    if not rows:
        return []
    prefetch_related_objects(rows, "source")
    members: dict[int, list[Membership]] = defaultdict(list)
    belonging = Membership.objects.public().filter(group__in=rows).select_related("body")
    for each in belonging.order_by("body__name", "from_on", "ref"):
        members[each.group_id].append(each)
    speakers: dict[int, list[BodyRef]] = defaultdict(list)
    for body in Body.objects.public().filter(speaks_for__in=rows).order_by("name", "ref"):
        speakers[body.speaks_for_id or 0].append(BodyRef(body.ref, body.name, BodyKind(body.kind)))
    return [
        GroupView(
            id=row.ref,
            as_of=on,
            name=row.name,
            members_called=row.members_called,
            member_count=sum(_holds(each, on) for each in members[row.pk]),
            members=[_member(each) for each in members[row.pk]],
            spoken_for_by=speakers[row.pk],
            source=source_view(row.source) if row.source else None,
        )
        for row in rows
    ]


def _holds(membership: Membership, on: date) -> bool:
    """The same as MembershipQuerySet.as_of, for one that is loaded."""
    begun = membership.from_on is None or membership.from_on <= on
    return begun and (membership.until_on is None or membership.until_on > on)


def _member(each: Membership) -> MemberView:
    return MemberView(each.body.ref, each.body.name, BodyKind(each.body.kind), each.from_on, each.until_on)

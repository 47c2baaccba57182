"""Entering reports and what they ask, and addressing it to bodies and groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from tracker.actions._checked import (
    needs_source,
    not_in_the_future,
    recommendation_fits,
)
from tracker.actions._handing_over import name_duty_holders_of
from tracker.actions._writing import New, Writing, record, unique_ref
from tracker.actions.entering import name_fact
from tracker.deadlines import Due, confirm
from tracker.ledger import Actor
from tracker.models import (
    Addressee,
    Body,
    Fact,
    Group,
    Membership,
    Recommendation,
    Report,
    Theme,
)
from tracker.models.base import span_columns, span_of
from tracker.models.moulds import Mould
from tracker.queries.days import register_day
from tracker.queries.deadlines import suggested_answer_due


@transaction.atomic
def add_reports(
    *,
    reports: Sequence[Report],
    publishers: Mapping[int, Sequence[Body]],
    by: Actor,
    at: datetime,
) -> list[Fact]:
    """Enter documents that ask. `publishers` go by place in the list: 0 is the first report."""
    for place, report in enumerate(reports):
        needs_source(report.source, "report")
        if not publishers.get(place):
            raise ValidationError({"publishers": ["Name at least one body that published the report."]})
        not_in_the_future("dated_on", span_of(report, "dated"), register_day(at))
        name_fact(report, report.title)
    return record(
        [New(report, {"publishers": publishers[place]}) for place, report in enumerate(reports)],
        Writing(by, at),
    )


@transaction.atomic
def add_recommendations(
    *,
    recommendations: Sequence[Recommendation],
    themes: Mapping[int, Sequence[Theme]],
    by: Actor,
    at: datetime,
) -> list[Fact]:
    """Enter what reports ask. `themes` go by place in the list.

    A recommendation without a date of its own was asked on the report's. Its public name is the report's and
    its number and limb: safe-to-share/2-firewall. Raises ValidationError for a number and limb that the report
    has already, a limb of a limb, a date before the report's.
    """
    for each in recommendations:
        if each.part_of is not None and (each.part_of.part_of_id or each.part_of.report_id != each.report_id):
            raise ValidationError(
                {"part_of": ["A limb is part of a whole recommendation of its own report."]}
            )
        if each.part_of is not None:
            _limb_fits(each)
        if each.asked_latest is None:
            for name, value in span_columns("asked", span_of(each.report, "dated")).items():
                setattr(each, name, value)
        recommendation_fits(each)
        if each.act_by and not each.act_by_text:
            raise ValidationError({"act_by_text": ["Say by when, in the words of the source."]})
        if not each.ref:
            name = slugify(f"{each.number}-{each.limb}" if each.number else each.title)[:80].strip("-")
            taken = Recommendation.objects.filter(ref=f"{each.report.ref}/{name}").first()
            if taken is not None and each.number:
                raise ValidationError({"number": [_taken(taken)]})
            each.ref = unique_ref(Recommendation, f"{each.report.ref}/{name}")
    return record(
        [New(each, {"themes": themes.get(place, [])}) for place, each in enumerate(recommendations)],
        Writing(by, at),
    )


def _taken(ask: Recommendation) -> str:
    """Why its number and limb cannot be given again: a withdrawn ask keeps its public name, and others cite it."""
    if ask.withdrawn_at is None:
        return "This report has a recommendation of that number and limb already."
    return "A withdrawn recommendation has that number and limb, and keeps them: publish it again, corrected."


def _limb_fits(limb: Recommendation) -> None:
    """Raises ValidationError where the whole is put to somebody itself, or has a limb of that name."""
    if Addressee.objects.filter(recommendation=limb.part_of, withdrawn_at=None).exists():
        raise ValidationError(
            {"part_of": [f"{limb.part_of} is put to somebody as a whole: withdraw its addressees first."]}
        )
    if Recommendation.objects.filter(part_of=limb.part_of, limb=limb.limb, withdrawn_at=None).exists():
        raise ValidationError({"limb": [f"{limb.part_of} has a limb “{limb.limb}” already: name another."]})


@dataclass(frozen=True)
class Put:
    """A recommendation and whom it is put to. `confirmed`: a person confirms the day that the rules suggest."""

    recommendation: Recommendation
    bodies: Sequence[Body] = ()
    groups: Sequence[Group] = ()
    confirmed: bool = False


def address(
    *,
    recommendations: Sequence[Recommendation],
    bodies: Iterable[Body] = (),
    groups: Iterable[Group] = (),
    by: Actor,
    at: datetime,
) -> list[Fact]:
    """Put recommendations to the same bodies and groups. See `address_each`.

    Raises ValidationError for a body whose addressee was withdrawn as well: it is published again, not addressed anew.
    """
    bodies, groups = list(bodies), list(groups)
    gone = Addressee.objects.filter(
        recommendation__any_of=[each.pk for each in recommendations],
        body__any_of=[body.pk for body in bodies],
        withdrawn_at__isnull=False,
    ).select_related("recommendation__report", "body")
    if (was := gone.first()) is not None:
        raise ValidationError(
            {"bodies": [f"{was} was addressed and withdrawn: publish that addressee again."]}
        )
    return address_each(puts=[Put(each, bodies, groups) for each in recommendations], by=by, at=at)


@transaction.atomic
def address_each(*, puts: Sequence[Put], by: Actor, at: datetime) -> list[Fact]:
    """Put recommendations to bodies, and to each member of groups on the day of the report.

    One addressee for each body and recommendation; those on record already stay as they are. A deadline that a
    rule sets by itself, and a time to act that the recommendation names, are set at once; what was put to a body
    that has ended since has its successor as duty-holder from the start. Raises ValidationError
    for one that is answered in parts, and where a day is confirmed that no rule suggests.
    """
    asks = {put.recommendation.pk for put in puts}
    limb = (
        Recommendation.objects.filter(part_of__any_of=asks, withdrawn_at=None)
        .select_related("part_of")
        .first()
    )
    if limb is not None:
        raise ValidationError(
            {"recommendation": [f"{limb.part_of} is answered in parts: address its limbs."]}
        )
    on_record = set(
        Addressee.objects.filter(recommendation__any_of=asks).values_list("recommendation_id", "body_id")
    )
    entries: list[New] = []
    mould = Mould(Addressee)
    for put in puts:
        named: dict[int, tuple[Body, Group | None]] = {body.pk: (body, None) for body in put.bodies}
        due = _due(put)
        if put.groups:
            named = {**_members(put.groups, _day_of(put.recommendation)), **named}
        for pk, (body, group) in named.items():
            if (put.recommendation.pk, pk) not in on_record:
                on_record.add((put.recommendation.pk, pk))
                entries.append(New(_addressee(mould, put.recommendation, body, group, due)))
    writing = Writing(by, at)
    entered = record(entries, writing)
    name_duty_holders_of([row.pk for row in entered], writing)
    return entered


def _due(put: Put) -> Due:
    """The time to answer by the rules on record, confirmed if a person does."""
    due = suggested_answer_due(put.recommendation)
    if due.confirmed or not put.confirmed:
        return due
    try:
        return confirm(due)
    except ValueError as error:
        raise ValidationError(
            {"on": [f"No rule suggests a day for {put.recommendation.ref}: name one. ({error})"]}
        ) from None


def _day_of(recommendation: Recommendation) -> date:
    """The last day on which the report may have been published."""
    dated = span_of(recommendation.report, "dated") or span_of(recommendation, "asked")
    if dated is None:
        raise ValidationError({"dated_on": ["Give the date of the report: a group's members depend on it."]})
    return dated.latest


def _members(groups: Sequence[Group], on: date) -> dict[int, tuple[Body, Group | None]]:
    """The bodies that are members of the groups on a day, each with the first group that names it."""
    rows = Membership.objects.as_of(on).filter(group__in=groups).select_related("body", "group")
    members: dict[int, tuple[Body, Group | None]] = {}
    for row in rows.order_by("body__name", "pk"):
        members.setdefault(row.body_id, (row.body, row.group))
    empty = [group for group in groups if group.pk not in {row.group_id for row in rows}]
    if empty:
        raise ValidationError(
            {"groups": [f"{empty[0]} has no members on {on.isoformat()}: enter them first."]}
        )
    return members


def _addressee(
    mould: Mould[Addressee], recommendation: Recommendation, body: Body, group: Group | None, due: Due
) -> Addressee:
    """A new addressee with the deadlines that are confirmed."""
    addressee = mould.cast(
        ref=f"{recommendation.ref}/{body.ref}",
        recommendation=recommendation,
        body=body,
        via_group=group,
    )
    if due.confirmed:
        addressee.answer_due_on = addressee.first_answer_due_on = due.on
        addressee.answer_due_basis = due.basis
        addressee.answer_due_strength = due.strength
    if recommendation.act_by:
        addressee.act_by = addressee.first_act_by = recommendation.act_by
        addressee.act_by_basis = recommendation.act_by_text
    return addressee

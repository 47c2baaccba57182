"""Named sets of bodies, with dated members."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from tracker.models.base import (
    Fact,
    FactQuerySet,
    SourcedFact,
    guard_fact,
    published_with_a_source,
)
from tracker.vocabulary import Noun


class Group(SourcedFact):
    """A named set of bodies. Addressing it addresses each member of the report's date."""

    noun = Noun.GROUP

    name = models.CharField(max_length=300)
    members_called = models.CharField(
        max_length=60,
        default="bodies",
        help_text="What to call its members in a sentence: forces.",
    )

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = published_with_a_source("group")
        triggers = guard_fact(Noun.GROUP)

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(FactQuerySet):
    def as_of(self, on: date) -> Self:
        """The memberships that held on a day: `from_on` is the first day, `until_on` the first day after."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=on),
            Q(until_on=None) | Q(until_on__gt=on),
            withdrawn_at=None,
        )


class Membership(Fact):
    """One body in one group, for a time. No dates: for as long as the register looks back."""

    noun = Noun.MEMBERSHIP
    ancestors = ("group", "body")

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="memberships")
    from_on = models.DateField(null=True, blank=True, help_text="The first day of it; empty if not known.")
    until_on = models.DateField(null=True, blank=True, help_text="The first day after it.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("group", "body", "from_on")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="membership_ends_after_it_began",
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gt=F("from_on")),
                violation_error_message="until_on: the membership cannot end before it began.",
            ),
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    (F("group"), RangeOperators.EQUAL),
                    (F("body"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("from_on"),
                            F("until_on"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at=None),
                violation_error_message="This body is a member of the group at that time already.",
            ),
        ]
        triggers = guard_fact(Noun.MEMBERSHIP)

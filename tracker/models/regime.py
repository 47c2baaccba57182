"""The rules that set the time to answer."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tracker.models.base import (
    SourcedFact,
    guard_fact,
    is_one_of,
    published_with_a_source,
)
from tracker.vocabulary import (
    ClockStart,
    Counting,
    DeadlineUnit,
    HolidayCalendar,
    Noun,
    ResponseDate,
    Strength,
    TimeKind,
)


class Regime(SourcedFact):
    """How long a body has to answer, from when, how it is counted, and what stands behind it."""

    noun = Noun.REGIME

    name = models.CharField(max_length=300)
    jurisdiction = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=12, choices=TimeKind.choices)
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=13, choices=DeadlineUnit.choices, blank=True)
    counting = models.CharField(max_length=10, choices=Counting.choices, default=Counting.UNVERIFIED)
    starts_from = models.CharField(max_length=9, choices=ClockStart.choices, default=ClockStart.PUBLISHED)
    starts_from_text = models.CharField(max_length=300, blank=True)
    calendar = models.CharField(
        max_length=17,
        choices=HolidayCalendar.choices,
        default=HolidayCalendar.ENGLAND_AND_WALES,
    )
    rolls_over_weekends = models.BooleanField(default=False)
    counts_on = models.CharField(
        max_length=9,
        choices=ResponseDate.choices,
        blank=True,
        help_text="Which date of a response counts; empty: the earliest known.",
    )
    strength = models.CharField(max_length=10, choices=Strength.choices)
    automatic = models.BooleanField(
        default=False,
        help_text="The rule and its start were read: it may set deadlines by itself.",
    )
    in_force_from = models.DateField(null=True, blank=True)
    applies_to = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    what_is_due = models.TextField(blank=True, max_length=2_000)
    extension_allowed = models.TextField(blank=True, max_length=2_000)
    on_silence = models.TextField(blank=True, max_length=2_000)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            *published_with_a_source("regime"),
            is_one_of("regime", "kind", TimeKind),
            is_one_of("regime", "unit", DeadlineUnit, empty=True),
            is_one_of("regime", "counting", Counting),
            is_one_of("regime", "starts_from", ClockStart),
            is_one_of("regime", "calendar", HolidayCalendar),
            is_one_of("regime", "counts_on", ResponseDate, empty=True),
            is_one_of("regime", "strength", Strength),
            models.CheckConstraint(
                name="regime_period_has_amount_and_unit",
                condition=~Q(kind=TimeKind.PERIOD) | (Q(amount__gte=1) & ~Q(unit="")),
                violation_error_message="A period needs an amount and a unit.",
            ),
            models.CheckConstraint(
                name="regime_automatic_has_a_period",
                condition=Q(automatic=False) | Q(kind=TimeKind.PERIOD),
                violation_error_message="Only a rule with a period can set deadlines by itself.",
            ),
        ]
        triggers = guard_fact(Noun.REGIME)

    def __str__(self) -> str:
        return self.name

"""The rules that set the time to answer, and the themes of asks, as they are shown to anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import Count, prefetch_related_objects

from tracker.models import Recommendation, RecommendationTheme, Regime, Theme
from tracker.queries.references import SourceView, source_view
from tracker.vocabulary import (
    ClockStart,
    Counting,
    DeadlineUnit,
    HolidayCalendar,
    ResponseDate,
    Strength,
    TimeKind,
)


@dataclass(frozen=True)
class RegimeView:
    """How long a body has to answer, from when, how it is counted, and what stands behind it.

    One that is not `automatic` only suggests a day; a person confirms it before anybody is late.
    """

    resource: ClassVar[str] = "regimes"

    id: str
    name: str
    jurisdiction: str
    kind: TimeKind
    amount: int | None
    unit: DeadlineUnit | None
    counting: Counting
    starts_from: ClockStart
    starts_from_text: str
    calendar: HolidayCalendar
    rolls_over_weekends: bool
    counts_on: ResponseDate | None
    strength: Strength
    automatic: bool
    in_force_from: date | None
    applies_to: list[str]
    what_is_due: str
    extension_allowed: str
    on_silence: str
    source: SourceView | None


@dataclass(frozen=True)
class ThemeView:
    """What asks are about, and how many public ones are."""

    resource: ClassVar[str] = "themes"

    id: str
    name: str
    recommendation_count: int


def regime_views(regimes: Sequence[Regime], on: date) -> list[RegimeView]:
    """The rules given, which are taken to be public."""
    del on  # a rule says on every day what it says
    rows = list(regimes)
    prefetch_related_objects(rows, "source")
    return [
        RegimeView(
            id=row.ref,
            name=row.name,
            jurisdiction=row.jurisdiction,
            kind=TimeKind(row.kind),
            amount=row.amount,
            unit=DeadlineUnit(row.unit) if row.unit else None,
            counting=Counting(row.counting),
            starts_from=ClockStart(row.starts_from),
            starts_from_text=row.starts_from_text,
            calendar=HolidayCalendar(row.calendar),
            rolls_over_weekends=row.rolls_over_weekends,
            counts_on=ResponseDate(row.counts_on) if row.counts_on else None,
            strength=Strength(row.strength),
            automatic=row.automatic,
            in_force_from=row.in_force_from,
            applies_to=row.applies_to,
            what_is_due=row.what_is_due,
            extension_allowed=row.extension_allowed,
            on_silence=row.on_silence,
            source=source_view(row.source) if row.source else None,
        )
        for row in rows
    ]


def theme_views(themes: Sequence[Theme], on: date) -> list[ThemeView]:
    """The themes given, which are taken to be public, with their public asks made by the day."""
    asks = Recommendation.objects.public().filter(asked_earliest__lte=on)
    tagged = RecommendationTheme.objects.filter(theme__in=themes, recommendation__in=asks)
    count = dict(tagged.values_list("theme").annotate(n=Count("pk")).order_by())
    return [ThemeView(row.ref, row.name, count.get(row.pk, 0)) for row in themes]

"""One recommendation by its name, and what hangs on it.

Most asks have little hanging on them, so what there is of the rest is told with the ask: nobody need ask for what is
not there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import F, TextField

from tracker.models import Recommendation, RecommendationTheme, Theme
from tracker.queries.challenges import rows_about_asks
from tracker.queries.happenings import claim_rows, development_rows
from tracker.queries.lineage import refusal_rows
from tracker.queries.links import all_link_rows
from tracker.queries.sql import IDS, ON, Among, Kept, Named, Prepared, written_out
from tracker.queries.together import Alongside, told_rows, which_find


@dataclass(frozen=True)
class Hanging:
    """What hangs on an ask: of which `kinds` there may be some, each loaded only then; what most have, at once."""

    kinds: frozenset[str]
    themes: list[tuple[Any, ...]] | None = None
    refused: list[tuple[Any, ...]] | None = None


# Of the asks of a list nobody looked first.
OF_MANY = Hanging(frozenset(("challenges", "links")))


def recommendation_called(ref: str, on: date) -> Recommendation | None:
    """The public ask of a name, made by a day, with its report, its source and what it is a part of.

    Its `hanging` says what hangs on it that the public sees by that day. One query.
    """
    for ask, (*there, themes, refused) in _called().rows({"ref": ref, "on": on}):
        kinds = frozenset(kind for kind, is_there in zip(_HANGING, there, strict=True) if is_there)
        ask.hanging = Hanging(kinds, told_rows(themes), told_rows(refused))
        return ask  # type: ignore[no-any-return]
    return None


def hanging_on(ask: Recommendation) -> Hanging:
    """What hangs on an ask that `recommendation_called` found."""
    return ask.hanging  # type: ignore[attr-defined, no-any-return]


@cache
def _called() -> Alongside:
    rows = Recommendation.objects.public().filter(asked_earliest__lte=ON, ref=Named("ref", TextField()))
    named = Kept(rows.select_related("report", "source", "part_of"))
    hanging = which_find({kind: rows() for kind, rows in _HANGING.items()}, [theme_rows(), refusal_rows()])
    return Alongside(named, hanging, {"ask": "{id}", "ids": "ARRAY[{id}]", "report": "{report_id}"})


@cache
def limb_rows() -> Kept:
    parts = Recommendation.objects.public().filter(Among(F("part_of"), IDS), asked_earliest__lte=ON)
    return Kept(parts.order_by("position", "ref"))


_HANGING: Mapping[str, Callable[[], Kept]] = {
    "limbs": limb_rows,
    "challenges": rows_about_asks,
    "links": all_link_rows,
    "developments": development_rows,
    "claims": claim_rows,
}


@cache
def theme_rows() -> Prepared:
    tagged = RecommendationTheme.objects.filter(
        Among(F("recommendation"), IDS), theme__in=Theme.objects.public()
    )
    return Prepared(
        written_out(tagged.order_by("position").values_list("recommendation", "theme__ref", "theme__name"))
    )

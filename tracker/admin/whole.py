"""Publishing a saved report, recommendation or response with the drafts that were entered below it, in one go."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tracker.actions.publishing import publish
from tracker.admin.acts import Act, PublishForm
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, Fact, Link, Recommendation, Report, Response
from tracker.rights import PUBLISH as TO_PUBLISH


def _of_reports(reports: Iterable[Report]) -> list[QuerySet[Any]]:
    asks = Recommendation.objects.filter(report__in=reports)
    return [asks.drafts(), *_of_asks(asks)]


def _of_asks(asks: Iterable[Recommendation]) -> list[QuerySet[Any]]:
    return [kind.objects.filter(recommendation__in=asks).drafts() for kind in (Link, Addressee)]


def _of_responses(responses: Iterable[Response]) -> list[QuerySet[Any]]:
    return [Answer.objects.filter(response__in=responses).drafts()]


def _act(drafts_of: Callable[[Iterable[Any]], list[QuerySet[Any]]], what: str) -> Act:
    def drafts_below(facts: Iterable[Fact]) -> list[Fact]:
        return [fact for drafts in drafts_of(facts) for fact in drafts.order_by("pk")]

    def has_drafts(fact: Fact) -> bool:
        return fact.withdrawn_at is None and any(drafts.exists() for drafts in drafts_of([fact]))

    def publish_whole(facts: Sequence[Fact], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
        below = drafts_below(facts)
        publish(facts=[*facts, *below], reason=data["reason"], by=by, at=at)
        return below

    def count(facts: Sequence[Fact]) -> Sequence[str]:
        below = drafts_below(facts)
        return [f"{_counted(below)} below {'it' if len(facts) == 1 else 'them'} will be published too."]

    return Act(
        "publish-whole",
        f"Publish with its {what}",
        publish_whole,
        PublishForm,
        needs=TO_PUBLISH,
        intro="Everybody will see this, and the drafts that were entered below it. Each becomes a line of the public "
        "record.",
        fits=has_drafts,
        hints=count,
    )


def _counted(facts: Sequence[Fact]) -> str:
    """Twelve recommendations and 528 addressees, by their nouns."""
    counts: dict[type[Fact], int] = {}
    for fact in facts:
        counts[type(fact)] = counts.get(type(fact), 0) + 1
    parts = [
        f"{n} draft {model._meta.verbose_name if n == 1 else model._meta.verbose_name_plural}"
        for model, n in counts.items()
    ]
    return " and ".join(parts)


PUBLISH_REPORTS = _act(_of_reports, "asks")
PUBLISH_ASKS = _act(_of_asks, "addressees")
PUBLISH_RESPONSES = _act(_of_responses, "answers")

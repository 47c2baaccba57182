"""Who hears of a change: how many follow what some addressees stand in. For the previews of the desk."""

from collections.abc import Iterable

from tracker.models import Addressee, Subscription


def followers_of(addressees: Iterable[Addressee]) -> int:
    """How many would be told of a public change of these addressees; each counts once."""
    reports = {addressee.recommendation.report_id for addressee in addressees}
    return Subscription.objects.filter(report__in=reports).values("user").distinct().count()

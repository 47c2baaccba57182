"""Reports: the documents that ask. Staff may follow one by e-mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from tracker.actions.reports import add_reports
from tracker.admin.acts import Act
from tracker.admin.facts import FactAdmin
from tracker.admin.lists import pick_filter
from tracker.admin.shown import span_column
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Publisher, Report, Subscription


def follow(reports: Sequence[Report], _data: dict[str, Any], by: Actor, at: datetime) -> None:
    Subscription.objects.bulk_create(
        [Subscription(user=by.user, report=report, created_at=at) for report in reports],
        ignore_conflicts=True,
    )


def unfollow(reports: Sequence[Report], _data: dict[str, Any], by: Actor, _at: datetime) -> None:
    Subscription.objects.filter(user=by.user, report__in=reports).delete()


@admin.register(Report, site=site)
class ReportAdmin(FactAdmin):
    list_display = ("title", "kind", span_column("dated", "Date"), "regime", "asks")
    list_select_related = ("regime",)
    list_filter = ("kind", pick_filter("publishers", "publisher", Publisher.body))
    search_fields = ("title", "ref")
    sections: ClassVar = {"": ("title", "kind", "publishers", "dated_on", "regime", "arises_from")}
    parts: ClassVar = {"recommendations": ("number", "limb", "title", "kind")}
    acts = (
        Act(
            "follow",
            "Follow by e-mail",
            follow,
            needs="tracker.view_report",
            intro="You get one e-mail when an answer is recorded or a deadline is missed.",
        ),
        Act(
            "unfollow",
            "Stop following",
            unfollow,
            needs="tracker.view_report",
            intro="You get no more e-mail about this.",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(asked=Count("recommendations"))

    @admin.display(description="Asks", ordering="asked")
    def asks(self, report: Any) -> int:
        return report.asked

    def about(self, request: HttpRequest, fact: Any) -> dict[str, Any]:
        found = super().about(request, fact)
        follows = Subscription.objects.filter(user=request.user, report=fact).exists()
        left_out = "follow" if follows else "unfollow"
        found["acts"] = [act for act in found["acts"] if act["name"] != left_out]
        if request.user.has_perm("tracker.add_response"):
            url = f"{reverse('admin:tracker_response_record')}?report={fact.ref}"
            found["acts"].insert(0, {"label": "Record a response", "url": url, "name": "record"})
        return found

    def enter(self, report: Report, data: Mapping[str, Any], by: Actor, at: datetime) -> None:
        add_reports(reports=[report], publishers={0: data["publishers"]}, by=by, at=at)

"""Reports: the documents that ask. Staff may follow one by e-mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from tracker.actions.reports import add_reports
from tracker.admin.acts import Act
from tracker.admin.facts import FactAdmin
from tracker.admin.lists import pick_filter
from tracker.admin.new_report import new_report_page
from tracker.admin.office import OWNER
from tracker.admin.reviewing import REVIEW_REPORTS
from tracker.admin.shown import span_column, state_word
from tracker.admin.site import NEEDED, site
from tracker.admin.whole import PUBLISH_REPORTS
from tracker.alerts import interests
from tracker.ledger import Actor
from tracker.models import Publisher, Report, ReportOwner, Subscription
from tracker.queries.history import lines_written_with
from tracker.vocabulary import FOLLOWED_NEWS, Channel


def follow(reports: Sequence[Report], _data: dict[str, Any], by: Actor, at: datetime) -> None:
    for report in reports:
        interests.follow(
            reader=by.user,
            wanted={"report": report.ref},
            kinds=FOLLOWED_NEWS,
            channel=Channel.AT_ONCE,
            at=at,
        )


def unfollow(reports: Sequence[Report], _data: dict[str, Any], by: Actor, _at: datetime) -> None:
    followed = [{"report": report.ref} for report in reports]
    Subscription.objects.filter(user=by.user, interest__wanted__in=followed).delete()


# What is done to many addressees of one report: the act, what it is called here, what it enters.
FOR_MANY = (
    ("check", "I looked for answers", "check"),
    ("extend", "Move deadlines", "extension"),
    ("assess", "Say what was done", "assessment"),
    ("chase", "Chase answers", "step"),
)


@admin.register(Report, site=site)
class ReportAdmin(FactAdmin):
    list_display = ("title", "kind", span_column("dated", "Date"), "regime", "asks")
    list_select_related = ("regime",)
    list_filter = ("kind", pick_filter("publishers", "publisher", Publisher.body))
    search_fields = ("title", "ref")
    sections: ClassVar = {"": ("title", "kind", "publishers", "dated_on", "regime", "arises_from")}
    parts: ClassVar = {"recommendations": ("number", "limb", "title", "kind")}
    acts = (
        PUBLISH_REPORTS,
        OWNER,
        REVIEW_REPORTS,
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
        owner = ReportOwner.objects.filter(report=fact).select_related("user").first()
        found["stands"].append(("Looked after by", owner.user if owner else "nobody yet"))
        follows = Subscription.objects.filter(
            user=request.user, interest__wanted={"report": fact.ref}
        ).exists()
        left_out = "follow" if follows else "unfollow"
        found["acts"] = [act for act in found["acts"] if act["name"] != left_out]
        if request.user.has_perm("tracker.add_response"):
            url = f"{reverse('admin:tracker_response_record')}?report={fact.ref}"
            found["acts"].insert(0, {"label": "Record a response", "url": url, "name": "record"})
        found["acts"][1:1] = [
            {
                "label": label,
                "url": f"{reverse('admin:tracker_choose', args=[name])}?report={fact.ref}",
                "name": name,
            }
            for name, label, needs in FOR_MANY
            if request.user.has_perm(f"tracker.add_{needs}")
        ]
        return found

    def enter(self, report: Report, data: Mapping[str, Any], by: Actor, at: datetime) -> None:
        add_reports(reports=[report], publishers={0: data["publishers"]}, by=by, at=at)

    # One report, one form

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        whole = all(request.user.has_perm(f"tracker.add_{noun}") for noun in NEEDED)
        extra = {"new_url": reverse("admin:tracker_report_new") if whole else "", **(extra_context or {})}
        return super().changelist_view(request, extra)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("new/", wrap(self.new_view), name="tracker_report_new"),
            path("<path:object_id>/entered/", wrap(self.entered_view), name="tracker_report_entered"),
            *super().get_urls(),
        ]

    def new_view(self, request: HttpRequest) -> HttpResponse:
        return new_report_page(self.admin_site, self.opts, request)

    def entered_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What entering a report wrote."""
        report = self.get_object(request, unquote(object_id))
        if report is None:
            raise Http404
        if not self.has_view_or_change_permission(request, report):
            raise PermissionDenied
        asks = list(
            report.recommendations.annotate(
                addressed=Count("addressees"), due=Min("addressees__answer_due_on")
            ).order_by("position", "pk")
        )
        for ask in asks:
            ask.state = state_word(ask)
        context = {
            **self.admin_site.each_context(request),
            "title": "What was entered",
            "opts": self.opts,
            "original": report,
            "state": state_word(report),
            "asks": asks,
            "lines": lines_written_with(report),
        }
        return TemplateResponse(request, "admin/entered.html", context)

"""Responses and their answers. Both are entered on one page: record.py."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from tracker.actions.responses import record_waits_ended
from tracker.admin.acts import Act, ReasonForm
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import DayField
from tracker.admin.gate import must
from tracker.admin.lists import pick_filter
from tracker.admin.preview import statuses_of
from tracker.admin.record import record_page
from tracker.admin.shown import hidden_by, span_column, state_word
from tracker.admin.site import site
from tracker.admin.whole import PUBLISH_RESPONSES
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, JointAuthor, Recommendation, Response
from tracker.queries.days import register_day
from tracker.queries.history import lines_written_with
from tracker.vocabulary import Position


@admin.register(Response, site=site)
class ResponseAdmin(FactAdmin):
    list_display = (
        "title",
        "author",
        "kind",
        span_column("written", "Written"),
        span_column("published", "Published"),
        "answered",
    )
    list_select_related = ("author",)
    list_filter = ("kind", pick_filter("author", "author", Response.author))
    search_fields = ("title", "author__name", "ref")
    sections: ClassVar = {
        "": (
            "title",
            "kind",
            "author",
            "joint_authors",
            "on_behalf_of_body",
            "on_behalf_of_group",
            "signed_by",
        ),
        "When": ("written_on", "received_on", "published_on", "date_text"),
    }
    # Whose answers they are, and whether they hold, follows from these: withdraw, and record it anew.
    fixed = frozenset({"author", "joint_authors", "on_behalf_of_body", "on_behalf_of_group", "kind"})
    parts: ClassVar = {"answers": ("addressee", "position", "basis", "on_behalf")}
    acts = (PUBLISH_RESPONSES,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(answer_count=Count("answers"))

    @admin.display(description="Answers", ordering="answer_count")
    def answered(self, response: Any) -> int:
        return response.answer_count

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A response is entered with its answers, on the page that `add_view` leads to."""
        return request.user.has_perm("tracker.add_response")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        must(request, "tracker.add_response")
        return HttpResponseRedirect(reverse("admin:tracker_response_record"))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("record/", wrap(self.record_view), name="tracker_response_record"),
            path("<path:object_id>/recorded/", wrap(self.recorded_view), name="tracker_response_recorded"),
            *super().get_urls(),
        ]

    def record_view(self, request: HttpRequest) -> HttpResponse:
        return record_page(self.admin_site, self.opts, request)

    def recorded_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What recording a response wrote, and what its addressees' statuses are now."""
        response = self.get_object(request, unquote(object_id))
        if response is None:
            raise Http404
        if not self.has_view_or_change_permission(request, response):
            raise PermissionDenied
        answers = list(response.answers.select_related("addressee__body", "addressee__recommendation"))
        statuses = statuses_of([answer.addressee for answer in answers], register_day(timezone.now()))
        context = {
            **self.admin_site.each_context(request),
            "title": "What was recorded",
            "opts": self.opts,
            "original": response,
            "state": state_word(response),
            "hidden_by": hidden_by(response),
            "lines": lines_written_with(response),
            "rows": [(answer.addressee, answer, statuses[answer.addressee_id]) for answer in answers],
        }
        return TemplateResponse(request, "admin/recorded.html", context)


class WaitForm(ReasonForm):
    on = DayField(label="It came on")
    field_order = ("on", "reason")


def end_wait(answers: Sequence[Answer], data: dict[str, Any], by: Actor, at: datetime) -> None:
    record_waits_ended(answers=answers, by=by, at=at, **data)


@admin.register(Answer, site=site)
class AnswerAdmin(FactAdmin):
    list_display = ("addressee", "response", "position", "basis", "on_behalf", "answered_on")
    list_select_related = ("addressee", "response")
    list_filter = (
        "position",
        "basis",
        "on_behalf",
        "holding",
        pick_filter("addressee__body", "body", Addressee.body),
        pick_filter("addressee__recommendation__report", "report", Recommendation.report),
        pick_filter("response__joint_author_rows__body", "joint author", JointAuthor.body),
    )
    search_fields = ("addressee__ref", "addressee__body__name", "response__title", "summary", "decision")
    sections: ClassVar = {
        "": ("position", "basis", "reason", "summary", "quote", "conditions"),
        "What it waits for": ("waits_for", "waits_for_report", "waits_for_recommendation"),
        "Elsewhere": ("points_to", "alternative", "decision"),
    }
    fixed = frozenset({"response", "addressee"})
    stands = ("on_behalf", "holding", "wait_ended_on", "recorded_at")
    acts = (
        Act(
            "wait-ended",
            "What it waited for has come",
            end_wait,
            WaitForm,
            fits=lambda answer: answer.position == Position.DEFERRED and answer.wait_ended_on is None,
        ),
    )

    @admin.display(description="Answered on", ordering="response__answered_latest")
    def answered_on(self, answer: Answer) -> str:
        return str(answer.response.answered_on or "no date shown")

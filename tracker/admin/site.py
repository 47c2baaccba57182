"""The desk of the register's staff: its address, its first page, and a guard against input no page can bear."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from tracker.admin.charts import bars, columns
from tracker.admin.sessions import sessions_page
from tracker.admin.shown import change_url, state_word
from tracker.alerts.addresses import suspension
from tracker.models import Fact, ReportOwner, User
from tracker.queries.days import register_day
from tracker.queries.desk import (
    ADDRESSEE_QUEUES,
    challenges_to_settle,
    challenges_waiting,
    dead_sources,
    depth,
    depth_of_late,
    disabled_endpoints,
    drafts_by_noun,
    failed_messages,
    not_looked_at,
    proposals_waiting,
    silences_to_second,
)
from tracker.queries.desk_charts import answers_by_month, silence_by_body
from tracker.queries.finding import find
from tracker.queries.second_looks import looks_waiting
from tracker.signin.second_factor import way_to_it
from tracker.signin.sessions import end_all
from tracker.signin.views import log_in
from tracker.vocabulary import Challenger, Noun, ProposalState, ReceivedState

REGISTER_NAME = "Told to Act"
LONGEST_QUERY_STRING = 16_000
MOST_OWNED = 50
# What somebody must be allowed to add to enter a whole report.
NEEDED = ("report", "recommendation", "addressee", "source", "link")

# The nouns by what somebody comes for.
PURPOSES = (
    (
        "The record",
        (
            "report",
            "recommendation",
            "addressee",
            "response",
            "answer",
            "assessment",
            "extension",
            "secondlook",
        ),
    ),
    (
        "Silence and what happens around",
        ("check", "silence", "step", "development", "claim"),
    ),
    ("Right of reply", ("receivedchallenge", "challenge", "replylink")),
    ("What the record stands on", ("source", "body", "group", "membership", "regime", "theme", "link")),
    ("Ledger and alerts", ("event", "subscription", "address", "endpoint", "message", "attempt", "notice")),
    ("Partner sites", ("proposal", "partner", "key")),
    ("From files", ("import",)),
)
ACCOUNTS = ("tracker", "user")


class Shown(NamedTuple):
    """What a search found of one noun: rows with their pages and states."""

    title: str
    rows: list[tuple[Any, str, str]]
    more: bool


class NamesView(AutocompleteJsonView):
    """Names to choose from, each with the public name that a form takes."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"ref": obj.ref if isinstance(obj, Fact) else str(obj.pk), "text": str(obj)}


class RegisterSite(AdminSite):
    """Django's admin under the register's own name and first page."""

    site_header = REGISTER_NAME
    site_title = REGISTER_NAME
    index_title = "The desk"
    index_template = "admin/desk.html"
    enable_nav_sidebar = False
    site_url = None
    empty_value_display = "—"

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            bearable(request)
            if super(RegisterSite, self).has_permission(request) and (way := way_to_it(request)):
                return HttpResponseRedirect(f"{way}?{urlencode({'next': request.get_full_path()})}")
            try:
                return guarded(request, *args, **kwargs)
            except DataError as error:
                raise BadRequest("a value that the database cannot hold") from error

        return inner

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, who have shown a second factor where one is asked of them."""
        return super().has_permission(request) and not way_to_it(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one way in: Django's own would go round the second factor."""
        return log_in(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A new password ends every session of the account, this one too."""
        person = request.user
        response = super().password_change(request, extra_context)
        if response.status_code == HTTPStatus.FOUND and isinstance(person, User):
            end_all(person)
            logout(request)
            messages.success(
                request, "Your password is changed, and all your sessions are ended: log in again."
            )
            return HttpResponseRedirect(reverse("admin:login"))
        return response

    def sessions(self, request: HttpRequest) -> HttpResponse:
        return sessions_page(self, request, request.user)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return NamesView.as_view(admin_site=self)(request)

    def get_urls(self) -> list[Any]:
        own = [
            path("search/", self.admin_view(self.search), name="search"),
            path("account/sessions/", self.admin_view(self.sessions), name="sessions"),
        ]
        return [*own, *super().get_urls()]

    def search(self, request: HttpRequest) -> HttpResponse:
        """Bodies, reports and recommendations, by reference or words; those of a noun that this person may see."""
        words = request.GET.get("q", "")
        nouns = ("body", "report", "recommendation")
        results = [
            Shown(found.title, [(row, change_url(row), state_word(row)) for row in found.rows], found.more)
            for noun, found in zip(nouns, find(words), strict=False)
            if request.user.has_perm(f"tracker.view_{noun}")
        ]
        context = {**self.each_context(request), "title": "Search", "words": words[:200], "results": results}
        return TemplateResponse(request, "admin/search.html", context)

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "queues": self._queues(request),
            "drafts": self._drafts(request),
            "purposes": self._purposes(request),
            "owned": ReportOwner.objects.filter(user=request.user.pk).select_related("report")[:MOST_OWNED],
            "mail_stopped": suspension(request.user.email) if request.user.email else None,  # type: ignore[union-attr]
            "may_enter_reports": all(request.user.has_perm(f"tracker.add_{noun}") for noun in NEEDED),
            **self._charts(request),
            **(extra_context or {}),
        }
        request.current_app = self.name  # type: ignore[attr-defined]
        return TemplateResponse(request, self.index_template, context)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        """There is one first page, by purpose, and none by application."""
        return HttpResponseRedirect(reverse("admin:index"))

    def _queues(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What waits for somebody, as links to the lists."""
        today = register_day(timezone.now())
        queues: list[dict[str, Any]] = []

        def waits(title: str, rows: Any, since: str, url: str, *, seldom: bool = False) -> None:
            found = depth_of_late(url, rows, since) if seldom else depth(rows, since)
            queues.append(
                {
                    "title": title,
                    "count": found.count,
                    "words": found.words,
                    "age": found.age(today),
                    "url": url,
                }
            )

        if request.user.has_perm("tracker.view_addressee"):
            url = reverse("admin:tracker_addressee_changelist")
            for each in ADDRESSEE_QUEUES:
                waits(each.title, each.rows(today), each.since, f"{url}?queue={each.key}", seldom=each.seldom)
        if request.user.has_perm("tracker.view_secondlook"):
            url = reverse("admin:tracker_secondlook_changelist")
            waits("Drafts waiting for a second pair of eyes", looks_waiting(), "asked_at", url)
        if request.user.has_perm("tracker.view_silence"):
            url = reverse("admin:tracker_silence_changelist")
            waits("Silences to second", silences_to_second(today), "answer_by", f"{url}?queue=second")
        if request.user.has_perm("tracker.view_receivedchallenge"):
            url = reverse("admin:tracker_receivedchallenge_changelist")
            state = f"{url}?state__exact={ReceivedState.WAITING}"
            waits(
                "Challenges to read, from bodies",
                challenges_waiting(Challenger.BODY),
                "received_at",
                f"{state}&by_whom__exact={Challenger.BODY}",
            )
            waits(
                "Challenges to read, from those affected",
                challenges_waiting(Challenger.AFFECTED),
                "received_at",
                f"{state}&by_whom__exact={Challenger.AFFECTED}",
            )
        if request.user.has_perm("tracker.view_challenge"):
            url = reverse("admin:tracker_challenge_changelist")
            waits(
                "Challenges shown, not settled",
                challenges_to_settle(),
                "received_on",
                f"{url}?state=published&outcome__exact=",
            )
        if request.user.has_perm("tracker.view_recommendation"):
            url = reverse("admin:tracker_recommendation_changelist")
            old = not_looked_at(today)
            waits("Asks not looked at for 180 days", old, "updated_at", f"{url}?queue=old", seldom=True)
        if request.user.has_perm("tracker.view_proposal"):
            url = reverse("admin:tracker_proposal_changelist")
            state = f"{url}?state__exact={ProposalState.WAITING}"
            waits("Proposals to read", proposals_waiting(), "received_at", state)
        if request.user.has_perm("tracker.view_message"):
            url = reverse("admin:tracker_message_changelist")
            waits("Alerts that failed", failed_messages(), "created_at", f"{url}?state__exact=failed")
        if request.user.has_perm("tracker.view_endpoint"):
            url = reverse("admin:tracker_deliveries")
            waits("Endpoints switched off", disabled_endpoints(), "disabled_at", url)
        if request.user.has_perm("tracker.view_source"):
            url = reverse("admin:tracker_source_changelist")
            waits("Sources that no longer answer", dead_sources(), "state_on", f"{url}?state__exact=gone")
        return queues

    def _charts(self, request: HttpRequest) -> dict[str, Any]:
        """What was answered of late, and who is silent."""
        if not request.user.has_perm("tracker.view_addressee"):
            return {}
        today = register_day(timezone.now())
        return {"columns": columns(answers_by_month(today)), "bars": bars(silence_by_body(today))}

    def _drafts(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The drafts of each noun that has any."""
        nouns = {model.noun: model for model in apps.get_models() if issubclass(model, Fact)}
        counts = drafts_by_noun([nouns[noun] for noun in Noun if noun in nouns])
        return [
            {
                "count": counts[noun].words,
                "title": str(opts.verbose_name if counts[noun].count == 1 else opts.verbose_name_plural),
                "url": f"{reverse(f'admin:tracker_{opts.model_name}_changelist')}?state=draft",
            }
            for noun in Noun
            if counts.get(noun)
            and (opts := nouns[noun]._meta)
            and request.user.has_perm(f"tracker.view_{opts.model_name}")
        ]

    def _purposes(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The lists, by what somebody comes for; those that this person may see."""
        known = {
            (app["app_label"], model["object_name"].lower()): model
            for app in self.get_app_list(request)
            for model in app["models"]
        }
        groups = [(title, [known.get(("tracker", name)) for name in names]) for title, names in PURPOSES]
        people = known.get(ACCOUNTS)
        groups.append(("People", [people and {**people, "name": "accounts"}]))
        return [
            {"title": title, "models": [model for model in models if model]}
            for title, models in groups
            if any(models)
        ]


def bearable(request: HttpRequest) -> None:
    """Refuse what no form or list can mean: NUL characters, and query strings of the size of a book."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY_STRING:
        raise BadRequest("the address is too long")
    texts = [request.path]
    for name, values in request.GET.lists():
        texts += [name, *values]
    if any("\x00" in text for text in texts):
        raise BadRequest("a NUL character in the address")


site = RegisterSite()

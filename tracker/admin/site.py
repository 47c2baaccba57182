"""The desk of the register's staff: its address, its first page, and a guard against input no page can bear."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from tracker.models import Fact
from tracker.queries.days import register_day
from tracker.queries.desk import (
    ADDRESSEE_QUEUES,
    disabled_endpoints,
    drafts_by_noun,
    failed_messages,
    proposals_waiting,
    silences_to_second,
)
from tracker.vocabulary import Noun, ProposalState

REGISTER_NAME = "Told to Act"
LONGEST_QUERY_STRING = 16_000

# The nouns by what somebody comes for.
PURPOSES = (
    (
        "The record",
        ("report", "recommendation", "addressee", "response", "answer", "assessment", "extension"),
    ),
    ("Silence and what happens around", ("check", "silence", "development", "claim")),
    ("What the record stands on", ("source", "body", "group", "membership", "regime", "theme", "link")),
    ("Ledger and alerts", ("event", "subscription", "endpoint", "message", "attempt", "notice")),
    ("Partner sites", ("proposal", "partner", "key")),
)
PEOPLE = (("tracker", "user"), ("auth", "group"))
PEOPLE_WORDS = {"User": "accounts", "Group": "roles"}


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
            try:
                return guarded(request, *args, **kwargs)
            except DataError as error:
                raise BadRequest("a value that the database cannot hold") from error

        return inner

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        bearable(request)
        return super().login(request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return NamesView.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "queues": self._queues(request),
            "drafts": self._drafts(request),
            "purposes": self._purposes(request),
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
        queues = []
        if request.user.has_perm("tracker.view_addressee"):
            url = reverse("admin:tracker_addressee_changelist")
            queues += [
                {"title": each.title, "count": each.rows(today).count(), "url": f"{url}?queue={each.key}"}
                for each in ADDRESSEE_QUEUES
            ]
        if request.user.has_perm("tracker.view_silence"):
            url = reverse("admin:tracker_silence_changelist")
            waiting = silences_to_second(today).count()
            queues.append({"title": "Silences to second", "count": waiting, "url": f"{url}?queue=second"})
        if request.user.has_perm("tracker.view_proposal"):
            url = reverse("admin:tracker_proposal_changelist")
            queues.append(
                {
                    "title": "Proposals to read",
                    "count": proposals_waiting().count(),
                    "url": f"{url}?state__exact={ProposalState.WAITING}",
                }
            )
        if request.user.has_perm("tracker.view_message"):
            url = reverse("admin:tracker_message_changelist")
            failed = failed_messages().count()
            queues.append(
                {"title": "Alerts that failed", "count": failed, "url": f"{url}?state__exact=failed"}
            )
        if request.user.has_perm("tracker.view_endpoint"):
            off = disabled_endpoints().count()
            url = reverse("admin:tracker_deliveries")
            queues.append({"title": "Endpoints switched off", "count": off, "url": url})
        return queues

    def _drafts(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The drafts of each noun that has any."""
        nouns = {model.noun: model for model in apps.get_models() if issubclass(model, Fact)}
        counts = drafts_by_noun([nouns[noun] for noun in Noun if noun in nouns])
        return [
            {
                "count": counts[noun],
                "title": str(opts.verbose_name if counts[noun] == 1 else opts.verbose_name_plural),
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
        people = [known.get(key) for key in PEOPLE]
        groups.append(
            ("People", [each and {**each, "name": PEOPLE_WORDS[each["object_name"]]} for each in people])
        )
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

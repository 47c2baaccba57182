"""Partners' endpoints, and how sending goes: what waits, what fails, how old the oldest is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.facts import RegisterAdmin
from tracker.admin.site import site
from tracker.alerts import endpoints
from tracker.models import Attempt, Endpoint
from tracker.queries.deliveries import sending


class EndpointForm(forms.ModelForm):
    """An address is looked at when it is typed in, and with every call."""

    url = forms.CharField(label="Address", max_length=1000, help_text="https://partner.example/hook")

    class Meta:
        model = Endpoint
        fields: ClassVar = ["name", "url", "contact"]

    def clean_url(self) -> str:
        try:
            return endpoints.checked_url(self.cleaned_data["url"])
        except ValidationError as error:
            raise ValidationError(error.message_dict["url"]) from None


def each(label: str, does: Callable[[Endpoint, datetime], str]) -> Any:
    """An action on the endpoints ticked; what it says of each is shown."""

    @admin.action(description=label, permissions=["change"])
    def action(_admin: Any, request: HttpRequest, chosen: QuerySet[Endpoint]) -> None:
        for endpoint in chosen:
            messages.success(request, f"{endpoint}: {does(endpoint, timezone.now())}")

    action.__name__ = does.__name__
    return action


def ping(endpoint: Endpoint, at: datetime) -> str:
    endpoints.ping(endpoint, at=at)
    return "a test call is on its way; its outcome stands in the log of attempts."


def change_secret(endpoint: Endpoint, at: datetime) -> str:
    return (
        f"the new secret is {endpoints.change_secret(endpoint, at=at)}. The one before signs for a day more."
    )


def enable(endpoint: Endpoint, _at: datetime) -> str:
    endpoints.enable(endpoint)
    return "it is called again."


def replay(endpoint: Endpoint, at: datetime) -> str:
    return f"{endpoints.replay(endpoint, since=at - timedelta(days=7), at=at)} calls are sent again."


def replay_all(endpoint: Endpoint, at: datetime) -> str:
    return f"{endpoints.replay(endpoint, since=at - endpoints.KEPT, at=at)} calls are sent again."


@admin.register(Endpoint, site=site)
class EndpointAdmin(RegisterAdmin):
    form = EndpointForm
    list_display = ("__str__", "url", "failing_since", "failures", "last_success_at", "disabled_because")
    list_filter = (("disabled_at", admin.EmptyFieldListFilter), ("failing_since", admin.EmptyFieldListFilter))
    search_fields = ("url", "name", "contact")
    readonly_fields = (
        "secret",
        "created_at",
        "failing_since",
        "last_success_at",
        "disabled_at",
        "disabled_because",
    )
    actions = (
        each("Send a test call", ping),
        each("Change the secret", change_secret),
        each("Call it again", enable),
        each("Send again the calls of seven days", replay),
        each("Send again the calls of thirty days", replay_all),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Endpoint]:
        """What its owner deleted is nobody's to call again."""
        return super().get_queryset(request).filter(pk__in=Endpoint.objects.kept())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The secret is shown to whoever may change it."""
        shown = self.readonly_fields if obj else ()
        return shown if self.has_change_permission(request, obj) else [f for f in shown if f != "secret"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It is switched off by its owner's 410, or follows nothing: the log stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Endpoint, form: Any, change: bool) -> None:
        if change:
            endpoints.change(obj, **form.cleaned_data)
            return
        made = endpoints.register(at=timezone.now(), **form.cleaned_data)
        obj.pk = made.pk

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.deliveries)
        return [path("deliveries/", view, name="tracker_deliveries"), *super().get_urls()]

    def deliveries(self, request: HttpRequest) -> HttpResponse:
        """What waits, what fails, how old the oldest is, and which endpoints fail."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        failing = Endpoint.objects.kept().filter(failing_since__isnull=False).order_by("failing_since")[:50]
        context = {
            **self.admin_site.each_context(request),
            "title": "Deliveries",
            "now": sending(timezone.now()),
            "failing": failing,
        }
        return TemplateResponse(request, "admin/deliveries.html", context)


@admin.register(Attempt, site=site)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ("at", "endpoint", "message", "status", "outcome", "milliseconds")
    list_select_related = ("message__endpoint",)
    list_filter = ("at",)
    search_fields = ("message__message_id", "message__endpoint__url", "outcome")
    ordering = ("-id",)

    @admin.display(description="Endpoint")
    def endpoint(self, attempt: Any) -> Any:
        return attempt.message.endpoint

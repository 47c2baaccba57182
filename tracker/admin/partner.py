"""Partner sites and their keys: made and shown once, listed, revoked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from tracker.admin.acts import Act, ActForm, acting
from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.facts import ActingAdmin
from tracker.admin.fields import DayField
from tracker.admin.forms import attach
from tracker.admin.shown import change_url, shown_value
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import Key, Partner
from tracker.partners.keys import make_key, revoke_keys
from tracker.queries.days import register_day, register_midnight_after
from tracker.vocabulary import Scope

USUAL_LIFE = timedelta(days=365)


class KeyForm(ActForm):
    aliases = {"expires_at": "expires_on"}

    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
    )
    expires_on = DayField(label="Its last day", help_text="Two years from now at the latest.")


@admin.register(Partner, site=site)
class PartnerAdmin(ActingAdmin):
    list_display = ("name", "contact", "live")
    search_fields = ("name", "contact")
    fields = ("name", "contact")
    change_form_template = "admin/partner.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        live = Q(keys__revoked_at=None, keys__expires_at__gt=timezone.now())
        return super().get_queryset(request).annotate(live_keys=Count("keys", filter=live))

    @admin.display(description="Live keys", ordering="live_keys")
    def live(self, partner: Any) -> int:
        return partner.live_keys

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its proposals name it: revoke its keys."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        extra: dict[str, Any] = {}
        partner = self.get_object(request, unquote(object_id))
        if partner is not None and request.user.has_perm("tracker.view_key"):
            extra["part_lists"] = [_keys_part(partner, timezone.now())]
        if partner is not None and request.user.has_perm("tracker.add_key"):
            url = reverse("admin:tracker_partner_key", args=[partner.pk])
            extra["acts"] = [{"label": "Make a key", "url": url}]
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = path("<path:object_id>/key/", wrap(never_cache(self.key_view)), name="tracker_partner_key")
        return [own, *super().get_urls()]

    def key_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask what the key may do, make it, and show it: it is in this one answer and nowhere else."""
        if not request.user.has_perm("tracker.add_key"):
            raise PermissionDenied
        partner = self.get_object(request, unquote(object_id))
        if partner is None:
            raise Http404
        at = timezone.now()
        form = KeyForm(
            request.POST if request.method == "POST" else None,
            initial={"expires_on": register_day(at) + USUAL_LIFE},
            by=acting(request),
        )
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": partner}
        if request.method == "POST" and form.is_valid():
            try:
                key, written = make_key(
                    partner=partner,
                    scopes=[Scope(each) for each in form.cleaned_data["scopes"]],
                    expires_at=_end_of(form.cleaned_data["expires_on"]),
                    by=acting(request).user,
                    at=at,
                )
            except ValidationError as error:
                attach(form, error, form.aliases)
            else:
                made = {"title": "A key was made", "written": written, "stands": _stands(key)}
                return TemplateResponse(request, "admin/key_made.html", {**context, **made})
        here = reverse("admin:tracker_partner_key", args=[partner.pk])
        act = Act(
            "key", "Make the key", _nothing, intro="The partner keeps the key; we keep only its digest."
        )
        asked = {"title": "Make a key", "act": act, "facts": [partner], "form": form, "act_url": here}
        return TemplateResponse(request, "admin/act.html", {**context, **asked})


def _nothing(_facts: Sequence[Any], _data: dict[str, Any], _by: Actor, _at: datetime) -> None:
    """The page of a key acts by itself: what it makes is shown, not linked to."""


def _end_of(on: Any) -> datetime:
    try:
        return register_midnight_after(on)
    except ValueError as error:
        raise ValidationError({"expires_at": "Give an earlier day."}) from error


def _stands(key: Key) -> list[tuple[str, Any]]:
    return [
        ("Begins with", key.prefix),
        ("May", ", ".join(key.scopes)),
        ("Expires", shown_value(key.expires_at)),
    ]


def _word(key: Key, at: datetime) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "live" if key.expires_at > at else "expired"


def _keys_part(partner: Partner, at: datetime) -> dict[str, Any]:
    rows = [
        (
            key,
            change_url(key),
            [key.prefix, ", ".join(key.scopes), shown_value(key.expires_at), shown_value(key.last_used_at)],
            _word(key, at),
        )
        for key in partner.keys.all()
    ]
    return {
        "title": "keys",
        "labels": ["Begins with", "May", "Expires", "Last used"],
        "rows": rows,
        "more": False,
    }


def revoke(keys: Sequence[Key], _data: dict[str, Any], by: Actor, at: datetime) -> None:
    revoke_keys(keys=keys, by=by.user, at=at)


@admin.register(Key, site=site)
class KeyAdmin(ReadOnlyAdmin):
    list_display = ("prefix", "partner", "may", "state", "made_at", "expires_at", "last_used_at")
    list_select_related = ("partner",)
    list_filter = ("partner",)
    search_fields = ("prefix", "partner__name")
    fields = (
        "partner",
        "prefix",
        "may",
        "state",
        "made_at",
        "made_by",
        "expires_at",
        "last_used_at",
        "revoked_at",
        "revoked_by",
    )
    readonly_fields = fields
    change_form_template = "admin/partner.html"
    acts = (
        Act(
            "revoke",
            "Revoke",
            revoke,
            needs="tracker.change_key",
            intro="From the next request on it opens nothing. This cannot be undone.",
            fits=lambda key: key.revoked_at is None,
        ),
    )

    @admin.display(description="May")
    def may(self, key: Key) -> str:
        return ", ".join(key.scopes)

    @admin.display(description="State", ordering="revoked_at")
    def state(self, key: Key) -> str:
        return _word(key, timezone.now())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        key = self.get_object(request, unquote(object_id))
        extra = {"acts": self.acts_on(request, key) if key else [], **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

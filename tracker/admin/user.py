"""Accounts: who has a desk, and their role, which says what each may do there."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from tracker.admin.acts import Act
from tracker.admin.facts import ActingAdmin
from tracker.admin.gate import must
from tracker.admin.office import HandoverForm, hand_over
from tracker.admin.sessions import sessions_page
from tracker.admin.site import site
from tracker.ledger import Actor
from tracker.models import User
from tracker.signin.sessions import end_all
from tracker.vocabulary import StaffRole

HANDOVER = Act(
    "hand-over",
    "Hand over what they look after",
    hand_over,
    HandoverForm,
    needs="tracker.change_user",
    intro="Every report that they look after passes to one colleague.",
)


def reset_second_factor(people: Sequence[User], _data: Any, _by: Actor, _at: datetime) -> None:
    """Whoever lost a telephone sets up another, having logged in with the password alone. Ends their sessions."""
    Authenticator.objects.filter(user__in=people).delete()
    for person in people:
        end_all(person)


RESET = Act(
    "reset",
    "Take their second factor away",
    reset_second_factor,
    needs="tracker.change_user",
    intro="For somebody who lost their telephone or key, once you are sure that it is they who ask. Their sessions "
    "end, and at the next log-in they set up another.",
)


class AccountForm(forms.ModelForm):
    """An account as it is kept. Somebody who keeps accounts is always left."""

    class Meta:
        model = User
        fields: ClassVar = ["first_name", "last_name", "email", "role", "is_active"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        keeps = data.get("is_active") and data.get("role") == StaffRole.ADMINISTRATOR
        others = User.objects.filter(~Q(pk=self.instance.pk), role=StaffRole.ADMINISTRATOR, is_active=True)
        if "role" in data and not keeps and not others.exists():
            self.add_error("role", "This is the last administrator: make somebody else one first.")
        return data


class NewAccountForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields: ClassVar = ["username", "first_name", "last_name", "email", "role"]


@admin.register(User, site=site)
class UserAdmin(ActingAdmin, DjangoUserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    list_display = ("username", "email", "first_name", "last_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("role", "is_active")}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "role")}),
        (None, {"fields": ("password1", "password2")}),
    )
    acts = (HANDOVER, RESET)
    change_form_template = "admin/partner.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The ledger names people by their user name: it never changes."""
        return ("username", *self.readonly_fields) if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The ledger names people: an account is switched off, not deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = path("<int:pk>/sessions/", wrap(self.sessions_view), name="tracker_user_sessions")
        return [own, *super().get_urls()]

    def sessions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Where somebody else is logged in."""
        must(request, "tracker.change_user")
        person = get_object_or_404(User, pk=pk)
        return sessions_page(self.admin_site, request, person, original=person, opts=self.opts, theirs=True)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """A new password ends every session of the account."""
        response = super().user_change_password(request, id, form_url)
        if response.status_code == HTTPStatus.FOUND and (person := self.get_object(request, unquote(id))):
            end_all(person)
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        extra: dict[str, Any] = {"acts": []}
        person = self.get_object(request, unquote(object_id))
        if person is not None and request.user.has_perm("tracker.change_user"):
            url = reverse("admin:tracker_user_sessions", args=[person.pk])
            extra["acts"] = [{"label": "Their sessions", "url": url}, *self.acts_on(request, person)]
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

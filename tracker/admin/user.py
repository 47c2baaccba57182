"""Accounts: who has a desk, and their role, which says what each may do there."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from tracker.admin.acts import MOST, Act, act_page, act_url, chosen
from tracker.admin.facts import RegisterAdmin
from tracker.admin.office import HandoverForm, hand_over
from tracker.admin.site import site
from tracker.models import User
from tracker.vocabulary import StaffRole

HANDOVER = Act(
    "hand-over",
    "Hand over what they look after",
    hand_over,
    HandoverForm,
    needs="tracker.change_user",
    intro="Every report that they look after passes to one colleague.",
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
class UserAdmin(RegisterAdmin, DjangoUserAdmin):
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
    actions = ("hand_over",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The ledger names people by their user name: it never changes."""
        return ("username", *self.readonly_fields) if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The ledger names people: an account is switched off, not deleted."""
        return False

    @admin.action(description="Hand over what they look after", permissions=["change"])
    def hand_over(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        people = ",".join(str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)[:MOST])
        return HttpResponseRedirect(f"{act_url(self, HANDOVER)}?facts={people}")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.act_view)
        return [path("act/hand-over/", view, name="tracker_user_act"), *super().get_urls()]

    def act_view(self, request: HttpRequest) -> HttpResponse:
        return act_page(self, request, HANDOVER, chosen(request, User.objects.all()))

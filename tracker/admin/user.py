"""Staff accounts, and the roles that say what each may do."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission
from django.db import models
from django.http import HttpRequest

from tracker.admin.facts import RegisterAdmin
from tracker.admin.site import site
from tracker.models import User


def _ticks(db_field: models.Field, rows: Any) -> forms.Field:
    return forms.ModelMultipleChoiceField(
        rows,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=str(db_field.verbose_name).capitalize(),
        help_text=db_field.help_text,
    )


class TickedRights(RegisterAdmin):
    """Roles and rights as boxes to tick: no script moves them between two lists."""

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.related_model is Permission:
            nouns = Permission.objects.filter(content_type__app_label__in=("tracker", "auth"))
            shown = nouns.exclude(codename__startswith="delete_").select_related("content_type")
            return _ticks(db_field, shown)
        return _ticks(db_field, db_field.related_model.objects.all())


@admin.register(User, site=site)
class UserAdmin(TickedRights, DjangoUserAdmin):
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The ledger names people: an account is switched off, not deleted."""
        return False


@admin.register(Role, site=site)
class RoleAdmin(TickedRights):
    list_display = ("name",)
    search_fields = ("name",)

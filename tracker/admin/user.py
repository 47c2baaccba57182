"""Staff accounts, and the roles that say what each may do."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from tracker.admin.acts import MOST, Act, act_page, act_url, chosen
from tracker.admin.facts import RegisterAdmin
from tracker.admin.office import HandoverForm, hand_over
from tracker.admin.site import site
from tracker.models import User

HANDOVER = Act(
    "hand-over",
    "Hand over what they look after",
    hand_over,
    HandoverForm,
    needs="tracker.change_user",
    intro="Every report that they look after passes to one colleague.",
)


class RightsField(forms.ModelMultipleChoiceField):
    """The rights on what stands in the desk, in plain words: report: change."""

    widget = forms.CheckboxSelectMultiple({"class": "columns"})

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.content_type.name}: {obj.codename.partition('_')[0]}"


class TickedRights(RegisterAdmin):
    """Roles and rights as boxes to tick: no script moves them between two lists, and no window pops up."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if not db_field.many_to_many:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        options = {"required": False, "label": str(db_field.verbose_name).capitalize()}
        if db_field.related_model is Permission:
            return RightsField(self._rights(), **options)
        ticks = forms.CheckboxSelectMultiple
        return forms.ModelMultipleChoiceField(db_field.related_model.objects.all(), widget=ticks, **options)

    def _rights(self) -> Any:
        """Those that mean something here: for nouns in the desk, and never to delete."""
        nouns = [(model._meta.app_label, model._meta.model_name) for model in self.admin_site._registry]
        here = Q()
        for app, model in nouns:
            here |= Q(content_type__app_label=app, content_type__model=model)
        rights = Permission.objects.filter(here).exclude(codename__startswith="delete_")
        return rights.select_related("content_type").order_by("content_type__model", "codename")


@admin.register(User, site=site)
class UserAdmin(TickedRights, DjangoUserAdmin):
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")

    actions = ("hand_over",)

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


@admin.register(Role, site=site)
class RoleAdmin(TickedRights):
    list_display = ("name",)
    search_fields = ("name",)

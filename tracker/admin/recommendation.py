"""Recommendations, their themes, and how they stand to each other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tracker.actions.entering import add_themes, link_recommendations
from tracker.actions.reports import add_recommendations, address
from tracker.admin.acts import Act, ActForm, act_url
from tracker.admin.facts import FactAdmin
from tracker.admin.fields import PickField, PicksField
from tracker.admin.lists import pick_filter
from tracker.admin.reviewing import REVIEW_ASKS
from tracker.admin.shown import span_column
from tracker.admin.site import site
from tracker.admin.whole import PUBLISH_ASKS
from tracker.ledger import Actor
from tracker.models import Addressee, Fact, Link, Recommendation, RecommendationTheme, Theme
from tracker.queries.days import register_day
from tracker.queries.desk import not_looked_at
from tracker.queries.similar import similar_asks
from tracker.vocabulary import LinkKind, Relation


class AddressForm(ActForm):
    groups = PicksField(
        Addressee.via_group,
        required=False,
        help_text="Each member on the day of the report is addressed.",
    )
    bodies = PicksField(Addressee.body, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("groups") and not data.get("bodies"):
            self.add_error("bodies", "Name at least one body or group.")
        return data


def put_to(facts: Sequence[Recommendation], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
    return address(recommendations=facts, bodies=data["bodies"], groups=data["groups"], by=by, at=at)


@admin.register(Theme, site=site)
class ThemeAdmin(FactAdmin):
    list_display = ("name",)
    search_fields = ("name", "ref")
    sections: ClassVar = {"": ("name",)}

    def enter(self, theme: Theme, data: Any, by: Actor, at: datetime) -> None:
        add_themes(themes=[theme], by=by, at=at)


class RepeatForm(ActForm):
    aliases = {"recommendation": "other"}

    other = PickField(Link.other, label="The older ask")
    relation = forms.ChoiceField(label="Beside it, this is", choices=Relation.choices, initial=Relation.SAME)


def repeats(facts: Sequence[Recommendation], data: dict[str, Any], by: Actor, at: datetime) -> Sequence[Fact]:
    links = [Link(recommendation=each, kind=LinkKind.REPEATS, **data) for each in facts]
    return link_recommendations(links=links, by=by, at=at)


class OldFilter(admin.SimpleListFilter):
    """Asks that nobody has looked at for a while."""

    title = "what waits"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return (("old", "Not looked at for 180 days"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        rows = not_looked_at(register_day(timezone.now()))
        return queryset.filter(pk__in=rows.values("pk")) if self.value() == "old" else queryset.none()


@admin.register(Recommendation, site=site)
class RecommendationAdmin(FactAdmin):
    list_display = ("number", "limb", "title", "report", "kind", span_column("asked", "Asked on"), "put_to")
    list_display_links = ("number", "title")
    list_select_related = ("report",)
    list_filter = (
        OldFilter,
        "kind",
        pick_filter("report", "report", Recommendation.report),
        pick_filter("themes", "theme", RecommendationTheme.theme),
    )
    search_fields = ("title", "number", "ref", "report__title")
    sections: ClassVar = {
        "": ("report", "number", "limb", "part_of", "kind", "title", "text", "quote", "asked_on", "themes"),
        "By when to answer": ("answer_due_on", "answer_regime"),
        "By when to act": ("act_by", "act_by_kind", "act_by_text", "delivered_by"),
        "Its place": ("offered_instead_of", "position", "aggregate"),
    }
    fixed = frozenset({"report"})
    parts: ClassVar = {
        "addressees": ("body", "via_group", "answer_due_on", "act_by"),
        "limbs": ("limb", "title"),
        "links": ("kind", "relation", "other"),
    }
    acts = (
        PUBLISH_ASKS,
        REVIEW_ASKS,
        Act(
            "address",
            "Address to bodies",
            put_to,
            AddressForm,
            needs="tracker.add_addressee",
            drafts=True,
            intro="One addressee is made for each body. Those on record already stay as they are.",
        ),
        Act("repeats", "It repeats an older ask", repeats, RepeatForm, needs="tracker.add_link", drafts=True),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(addressed=Count("addressees"))

    @admin.display(description="Addressees", ordering="addressed")
    def put_to(self, fact: Any) -> int:
        return fact.addressed

    def about(self, request: HttpRequest, fact: Any) -> dict[str, Any]:
        """Also the older asks that it looks like and is not linked to: one click links them."""
        found = super().about(request, fact)
        if request.user.has_perm("tracker.add_link"):
            linked = set(fact.links.filter(withdrawn_at=None).values_list("other", flat=True))
            alike = similar_asks(fact.title, fact.text, but=fact.report, ask=fact)
            found["alike"] = [each for each in alike if each.recommendation.pk not in linked]
            found["repeat_url"] = act_url(self, self.acts[-1])
        return found

    def enter(self, fact: Recommendation, data: Mapping[str, Any], by: Actor, at: datetime) -> None:
        add_recommendations(recommendations=[fact], themes={0: data["themes"]}, by=by, at=at)


@admin.register(Link, site=site)
class LinkAdmin(FactAdmin):
    list_display = ("recommendation", "kind", "relation", "other")
    list_select_related = ("recommendation", "other")
    list_filter = ("kind", "relation")
    search_fields = ("recommendation__title", "other__title", "ref")
    sections: ClassVar = {"": ("recommendation", "kind", "relation", "other")}
    fixed = frozenset({"recommendation", "other"})

    def enter(self, link: Link, data: Any, by: Actor, at: datetime) -> None:
        link_recommendations(links=[link], by=by, at=at)

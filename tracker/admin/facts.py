"""What the admin of every fact shares: nothing is deleted, saving is an action, the history is the ledger."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, models
from django.db.models import QuerySet
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from tracker.actions.correcting import correct
from tracker.actions.publishing import publish
from tracker.admin.acts import PUBLISH, WITHDRAW, Act, act_page, act_url, acting, as_list_action, chosen
from tracker.admin.fields import form_field
from tracker.admin.forms import fact_form
from tracker.admin.gate import publishing
from tracker.admin.lists import StateFilter, searchable
from tracker.admin.removal import REMOVE
from tracker.admin.shown import (
    change_url,
    hidden_by,
    label_of,
    shown,
    state,
    state_word,
    waiting_words,
    waits_for_another,
)
from tracker.admin.taking import take_over, taking_context
from tracker.models import Fact, SourcedFact
from tracker.queries.history import history_of, lines_in_words

# How many of its parts a fact's page lists; the rest are one click away.
PARTS_SHOWN = 60


class RegisterAdmin(admin.ModelAdmin):
    """What all lists share, of facts and of what is no fact."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "—"

    def get_ordering(self, request: HttpRequest) -> Any:
        """The order of the model, said aloud: counting what hangs on a row would drop it."""
        return self.ordering or self.opts.ordering

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if problem := searchable(search_term):
            messages.error(request, problem)
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """A filter by a value that no row can have (the year 99999999999) is a wrong filter."""
        try:
            return super().get_changelist_instance(request)
        except (DataError, OverflowError, ValueError) as error:
            raise IncorrectLookupParameters from error

    @property
    def media(self) -> forms.Media:
        """No jQuery and no pop-ups: what the lists need, and the names offered while typing."""
        return forms.Media(js=["admin/js/actions.js", "tracker/pick.js"])


class ActingAdmin(RegisterAdmin):
    """Rows that something can be done to: `acts`, from a row's page and from the list."""

    acts: ClassVar[Sequence[Act]] = ()

    def all_acts(self) -> list[Act]:
        return [*self.acts]

    def acts_on(self, request: HttpRequest, row: Any) -> list[dict[str, Any]]:
        """What this person may do to a row as it stands, as links."""
        return [
            {
                "label": act.label,
                "url": f"{act_url(self, act)}?facts={row.pk}",
                "name": act.name,
                "at_once": act.at_once,
                "fact": row.pk,
            }
            for act in self.all_acts()
            if act.fits(row) and request.user.has_perm(act.needed(self.opts), row)
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {
            act.name: (as_list_action(act), act.name, act.label)
            for act in self.all_acts()
            if request.user.has_perm(act.needed(self.opts))
        }

    def get_urls(self) -> list[URLPattern]:
        name = f"tracker_{self.opts.model_name}_act"
        own = [path("act/<slug:name>/", self.admin_site.admin_view(self.act_view), name=name)]
        return [*own, *super().get_urls()]

    def act_view(self, request: HttpRequest, name: str) -> HttpResponse:
        act = next((each for each in self.all_acts() if each.name == name), None)
        if act is None:
            raise Http404
        return act_page(self, request, act, chosen(request, self.get_queryset(request)))


class FactAdmin(ActingAdmin):
    """The admin of a fact.

    A noun declares `sections` (the fields of its form: spans as `dated_on`, sets by name), `enter` (which calls
    the action that enters one), `acts`, `stands` (fields shown, that an action of their own changes) and `parts`
    (what hangs on it: related name -> columns).
    """

    sections: ClassVar[Mapping[str, Sequence[str]]] = {}
    stands: ClassVar[Sequence[str]] = ()
    parts: ClassVar[Mapping[str, Sequence[str]]] = {}
    # Fields that are given when a fact is entered, and not corrected later: what it is about.
    fixed: ClassVar[frozenset[str]] = frozenset()
    enter: Callable[..., None] | None = None

    change_form_template = "admin/fact_form.html"
    save_on_top = False

    # Rights: those of the role; nobody deletes a fact, and some are entered elsewhere.

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft is changed by those who enter drafts, what is published by those who publish."""
        return request.user.has_perm(f"tracker.change_{self.opts.model_name}", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.enter is not None and super().has_add_permission(request)

    # The list

    def get_list_display(self, request: HttpRequest) -> Sequence[Any]:
        first, *others = super().get_list_display(request)
        return (first, state, *others)

    def get_list_filter(self, request: HttpRequest) -> Sequence[Any]:
        return (StateFilter, *super().get_list_filter(request))

    def all_acts(self) -> list[Act]:
        return [*self.acts, PUBLISH, WITHDRAW, REMOVE]

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[str | None, dict[str, Any]]]:
        sections = dict(self.sections)
        if issubclass(self.model, SourcedFact):
            sections["Where it comes from"] = ("source", "verification", "also_see")
        sections["For staff only"] = ("note",)
        if obj is not None:
            sections["This change"] = ("reason", "seen_line")
        left_out = self.fixed if obj is not None else frozenset()
        return [
            (title or None, {"fields": [name for name in names if name not in left_out]})
            for title, names in sections.items()
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        names = kwargs["fields"]
        form = modelform_factory(
            self.model,
            form=fact_form(self.model, names),
            fields=names,
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
        )
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]
        return form

    def formfield_for_dbfield(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        if db_field.many_to_many:
            return None
        return form_field(db_field) or db_field.formfield(**kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or show again what was typed with what the action said: nothing of it was written."""
        publishing(request, "_publish" in request.POST)
        try:
            page = super().changeform_view(request, *args, **kwargs)
        except ValidationError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)
        if saved := getattr(request, "saved", None):
            self.tell_what_was_written(request, saved)
        return page

    def tell_what_was_written(self, request: HttpRequest, fact: Fact) -> None:
        """After the commit: a line has its number by then."""
        if written := lines_in_words([fact], request.saved_at):  # type: ignore[attr-defined]
            messages.info(request, written)
        if waits := waiting_words([fact]):
            messages.warning(request, waits)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        fact = self.get_object(request, unquote(object_id))
        extra = {
            **(extra_context or {}),
            **(self.about(request, fact) if fact else {}),
            **taking_context(request),
        }
        if fact is None or self.has_change_permission(request, fact):
            return super().change_view(request, object_id, form_url, extra)
        if request.method == "POST" or not self.has_view_permission(request, fact):
            raise PermissionDenied
        return self.read_only_page(request, fact, extra)

    def about(self, request: HttpRequest, fact: Fact) -> dict[str, Any]:
        """What a fact's page says besides the form: where it stands, what hangs on it, what can be done."""
        stands = [("Public name", fact.ref)]
        stands += [
            (label_of(self.model, name), shown(fact, name)) for name in (*sorted(self.fixed), *self.stands)
        ]
        if waits := waits_for_another(fact):
            stands.append(("Waits for", waits))
        return {
            "fact": fact,
            "heading": self.heading(fact),
            "state": state_word(fact),
            "hidden_by": hidden_by(fact) if state_word(fact) == "published" else [],
            "stands": stands,
            "acts": self.acts_on(request, fact),
            "part_lists": [self.part(fact, name, columns) for name, columns in self.parts.items()],
        }

    def heading(self, fact: Any) -> str:
        """What a fact's page is called."""
        return str(fact)

    def part(self, fact: Fact, name: str, columns: Sequence[str]) -> dict[str, Any]:
        """What hangs on a fact by one relation: a short table, and the way to the whole list."""
        relation = self.model._meta.get_field(name)
        model = relation.related_model
        keys = {f.name for f in model._meta.fields if f.is_relation}
        rows = getattr(fact, name).select_related(*(each for each in columns if each in keys))
        found = list(rows[: PARTS_SHOWN + 1])
        url = reverse(f"admin:tracker_{model._meta.model_name}_changelist")
        return {
            "title": model._meta.verbose_name_plural,
            "labels": [label_of(model, each) for each in columns],
            "rows": [
                (row, change_url(row), [shown(row, each) for each in columns], state_word(row))
                for row in found[:PARTS_SHOWN]
            ],
            "more": len(found) > PARTS_SHOWN,
            "url": f"{url}?{relation.field.name}__id__exact={fact.pk}",
        }

    def read_only_page(self, request: HttpRequest, fact: Fact, extra: dict[str, Any]) -> HttpResponse:
        names = [name for names in self.sections.values() for name in names if name not in self.fixed]
        if issubclass(self.model, SourcedFact):
            names += ["source", "verification", "also_see"]
        context = {
            **self.admin_site.each_context(request),
            **extra,
            "title": self.heading(fact),
            "opts": self.opts,
            "original": fact,
            "values": [(label_of(self.model, name), shown(fact, name)) for name in (*names, "note")],
        }
        return TemplateResponse(request, "admin/fact_read.html", context)

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by, at = acting(request), timezone.now()
        request.saved_at = at
        if not change:
            self.enter(obj, form.cleaned_data, by, at)
        else:
            self.correct(request, obj, form)
            take_over(request, at)
        if "_publish" in request.POST:
            publish(facts=[self.model._default_manager.get(pk=obj.pk)], by=by, at=at)

    def correct(self, request: HttpRequest, obj: Any, form: Any) -> None:
        correct(
            fact=obj,
            values=form.new_values(),
            sets=form.new_sets(),
            reason=form.cleaned_data["reason"],
            seen_line=form.cleaned_data["seen_line"] or 0,
            by=acting(request),
            at=timezone.now(),
        )

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """On to the fact's page: it can be published there, and there is what comes next."""
        request.saved = obj  # type: ignore[attr-defined]
        return HttpResponseRedirect(change_url(obj))

    response_post_save_change = response_post_save_add

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """The action wrote the sets with the row."""

    def construct_change_message(self, *args: Any, **kwargs: Any) -> list[Any]:
        return []

    def log_addition(self, *args: Any) -> None:
        """The ledger has it."""

    log_change = log_addition

    # History

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        fact = self.get_object(request, unquote(object_id))
        if fact is None:
            raise Http404
        if not self.has_view_or_change_permission(request, fact):
            raise PermissionDenied
        lines = history_of(fact)
        first = next((line.id for line in reversed(lines) if line.is_public), None)
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": self.heading(fact),
            "opts": self.opts,
            "original": fact,
            "public": [line for line in lines if first is not None and line.id >= first],
            "draft": [line for line in lines if first is None or line.id < first],
        }
        return TemplateResponse(request, "admin/history.html", context)

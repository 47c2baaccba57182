"""The form of a fact: its columns, its dates, its sets, and why it is changed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import construct_instance

from tracker.actions.correcting import StaleEdit, last_line
from tracker.admin.fields import PicksField, ProseField, SpanField
from tracker.admin.shown import label_of, shown_value, span_names
from tracker.models import Fact
from tracker.models.base import span_columns, span_of


def attach(form: forms.Form, error: ValidationError, aliases: Mapping[str, str]) -> None:
    """Put what an action refused beside the fields it is about; what has no field here stands above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.error_dict.items():
        field = aliases.get(name, name)
        if field in form.fields:
            form.add_error(field, problems)
            continue
        words = name.replace("_", " ").capitalize()
        for problem in problems:
            said = " ".join(problem.messages)
            form.add_error(None, said if name == NON_FIELD_ERRORS else f"{words}: {said}")


class FactForm(forms.ModelForm):
    """What `save_model` hands to an action. It checks types and lengths; the action checks all that follows.

    `refusal` is what the action said of the same input a moment ago: the form is shown again with it.
    """

    refusal: ClassVar[ValidationError | None] = None
    span_fields: ClassVar[tuple[str, ...]] = ()
    set_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fact: Fact = self.instance
        for name in self.span_fields:
            self.initial.setdefault(f"{name}_on", span_of(fact, name))
        for name in self.set_fields:
            if fact.pk:
                self.initial[name] = members(fact, name)
        if fact.pk and "seen_line" in self.fields:
            self.initial["seen_line"] = last_line(fact)
        else:
            self.fields.pop("reason", None)
            self.fields.pop("seen_line", None)

    def _post_clean(self) -> None:
        """Fill the row, and leave the checks of rows to the action, which makes them all."""
        if isinstance(self.refusal, StaleEdit):
            self._compare()
        if self.refusal is not None:
            attach(self, self.refusal, self.aliases)
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        if not self.instance.pk:
            for name in self.span_fields:
                for column, value in span_columns(name, self.cleaned_data.get(f"{name}_on")).items():
                    setattr(self.instance, column, value)

    def validate_unique(self) -> None:
        """Left to the action."""

    @property
    def aliases(self) -> dict[str, str]:
        """Where an action's word for a field is not the form's."""
        return {
            alias: f"{name}_on"
            for name in self.span_fields
            for alias in (name, f"{name}_earliest", f"{name}_latest", f"{name}_precision")
        }

    def new_values(self) -> dict[str, Any]:
        """The columns that the editor changed, with their new values."""
        values: dict[str, Any] = {}
        for name in self.changed_data:
            if name.removesuffix("_on") in self.span_fields:
                values |= span_columns(name.removesuffix("_on"), self.cleaned_data[name])
            elif name not in (*self.set_fields, "reason", "seen_line"):
                values[name] = self.cleaned_data[name]
        return values

    def new_sets(self) -> dict[str, list[Fact]]:
        """The sets that the editor changed."""
        return {name: self.cleaned_data[name] for name in self.set_fields if name in self.changed_data}

    def _compare(self) -> None:
        """Both versions, field by field, for the page; the next save counts as having read theirs."""
        fact = self.instance
        self.versions = [
            {
                "label": label_of(type(fact), name),
                "theirs": self._shown(name, self.initial.get(name)),
                "mine": self._shown(name, self.cleaned_data.get(name, self[name].data)),
            }
            for name in self.changed_data
            if name not in ("reason", "seen_line")
        ]
        self.data = self.data.copy()
        self.data["seen_line"] = str(last_line(fact))

    def _shown(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        words = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}
        return shown_value(words.get(value) or field.prepare_value(value))


def members(fact: Fact, name: str) -> list[Fact]:
    """The members of a set of a fact, in their order."""
    _, parent, member = fact.sets[name]
    through = getattr(type(fact), name).through
    rows = through._default_manager.filter(**{parent: fact}).select_related(member).order_by("position")
    return [getattr(row, member) for row in rows]


def fact_form(model: type[Fact], names: list[str]) -> type[FactForm]:
    """The form of a noun, for the fields named: spans as `dated_on`, sets by their own names."""
    spans = tuple(name for name in span_names(model) if f"{name}_on" in names)
    sets = tuple(name for name in model.sets if name in names)
    fields: dict[str, Any] = {
        f"{name}_on": SpanField(required=False, label=label_of(model, f"{name}_on")) for name in spans
    }
    for name in sets:
        fields[name] = PicksField(getattr(model, name), required=False, label=label_of(model, name))
    fields["reason"] = ProseField(
        label="Why you change it", max_length=2_000, help_text="It stands in the record beside the change."
    )
    fields["seen_line"] = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    return type(f"{model.__name__}Form", (FactForm,), {**fields, "span_fields": spans, "set_fields": sets})

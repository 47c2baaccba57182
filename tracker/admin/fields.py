"""Form fields for what the register holds: dates as sources give them, facts by their public name, lists of lines.

Every one of them works without a script; `pick.js` only offers names while somebody types.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from tracker.models import Fact
from tracker.spans import EARLIEST_YEAR, LATEST_YEAR, DateSpan, parse_span
from tracker.vocabulary import Precision

PICK_HELP = "Type a few letters of its name and choose."
SPAN_HELP = "2021-12-03, 2021-12 or 2021."


class SpanWidget(forms.MultiWidget):
    """The date as it is typed, and whether it was only so by then."""

    template_name = "admin/widgets/span.html"
    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        text = forms.TextInput({"autocomplete": "off", "maxlength": 10, "class": "span-text"})
        super().__init__({"": text, "by": forms.CheckboxInput()}, attrs)

    def decompress(self, value: DateSpan | str | None) -> list[Any]:
        if isinstance(value, str):  # from the address of the page
            return [value, False]
        return [value.written, value.precision == Precision.BY] if value else ["", False]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class SpanField(forms.MultiValueField):
    """A date as sources give it. Its value is a DateSpan, or None."""

    widget = SpanWidget

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", SPAN_HELP)
        parts = (forms.CharField(required=False), forms.BooleanField(required=False))
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, values: Sequence[Any]) -> DateSpan | None:
        written, by = (*values, "", False)[:2]
        if not written:
            if by:
                raise ValidationError("Give the day by which it was so, or clear “by then”.")
            return None
        try:
            return parse_span(written, by=bool(by))
        except ValueError as error:
            message = str(error)
            raise ValidationError(f"{message[0].upper()}{message[1:]}.") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or None)
        except ValidationError:
            return True


class DayField(forms.DateField):
    """One known day, within the years the register can count in."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> date | None:
        on = super().to_python(value)
        if on and not EARLIEST_YEAR <= on.year <= LATEST_YEAR:
            raise ValidationError(f"Give a year from {EARLIEST_YEAR} to {LATEST_YEAR}.")
        return on


class ProseField(forms.CharField):
    """Text of several lines. Browsers send their own line ends: they are no change of the text."""

    widget = forms.Textarea({"rows": 4})

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class LinesField(forms.CharField):
    """A list of texts, one a line, each checked by the field of the list."""

    widget = forms.Textarea({"rows": 3})

    def __init__(self, *, each: forms.Field, **options: Any) -> None:
        self.each = each
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line for raw in super().clean(value).splitlines() if (line := raw.strip())]
        return [self.each.clean(line) for line in lines]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != list(initial or [])
        except ValidationError:
            return True


class NamedLinesField(forms.CharField):
    """Values that have a name each, one a line: `name: value`. Its value is a dict, or a list of dicts with two keys.

    A dict has each name once. In a list a line may be a value alone.
    """

    widget = forms.Textarea({"rows": 3})
    # The value may have colons, and be an address on the web.
    _LINE = re.compile(r"(?P<name>[^:/@]+?)\s*:(?!//)\s*(?P<value>.+)")

    def __init__(self, *, keys: tuple[str, str] | None = None, **options: Any) -> None:
        self.keys = keys
        super().__init__(max_length=5_000, **options)

    def prepare_value(self, value: Any) -> Any:
        """Whatever was stored, also what was not written here."""
        if isinstance(value, dict):
            return "\n".join(f"{name}: {told}" for name, told in value.items())
        if isinstance(value, list):
            return "\n".join(self._line(each) for each in value)
        return value

    def _line(self, each: Any) -> str:
        """The database keeps keys in an order of its own."""
        if not isinstance(each, dict):
            return str(each)
        named = sorted(each, key=lambda name: (name != (self.keys or name)[0], name))
        return ": ".join(str(each[name]) for name in named if each[name])

    def clean(self, value: Any) -> dict[str, str] | list[dict[str, str]]:
        pairs = [
            (found["name"].strip(), found["value"]) if (found := self._LINE.fullmatch(line)) else ("", line)
            for raw in super().clean(value).splitlines()
            if (line := raw.strip())
        ]
        if self.keys:
            return [dict(zip(self.keys, pair, strict=True)) for pair in pairs]
        for name, told in pairs:
            if not name:
                raise ValidationError(f"Write a name, a colon and the value, and not {told[:80]!r}.")
        if twice := {name for name, _ in pairs if [each for each, _ in pairs].count(name) > 1}:
            raise ValidationError(
                f"Each name once: {', '.join(sorted(twice))[:200]} is there more than once."
            )
        return dict(pairs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """By what is read in the box: what was stored in another form is no change while nobody touches it."""
        lines = [raw.strip() for raw in str(data or "").splitlines() if raw.strip()]
        return lines != str(self.prepare_value(initial) or "").splitlines()


class PickInput(forms.TextInput):
    """The public name of a fact, with names offered while somebody types."""

    template_name = "admin/widgets/pick.html"

    def __init__(self, names_at: str, attrs: dict[str, Any] | None = None) -> None:
        self.names_at = names_at
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["names_at"] = self.names_at
        context["widget"]["picked"] = value if isinstance(value, Fact) else None
        return context

    def format_value(self, value: Any) -> str | None:
        return value.ref if isinstance(value, Fact) else super().format_value(value)


def names_at(field: Any) -> str:
    """The address that offers names for a relation of a model, and asks for the right to see them."""
    opts = field.model._meta
    return (
        f"{reverse('admin:autocomplete')}?app_label={opts.app_label}"
        f"&model_name={opts.model_name}&field_name={field.name}"
    )


class PickField(forms.Field):
    """A fact, by its public name, its own name where that is unique, or (a source) its address."""

    def __init__(self, relation: Any, **options: Any) -> None:
        self.model: type[Fact] = relation.field.related_model
        options.setdefault("widget", PickInput(_Lazily(relation.field)))
        options["help_text"] = f"{options.get('help_text', '')} {PICK_HELP}".strip()
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return self.model._default_manager.filter(pk=value).first()
        return value

    def to_python(self, value: Any) -> Fact | None:
        if value in self.empty_values or isinstance(value, Fact):
            return value or None
        text = forms.CharField(max_length=1000).clean(value)
        return find_fact(self.model, text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        initial = self.prepare_value(initial)
        return (initial.ref if isinstance(initial, Fact) else "") != (data or "").strip()


class _Lazily:
    """The address of a relation's names, looked up when the page is written: fields stand in modules."""

    def __init__(self, field: Any) -> None:
        self.field = field

    def __str__(self) -> str:
        return names_at(self.field)


def find_fact(model: type[Fact], text: str) -> Fact:
    """The fact somebody means. Raises ValidationError where there is none, or more than one."""
    known = {field.name for field in model._meta.fields}
    rows = model._default_manager.all()
    lookups = [{"ref": text}]
    lookups += [{f"{name}__iexact": text} for name in ("name", "title") if name in known]
    if model._meta.model_name == "source":
        lookups.append({"url": text})
    for lookup in lookups:
        found = list(rows.filter(**lookup)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                f"Several are called {text[:80]!r}: choose one from the names offered while you type."
            )
    raise ValidationError(
        f"No {model._meta.verbose_name} is called {text[:80]!r}. Type a few letters of its name and choose "
        "from the list, or give its public name."
    )


class PicksInput(forms.Widget):
    """Several public names: a box for each, in order, and some to spare."""

    template_name = "admin/widgets/picks.html"
    use_fieldset = True
    spare = 2

    def __init__(self, names_at: Any, attrs: dict[str, Any] | None = None) -> None:
        self.names_at = names_at
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = [(each.ref, each) if isinstance(each, Fact) else (each, None) for each in value or []]
        context["widget"]["names_at"] = self.names_at
        context["widget"]["rows"] = [*chosen, *[("", None)] * self.spare]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        written = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [text for each in written if (text := str(each).strip())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class PicksField(forms.Field):
    """Several facts by their public names, in the order given, each once."""

    most = 200

    def __init__(self, relation: Any, **options: Any) -> None:
        self.model: type[Fact] = relation.field.related_model
        options.setdefault("widget", PicksInput(_Lazily(relation.field)))
        super().__init__(**options)

    def to_python(self, value: Any) -> list[Fact]:
        if len(value or []) > self.most:
            raise ValidationError(f"Name at most {self.most}.")
        found = [
            each
            if isinstance(each, Fact)
            else find_fact(self.model, forms.CharField(max_length=1000).clean(each))
            for each in value or []
        ]
        return list({each.pk: each for each in found}.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [each.ref for each in initial or []] != list(data or [])


def form_field(field: models.Field) -> forms.Field | None:
    """The form field of a column of a fact, where Django's own does not do."""
    options: dict[str, Any] = {
        "required": not field.blank,
        "label": str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:],
        "help_text": "" if field.name == "note" else field.help_text,
    }
    match field:
        case models.ForeignKey() if issubclass(field.related_model, Fact):  # type: ignore[arg-type]
            return PickField(getattr(field.model, field.name), **options)
        case ArrayField():
            each = form_field(field.base_field) or field.base_field.formfield()
            return LinesField(each=each, **{**options, "help_text": f"{field.help_text} One a line.".strip()})
        case models.JSONField():
            keys = ("purpose", "address") if field.default is list else None
            return NamedLinesField(keys=keys, **options)
        case models.DateField():
            return DayField(**options)
        case models.URLField():
            return forms.URLField(max_length=field.max_length, assume_scheme="https", **options)
        case models.TextField():
            return ProseField(max_length=field.max_length, **options)
    return None

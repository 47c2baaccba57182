"""How the fields of a fact are shown to staff: dates with their precision, names for keys, links between facts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from tracker.models import Fact
from tracker.models.base import span_of
from tracker.queries.second_looks import looks_at
from tracker.spans import DateSpan

NOTHING = "—"
SPAN_LABELS = {"dated": "Date"}


def span_names(model: type[models.Model]) -> list[str]:
    """The dates of a model that stand in three columns."""
    ends = "_precision"
    return [field.name[: -len(ends)] for field in model._meta.fields if field.name.endswith(ends)]


def label_of(model: type[models.Model], name: str) -> str:
    """What a field is called on a page; a date in three columns goes by its own name."""
    base = name.removesuffix("_on")
    if base in span_names(model):
        return SPAN_LABELS.get(base, f"{base.capitalize()} on")
    try:
        words = str(getattr(model._meta.get_field(name), "verbose_name", name.replace("_", " ")))
    except FieldDoesNotExist:
        words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def change_url(fact: models.Model) -> str:
    """The page of a row in the admin; empty where it has none."""
    opts = fact._meta
    try:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[fact.pk])
    except NoReverseMatch:
        return ""


def link_to(fact: models.Model | None) -> SafeString | str:
    """A link to the page of a row."""
    if fact is None:
        return NOTHING
    url = change_url(fact)
    return format_html('<a href="{}">{}</a>', url, fact) if url else str(fact)


def shown(fact: models.Model, name: str) -> SafeString | str:
    """A field of a fact as staff read it."""
    base = name.removesuffix("_on")
    if base in span_names(type(fact)):
        return str(span_of(fact, base) or NOTHING)
    display = getattr(fact, f"get_{name}_display", None)
    return shown_value(display() if display else getattr(fact, name))


def shown_value(value: Any) -> SafeString | str:
    """A value as staff read it."""
    if value in (None, "", [], {}):
        return NOTHING
    match value:
        case bool():
            return "Yes" if value else "No"
        case models.Model():
            return link_to(value)
        case models.Manager():
            return shown_value(list(value.all()))
        case list() | tuple():
            return format_html_join("", "<div>{}</div>", ((shown_value(each),) for each in value))
        case dict():
            return format_html_join("", "<div>{}: {}</div>", value.items())
        case DateSpan():
            return str(value)
    if hasattr(value, "tzinfo"):
        return date_format(localtime(value), "j F Y, H:i")
    if hasattr(value, "isoformat"):
        return date_format(value, "j F Y")
    return str(value)


def state_word(fact: Fact) -> str:
    """Where a fact stands, in one word."""
    if fact.withdrawn_at is not None:
        return "withdrawn"
    return "published" if fact.published_at is not None else "draft"


@admin.display(description="State", ordering="published_at")
def state(fact: Fact) -> SafeString:
    """A list's column: draft, published or withdrawn."""
    word = state_word(fact)
    return format_html('<span class="state state-{}">{}</span>', word, word)


def span_column(name: str, title: str) -> Any:
    """A list's column for a date in three columns, ordered by its last day."""

    @admin.display(description=title, ordering=f"{name}_latest")
    def column(fact: Fact) -> str:
        return str(span_of(fact, name) or NOTHING)

    return column


def waiting_words(facts: Sequence[Any]) -> str:
    """What somebody is told of those facts of one kind that wait for a second person; empty if none does."""
    count = looks_at(facts).count() if facts and isinstance(facts[0], Fact) else 0
    if not count:
        return ""
    what = "This draft waits" if count == 1 else f"{count} drafts wait"
    return f"{what} for a second pair of eyes: another publisher, who wrote none of it, publishes it."


def waits_for_another(fact: Fact) -> str:
    """Who would have published a draft that waits for a second person; empty where none does."""
    look = looks_at([fact]).select_related("asked_by").first()
    if look is None:
        return ""
    return f"a second pair of eyes since {shown_value(look.asked_at)} (asked by {look.asked_by})"


def hidden_by(fact: Fact) -> list[Fact]:
    """The facts above a published one that keep it from the public: drafts, or withdrawn."""
    above: Iterable[Fact | None] = (getattr(fact, name) for name in type(fact).ancestors)
    return [each for each in above if each is not None and state_word(each) != "published"]

"""What all facts share: a public name, publication, a source, and the guard of the ledger."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tracker.spans import DateSpan
from tracker.vocabulary import Noun, Precision, Verification

# The fields of every fact that no line of the ledger tells: names and times of the row itself.
BOOKKEEPING = ("id", "ref", "updated_at")

_GUARD = """
    IF NOT EXISTS (
        SELECT 1 FROM tracker_event e
        WHERE e.subject_type = '{noun}' AND e.subject_id = {row}.{column}
          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint
          AND e.xact = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = '{noun} ' || {row}.{column} || ' changed with no line in the ledger';
    END IF;
    RETURN NULL;
"""


def guard(noun: Noun, *, column: str = "id", unguarded: Iterable[str] = ()) -> list[pgtrigger.Trigger]:
    """Refuse at commit a new, changed or deleted row with no line about its fact in the same transaction.

    `column` names the row's fact (a part of a fact points to it); columns in `unguarded` may change freely.
    A transaction id comes round again after a restore, so only lines since this transaction's first count.
    """

    def one(name: str, operation: Any, row: str, condition: Any = None) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Row,
            when=pgtrigger.After,
            operation=operation,
            timing=pgtrigger.Deferred,
            condition=condition,
            func=_GUARD.format(noun=noun.value, column=column, row=row),
        )

    return [
        one("guard_insert", pgtrigger.Insert, "NEW"),
        one(
            "guard_update",
            pgtrigger.Update,
            "NEW",
            pgtrigger.AnyChange(exclude=[*unguarded]),
        ),
        one("guard_delete", pgtrigger.Delete, "OLD"),
    ]


def guard_fact(noun: Noun, *, unguarded: Iterable[str] = ()) -> list[pgtrigger.Trigger]:
    """The guard of a fact's own row: it is never deleted, and its public name never changes."""
    return [
        *guard(noun, unguarded=("updated_at", *unguarded))[:2],
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        pgtrigger.Protect(
            name="ref_never_changes",
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("ref"),
        ),
    ]


class FactQuerySet(models.QuerySet):
    """The one door to public data."""

    def public(self, *, given: tuple[str, ...] = ()) -> Self:
        """Published, not withdrawn, and every ancestor too. No other code decides who may see a thing.

        `given` names ancestors that the query already knows to be public: they are not joined again.
        """
        return self.filter(public_condition(self.model, given=given))

    def drafts(self) -> Self:
        """Entered and not published yet."""
        return self.filter(published_at=None, withdrawn_at=None)


def public_condition(model: type["Fact"], prefix: str = "", *, given: tuple[str, ...] = ()) -> Q:
    """The condition of `public()` for a fact that a query reaches by `prefix` (`answers__`).

    A source is joined as if it were always there: a constraint says that nothing is published without one. A
    whole and its limbs are of one table, one level deep, and of one report: neither is asked for twice.
    """
    condition = Q(**{f"{prefix}published_at__isnull": False, f"{prefix}withdrawn_at__isnull": True})
    for name in model.ancestors:
        field: Any = model._meta.get_field(name)
        if name in given:
            continue
        known = (name, "report") if field.related_model is model else ()
        above = public_condition(field.related_model, f"{prefix}{name}__", given=known)
        optional = field.null and name != "source"
        condition &= (Q(**{f"{prefix}{name}__isnull": True}) | above) if optional else above
    return condition


class Fact(models.Model):
    """A row that the ledger tells. Only actions write it.

    `ancestors` are the facts that must be public for this one to be; `private_fields` are told to staff
    only; `later_fields` came after the first lines and hold nothing where no line tells them; `unguarded_fields`
    are worked out from other facts and never told; `sets` are the parts that stand in tables of their own, told as
    a list of public names: field -> (model name, parent, member).
    """

    noun: ClassVar[Noun]
    ancestors: ClassVar[tuple[str, ...]] = ()
    private_fields: ClassVar[frozenset[str]] = frozenset({"note"})
    unguarded_fields: ClassVar[frozenset[str]] = frozenset()
    later_fields: ClassVar[frozenset[str]] = frozenset()
    sets: ClassVar[dict[str, tuple[str, str, str]]] = {}

    ref = models.CharField(max_length=240, unique=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(editable=False)
    note = models.TextField(blank=True, max_length=20_000, help_text="For staff only.")

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def told_fields(cls) -> list[models.Field]:
        """The columns that the ledger tells, in the order of the model."""
        left_out = {*BOOKKEEPING, *cls.unguarded_fields}
        return [
            field
            for field in cls._meta.concrete_fields
            if field.name not in left_out and not isinstance(field, models.GeneratedField)
        ]

    @property
    def is_draft(self) -> bool:
        return self.published_at is None and self.withdrawn_at is None

    @property
    def is_published(self) -> bool:
        """Marked for the public, which sees it if it may see all that it stands on."""
        return self.published_at is not None and self.withdrawn_at is None

    def occurred(self) -> DateSpan | None:
        """When it came to be, by its source; None where no date is shown or none applies."""
        return None


class SourcedFact(Fact):
    """A fact that cannot be published without a source, nor while it is unverified."""

    source = models.ForeignKey("tracker.Source", models.PROTECT, null=True, blank=True, related_name="+")
    also_see = ArrayField(
        models.URLField(max_length=1000),
        default=list,
        blank=True,
        help_text="Other pages that say so.",
    )
    verification = models.CharField(
        max_length=12, choices=Verification.choices, default=Verification.UNVERIFIED
    )

    class Meta:
        abstract = True

    ancestors: ClassVar[tuple[str, ...]] = ("source",)


def published_with_a_source(table: str) -> list[models.CheckConstraint]:
    """The constraints of a fact that needs a source and somebody's check before the public sees it."""
    return [
        models.CheckConstraint(
            name=f"{table}_published_with_a_source",
            condition=Q(published_at=None) | Q(source__isnull=False),
            violation_error_message="Name the source before publishing: nothing is published without one.",
        ),
        models.CheckConstraint(
            name=f"{table}_published_after_a_check",
            condition=Q(published_at=None) | ~Q(verification=Verification.UNVERIFIED),
            violation_error_message="Check this against its source and say how before publishing it.",
        ),
    ]


def is_one_of(table: str, field: str, choices: Any, *, empty: bool = False) -> models.CheckConstraint:
    """The constraint behind a closed set of words."""
    words = [*choices.values, ""] if empty else choices.values
    return models.CheckConstraint(
        name=f"{table}_{field}_known",
        condition=Q(**{f"{field}__in": words}),
        violation_error_message=f"{field}: choose one of {', '.join(choices.values)}.",
    )


def drafts_index(table: str) -> models.Index:
    """Read by queries.desk.drafts_by_noun: the few drafts of a table that may hold millions of published rows."""
    return models.Index(
        fields=["id"], name=f"{table}_drafts", condition=Q(published_at=None, withdrawn_at=None)
    )


def span_fields(
    **options: Any,
) -> tuple[models.DateField, models.DateField, models.CharField]:
    """The three columns of a date as sources give it: earliest day, latest day, precision."""
    return (
        models.DateField(null=True, blank=True, **options),
        models.DateField(null=True, blank=True, **options),
        models.CharField(max_length=5, choices=Precision.choices, blank=True, **options),
    )


def span_whole(table: str, name: str) -> models.CheckConstraint:
    """A span has both its ends and its precision, in order, or nothing."""
    none = Q(**{f"{name}_earliest": None, f"{name}_latest": None, f"{name}_precision": ""})
    whole = Q(
        **{
            f"{name}_earliest__isnull": False,
            f"{name}_latest__gte": F(f"{name}_earliest"),
            f"{name}_precision__in": Precision.values,
        }
    )
    return models.CheckConstraint(
        name=f"{table}_{name}_whole",
        condition=none | whole,
        violation_error_message=f"{name}: a date needs its first day, its last day and its precision.",
    )


SPAN_PARTS = ("earliest", "latest", "precision")


def span_of(fact: models.Model, name: str) -> DateSpan | None:
    """The date `name` of a fact, or None where it is not known."""
    latest: date | None = getattr(fact, f"{name}_latest")
    if latest is None:
        return None
    return _span(getattr(fact, f"{name}_earliest"), latest, getattr(fact, f"{name}_precision"))


@lru_cache(maxsize=4_096)
def _span(earliest: date, latest: date, precision: str) -> DateSpan:
    return DateSpan(earliest, latest, Precision(precision))


def span_columns(name: str, span: DateSpan | None) -> dict[str, Any]:
    """The columns of the date `name` for a span."""
    if span is None:
        return {
            f"{name}_earliest": None,
            f"{name}_latest": None,
            f"{name}_precision": "",
        }
    return {
        f"{name}_earliest": span.earliest,
        f"{name}_latest": span.latest,
        f"{name}_precision": span.precision.value,
    }

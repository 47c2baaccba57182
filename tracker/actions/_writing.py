"""How actions write: a row and its line, together. Private to `tracker.actions`."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from tracker.actions import _rows
from tracker.actions._storable import clean, unstorable
from tracker.ledger import Actor, Line, append_many, line_about
from tracker.models import Fact, User
from tracker.queries.by_id import public_among
from tracker.vocabulary import Step, fact_event

REF_LENGTH = 240
_AS_THEY_ARE = frozenset({str, int, bool, date, list, type(None)})


@dataclass(frozen=True)
class New:
    """A fact to be written, with its parts in tables of their own: publishers, joint authors, themes."""

    fact: Fact
    sets: Mapping[str, Sequence[Fact]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """New values for fields of a fact on record."""

    fact: Fact
    values: Mapping[str, Any]
    sets: Mapping[str, Sequence[Fact]] = field(default_factory=dict)


@dataclass(frozen=True)
class Writing:
    """Who writes, when, and as one action: what every helper here needs to know."""

    by: Actor
    at: datetime
    action: uuid.UUID = field(default_factory=uuid.uuid4)

    def append(self, lines: Sequence[Line]) -> list[int]:
        return append_many(lines, by=self.by, at=self.at, action=self.action)


def record(
    entries: Sequence[New],
    writing: Writing,
    *,
    reason: str = "",
    on: date | None = None,
) -> list[Fact]:
    """Write new facts, each a draft with a private line. Raises ValidationError naming field and fix."""
    if not entries:
        return []
    model = type(entries[0].fact)
    facts = [entry.fact for entry in entries]
    for fact in facts:
        fact.updated_at = writing.at
    clean(facts)
    with explained(model):
        _rows.insert(model, facts)
    for name in model.sets:
        _write_members(model, name, [(entry.fact, entry.sets.get(name, ())) for entry in entries])
    kind = fact_event(model.noun, Step.RECORDED)
    writing.append(
        [
            line_about(
                entry.fact,
                kind,
                occurred_on=on or happened_on(entry.fact),
                is_public=False,
                staff_reason=reason,
                **told(entry.fact, sets={name: entry.sets.get(name, ()) for name in model.sets}),
            )
            for entry in entries
        ]
    )
    return facts


def change(
    changes: Sequence[Change],
    writing: Writing,
    *,
    kind: str,
    occurred_on: date | None,
    public: set[int],
    reason: str = "",
    staff_reason: str = "",
) -> None:
    """Change facts on record, each with a line of `kind`: public for the ids in `public`."""
    if not changes:
        return
    fields = list({name for each in changes for name in each.values})
    for each in changes:
        each.fact.updated_at = writing.at
        for name, value in each.values.items():
            setattr(each.fact, name, value)
    clean([each.fact for each in changes])
    _update(changes, fields, writing.at)
    for each in changes:
        for name, members in each.sets.items():
            _write_set(each.fact, name, members)
    seen = [each for each in changes if each.fact.pk in public]
    members = [member for each in seen for few in each.sets.values() for member in few]
    hidden = hidden_targets([each.fact for each in seen], set(fields), members)
    writing.append(
        [
            line_about(
                each.fact,
                kind,
                occurred_on=occurred_on,
                is_public=each.fact.pk in public,
                reason=reason,
                staff_reason=staff_reason,
                **told(each.fact, fields=each.values, sets=each.sets, hidden=hidden),
            )
            for each in changes
        ]
    )


def _update(changes: Sequence[Change], fields: Sequence[str], at: datetime) -> None:
    """Write the rows: one plain statement where all get the same values."""
    model = type(changes[0].fact)
    first = changes[0].values
    with explained(model):
        if all(each.values == first for each in changes):
            ids = [each.fact.pk for each in changes]
            model._default_manager.filter(pk__any_of=ids).update(**first, updated_at=at)
        else:
            _rows.update(model, [each.fact for each in changes], [*fields, "updated_at"])


def told(
    fact: Fact,
    *,
    fields: Mapping[str, Any] | None = None,
    sets: Mapping[str, Sequence[Fact]] = MappingProxyType({}),
    hidden: Collection[tuple[type[Fact], int]] = (),
) -> dict[str, dict[str, Any]]:
    """The after-values of a fact for a line: those the public may read, and those only staff may.

    `fields` keeps to those named; without it every told field is given. `sets` are the members of the sets that are
    told. Facts in `hidden` are not public: the public reads an empty link, staff the true one.
    """
    after: dict[str, Any] = {}
    staff_after: dict[str, Any] = {}
    for name, linked_by, is_private in _told_columns(type(fact)):
        if fields is None or name in fields:
            value = None if linked_by and getattr(fact, linked_by) is None else getattr(fact, name)
            if type(value) not in _AS_THEY_ARE:
                if (
                    hidden
                    and not is_private
                    and isinstance(value, Fact)
                    and (type(value), value.pk) in hidden
                ):
                    after[name], staff_after[name] = None, value.ref
                    continue
                value = _spelled(value)
            (staff_after if is_private else after)[name] = value
    for name, members in sets.items():
        shown = [member for member in members if (type(member), member.pk) not in hidden]
        after[name] = [member.ref for member in shown]
        if len(shown) < len(members):
            staff_after[name] = [member.ref for member in members]
    return {"after": after, "staff_after": staff_after}


@cache
def _told_columns(model: type[Fact]) -> list[tuple[str, str, bool]]:
    """The columns that are told: name, for a link the column of its id (empty where it leads nowhere), private?"""
    return [
        (field.name, field.attname if field.is_relation else "", field.name in model.private_fields)
        for field in model.told_fields()
    ]


def hidden_targets(
    facts: Sequence[Fact], fields: Collection[str] | None, members: Iterable[Fact]
) -> set[tuple[type[Fact], int]]:
    """What is not public: of what facts of one kind link to in the fields named (None: in all), and of the members."""
    targets: dict[type[Fact], set[int]] = defaultdict(set)
    for column in type(facts[0]).told_fields() if facts else ():
        model = column.related_model
        if (fields is None or column.name in fields) and isinstance(model, type) and issubclass(model, Fact):
            targets[model] |= {getattr(fact, column.attname) for fact in facts}
    for member in members:
        targets[type(member)].add(member.pk)
    for ids in targets.values():
        ids.discard(None)  # type: ignore[arg-type]
    shown = public_among(targets)
    return {(model, pk) for model, ids in targets.items() for pk in ids - shown[model]}


def plain(value: Any) -> Any:
    """A value as it stands in a line: facts by their public name, people by their account."""
    return value if type(value) in _AS_THEY_ARE else _spelled(value)


def _spelled(value: Any) -> Any:
    match value:
        case Fact():
            return value.ref
        case User():
            return f"account-{value.pk}"
        case datetime():
            return value.astimezone(UTC)
        case models.fields.files.FieldFile():
            return value.name or ""
        case models.Choices():
            return value.value
    return value


def set_members(fact: Fact, name: str) -> list[Fact]:
    """The members of a set of a fact, in their order."""
    return members_of([fact], name).get(fact.pk, [])


def members_of(facts: Sequence[Fact], name: str) -> dict[int, list[Fact]]:
    """By id, the members of one set of facts of one kind, in their order; one query."""
    table, parent, member = facts[0].sets[name]
    ids = [fact.pk for fact in facts]
    rows = apps.get_model("tracker", table)._default_manager.filter(**{f"{parent}__any_of": ids})
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in rows.select_related(member).order_by("position"):
        found[getattr(row, f"{parent}_id")].append(getattr(row, member))
    return found


def _write_set(fact: Fact, name: str, members: Sequence[Fact]) -> None:
    """Replace the members of a set of a fact. The line is the fact's own."""
    table, parent, _ = fact.sets[name]
    apps.get_model("tracker", table)._default_manager.filter(**{parent: fact}).delete()
    _write_members(type(fact), name, [(fact, members)])


def _write_members(model: type[Fact], name: str, members: Iterable[tuple[Fact, Sequence[Fact]]]) -> None:
    """Write one set of facts of a kind that have no members in it yet."""
    table, parent, member = model.sets[name]
    rows = apps.get_model("tracker", table)
    new = [
        rows(**{parent: fact, member: each, "position": place})
        for fact, few in members
        for place, each in enumerate(few)
    ]
    if new:
        with explained(rows):
            _rows.insert(rows, new)


def happened_on(fact: Fact) -> date | None:
    """The last day on which a fact may have come to be: None where its source shows no date."""
    span = fact.occurred()
    return span.latest if span else None


@contextmanager
def explained(model: type[models.Model]) -> Iterator[None]:
    """Turn a refusal of the database into the words of the constraint that was broken.

    Only constraints that people can break: a missing line, or a change of the ledger, is a bug of ours and
    comes up as what it is.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        known = {constraint.name: constraint for constraint in model._meta.constraints}
        if name in known:
            raise ValidationError(_in_its_field(known[name])) from error
        if name and name.startswith(f"{model._meta.db_table}_ref"):
            raise ValidationError({"ref": ["This name is taken in the register."]}) from error
        if (name and "_key" in name) or (name or "").endswith("_uniq"):
            raise ValidationError("This is on record already.") from error
        raise
    except DataError as error:
        raise ValidationError("A value is too large or of the wrong kind.") from error


def _in_its_field(constraint: models.BaseConstraint) -> Any:
    """The message of a constraint, under the field it names (`number: …`) where it names one."""
    message = str(constraint.get_violation_error_message())
    head, colon, rest = message.partition(": ")
    return {head: [rest[0].upper() + rest[1:]]} if colon and head.isidentifier() else message


def unique_ref(model: type[Fact], wanted: str) -> str:
    """`wanted`, or with -2, -3 and so on behind it where the name is taken."""
    wanted = wanted[: REF_LENGTH - 6]
    taken = set(model._default_manager.filter(ref__startswith=wanted).values_list("ref", flat=True))
    if wanted not in taken:
        return wanted
    return next(ref for n in range(2, len(taken) + 3) if (ref := f"{wanted}-{n}") not in taken)


def reasoned(text: str, *, least: int = 5) -> str:
    """A reason that somebody can read later. Raises ValidationError for an empty one."""
    if len(text.strip()) < least:
        raise ValidationError({"reason": ["Say why in a few words: the reason stands in the record."]})
    if problem := unstorable(text):
        raise ValidationError({"reason": [problem]})
    return text.strip()

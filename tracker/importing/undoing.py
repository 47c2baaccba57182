"""Undoing an import as a whole: what it entered is withdrawn, what it corrected is corrected back.

Nothing is deleted: the lines of both stand. It is refused, naming what, where anybody has edited since what the import
wrote, or has entered something that stands on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.apps import apps
from django.db import connection

from tracker.actions.correcting import Correction, correct_all
from tracker.actions.publishing import withdraw
from tracker.importing.applying import one_batch
from tracker.importing.staging import Progress
from tracker.ledger import Actor
from tracker.models import Body, Event, Fact, Import, ImportBatch, ImportRow, Source, Theme
from tracker.vocabulary import ImportState, Noun, Role, Step

MOST_NAMED = 10
# What others may stand on too: left where it is if they do.
SHARED: tuple[type[Fact], ...] = (Source, Theme, Body)
_SHARED_NOUNS = [model.noun.value for model in SHARED]

Ids = dict[type[Fact], set[int]]


class EditedSince(ValueError):
    """What an import wrote was edited since, or something stands on it."""

    def __init__(self, names: Sequence[str]) -> None:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        super().__init__(
            f"edited since, or used by what was entered since: {', '.join(names[:MOST_NAMED])}{more}. Withdraw or"
            " correct what is wrong by hand; an import that came later is undone first."
        )


def undo(of: Import, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Undo an import, batch by batch, the last first. Safe to begin again. Raises EditedSince, and changes nothing."""
    batches = list(of.batches.order_by("-pk"))
    waiting = [batch for batch in batches if not batch.undone]
    if len(waiting) == len(batches):
        check_untouched(of)
    for done, batch in enumerate(waiting, 1):
        with one_batch(of, ImportState.UNDOING):
            _undo_batch(batch, {"by": by, "at": at, "reason": f"Import {of.pk} was undone. {of.undo_reason}"})
            ImportBatch.objects.filter(pk=batch.pk).update(undone=True)
        progress(of.read * done // len(waiting), of.read)
    ImportRow.objects.filter(of=of, applied=True).update(applied=False)
    of.state, of.undone_at = ImportState.UNDONE, at
    of.save(update_fields=["state", "undone_at"])


def check_untouched(of: Import) -> None:
    """Raises EditedSince, naming what was edited since by anybody but the clock, or stands on what was entered.

    A body that only got another name may be edited: nothing but that name is taken out again. One that the import
    entered may not, unless it stays because others stand on it.
    """
    made = _made(of.batches.all())
    edited: Ids = defaultdict(set)
    for noun, pk in _edited_since(of):
        edited[_models()[Noun(noun)]].add(pk)
    for model in SHARED:
        edited[model] -= _used(model, made)
    names = [
        fact.ref for model, ids in edited.items() for fact in model._default_manager.filter(pk__any_of=ids)
    ]
    names += [fact.ref for fact in _standing_on(made)]
    if names:
        raise EditedSince([*dict.fromkeys(names)])


def _edited_since(of: Import) -> list[tuple[str, int]]:
    """The facts that were edited since, kind and id. Of what others share, those that the import entered."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH ours AS (
                SELECT e.id, e.subject_type, e.subject_id, e.kind FROM tracker_importbatch b
                JOIN tracker_event e ON e.id BETWEEN b.first_event AND b.last_event AND e.xact = b.xact
                WHERE b.of_id = %s
            ), touched AS (
                SELECT subject_type, subject_id, min(id) AS first, bool_or(kind LIKE '%%.recorded') AS made
                FROM ours GROUP BY 1, 2
            )
            SELECT DISTINCT later.subject_type = ANY(%s) AS shared, later.subject_type, later.subject_id
            FROM touched t
            JOIN tracker_event later ON later.subject_type = t.subject_type AND later.subject_id = t.subject_id
                AND later.id > t.first AND later.role <> %s
                AND later.kind NOT LIKE '%%.linked'
            WHERE NOT EXISTS (SELECT 1 FROM ours WHERE ours.id = later.id)
                AND NOT EXISTS (
                    SELECT 1 FROM tracker_importbatch u
                    WHERE u.undone AND later.id BETWEEN u.first_event AND u.last_event AND later.xact = u.xact
                )
                AND (t.made OR t.subject_type <> ALL(%s))
            ORDER BY 1, 2, 3
            LIMIT 2000
            """,
            [of.pk, _SHARED_NOUNS, Role.CLOCK.value, _SHARED_NOUNS],
        )
        return [(noun, pk) for _, noun, pk in cursor.fetchall()]


def _models() -> dict[Noun, type[Fact]]:
    return {model.noun: model for model in apps.get_models() if issubclass(model, Fact)}


def _lines(batches: Iterable[ImportBatch], step: Step) -> Iterable[tuple[type[Fact], int, int]]:
    """The facts that lines of some batches are about, for one step: kind, id, line."""
    models = _models()
    for batch in batches:
        lines = Event.objects.filter(
            pk__range=(batch.first_event, batch.last_event), xact=batch.xact, kind__endswith=f".{step}"
        )
        for noun, subject, pk in lines.order_by("pk").values_list("subject_type", "subject_id", "pk"):
            yield models[Noun(noun)], subject, pk


def _made(batches: Iterable[ImportBatch]) -> Ids:
    made: Ids = defaultdict(set)
    for model, pk, _ in _lines(batches, Step.RECORDED):
        made[model].add(pk)
    return made


def _standing_on(made: Ids) -> list[Fact]:
    """Facts entered by others that can be public only if what the import made is. What others share is passed over."""
    found: list[Fact] = []
    for model in _models().values():
        for name in model.ancestors:
            above: Any = model._meta.get_field(name).related_model
            if above in SHARED or not made.get(above):
                continue
            rows = model._default_manager.filter(**{f"{name}__in": made[above]}, withdrawn_at=None)
            found += rows.exclude(pk__any_of=made.get(model, set())).order_by("pk")[:MOST_NAMED]
    return found


def _undo_batch(batch: ImportBatch, writing: dict[str, Any]) -> None:
    made = _made([batch])
    _correct_back(batch, made, writing)
    for model in SHARED:
        made[model] -= _used(model, made)
    facts = [
        fact
        for model, ids in made.items()
        for fact in model._default_manager.filter(pk__any_of=ids, withdrawn_at=None).order_by("pk")
    ]
    withdraw(facts=facts, **writing)


def _used(shared: type[Fact], made: Ids) -> set[int]:
    """Those of the shared facts that something else, not withdrawn, stands on."""
    used: set[int] = set()
    for model in _models().values():
        for name in model.ancestors:
            if model._meta.get_field(name).related_model is shared:
                rows = model._default_manager.filter(**{f"{name}__in": made[shared]}, withdrawn_at=None)
                rows = rows.exclude(pk__any_of=made.get(model, set()))
                used |= set(rows.values_list(f"{name}_id", flat=True))
    return used


def _correct_back(batch: ImportBatch, made: Ids, writing: dict[str, Any]) -> None:
    """Give the facts that the batch corrected what stood there before it."""
    lines: dict[type[Fact], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for model, pk, line in _lines([batch], Step.CORRECTED):
        if pk not in made.get(model, set()):
            lines[model][pk].append(line)
    for model, found in lines.items():
        facts = model._default_manager.select_for_update(of=("self",)).in_bulk([*found])
        back = _without if model in SHARED else _before
        corrections = [c for pk, few in found.items() if (c := back(facts[pk], few))]
        correct_all(corrections=corrections, **writing)


def _without(fact: Fact, lines: Sequence[int]) -> Correction | None:
    """What a fact that others share says now, without what some lines added to it: what was edited since stays."""
    before, said = _before(fact, lines), _said(lines)
    if before is None:
        return None
    values: dict[str, Any] = {}
    for name, old in before.values.items():
        now = getattr(fact, name)
        if isinstance(now, list):
            values[name] = [each for each in now if each in old or each not in said[name]]
        elif str(now) == str(said[name]):
            values[name] = old
    return Correction(fact, values, before.sets)


def _before(fact: Fact, lines: Sequence[int]) -> Correction | None:
    """What a fact said before some lines: for each field they tell, by the latest line before them that tells it."""
    said = _said(lines)
    before: dict[str, Any] = {}
    earlier = Event.objects.filter(subject_type=fact.noun, subject_id=fact.pk, pk__lt=min(lines))
    for line in earlier.select_related("content").order_by("-pk"):
        for name, value in _after(line).items():
            before.setdefault(name, value)
        if said.keys() <= before.keys():
            break
    values: dict[str, Any] = {}
    sets: dict[str, Sequence[Fact]] = {}
    for name in said.keys() & before.keys():
        if name in fact.sets:
            member: Any = fact._meta.get_field(name).related_model
            found = member._default_manager.in_bulk(before[name], field_name="ref")
            sets[name] = [found[ref] for ref in before[name]]
        else:
            column: Any = fact._meta.get_field(name)
            values[name] = column.to_python(before[name])
    return Correction(fact, values, sets) if values or sets else None


def _said(lines: Sequence[int]) -> dict[str, Any]:
    """What some lines say in the end."""
    said: dict[str, Any] = {}
    for line in Event.objects.filter(pk__any_of=lines).select_related("content").order_by("pk"):
        said |= _after(line)
    return said


def _after(line: Event) -> dict[str, Any]:
    """The values that a line tells, for staff and for the public."""
    staff = orjson.loads(bytes(line.content.staff))["after"]
    public = orjson.loads(bytes(line.content.public))["after"] if line.content.public else {}
    return {**public, **staff}

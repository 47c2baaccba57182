"""Applying a plan: whole reports, so many rows a transaction; and undoing it as a whole.

A transaction holds reports whole: the facts, their lines, what is noted of the rows. Whoever is killed leaves each
report there or not, and whoever takes the import up goes on with the rest.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q

from tracker.importing.feed import Feed
from tracker.importing.profiles import read_profile
from tracker.importing.staging import Progress, pieces, write_back
from tracker.importing.writing import Writer
from tracker.ledger import Actor
from tracker.models import Event, Fact, Import, ImportRow
from tracker.vocabulary import ImportState, Outcome

TO_APPLY = (Outcome.NEW.value, Outcome.CHANGED.value)


def apply(of: Import, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Write all that is new or changed by the plan. Safe to begin again: what was written is passed over.

    Raises ValidationError, or ValueError, where the register has changed so that the plan no longer holds: what was
    written before stands whole, and a new plan sees it.
    """
    feed = Feed(read_profile(of.definition, of.feed))
    _check_no_later(of)
    with one_batch(of, ImportState.APPLYING):
        feed.enter_source(by=by, at=at)
        feed.enter_names(of, by=by, at=at)
    waiting = ImportRow.objects.filter(of=of, outcome__in=TO_APPLY)
    total, done = waiting.count(), waiting.filter(applied=True).count()
    writer = Writer(feed, by=by, at=at)
    with saying_what_stands(of):
        for number, batch in enumerate(batches(of), 1):
            with one_batch(of, ImportState.APPLYING):
                for rows in batch:
                    _write(writer, rows)
                    done += len(rows)
                let_plans_know(number)
            progress(done, total)
    of.state, of.applied_at, of.said = ImportState.APPLIED, at, ""
    of.save(update_fields=["state", "applied_at", "said"])


def let_plans_know(number: int) -> None:
    """Let PostgreSQL count its rows, in the first, the fourth, the sixteenth batch.

    The guards at commit, and the checks of links, are planned by what was last counted: in a register that was small,
    they would read the whole ledger for each fact.
    """
    if number in (1, 4, 16, 64):
        tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Fact | Event)]
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def _check_no_later(of: Import) -> None:
    """Another import of the feed that was applied, or undone, since changes what is known: the plan is old."""
    others = Import.objects.filter(feed=of.feed).exclude(pk=of.pk)
    if others.filter(Q(applied_at__gt=of.planned_at) | Q(undone_at__gt=of.planned_at)).exists():
        raise ValueError(
            "another import of this feed was applied or undone since this one was planned: plan it again"
        )
    if others.filter(state__in=(ImportState.APPLYING, ImportState.UNDOING)).exists():
        raise ValueError(
            "another import of this feed is being applied or undone: wait for it, and plan this one again"
        )


def _write(writer: Writer, rows: Sequence[ImportRow]) -> None:
    left = set(
        ImportRow.objects.filter(pk__any_of=[row.pk for row in rows], applied=False).values_list(
            "pk", flat=True
        )
    )
    rows = [row for row in rows if row.pk in left]
    if not rows:
        return
    try:
        writer.write(rows)
    except ValidationError as error:
        first, last = min(row.number for row in rows), max(row.number for row in rows)
        numbers = f"rows {first} to {last}" if first < last else f"row {first}"
        raise ValueError(f"{numbers} were refused: {' '.join(error.messages)}") from error
    for row in rows:
        row.applied = True
    write_back(rows, "applied", "facts")


def batches(of: Import) -> Iterator[Iterator[list[ImportRow]]]:
    """The rows to be applied: batches of whole reports, each in pieces. A batch is used up before the next."""
    waiting = pieces(of, TO_APPLY)
    held = next(waiting, None)
    while held:

        def batch() -> Iterator[list[ImportRow]]:
            """Pieces up to the end of a report, once there are rows enough; what is over is held."""
            nonlocal held
            while held:
                following = next(waiting, [])
                last = held[-1].report_key
                if not following or following[0].report_key != last:
                    now, held = held, following
                    yield now
                    return
                whole = [row for row in held if row.report_key != last]
                if whole:
                    held = [row for row in held if row.report_key == last] + following
                    yield whole
                    return
                now, held = held, following
                yield now

        yield batch()


def what_stands(of: Import) -> str:
    """That part of an import was written, by an earlier plan or before it was refused; empty if nothing was."""
    written = ImportRow.objects.filter(of=of, applied=True).count()
    return f"{written} of its rows were written before, and stand." if written else ""


@contextmanager
def saying_what_stands(of: Import) -> Iterator[None]:
    """Whoever reads why an import was refused reads too how much of it was written."""
    try:
        yield
    except (ValueError, ValidationError) as error:
        said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        stands = what_stands(of)
        raise ValueError(f"{said}. {stands}" if stands else said) from error


@contextmanager
def one_batch(of: Import, state: ImportState) -> Iterator[None]:
    """A transaction that notes which lines were written in it. Whoever else has the import waits, and then stops.

    What is written to undo an import needs no undoing itself.
    """
    with transaction.atomic():
        if Import.objects.select_for_update().get(pk=of.pk).state != state:
            raise ValueError("somebody else has taken this import further")
        with connection.cursor() as cursor:
            cursor.execute("SELECT COALESCE(max(id), 0) FROM tracker_event")
            [before] = cursor.fetchone()
            yield
            cursor.execute(
                "INSERT INTO tracker_importbatch (of_id, xact, first_event, last_event, undone)"
                " SELECT %s, pg_current_xact_id(), min(id), max(id), %s FROM tracker_event"
                " WHERE id > %s AND xact = pg_current_xact_id() HAVING count(*) > 0",
                [of.pk, state == ImportState.UNDOING, before],
            )

"""Imports as jobs: begun at the desk or by a command, done by whoever claims them, taken up again if that one dies."""

import gc
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from tracker.importing import own_export
from tracker.importing.applying import apply
from tracker.importing.planning import plan
from tracker.importing.problems import Refused
from tracker.importing.profiles import Profile, read_profile
from tracker.importing.staging import keep_file
from tracker.importing.undoing import check_untouched, undo
from tracker.ledger import Actor
from tracker.models import Import, ImportRow, User
from tracker.models.importing import LEASE
from tracker.queries.alone import alone
from tracker.vocabulary import ImportState, Role

logger = logging.getLogger(__name__)
NOTE_EVERY_SECONDS = 2.0
# What a program writes for bytes that it cannot read.
LOST = "\ufffd"
MOST_NAMED = 10
# Whoever does something with an import holds the advisory lock of this number and its id: it goes when they are killed.
_LOCKS = 0x696D706F7274 << 8

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


@transaction.atomic
def begin(*, file_name: str, pieces: Iterable[bytes], user: User | None, at: datetime) -> Import:
    """Keep an uploaded file. Raises ValueError for one that is too large, or empty."""
    of = Import.objects.create(file_name=file_name[-300:], file_size=0, by=user, created_at=at)
    keep_file(of, pieces)
    return of


def ask_plan(of: Import, profile: Profile) -> None:
    """Have an import planned, or planned anew, by a profile."""
    _move(
        of,
        (ImportState.UPLOADED, ImportState.PLANNED, ImportState.STOPPED, ImportState.REFUSED),
        ImportState.PLANNING,
        feed=profile.name,
        definition=profile.definition,
        overridden_by=None,
        overridden_because="",
    )


def ask_apply(of: Import, *, user: User | None = None) -> None:
    """Have a plan applied, in the name of whoever asks. Raises ValueError for one that is not there, or was stopped."""
    _move(of, (ImportState.PLANNED,), ImportState.APPLYING, asked_by=user)


def override_stop(of: Import, *, user: User | None, because: str) -> None:
    """A person says that a feed which looks broken is right, and why. Raises ValueError without a reason."""
    if len(because.strip()) < 10:
        raise ValueError("say why the file is right although it has lost so much: the reason is kept")
    _move(
        of,
        (ImportState.STOPPED,),
        ImportState.PLANNED,
        overridden_by=user,
        overridden_because=because.strip(),
    )


def ask_undo(of: Import, *, because: str, user: User | None = None) -> None:
    """Have an import undone. Raises ValueError where something was edited since, or without a reason."""
    if len(because.strip()) < 5:
        raise ValueError("say why it is undone: the reason stands in the record")
    check_untouched(of)
    _move(of, (ImportState.APPLIED,), ImportState.UNDOING, undo_reason=because.strip(), asked_by=user)


def _move(of: Import, before: Iterable[ImportState], state: ImportState, **fields: object) -> None:
    """From one state to the next: the update of one row decides."""
    states = [*before]
    moved = Import.objects.filter(pk=of.pk, state__in=states).update(
        state=state, said="", leased_until=None, begun_at=None, done=0, total=0, **fields
    )
    if not moved:
        now = Import.objects.get(pk=of.pk)
        raise ValueError(f"this import is {now.get_state_display()}: look at it again")
    of.refresh_from_db()


def run_waiting(*, clock: Clock) -> int:
    """Do all that waits; how many. Those that another worker has are passed over."""
    done = 0
    for pk in [*Import.objects.waiting(at=clock()).order_by("pk").values_list("pk", flat=True)]:
        done += run(pk, clock=clock)
    return done


def finish_broken_off(feed: str, *, clock: Clock, progress: Progress | None = None) -> list[Import]:
    """Finish what was being applied or undone of a feed, and nobody is at it any more; those that were.

    Its lease does not matter: a living process would hold the lock. Raises ValueError where one does.
    """
    found = Import.objects.filter(feed=feed, state__in=(ImportState.APPLYING, ImportState.UNDOING))
    finished = []
    for of in found.order_by("pk"):
        with alone(_LOCKS + of.pk) as nobody_has_it:
            if nobody_has_it:
                Import.objects.filter(pk=of.pk, state=of.state).update(leased_until=None)
        if not nobody_has_it or not run(of.pk, clock=clock, progress=progress):
            raise ValueError(
                f"import {of.pk} ({of.file_name}) of this feed is {of.get_state_display()} by another process:"
                " wait until it is done, and try again"
            )
        of.refresh_from_db()
        finished.append(of)
    return finished


def run(pk: int, *, clock: Clock, progress: Progress | None = None) -> bool:
    """Claim an import and do the next thing with it; False where another worker has it.

    What is wrong with the file, or with the plan, stands on the import afterwards. An error of ours refuses a plan:
    the same file would fail again. It leaves what is being written or undone as it was, and so does a database that
    is gone: that is taken up again when the lease has run out.
    """
    with alone(_LOCKS + pk) as nobody_has_it:
        if not nobody_has_it or not Import.objects.claim(pk, at=clock()):
            return False
        _run(Import.objects.get(pk=pk), clock, progress)
    return True


def _run(of: Import, clock: Clock, progress: Progress | None) -> None:
    noted = _noting(of, clock, progress)
    by, at = Actor(Role.LOADER, of.asked_by or of.by), clock()
    state = of.state
    try:
        with _few_collections():
            _do(of, by=by, at=at, progress=noted)
    except (ValueError, ValidationError, Refused) as error:
        _refused(of, state, error)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if state != ImportState.PLANNING:
            raise
        logger.exception("import %s: the plan failed", of.pk)
        _refused(of, state, ValueError(_OURS.format(type(error).__name__)))
    Import.objects.filter(pk=of.pk).update(leased_until=None)


def _do(of: Import, *, by: Actor, at: datetime, progress: Progress) -> None:
    match of.state:
        case ImportState.PLANNING:
            planner = own_export.plan if read_profile(of.definition).kind == "register" else plan
            planner(of, at=at, progress=progress)
            _remark_lost(of)
        case ImportState.APPLYING:
            applier = own_export.apply if read_profile(of.definition).kind == "register" else apply
            applier(of, by=by, at=at, progress=progress)
        case ImportState.UNDOING:
            undo(of, by=by, at=at, progress=progress)


def _remark_lost(of: Import) -> None:
    """Say of a plan which rows have lost characters before: a sign stands for them, and nobody can tell which."""
    if of.state != ImportState.PLANNED:
        return
    lost = ImportRow.objects.filter(of=of).alias(words=Cast("said", TextField())).filter(words__contains=LOST)
    numbers = [*lost.order_by("number").values_list("number", flat=True)]
    if numbers:
        more = f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
        of.said = (
            f"Characters were lost before the file came here, and {LOST} stands for them: in rows"
            f" {', '.join(map(str, numbers[:MOST_NAMED]))}{more}. Get the file anew, or correct them."
        )
        of.save(update_fields=["said"])


# As Python has them: read once, for two imports in one process would each find what the other has set.
_COLLECTIONS = gc.get_threshold()


@contextmanager
def _few_collections() -> Iterator[None]:
    """Meanwhile Python seldom looks for circles of objects: rows form none, and all that there are are many to look at.

    What it does by itself takes a tenth of an import. Young objects are still looked at, after a piece or so.
    """
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*_COLLECTIONS)


_OURS = (
    "the register could not plan it: an error of its own ({}), which is in its log. Save the file anew, as CSV, and try"
    " it again; if that does not help, show it to whoever runs the register."
)
_AFTER_REFUSAL = {
    ImportState.PLANNING: ImportState.REFUSED,
    ImportState.APPLYING: ImportState.PLANNED,
    ImportState.UNDOING: ImportState.APPLIED,
}


def _refused(of: Import, state: str, error: Exception) -> None:
    """Say on the import what was wrong. What was applied before stands, and a new plan knows it."""
    said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    logger.info("import %s: %s", of.pk, said)
    after = _AFTER_REFUSAL[ImportState(state)]
    Import.objects.filter(pk=of.pk, state=state).update(state=after, said=said[:5_000])


def _noting(of: Import, clock: Clock, progress: Progress | None) -> Progress:
    """Tells how far it is, on the import and to whoever waits, and keeps the lease."""
    noted = time.monotonic()

    def note(done: int, total: int) -> None:
        nonlocal noted
        if time.monotonic() - noted >= NOTE_EVERY_SECONDS:
            noted = time.monotonic()
            Import.objects.filter(pk=of.pk).update(done=done, total=total, leased_until=clock() + LEASE)
        if progress:
            progress(done, total)

    return note

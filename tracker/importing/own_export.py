"""The register's own export, edited in a spreadsheet and brought back: words are corrected, nothing else.

A row is known by the addressee's public name. Each cell is held against what the register shows today. A blank changes
nothing; what only an action can change (a position, a deadline, whom it is put to) is a conflict that says which one.
The title of a recommendation to 43 forces stands on 43 rows: it is corrected only where all of them say the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tracker.actions.correcting import Correction, correct_all
from tracker.importing.applying import batches, one_batch, saying_what_stands
from tracker.importing.broken import stop_if_broken
from tracker.importing.cells import text_of
from tracker.importing.own_words import Sayings, same
from tracker.importing.planning import count_rows
from tracker.importing.problems import shown
from tracker.importing.profiles import Profile, folded, read_profile
from tracker.importing.saying import RowProblem, Said, digest_of
from tracker.importing.staging import Progress, pieces, stage, write_back
from tracker.importing.tables import Table, TableRow
from tracker.ledger import Actor
from tracker.models import Addressee, Answer, Fact, Import, ImportRow, Recommendation, Report
from tracker.queries.addressees import AddresseeView, describe
from tracker.queries.days import register_day
from tracker.queries.exports import COLUMNS
from tracker.vocabulary import ImportColumn, ImportState, Outcome

FILE_SAYS_SO = "Corrected in a spreadsheet of the register's own export."
# The export whose rows tell of all that can be corrected here.
BROUGHT_BACK = "addressees"
# Without these a row has lost what it is about: a file with many of them is broken.
NEVER_LOST = ("body.id", "body.name", "answer.position")


@dataclass(frozen=True)
class _Words:
    """A text that a spreadsheet may correct: the kind of fact, and its field."""

    model: type[Fact]
    field: str

    def fact_of(self, view: AddresseeView) -> str:
        """The public name of the fact that has it."""
        if self.model is Report:
            return view.report.id
        if self.model is Recommendation:
            return view.recommendation.id
        return f"{view.answer.response.id}/{view.id}" if view.answer else ""


WORDS = {
    "report.title": _Words(Report, "title"),
    "recommendation.title": _Words(Recommendation, "title"),
    "answer.summary": _Words(Answer, "summary"),
    "answer.quote": _Words(Answer, "quote"),
    "answer.conditions": _Words(Answer, "conditions"),
}


def value_at(view: AddresseeView, path: str) -> str:
    """What the register shows at a path of its JSON, as a cell has it."""
    value: Any = view
    for name in path.split("."):
        value = getattr(value, name, None)
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else text_of(value)


def _check_which(columns: Collection[str]) -> None:
    """The register has several exports, and each names its rows by an `id`. Raises ValueError for another's columns."""
    shared = {name: len({column.name for column in found} & {*columns}) for name, found in COLUMNS.items()}
    likest = max(shared, key=lambda name: shared[name])
    if shared[likest] > shared[BROUGHT_BACK]:
        raise ValueError(
            f"this is the register's export of {likest}, which cannot be brought back: take {BROUGHT_BACK}.csv or"
            f" {BROUGHT_BACK}.xlsx, which has the titles of reports and recommendations and the words of answers"
        )


class _Reader:
    """Reads rows: the public name, and the cells that the profile compares."""

    def __init__(self, profile: Profile, table: Table) -> None:
        there = {folded(name): name for name in table.columns}
        _check_which(there)
        self.profile = profile
        self.id = there[folded(profile.columns[ImportColumn.ID])]
        self.paths = {there[header]: path for header, path in profile.fields.items() if header in there}
        ignored = {folded(name) for name in profile.computed}
        self.unknown = [
            name for key, name in there.items() if name not in (self.id, *self.paths) and key not in ignored
        ]

    def read(self, row: TableRow) -> Said:
        said = Said(row.number)
        if row.fault:
            said.rejected.append(RowProblem("", "", row.fault, "Correct the row in the file."))
            return said
        ref = text_of(row.cells.get(self.id))
        said.key = digest_of([ref])
        said.report_key = digest_of([ref.partition("/")[0]])
        said.ask_key = digest_of([ref.rpartition("/")[0]])
        said.said = {"id": ref, "cells": {header: text_of(row.cells.get(header)) for header in self.paths}}
        if not ref:
            said.rejected.append(RowProblem(self.id, "", "it names no addressee", "Export the rows anew."))
        for header in self.unknown:
            if value := text_of(row.cells.get(header)):
                said.rejected.append(
                    RowProblem(header, value[:200], "the register's export has no such column", "Remove it.")
                )
        return said


def plan(of: Import, *, at: datetime, progress: Progress) -> None:
    """Plan an edited export: each cell against what the register shows on the day of the plan."""
    profile = read_profile(of.definition, of.feed)
    of.read = stage(of, profile, lambda table: _Reader(profile, table).read, progress)
    today, done, seen, sayings = register_day(at), 0, set[str](), Sayings()
    for rows in pieces(of, [""]):
        views = _views([row.said["id"] for row in rows], today)
        for row in rows:
            _decide(row, views.get(row.said["id"]), profile, sayings, repeated=row.key in seen)
            seen.add(row.key)
        with transaction.atomic():
            write_back(rows, "outcome", "problems", "changes", "facts", "broken")
        done += len(rows)
        progress(done, of.read)
    if sayings.at_odds:
        _refuse_those_at_odds(of, profile, sayings)
    count_rows(of)
    stop_if_broken(of, known=of.read - of.counts[Outcome.REJECTED])
    of.planned_at = at
    of.save()


def _refuse_those_at_odds(of: Import, profile: Profile, sayings: Sayings) -> None:
    """A word that rows of one fact give differently is changed by none of them: the next file would turn it back."""
    headers = {path: header for header, path in profile.fields.items()}
    for rows in pieces(of, [Outcome.CHANGED, Outcome.CONFLICT]):
        for row in rows:
            for path, now, cell in row.changes:
                if other := sayings.against(path, row.facts[path], cell, now):
                    reason = f"row {other.number} has the same {WORDS[path].model.noun.label}, and says {other.shown}"
                    fix = "Edit all its rows alike, or only leave the others blank."
                    row.problems.append(asdict(RowProblem(headers[path], cell[:200], reason, fix)))
                    row.outcome = Outcome.CONFLICT
        write_back(rows, "outcome", "problems")


def _views(refs: Sequence[str], on: date) -> dict[str, AddresseeView]:
    rows = Addressee.objects.public().filter(ref__in=refs)
    return {view.id: view for view in describe(list(rows), on)}


def _decide(
    row: ImportRow, view: AddresseeView | None, profile: Profile, sayings: Sayings, *, repeated: bool
) -> None:
    problems: list[RowProblem] = []
    if view is None:
        row.outcome = Outcome.REJECTED
        reason, fix = (
            f"no public addressee {shown(row.said['id'])}",
            "Export the rows anew; do not change this column.",
        )
        row.problems = [
            asdict(RowProblem(profile.columns[ImportColumn.ID], row.said["id"][:200], reason, fix))
        ]
        return
    if repeated:
        problems.append(
            RowProblem(
                profile.columns[ImportColumn.ID], view.id, "a row before has this name too", "Keep one."
            )
        )
    for header, cell in row.said["cells"].items():
        path = profile.fields[folded(header)]
        now = value_at(view, path)
        if not cell and now and path in NEVER_LOST:
            row.broken = True
            problems.append(
                RowProblem(header, "", f"it was {shown(now)}", "Is the file whole? Export it anew.")
            )
            continue
        fact = WORDS[path].fact_of(view) if path in WORDS else ""
        if cell and fact:
            sayings.note(row.number, path, fact, cell, now)
        if cell and not same(cell, now):
            if fact:
                row.changes.append([path, now, cell])
                row.facts[path] = fact
            else:
                problems.append(
                    RowProblem(
                        header, cell[:200], f"the register says {shown(now)}", "Change it on its own page."
                    )
                )
    row.problems = [asdict(each) for each in problems]
    row.outcome = Outcome.CONFLICT if problems else Outcome.CHANGED if row.changes else Outcome.SAME


def apply(of: Import, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Correct the words that a plan would change. Raises ValueError where the record has moved since."""
    waiting = ImportRow.objects.filter(of=of, outcome=Outcome.CHANGED)
    total, done = waiting.count(), waiting.filter(applied=True).count()
    with saying_what_stands(of):
        for batch in batches(of):
            with one_batch(of, ImportState.APPLYING):
                for rows in batch:
                    _correct(rows, by, at)
                    done += len(rows)
            progress(done, total)
    of.state, of.applied_at, of.said = ImportState.APPLIED, at, ""
    of.save(update_fields=["state", "applied_at", "said"])


def _correct(rows: Sequence[ImportRow], by: Actor, at: datetime) -> None:
    views = _views([row.said["id"] for row in rows], register_day(at))
    wanted: dict[type[Fact], dict[str, dict[str, str]]] = {}
    for row in rows:
        view = views.get(row.said["id"])
        for path, before, after in row.changes:
            # A row of the same fact may have corrected it already.
            if view is None or not same(value_at(view, path), before, after):
                raise ValueError(
                    f"row {row.number}: {path} was changed since the plan was made: plan it again"
                )
            words = WORDS[path]
            wanted.setdefault(words.model, {}).setdefault(words.fact_of(view), {})[words.field] = after
    for model, found in wanted.items():
        facts = model._default_manager.in_bulk([*found], field_name="ref")
        corrections = [Correction(facts[ref], values) for ref, values in found.items()]
        correct_all(corrections=corrections, reason=FILE_SAYS_SO, by=by, at=at)
    for row in rows:
        row.applied = True
    write_back(rows, "applied")

"""Load files in the register's own JSON form: safe to repeat, and never over what staff have edited.

All files are one transaction: either each is loaded whole, or nothing is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from tracker.actions.correcting import correct
from tracker.actions.publishing import publish
from tracker.actions.reports import address
from tracker.actions.responses import add_answers
from tracker.importing.adding import Entry, add
from tracker.importing.addressing import Addressing
from tracker.importing.keys import FOLLOWING, LISTS
from tracker.importing.on_record import OnRecord, differences, in_order, moved_sets, touched_by_staff
from tracker.importing.problems import Problem, Problems, Refused, shown
from tracker.importing.publication import Publication
from tracker.importing.rows import Document, Row, read_document
from tracker.ledger import Actor
from tracker.models import Answer, Fact, Recommendation, Regime, Report, Response, Source
from tracker.models.base import span_columns, span_of
from tracker.queries.days import register_day
from tracker.queries.deadlines import time_limit

FILE_SAYS_SO = "The file says so now."

Progress = Callable[[int, int], None]
Thing = TypeVar("Thing")


@dataclass
class Tally:
    """What became of the facts of one file. Addressees and answers count too, each as one."""

    file: str
    added: int = 0
    published: int = 0
    same: int = 0
    corrected: int = 0
    kept: list[str] = field(default_factory=list)
    drafts: int = 0

    @property
    def changed_nothing(self) -> bool:
        return not (self.added or self.published or self.corrected)


def load(files: Sequence[Path], *, by: Actor, at: datetime, progress: Progress | None = None) -> list[Tally]:
    """Load files, in the order given. Raises Refused with all that is wrong with them.

    1. All files are read, and all that is wrong with their form is told at once.
    2. List by list, what is new is added, and what differs is corrected unless staff have edited it since.
    3. What is not unverified, and stands on nothing that is, is published.
    """
    documents = _read(files)
    advance = _counted([document.size for document in documents], progress)
    with transaction.atomic():
        return [_FileLoading(document, by, at, advance).run() for document in documents]


def _counted(sizes: Sequence[int], progress: Progress | None) -> Callable[[int], None]:
    """Tells the progress of rows: each is gone through twice, to be entered and to be published."""
    total, done = 2 * sum(sizes), 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        if progress:
            progress(done, total)

    return advance


def _read(files: Sequence[Path]) -> list[Document]:
    documents, problems = [], list[Problem]()
    for file in files:
        try:
            documents.append(read_document(file))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return documents


def _count_rows() -> None:
    """Let PostgreSQL look at its tables: it plans by what it last saw, and that was an empty register.

    Nobody else can do it in time: what stands in this transaction is not seen from outside.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _FileLoading:
    """One file on its way into the register."""

    def __init__(self, document: Document, by: Actor, at: datetime, advance: Callable[[int], None]) -> None:
        self.document = document
        self.advance = advance
        self.writing: dict[str, Any] = {"by": by, "at": at}
        self.today = register_day(at)
        self.problems = Problems(document.file)
        self.tally = Tally(document.file)
        self.on_record = OnRecord(document)
        self.addressing = Addressing(self.on_record)
        # Each fact of the file with its row: an addressee with its recommendation's, an answer with its own.
        self.named: list[tuple[Row, Fact]] = []
        self.added: set[int] = set()

    def run(self) -> Tally:
        self.on_record.check_names(self.document, self.problems)
        self.problems.refuse()
        for model in LISTS.values():
            self._load_list(model)
            if model is Recommendation:
                self._address()
            self.problems.refuse()
            self.advance(len(self.document.rows[model]))
        if self.added:
            _count_rows()
        self._publish()
        self.problems.refuse()
        self.advance(self.document.size)
        return self.tally

    def _load_list(self, model: type[Fact]) -> None:
        rows = [row for row in self.document.rows[model] if self._follows(row)]
        before = [row for row in rows if self.on_record.get(model, row.ref)]
        new = [row for row in rows if not self.on_record.get(model, row.ref)]
        for batch in in_order(new, self.problems):
            entries = [self._entry(row) for row in batch]
            self.problems.refuse()
            self._attempt(entries, lambda entry: entry.row.path, lambda few: add(few, **self.writing))
            self.problems.refuse()
            for entry in entries:
                self._note(entry.row, entry.fact, new=True)
                for row, answer in zip(entry.answer_rows, entry.answers, strict=True):
                    self._note(row, answer, new=True)
        self._compare(before, model)

    def _follows(self, row: Row) -> bool:
        """Are the addressees that it speaks of on record by now?"""
        for path, model, ref in row.references():
            if model in FOLLOWING and not self.on_record.get(model, ref):
                self.problems.add(path, f"no addressee {shown(ref)}: address the recommendation to that body")
                return False
        return True

    def _note(self, row: Row, fact: Fact, *, new: bool) -> None:
        self.named.append((row, fact))
        self.on_record.put(fact)
        if new:
            self.added.add(id(fact))
            self.tally.added += 1

    def _attempt(
        self, things: list[Thing], path: Callable[[Thing], str], do: Callable[[list[Thing]], object]
    ) -> None:
        """Do something to a whole list; where it is refused, one by one, to say of each what is wrong."""
        if not things:
            return
        try:
            with transaction.atomic():
                do(things)
        except (ValidationError, ValueError):
            for thing in things:
                try:
                    with transaction.atomic():
                        do([thing])
                except ValidationError as error:
                    self.problems.add_refusal(path(thing), error)
                except ValueError as error:
                    self.problems.add(path(thing), str(error))

    def _entry(self, row: Row) -> Entry:
        """What a row says, as a fact."""
        linked = {key: self.on_record.get(row.keys[key].kind, name) for key, name in row.names.items()}
        sets = {
            key: [self.on_record.get(row.keys[key].kind, name) for name in names]
            for key, names in row.sets.items()
            if key in row.model.sets
        }
        fact = row.model(ref=row.ref, **row.values, **linked)
        entry = Entry(row, fact, sets)  # type: ignore[arg-type]
        match fact:
            case Recommendation():
                self._ask_on_the_reports_day(fact)
            case Regime():
                self._check_rule(row, fact)
            case Response():
                answers = self.addressing.answers(row, fact, entry.sets.get("joint_authors", []), self.today)
                entry.answer_rows, entry.answers = [r for r, _ in answers], [a for _, a in answers]
                self._check_answered(row, entry)
        return entry

    @staticmethod
    def _ask_on_the_reports_day(recommendation: Recommendation) -> None:
        """As the action does, so that a row that leaves its date out is not seen to differ from the record."""
        if recommendation.asked_latest is None:
            report: Report = recommendation.report
            for name, value in span_columns("asked", span_of(report, "dated")).items():
                setattr(recommendation, name, value)

    def _check_rule(self, row: Row, regime: Regime) -> None:
        try:
            time_limit(regime)
        except ValueError as error:
            self.problems.add(row.path, str(error))

    def _check_answered(self, row: Row, entry: Entry) -> None:
        """Each answer of a response is to somebody: else it would be dropped in silence."""
        answered = {each.path for each in entry.answer_rows}
        for each in row.answers:
            if each.path not in answered:
                self.problems.add(
                    each.path,
                    f"{shown(each.names['recommendation'])} is addressed to nobody for whom this response speaks: "
                    "name on whose behalf it answers, or make it a development",
                )

    def _compare(self, rows: list[Row], model: type[Fact]) -> None:
        """Correct what differs from the file, unless staff have edited or withdrawn it."""
        facts = [self.on_record.facts[model][row.ref] for row in rows]
        self.on_record.read_members(model, facts)
        wanted: list[tuple[Row, Fact, Entry]] = []
        for row, fact in zip(rows, facts, strict=True):
            entry = self._entry(row)
            self._note(row, fact, new=False)
            wanted.append((row, fact, entry))
        self._bring_into_line([(row, fact, entry.fact, entry.sets) for row, fact, entry in wanted])
        if model is Response:
            self._compare_answers([entry for _, _, entry in wanted])

    def _compare_answers(self, entries: list[Entry]) -> None:
        """The answers of responses on record: those that are new are added to them."""
        refs = [answer.ref for entry in entries for answer in entry.answers]
        known = {answer.ref: answer for answer in Answer.objects.filter(ref__in=refs)}
        pairs: list[tuple[Row, Fact, Fact, Any]] = []
        for entry in entries:
            new = []
            for row, answer in zip(entry.answer_rows, entry.answers, strict=True):
                if answer.ref in known:
                    self._note(row, known[answer.ref], new=False)
                    pairs.append((row, known[answer.ref], answer, {}))
                else:
                    new.append((row, answer))
            self._attempt(new, lambda pair: pair[0].path, partial(self._add_answers, entry.row))
        self._bring_into_line(pairs)

    def _add_answers(self, row: Row, new: Sequence[tuple[Row, Answer]]) -> None:
        response = self.on_record.facts[Response][row.ref]
        assert isinstance(response, Response)
        add_answers(response=response, answers=[answer for _, answer in new], **self.writing)
        for answer_row, answer in new:
            self._note(answer_row, answer, new=True)

    def _bring_into_line(self, pairs: Sequence[tuple[Row, Fact, Fact, Any]]) -> None:
        differing = []
        for row, fact, wanted, sets in pairs:
            values = differences(fact, wanted)
            moved = moved_sets(fact, sets, self.on_record)
            if fact.withdrawn_at is not None:
                self.tally.kept.append(f"{fact.noun} {fact.ref} (withdrawn)")
            elif values or moved:
                differing.append((row, fact, values, moved))
            else:
                self.tally.same += 1
        kept = touched_by_staff(type(differing[0][1]), [d[1] for d in differing]) if differing else set()
        for row, fact, values, moved in differing:
            if fact.pk in kept:
                self.tally.kept.append(f"{fact.noun} {fact.ref} ({', '.join([*values, *moved])})")
            else:
                self._correct(row, fact, values, moved)

    def _correct(self, row: Row, fact: Fact, values: dict[str, Any], moved: dict[str, Any]) -> None:
        source = values.get("source")
        if isinstance(source, Source) and source.is_draft and not row.is_draft:
            publish(facts=[source], **self.writing)  # before it: else the fact would vanish for a moment
        try:
            with transaction.atomic():
                correct(fact=fact, values=values, sets=moved, reason=FILE_SAYS_SO, **self.writing)
        except ValidationError as error:
            self.problems.add_refusal(row.path, error)
            return
        fact.refresh_from_db()
        self.tally.corrected += 1

    def _address(self) -> None:
        """Put the recommendations of the file to whom they name, and note all their addressees."""
        rows = self.document.rows[Recommendation]
        self.addressing.read()
        before = {each.pk for row in rows for each in self.addressing.of(row.ref)}
        for few in self.addressing.to_be_addressed(rows):
            self._attempt(few, lambda row: f"{row.path}.addressed_to", self._put)
        self.addressing.read()
        for row in rows:
            for addressee in self.addressing.of(row.ref):
                new = addressee.pk not in before
                self._note(row, addressee, new=new)
                self.tally.same += not new

    def _put(self, rows: Sequence[Row]) -> None:
        """Address recommendations that name the same bodies and groups."""
        bodies, groups = self.addressing.put_to(rows[0])
        asks = [self.on_record.recommendation(row.ref) for row in rows]
        address(recommendations=asks, bodies=bodies, groups=groups, **self.writing)

    def _publish(self) -> None:
        facts = Publication(self.named, self.added, self.on_record).find()
        held: list[Fact] = []
        try:
            with transaction.atomic():
                held = publish(facts=facts, **self.writing)
        except ValidationError as error:
            self.problems.add_refusal("", error)
        shown_now = {(type(fact), fact.pk) for fact in facts} - {(type(fact), fact.pk) for fact in held}
        self.tally.published = len(shown_now)
        self.tally.drafts = sum(
            fact.is_draft and (type(fact), fact.pk) not in shown_now for _, fact in self.named
        )

"""The plan of an import: what each row would change, and why some must not. Nothing but the plan itself is written.

Every row ends as new, changed, same, conflict or rejected: the counts add up to the rows read. Gone is counted beside
them: rows that are known of the feed, and that the file no longer has. Nothing follows from that.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tracker.importing.bodies import NEAR, Names, nearest
from tracker.importing.broken import stop_if_broken
from tracker.importing.comparing import BY_HAND_AGAIN, OnRecordNow, compare
from tracker.importing.kin import Kin
from tracker.importing.profiles import Profile, folded, read_profile
from tracker.importing.replies import who_replied
from tracker.importing.saying import Reader, RowProblem, before_the_ask
from tracker.importing.staging import Progress, pieces, stage, write_back
from tracker.models import Body, Import, ImportName, ImportRow, Regime
from tracker.queries.days import register_day
from tracker.vocabulary import ImportColumn, NameChoice, Outcome


def plan(of: Import, *, at: datetime, progress: Progress) -> None:
    """Plan an import: the table of its rows, the names to be confirmed, the counts; or stop, if the feed is broken.

    1. The file is read into rows; those that cannot be read are rejected.
    2. Names that no body has are looked up among names like them.
    3. Report by report, each row is held against what is known of it.
    4. Counts; too many rows that lost what is known of them stop the import.

    Raises ValueError or Refused where the file or the profile cannot be read at all.
    """
    profile = read_profile(of.definition, of.feed)
    _check_named(profile)
    names = Names()
    of.read = stage(
        of,
        profile,
        lambda table: Reader(profile, table.columns, names, register_day(at)).read,
        # Reading is one half of it, deciding the other.
        lambda read, total: progress(read // 2, total),
    )
    decisions = _Decisions(of, profile, names)
    decisions.note_names()
    for rows in pieces(of, [Outcome.REJECTED]):
        decisions.mark_broken(rows)
    done = 0
    for rows in pieces(of, [""]):
        with transaction.atomic():
            decisions.decide(rows)
        done += len(rows)
        progress((of.read + done) // 2, of.read)
    progress(of.read, of.read)
    count_rows(of)
    stop_if_broken(of, known=known_of(of.feed))
    of.planned_at = at
    of.save()


def _check_named(profile: Profile) -> None:
    """What a profile names must be on record. Raises ValueError."""
    refs = {*profile.publishers, *profile.addressed_to}
    known = set(Body.objects.filter(ref__in=refs, withdrawn_at=None).values_list("ref", flat=True))
    if missing := sorted(refs - known):
        raise ValueError(f"the profile names {', '.join(missing)}: no such body is on record; enter it first")
    if profile.regime and not Regime.objects.filter(ref=profile.regime, withdrawn_at=None).exists():
        raise ValueError(
            f"the profile names the regime {profile.regime}: none is on record; load or enter it"
        )


def known_of(feed: str) -> int:
    """How many rows are known of a feed."""
    return ImportRow.objects.filter(feed=feed, applied=True).values("key").distinct().count()


def count_rows(of: Import) -> None:
    """How many rows have each outcome, and how many are gone."""
    counts = Counter(dict.fromkeys(Outcome.values, 0))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, count(*) FROM tracker_importrow WHERE of_id = %s AND outcome <> '' GROUP BY 1",
            [of.pk],
        )
        counts.update(dict(cursor.fetchall()))
        cursor.execute(
            "SELECT count(DISTINCT k.key) FROM tracker_importrow k WHERE k.feed = %s AND k.applied AND NOT EXISTS"
            " (SELECT 1 FROM tracker_importrow r WHERE r.of_id = %s AND r.key = k.key AND r.outcome <> '')",
            [of.feed, of.pk],
        )
        counts["gone"] = cursor.fetchone()[0]
    of.counts = dict(counts)


class _Decisions:
    """What becomes of each row. What the first row of a report, or of a recommendation, says holds for the others."""

    def __init__(self, of: Import, profile: Profile, names: Names) -> None:
        self.of, self.profile, self.names = of, profile, names
        self.choices: dict[str, ImportName] = {}
        self.report: ImportRow | None = None
        self.ask: ImportRow | None = None
        self.keys: dict[str, ImportRow] = {}
        # By body, the rows that tell of its answer, by the position they give.
        self.positions: dict[int, dict[str, list[ImportRow]]] = {}
        self.reconsidered: list[ImportRow] = []

    def note_names(self) -> None:
        """Step 2: the names that no body has, with how many rows have them and what they may be."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, count(DISTINCT r.id) FROM tracker_importrow r, jsonb_array_elements_text("
                " (r.said->'names') || (r.said->'repliers') || (r.said->'report'->'publishers')) AS name"
                " WHERE r.of_id = %s AND r.outcome = '' GROUP BY 1",
                [self.of.pk],
            )
            counts = {name: rows for name, rows in cursor.fetchall() if self.names.find(name) is None}
        ImportName.objects.filter(of=self.of).exclude(name__in=counts).delete()
        before = {each.name: each for each in self.of.names.select_related("body")}
        near = nearest(name for name in counts if name not in before)
        adding = self.profile.unknown_bodies
        ImportName.objects.bulk_create(
            [
                ImportName(
                    of=self.of,
                    name=name,
                    rows=counts[name],
                    nearest=[each.ref for each in like],
                    # Like none on record, and the profile says what it is: nobody needs to be asked.
                    choice="" if adding == "ask" or (like and like[0].likeness >= NEAR) else NameChoice.NEW,
                    kind="" if adding == "ask" else adding,
                )
                for name, like in {**{name: [] for name in counts}, **near}.items()
                if name not in before
            ],
            batch_size=1_000,
        )
        self.choices = {each.name: each for each in self.of.names.select_related("body")}

    def decide(self, rows: Sequence[ImportRow]) -> None:
        """Step 3, for the next rows."""
        known = self._known(rows)
        self._mark_lost(rows, known)
        on_record = OnRecordNow([k for row in rows if (k := known.get(row.key)) and k.digest != row.digest])
        self.kin = Kin(self.profile.name, [row for row in rows if row.key not in known])
        columns = {"problems"} if any(row.problems for row in rows) else set()
        for row in rows:
            self._enter(row)
            self._decide(row, known.get(row.key), on_record)
        # In a new feed most rows have nothing in these, before and after.
        columns |= {
            name for name in ("problems", "changes", "facts") if any(getattr(row, name) for row in rows)
        }
        write_back(rows, "outcome", "broken", *columns)
        if self.reconsidered:  # Some may stand in a piece before this one.
            write_back(self.reconsidered, "outcome", "problems")
            self.reconsidered = []

    def _known(self, rows: Sequence[ImportRow]) -> dict[str, ImportRow]:
        """What is known of rows, by their keys: the latest that was applied."""
        latest = ImportRow.objects.filter(
            feed=self.profile.name, applied=True, key__any_of={row.key for row in rows}
        )
        return {row.key: row for row in latest.order_by("key", "-id").distinct("key")}

    def mark_broken(self, rows: Sequence[ImportRow]) -> None:
        """Rows that were rejected as they were read may have lost what is known of them, too."""
        known = self._known(rows)
        self._mark_lost(rows, known)
        for row in rows:
            if row.said and (before := known.get(row.key)):
                row.broken = bool(
                    (before.said["names"] and not row.said["names"])
                    or (before.said["reply"]["position"] and not row.said["reply"]["position"])
                )
        write_back(rows, "broken")

    def _mark_lost(self, rows: Sequence[ImportRow], known: Mapping[str, ImportRow]) -> None:
        """Where bodies tell rows apart, a row that has lost them is known by its recommendation alone."""
        lost = [row for row in rows if row.said and not row.said["names"] and row.key not in known]
        asked = ImportRow.objects.filter(
            feed=self.profile.name, applied=True, report_key__any_of={row.report_key for row in lost}
        )
        asks = set(asked.values_list("ask_key", flat=True)) if lost else set()
        for row in lost:
            row.broken = row.ask_key in asks

    def _enter(self, row: ImportRow) -> None:
        """Note where a report or a recommendation begins."""
        if self.report is None or self.report.report_key != row.report_key:
            self.report = row
        if self.ask is None or self.ask.ask_key != row.ask_key:
            self.ask, self.keys, self.positions = row, {}, {}

    def _decide(self, row: ImportRow, known: ImportRow | None, on_record: OnRecordNow) -> None:
        problems = [RowProblem(**each) for each in row.problems]
        first = self.keys.setdefault(row.key, row)
        if first is not row:
            self._repeated(row, first)
            return
        if known is not None and known.digest == row.digest:
            row.outcome, row.facts, row.problems = Outcome.SAME, known.facts, []
            self._same_answer(row, self._replied(row)[0])
            return
        bodies, missing = self._found(row.said["names"])
        cell = row.said["bodies"] if len(row.said["names"]) > 1 else ""
        problems += [self._unknown(name, ImportColumn.BODIES, cell) for name in missing]
        _, nobody = self._found(row.said["report"]["publishers"])
        problems += [self._unknown(name, ImportColumn.PUBLISHER) for name in nobody]
        problems += self._at_odds(row)
        replied, problem = self._replied(row)
        if problem and not missing:
            problems.append(problem)
        problems += self._same_answer(row, replied)
        if before_the_ask(row.said["reply"]["on"], self.report.said["report"]["date"] if self.report else ""):
            reason = "it is before the date of the report"
            problems.append(
                self._problem(ImportColumn.REPLIED_ON, row.said["reply"]["on"], reason, "Correct it.")
            )
        if not row.said["report"]["publishers"] and not self.profile.publishers:
            problems.append(
                self._problem(ImportColumn.PUBLISHER, "", "nobody is named who asks", "Name who asks.")
            )
        if known is None:
            if reason := self.kin.withdrawn(row, bodies, replied):
                value = row.said["bodies"][:200]
                problems.append(self._problem(ImportColumn.BODIES, value, reason, BY_HAND_AGAIN))
            self._decide_new(row, problems)
        else:
            self._decide_known(row, known, bodies, problems, on_record)

    def _decide_new(self, row: ImportRow, problems: list[RowProblem]) -> None:
        if not row.said["names"]:
            value = row.said["bodies"][:200]
            problems.append(self._problem(ImportColumn.BODIES, value, "nobody is addressed", "Name a body."))
            row.outcome = Outcome.REJECTED
        elif not row.said["report"]["date"]:
            problems.append(
                self._problem(
                    ImportColumn.REPORT_DATE, "", "the report has no date", "Give the date of the report."
                )
            )
            row.outcome = Outcome.REJECTED
        else:
            row.outcome = Outcome.CONFLICT if problems else Outcome.NEW
        row.problems = [asdict(each) for each in problems]

    def _decide_known(
        self,
        row: ImportRow,
        known: ImportRow,
        bodies: Sequence[int],
        problems: list[RowProblem],
        on_record: OnRecordNow,
    ) -> None:
        before = {name: self.names.find(name) for name in known.said["names"]}
        lost = [name for name, pk in before.items() if pk not in bodies] if not problems else []
        gained = (
            [n for n in row.said["names"] if self._id_of(n) not in before.values()] if not problems else []
        )
        if not bodies:
            lost = [*before]
        joined, left = (
            self._joined(row, known, [pk for pk in before.values() if pk]) if not problems else ([], [])
        )
        found = compare(known, row, lost, gained, on_record, self.profile, joined=joined, left=left)
        row.facts, row.broken = known.facts, found.broken
        row.changes = [[*each] for each in found.changes]
        problems += found.conflicts
        row.problems = [asdict(each) for each in problems]
        row.outcome = Outcome.CONFLICT if problems else Outcome.CHANGED if found.changes else Outcome.SAME

    def _repeated(self, row: ImportRow, first: ImportRow) -> None:
        """A row that has the identity of one before it: the same again, or at odds with it."""
        if row.digest == first.digest:
            row.outcome, row.problems = Outcome.SAME, []
            return
        row.outcome = Outcome.CONFLICT
        row.problems = [
            asdict(
                self._problem(
                    ImportColumn.NUMBER,
                    row.said["ask"]["number"],
                    f"row {first.number} has the same identity, and says otherwise",
                    "Correct one of them, or say in the profile what tells rows apart.",
                )
            )
        ]

    def _at_odds(self, row: ImportRow) -> list[RowProblem]:
        """Rows of one report, and of one recommendation, that contradict each other."""
        assert self.report is not None and self.ask is not None
        problems = []
        for part, first, keys in (
            ("report", self.report, ("title", "date")),
            ("ask", self.ask, ("title", "text")),
        ):
            for key in keys:
                mine, theirs = row.said[part][key], first.said[part][key]
                if first is not row and mine and theirs and mine != theirs and folded(mine) != folded(theirs):
                    column = ImportColumn(f"{part}_{key}" if part == "report" else key)
                    what = "report" if part == "report" else "recommendation"
                    reason = f"row {first.number} of the same {what} says otherwise"
                    problems.append(self._problem(column, mine[:200], reason, "Correct one of them."))
        return problems

    def _replied(self, row: ImportRow) -> tuple[list[int], RowProblem | None]:
        """Those of whose reply a row tells, or why that cannot be told."""
        if not row.said["reply"]["position"]:
            return [], None
        bodies, _ = self._found(row.said["names"])
        repliers, _ = self._found(row.said["repliers"])
        return who_replied(row.said, bodies, repliers, self.profile)

    def _joined(
        self, row: ImportRow, known: ImportRow, addressed: Sequence[int]
    ) -> tuple[list[str], list[str]]:
        """Of those addressed before, who has replied since, and who is no longer said to have: by their names."""
        was = known.said
        if not was["reply"]["position"] or not row.said["reply"]["position"]:
            return [], []  # the first reply, or none any more: that is a change of its own
        replied_before, _ = who_replied(was, addressed, self._found(was["repliers"])[0], self.profile)
        replied, _ = self._replied(row)
        named = {self._id_of(name): name for name in (*was["names"], *row.said["names"])}
        return (
            [named[pk] for pk in replied if pk in addressed and pk not in replied_before],
            [named[pk] for pk in replied_before if pk not in replied],
        )

    def _same_answer(self, row: ImportRow, replied: Sequence[int]) -> list[RowProblem]:
        """Rows of one recommendation that say different things of one body's answer: none of them changes it."""
        position, problems = row.said["reply"]["position"], []
        for body in replied:
            told = self.positions.setdefault(body, {})
            told.setdefault(position, []).append(row)
            others = [each for other, rows in told.items() if other != position for each in rows[:1]]
            if others:
                problems = [self._another_answer(row, others[0])]
            if others and len(told[position]) == 1:
                for before in (each for other, rows in told.items() if other != position for each in rows):
                    self._reconsider(before, self._another_answer(before, row))
        return problems

    def _reconsider(self, row: ImportRow, problem: RowProblem) -> None:
        """A row that was to be written is at odds with one after it."""
        if row.outcome in (Outcome.NEW, Outcome.CHANGED):
            row.outcome, row.problems = Outcome.CONFLICT, [*row.problems, asdict(problem)]
            self.reconsidered.append(row)

    def _another_answer(self, row: ImportRow, other: ImportRow) -> RowProblem:
        reason = f"row {other.number} gives the body another answer"
        return self._problem(ImportColumn.STATUS, row.said["reply"]["status"], reason, "Correct one of them.")

    def _id_of(self, name: str) -> int | None:
        """The body of a name, as the register knows it or as somebody has just said; a new one is numbered below 0."""
        if (found := self.names.find(name)) is not None:
            return found
        choice = self.choices.get(name)
        if choice is None or not choice.choice:
            return None
        return -choice.pk if choice.choice == NameChoice.NEW else choice.body_id

    def _found(self, names: Sequence[str]) -> tuple[list[int], list[str]]:
        found = {name: self._id_of(name) for name in names}
        ids = [*dict.fromkeys(pk for pk in found.values() if pk is not None)]
        return ids, [name for name, pk in found.items() if pk is None]

    def _unknown(self, name: str, column: ImportColumn, cell: str = "") -> RowProblem:
        """`cell` is all that stands there, where it was taken for several names."""
        choice = self.choices.get(name)
        if choice is not None and choice.choice == NameChoice.LEAVE:
            return self._problem(
                column, name, "its rows were left out", "Say that it is a body, if it is one."
            )
        like = f" Is it {' or '.join(choice.nearest[:3])}?" if choice and choice.nearest else ""
        whole = (
            f" If “{cell[:200]}” is one name, give it to a body on record, and plan again." if cell else ""
        )
        return self._problem(
            column, name, "no body on record has this name", f"Say whom it means.{like}{whole}"
        )

    def _problem(self, column: ImportColumn, value: Any, reason: str, fix: str) -> RowProblem:
        return RowProblem(self.profile.columns.get(column, column.value), str(value), reason, fix)

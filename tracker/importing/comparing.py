"""One row of a file against what is known of it: what would change, and what must not.

Three versions are held together: what the feed said last, what it says now, and what stands on record. A blank never
overwrites; what staff have changed since is not overwritten; nobody loses an addressee.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.importing.profiles import Profile
from tracker.importing.saying import RowProblem
from tracker.models import Addressee, Answer, Fact, ImportRow, Recommendation, Report, Response
from tracker.vocabulary import ImportColumn, Position

# What can be brought into line with a feed: part of what is said, key, the column, the kind of fact, its field.
CORRECTED: tuple[tuple[str, str, ImportColumn, type[Fact], str], ...] = (
    ("report", "title", ImportColumn.REPORT_TITLE, Report, "title"),
    ("ask", "title", ImportColumn.TITLE, Recommendation, "title"),
    ("ask", "text", ImportColumn.TEXT, Recommendation, "text"),
    ("reply", "position", ImportColumn.STATUS, Answer, "position"),
    ("reply", "text", ImportColumn.REPLY, Answer, "summary"),
)
# What something else follows from: deadlines, names, sources. A person looks at it.
BY_HAND = (
    ("report", "date", ImportColumn.REPORT_DATE),
    ("report", "url", ImportColumn.REPORT_URL),
    ("report", "ref", ImportColumn.REPORT),
    ("ask", "number", ImportColumn.NUMBER),
    ("ask", "themes", ImportColumn.THEME),
    ("reply", "on", ImportColumn.REPLIED_ON),
    ("reply", "url", ImportColumn.REPLY_URL),
)
# A change of these is a change of the reply itself.
OF_A_REPLY = frozenset(
    {str(column) for part, _, column, *_ in (*CORRECTED, *BY_HAND) if part == "reply"}
    | {"claimed", str(ImportColumn.REPLIED_BY)}
)
# What an answer stands on, from the top.
STANDS_ON: tuple[type[Fact], ...] = (Report, Recommendation, Addressee, Response, Answer)
LONGEST_SUMMARY = 5_000
BY_HAND_AGAIN = "Record it by hand, if it holds again."


@dataclass
class Comparison:
    """What would change by one row: what, from, to; and why it must not be done without a person."""

    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    conflicts: list[RowProblem] = field(default_factory=list)
    broken: bool = False


def summary_of(text: str) -> str:
    """A reply as the summary of an answer; one that is longer is cut, and stands whole in the note."""
    return text if len(text) <= LONGEST_SUMMARY else f"{text[: LONGEST_SUMMARY - 1]}…"


def note_of(text: str) -> str:
    """A reply that is longer than a summary, whole; empty for one that is not."""
    return text if summary_of(text) != text else ""


def compare(
    known: ImportRow,
    row: ImportRow,
    lost: Sequence[str],
    gained: Sequence[str],
    on_record: "OnRecordNow",
    profile: Profile,
    *,
    joined: Sequence[str] = (),
    left: Sequence[str] = (),
) -> Comparison:
    """What a row that is known would change.

    `lost` and `gained` are names of those addressed, before and now; `joined` and `left` of those who replied.
    """
    found = Comparison()
    before, now = known.said, row.said
    _bodies(found, before, now, lost, gained, profile)
    _turned_back(found, before, now, profile)
    for part, key, column, model, name in CORRECTED:
        old, new = before[part][key], now[part][key]
        if old == new or not new or (key == "position" and _is_less(old, new)):
            continue
        found.changes.append((str(column), old, new))
        if part == "reply" and not before["reply"]["position"]:
            continue  # the first reply: nothing stands there yet
        if reason := on_record.edited(known, model, name, old) or on_record.noted(known, name, old, new):
            found.conflicts.append(
                _problem(profile, column, new, reason, "Correct the record by hand, or the file.")
            )
    for part, key, column in BY_HAND:
        old, new = before[part][key], now[part][key]
        if old != new and new and not (part == "reply" and not before["reply"]["position"]):
            found.changes.append((str(column), old, new))
            if key == "on" and not old:
                continue  # a reply that was located has its date now
            found.conflicts.append(
                _problem(profile, column, new, f"it was {old or 'empty'} before, and more follows from it",
                         "Correct the record by hand; then this row says the same.")
            )  # fmt: skip
    if now["reply"]["claimed"] and now["reply"]["claimed"] != before["reply"]["claimed"]:
        found.changes.append(("claimed", before["reply"]["claimed"], now["reply"]["claimed"]))
    if joined:
        found.changes.append((str(ImportColumn.REPLIED_BY), [], [*joined]))
    if left:
        found.conflicts.append(
            _problem(profile, ImportColumn.REPLIED_BY, now["reply"]["by"],
                     f"{', '.join(left)} had replied by what it said before",
                     "An answer is never removed by a file: withdraw it by hand if it was wrong.")
        )  # fmt: skip
    new_publishers = [
        each for each in now["report"]["publishers"] if each not in before["report"]["publishers"]
    ]
    if new_publishers:
        found.changes.append((str(ImportColumn.PUBLISHER), [], new_publishers))
    _withdrawn(found, known, now, gained, on_record, profile)
    return found


def _withdrawn(
    found: Comparison,
    known: ImportRow,
    now: Mapping[str, Any],
    gained: Sequence[str],
    on_record: "OnRecordNow",
    profile: Profile,
) -> None:
    """What staff have withdrawn is known: no file puts it, or anything that stands on it, on record again."""
    replied = [after for column, _, after in found.changes if column in OF_A_REPLY]
    if gained and (reason := on_record.withdrawn(known, Report, Recommendation)):
        found.conflicts.append(_problem(profile, ImportColumn.BODIES, now["bodies"], reason, BY_HAND_AGAIN))
    elif replied and not found.conflicts and (reason := on_record.withdrawn(known, *STANDS_ON)):
        found.conflicts.append(_problem(profile, ImportColumn.STATUS, replied[0], reason, BY_HAND_AGAIN))


def tells_of_a_reply(row: ImportRow) -> bool:
    """What a row that is known says of a reply is new, or has changed."""
    return any(change[0] in OF_A_REPLY for change in row.changes)


def _bodies(
    found: Comparison,
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    lost: Sequence[str],
    gained: Sequence[str],
    profile: Profile,
) -> None:
    column = ImportColumn.BODIES
    if lost and len(lost) == len(before["names"]) and not gained:
        found.broken = True
        found.conflicts.append(
            _problem(profile, column, now["bodies"],
                     f"the row has lost whom it is put to ({', '.join(lost)})",
                     "Is the feed broken? Nobody ceases to be addressed because a cell is empty.")
        )  # fmt: skip
    elif lost:
        found.conflicts.append(
            _problem(profile, column, now["bodies"], f"it no longer names {', '.join(lost)}",
                     "Addressees are never removed by a file, nor merged: withdraw them by hand if they were wrong.")
        )  # fmt: skip
    if gained:
        found.changes.append((str(column), [], [*gained]))


def _turned_back(
    found: Comparison, before: Mapping[str, Any], now: Mapping[str, Any], profile: Profile
) -> None:
    if before["reply"]["position"] and not now["reply"]["position"]:
        found.broken = True
        found.conflicts.append(
            _problem(profile, ImportColumn.STATUS, now["reply"]["status"],
                     "an answer is known, and the row has none now",
                     "Is the feed broken? An answer that was withdrawn is withdrawn by hand.")
        )  # fmt: skip


def _is_less(old: str, new: str) -> bool:
    """Located and not read says less than a position that was read."""
    return new == Position.UNREAD and bool(old)


def _problem(profile: Profile, column: ImportColumn, value: Any, reason: str, fix: str) -> RowProblem:
    return RowProblem(profile.columns.get(column, column.value), str(value)[:200], reason, fix)


class OnRecordNow:
    """What stands on record of the facts that rows of a feed were written to."""

    def __init__(self, known: Sequence[ImportRow], *, locked: bool = False) -> None:
        self.facts: dict[type[Fact], dict[str, Fact]] = {}
        for model in STANDS_ON:
            refs = {ref for row in known for ref in refs_of(row, model)}
            rows = model._default_manager.filter(ref__any_of=refs).order_by("pk")
            if locked:
                rows = rows.select_for_update()
            self.facts[model] = {fact.ref: fact for fact in rows} if refs else {}

    def of(self, known: ImportRow, model: type[Fact]) -> Iterator[Fact]:
        for ref in refs_of(known, model):
            if fact := self.facts[model].get(ref):
                yield fact

    def withdrawn(self, known: ImportRow, *models: type[Fact]) -> str:
        """Why nothing more is said of facts of these kinds: one of them was withdrawn, as what is removed by law is."""
        for model in models:
            for fact in self.of(known, model):
                if fact.withdrawn_at is not None:
                    return f"the {fact.noun} {fact.ref} was withdrawn"
        return ""

    def noted(self, known: ImportRow, name: str, old: str, new: str) -> str:
        """Why a long reply cannot be put into the note of its answer: somebody has written there."""
        notes = {note_of(old), note_of(new)} if name == "summary" else {""}
        for answer in self.of(known, Answer) if any(notes) else ():
            if answer.note not in notes:
                return f"the whole reply stands in the note, and somebody has changed that of {answer.ref}"
        return ""

    def edited(self, known: ImportRow, model: type[Fact], name: str, *said: str) -> str:
        """Why a field is not the feed's to change: somebody has changed it since, or withdrawn the fact.

        `said` is what may stand there: what the feed said last.
        """
        expected = [summary_of(each) if name == "summary" else each for each in said]
        for fact in self.of(known, model):
            value = getattr(fact, name)
            if fact.withdrawn_at is not None:
                return f"the {fact.noun} {fact.ref} was withdrawn"
            if value not in expected:
                return f"somebody has changed it since the last import: it is {str(value)[:80]!r} on record"
        return ""


def refs_of(row: ImportRow, model: type[Fact]) -> list[str]:
    """The public names of the facts of one kind that a row was written to."""
    found = row.facts.get(str(model.noun), [])
    return found if isinstance(found, list) else [found]

"""The public lines of the ledger, in order: what a mirror follows, and when a thing was last told of.

A cursor is opaque to its holder: it names a history of the register (epoch), a line's number in it, and the
first bytes of the chain there. A cursor that does not fit the chain is refused, so none can be made up; one from
before a restore is good as long as the chain it was read from is still the register's.
"""

import base64
import binascii
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connections
from django.db.models.expressions import RawSQL

from tracker.models import PublicSeal
from tracker.queries.concerned import CONCERNED
from tracker.queries.head import NO_EPOCH, PublicHead
from tracker.queries.readers import reading_from
from tracker.vocabulary import Noun, Role

START = bytes(32)  # the chain before its first line
_FINGERPRINT = 8
_CHECK = 4


class NoSuchCursor(Exception):
    """This cursor was never given out by this register."""


class CursorGone(Exception):
    """This cursor belongs to a history that the register no longer has: start again from the beginning."""


@dataclass(frozen=True)
class Cursor:
    """A place in the public chain: after the line `number`."""

    epoch: UUID
    number: int
    fingerprint: bytes

    def __str__(self) -> str:
        told = self.epoch.bytes + self.number.to_bytes(8, "big") + self.fingerprint
        return base64.urlsafe_b64encode(told + _check(told)).decode("ascii")

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Raises NoSuchCursor for what is no cursor; whether it fits the chain is asked of the chain."""
        try:
            told = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            raise NoSuchCursor from None
        if len(told) != 16 + 8 + _FINGERPRINT + _CHECK or told[16] > 127:
            raise NoSuchCursor
        number = int.from_bytes(told[16:24], "big")
        cursor = cls(UUID(bytes=told[:16]), number, told[24 : 24 + _FINGERPRINT])
        if str(cursor) != text:  # its check is wrong, or base64 says the same in other letters
            raise NoSuchCursor
        return cursor


def _check(told: bytes) -> bytes:
    """A cursor with a letter changed on its way is refused, whichever letter."""
    return hashlib.sha256(b"a place in the public chain" + told).digest()[:_CHECK]


def place(epoch: UUID, number: int, chain: bytes) -> Cursor:
    return Cursor(epoch, number, bytes(chain)[:_FINGERPRINT])


def cursor_at(head: PublicHead) -> Cursor:
    """The cursor after the last public line: whoever has all up to it goes on from here."""
    last = PublicSeal.objects.filter(number=head.number).values_list("hash", flat=True).first()
    return place(head.epoch, head.number, START if last is None else last)


@dataclass(frozen=True)
class SubjectView:
    """What a line is about. `id` is null once the content of the line was erased."""

    type: Noun
    id: str | None


@dataclass(frozen=True)
class LineView:
    """One public line. How a mirror verifies it:

    1. `content` is the JSON of the fields `after`, `kind`, `occurred_on`, `reason`, `recorded_at`, `role`, `subject`
       and `v` of this line: keys sorted at every depth, no spaces, UTF-8, nothing escaped that need not be.
       In Python: `json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()`.
    2. `leaf` must be sha256(salt ‖ content); `salt`, `leaf` and `hash` are hexadecimal.
    3. `hash` must be sha256(hash of the line before ‖ leaf); before line 1 stand 32 zero bytes.

    An erased line (`erased`: true) has lost its content and its salt; step 3 still holds for it. A line whose kind
    ends in `.withdrawn` is a tombstone: the thing is no longer public, and `after` is empty.
    """

    cursor: str
    number: int
    kind: str
    subject: SubjectView
    occurred_on: date | None
    recorded_at: str
    role: Role
    reason: str | None
    after: dict[str, Any] | None
    erased: bool
    v: int | None
    salt: str | None
    leaf: str
    hash: str


@dataclass(frozen=True)
class Changes:
    """Some lines in order, and the cursor from which to go on: also when there is nothing new yet."""

    lines: list[LineView]
    last: Cursor


def changes(after: Cursor | None, limit: int, epoch: UUID) -> Changes:
    """The public lines after a cursor, at most `limit`. Two queries; one without a cursor.

    Numbers are given at commit under one lock, without gaps: a line that is not there yet comes after all that
    are. Raises NoSuchCursor, or CursorGone for one of another epoch that the chain does not know.
    """
    after = after or place(NO_EPOCH, 0, START)
    _must_fit(after, epoch)
    seals = PublicSeal.objects.filter(number__gt=after.number).order_by("number")
    rows = [_Row(*row) for row in seals.values_list(*_COLUMNS)[:limit]]
    last = (
        place(epoch, rows[-1].number, rows[-1].hash)
        if rows
        else place(epoch, after.number, after.fingerprint)
    )
    return Changes([_line(row, epoch) for row in rows], last)


def lines_about(events: Collection[int], epoch: UUID) -> dict[int, LineView]:
    """These public lines, by the id of the line. Two queries. What is no public line is left out."""
    rows = (_Row(*row) for row in PublicSeal.objects.filter(event__in=events).values_list(*_COLUMNS))
    return {row.event: _line(row, epoch) for row in rows}


def _must_fit(cursor: Cursor, epoch: UUID) -> None:
    if cursor.number == 0:
        chain: bytes | None = START
    else:
        chain = PublicSeal.objects.filter(number=cursor.number).values_list("hash", flat=True).first()
    if chain is not None and bytes(chain)[:_FINGERPRINT] == cursor.fingerprint:
        return
    raise NoSuchCursor if cursor.epoch == epoch else CursorGone


class _Row(NamedTuple):
    """A public line as stored; without content once it was erased."""

    event: int
    number: int
    leaf: bytes
    hash: bytes
    kind: str
    subject_type: str
    occurred_on: date | None
    recorded_at: datetime
    role: str
    content: bytes | None
    salt: bytes | None


_OF_EVENT = (
    "kind",
    "subject_type",
    "occurred_on",
    "recorded_at",
    "role",
    "content__public",
    "content__public_salt",
)
_COLUMNS = ("event", "number", "leaf", "hash", *(f"event__{name}" for name in _OF_EVENT))


def _line(row: _Row, epoch: UUID) -> LineView:
    erased = row.content is None or row.salt is None
    told = orjson.loads(bytes(row.content or b"{}"))
    return LineView(
        cursor=str(place(epoch, row.number, row.hash)),
        number=row.number,
        kind=row.kind,
        subject=SubjectView(Noun(row.subject_type), told["subject"]["id"] if told else None),
        occurred_on=row.occurred_on,
        recorded_at=told["recorded_at"] if told else row.recorded_at.isoformat(),
        role=Role(row.role),
        reason=told.get("reason"),
        after=told.get("after"),
        erased=erased,
        v=told.get("v"),
        salt=bytes(row.salt or b"").hex() if not erased else None,
        leaf=bytes(row.leaf).hex(),
        hash=bytes(row.hash).hex(),
    )


# What is told about an addressee: itself and the public parts that its page shows. A response is one by an answer
# that is public itself: one by a draft would tell of the draft.
_PARTS = {
    Noun.ADDRESSEE: "SELECT id, id FROM tracker_addressee",
    Noun.ANSWER: "SELECT id, addressee_id FROM tracker_answer",
    Noun.RESPONSE: "SELECT response_id, addressee_id FROM tracker_answer"
    " WHERE published_at IS NOT NULL AND withdrawn_at IS NULL",
    Noun.ASSESSMENT: "SELECT id, addressee_id FROM tracker_assessment",
    Noun.EXTENSION: "SELECT id, addressee_id FROM tracker_extension",
    Noun.CHECK: "SELECT id, addressee_id FROM tracker_check",
    Noun.SILENCE: "SELECT id, addressee_id FROM tracker_silence",
    Noun.CHALLENGE: CONCERNED,
}


def told_since(moment: datetime) -> RawSQL:
    """The addressees about which, or about a part of which, a public line was recorded at a moment or later."""
    by_part = " UNION ALL ".join(
        f"SELECT p.addressee_id FROM ({sql}) AS p (id, addressee_id)"
        f" JOIN told ON told.id = p.id AND told.noun = '{noun.value}'"
        for noun, sql in _PARTS.items()
    )
    return RawSQL(
        f"""
        WITH told (noun, id) AS (
            SELECT DISTINCT subject_type, subject_id FROM tracker_event WHERE is_public AND recorded_at >= %s
        )
        {by_part}
        """,
        [moment],
    )


def parts_of(addressee_ids: Collection[int]) -> dict[str, set[int]]:
    """The ids of what is told about some addressees, by noun: of lines about these its page is made. One query."""
    parts = " UNION ALL ".join(
        f"SELECT '{noun.value}', p.id FROM ({sql}) AS p (id, addressee_id) WHERE p.addressee_id = ANY(%(ids)s)"
        for noun, sql in _PARTS.items()
    )
    found: dict[str, set[int]] = {noun.value: set() for noun in _PARTS}
    with connections[reading_from()].cursor() as cursor:
        cursor.execute(parts, {"ids": list(addressee_ids)})
        for noun, pk in cursor.fetchall():
            found[noun].add(pk)
    return found


def last_told(addressee_ids: Collection[int]) -> dict[int, datetime]:
    """When the last public line about each addressee, or a part of it, was recorded. One query.

    Not the row's own `updated_at`: an edit of a private note, or a draft answer, must not show.
    """
    with connections[reading_from()].cursor() as cursor:
        cursor.execute(
            f"""
            SELECT part.addressee_id, max(e.recorded_at) {_lines_about("= ANY(%(ids)s)")}
            GROUP BY part.addressee_id
            """,
            {"ids": list(addressee_ids)},
        )
        return dict(cursor.fetchall())


def last_told_of(addressee: str) -> str:
    """The same for the one addressee of a column of the statement around."""
    return f"(SELECT max(e.recorded_at) {_lines_about(f'= {addressee}')})"


def _lines_about(addressees: str) -> str:
    parts = " UNION ALL ".join(
        f"SELECT '{noun.value}' AS noun, p.* FROM ({sql}) AS p (id, addressee_id)"
        f" WHERE p.addressee_id {addressees}"
        for noun, sql in _PARTS.items()
    )
    return (
        f"FROM ({parts}) AS part"
        " JOIN tracker_event e ON e.subject_type = part.noun AND e.subject_id = part.id AND e.is_public"
    )

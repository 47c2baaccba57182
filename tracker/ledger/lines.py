"""The ledger: the only code that writes lines. What they say, how it is hashed, and how it is written.

A line is written before it is numbered: its numbers and chain hashes are given at commit, by triggers
(`models/event.py`), so that both chains are gap-free whoever else is writing.
"""

import hashlib
import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
import psycopg
from django.db import connection

from tracker.models import Event, Fact, User
from tracker.vocabulary import EventKind, Noun, Role

PAYLOAD_VERSION = 1
_HASH_EPOCH = date(2000, 1, 1)


@dataclass(frozen=True)
class Actor:
    """Who acts: in what role, and which account if a person does."""

    role: Role
    user: User | None = None

    @property
    def name(self) -> str:
        return self.user.get_username() if self.user else self.role.value


CLOCK = Actor(Role.CLOCK)
LOADER = Actor(Role.LOADER)


class Line(NamedTuple):
    """What one line will say.

    `after` are the values that the public may read, `staff_after` those that only staff may; `reason` is
    public, `staff_reason` is not. A private line tells the public nothing at all.
    """

    kind: str
    subject_type: str
    subject_id: int
    subject_ref: str
    occurred_on: date | None
    is_public: bool
    after: Mapping[str, Any] = MappingProxyType({})
    staff_after: Mapping[str, Any] = MappingProxyType({})
    reason: str = ""
    staff_reason: str = ""


def line_about(fact: Fact, kind: str, **told: Any) -> Line:
    """A line about a fact."""
    return Line(
        kind=kind,
        subject_type=fact.noun.value,
        subject_id=fact.pk,
        subject_ref=fact.ref,
        **told,
    )


def append(line: Line, *, by: Actor, at: datetime) -> int:
    """Write one line in the current transaction and return its id."""
    return append_many([line], by=by, at=at)[0]


def append_many(
    lines: Sequence[Line], *, by: Actor, at: datetime, action: uuid.UUID | None = None
) -> list[int]:
    """Write lines in the current transaction, in order, and return their ids.

    Lines of one call are one action (one letter is one alert); a caller that needs several calls for one
    action passes the same `action`. One statement, however many lines there are.
    """
    if not lines:
        return []
    if not connection.in_atomic_block:
        raise RuntimeError("a line is written in the transaction of the fact it tells")
    written = [_contents(line, by=by, at=at) for line in lines]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        # Past Django's own cursor: it would write the arrays out as text, a third of the cost of a large batch.
        cursor.execute(
            _WRITE,
            [
                [str(line.kind) for line in lines],
                [str(line.subject_type) for line in lines],
                [line.subject_id for line in lines],
                [line.is_public for line in lines],
                [line.occurred_on for line in lines],
                [content.public_hash for content in written],
                [content.staff_hash for content in written],
                [content.public_salt for content in written],
                [content.public for content in written],
                [content.staff_salt for content in written],
                [content.staff for content in written],
                at,
                by.role.value,
                action or uuid.uuid4(),
            ],
        )
        return sorted(row[0] for row in cursor.fetchall())


# The ids are drawn in the order given: both inserts read the same rows, once. The sequence is looked up once, not for
# each row: that would take ten times as long as the ids.
_WRITE = """
WITH line AS MATERIALIZED (
    SELECT nextval((SELECT pg_get_serial_sequence('tracker_event', 'id')::regclass)) AS id, given.*
    FROM unnest(%b::text[], %b::text[], %b::bigint[], %b::boolean[], %b::date[], %b::bytea[], %b::bytea[],
                %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[])
         AS given (kind, subject_type, subject_id, is_public, occurred_on, public_hash, staff_hash,
                   public_salt, public, staff_salt, staff)
), event AS (
    INSERT INTO tracker_event (id, kind, subject_type, subject_id, is_public, occurred_on, public_hash, staff_hash,
                               recorded_at, role, action)
    SELECT id, kind, subject_type, subject_id, is_public, occurred_on, public_hash, staff_hash, %s, %s, %s FROM line
)
INSERT INTO tracker_eventcontent (event_id, public_salt, public, staff_salt, staff)
SELECT id, public_salt, public, staff_salt, staff FROM line
RETURNING event_id
"""


class _Content(NamedTuple):
    public_salt: bytes | None
    public: bytes | None
    public_hash: bytes | None
    staff_salt: bytes
    staff: bytes
    staff_hash: bytes


def _content(public: Mapping[str, Any] | None, staff: Mapping[str, Any]) -> _Content:
    """What everybody may read, and what staff may, as they are stored: salt, bytes and hash of each."""
    salts, told = os.urandom(32), canonical(staff)
    kept = (salts[:16], told, salted_hash(salts[:16], told))
    if public is None:
        return _Content(None, None, None, *kept)
    told = canonical(public)
    return _Content(salts[16:], told, salted_hash(salts[16:], told), *kept)


def _contents(line: Line, *, by: Actor, at: datetime) -> _Content:
    """The bytes of a line: what everybody may read, and what staff may."""
    staff: dict[str, Any] = {
        "v": PAYLOAD_VERSION,
        "actor": by.name,
        "reason": line.staff_reason,
    }
    if not line.is_public:
        staff |= {
            "subject": line.subject_ref,
            "after": {**line.after, **line.staff_after},
            "public_reason": line.reason,
        }
        return _content(None, staff)
    staff["after"] = {**line.staff_after}
    public = {
        "v": PAYLOAD_VERSION,
        "kind": line.kind,
        "subject": {"type": line.subject_type, "id": line.subject_ref},
        "occurred_on": line.occurred_on,
        "recorded_at": at.astimezone(UTC),
        "role": by.role.value,
        "reason": line.reason,
        "after": {**line.after},
    }
    return _content(public, staff)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one spelling of a content: keys sorted, no spaces, UTF-8."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def salted_hash(salt: bytes, content: bytes) -> bytes:
    """The hash of a content that stands in its line. Without the salt nobody can guess an erased content."""
    return hashlib.sha256(bytes(salt) + bytes(content)).digest()


def line_bytes(event: Event) -> bytes:
    """The bytes whose hash is the event's leaf in the chain of all lines, as the seal writes them in SQL."""
    at = event.recorded_at.astimezone(UTC)
    moment = at - datetime(1970, 1, 1, tzinfo=UTC)
    microseconds = (moment.days * 86_400 + moment.seconds) * 1_000_000 + moment.microseconds
    return "|".join(
        [
            event.kind,
            event.subject_type,
            str(event.subject_id),
            "public" if event.is_public else "private",
            str((event.occurred_on - _HASH_EPOCH).days) if event.occurred_on else "-",
            str(microseconds),
            event.role,
            str(event.action),
            bytes(event.public_hash).hex() if event.public_hash else "-",
            bytes(event.staff_hash).hex(),
        ]
    ).encode()


def chained(previous: bytes, leaf: bytes) -> bytes:
    """The hash of a chain after one more leaf."""
    return hashlib.sha256(bytes(previous) + bytes(leaf)).digest()


def erasure_line(event: Event, *, reason: str, staff_reason: str, on: date) -> Line:
    """The line that says that another line's content was erased. It is as public as that line was."""
    return Line(
        kind=EventKind.CONTENT_ERASED,
        subject_type=Noun.EVENT,
        subject_id=event.pk,
        subject_ref=f"line-{event.public_seal.number}" if event.is_public else f"private-{event.seal.number}",
        occurred_on=on,
        is_public=event.is_public,
        reason=reason,
        staff_reason=staff_reason,
    )

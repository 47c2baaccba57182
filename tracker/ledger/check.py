"""Does the record still stand? Both chains recomputed from the lines, and the lines replayed against the rows."""

import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Exists, OuterRef

from tracker.ledger.lines import chained, line_bytes, salted_hash
from tracker.models import Event, EventContent, Fact, LedgerHead, PendingSeal, PublicSeal, Seal
from tracker.vocabulary import EventKind

GENESIS = bytes(32)
CHUNK = 2_000


@dataclass(frozen=True)
class Fault:
    """Something that does not hold. `number` is the place in the chain of all lines; 0 where no line tells it."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.what}" if self.number else self.what


def _unseen(number: int) -> None:
    """Progress that nobody watches."""


def check_chains(progress: Callable[[int], None] = _unseen) -> Generator[Fault]:
    """Recompute both chains from the lines and their contents, in order.

    `progress` is called with the number of each line that was read.
    """
    head = LedgerHead.objects.filter(pk=1).first()
    previous, public_previous, number, public_number = GENESIS, GENESIS, 0, 0
    erased = set(Event.objects.filter(kind=EventKind.CONTENT_ERASED).values_list("subject_id", flat=True))
    seals = Seal.objects.select_related("event__content", "event__public_seal").order_by("number")
    for seal in seals.iterator(chunk_size=CHUNK):
        number += 1
        progress(number)
        if seal.number != number:
            yield Fault(number, f"the chain goes on with number {seal.number}: lines are missing")
            return
        event = seal.event
        yield from (Fault(number, what) for what in _line_faults(seal, event, erased))
        if seal.hash != chained(previous, seal.leaf):
            yield Fault(number, "its hash does not follow from the line before it")
        previous = seal.hash
        if event.is_public:
            public_number += 1
            public_seal = getattr(event, "public_seal", None)
            what = _public_fault(public_seal, event, public_number, public_previous)
            if what:
                yield Fault(number, what)
            public_previous = public_seal.hash if public_seal else public_previous
    yield from _head_faults(head, number, previous, public_number, public_previous)


def _line_faults(seal: Seal, event: Event, erased: set[int]) -> Generator[str]:
    """What is wrong with one line by itself."""
    if bytes(seal.leaf) != hashlib.sha256(line_bytes(event)).digest():
        yield f"the line itself was changed ({event.kind})"
    content = getattr(event, "content", None)
    if content is None:
        if event.pk not in erased:
            yield "its content is gone, and no line says that it was erased"
        return
    if salted_hash(content.staff_salt, content.staff) != bytes(event.staff_hash):
        yield "what it tells staff was changed"
    public = salted_hash(content.public_salt, content.public) if content.public is not None else None
    if public != (bytes(event.public_hash) if event.public_hash is not None else None):
        yield "what it tells the public was changed"


def _public_fault(seal: PublicSeal | None, event: Event, number: int, previous: bytes) -> str:
    """What is wrong with the place of a public line in the public chain; empty if nothing."""
    if seal is None:
        return "a public line has no place in the public chain"
    if seal.number != number:
        return f"the public chain gives it number {seal.number}, not {number}"
    if bytes(seal.leaf) != bytes(event.public_hash):
        return "its leaf in the public chain is another than its content's"
    if bytes(seal.hash) != chained(previous, seal.leaf):
        return "its hash in the public chain does not follow from the line before it"
    return ""


def _head_faults(
    head: LedgerHead | None, number: int, last: bytes, public_number: int, public_last: bytes
) -> Generator[Fault]:
    """What is wrong with the end of the chains, and with lines that stand outside them."""
    if head is None:
        if Event.objects.exists():
            yield Fault(0, "there are lines, and no head of the ledger")
        return
    if (head.number, bytes(head.hash)) != (number, bytes(last)):
        yield Fault(number, f"the head of the ledger names line {head.number}: lines are missing, or added")
    if (head.public_number, bytes(head.public_hash)) != (public_number, bytes(public_last)):
        yield Fault(
            0, f"the head names public line {head.public_number}, and the chain ends at {public_number}"
        )
    if PublicSeal.objects.count() != public_number:
        yield Fault(0, "the public chain holds lines that are not public")
    if unsealed := Event.objects.filter(seal=None).order_by("pk").first():
        yield Fault(0, f"the line with id {unsealed.pk} ({unsealed.kind}) was never sealed")
    stray = EventContent.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("event_id"))))
    if content := stray.order_by("pk").first():
        yield Fault(0, f"there is content for a line with id {content.pk}, and no such line")
    if PendingSeal.objects.exists():
        yield Fault(0, "a transaction was committed without its seal")


def check_replay() -> Generator[Fault]:
    """Replay the lines against the rows: each field of a row is what the latest line about it says.

    In SQL, one statement for each kind of fact. Where a content was erased, only what was told later counts.
    """
    for model in apps.get_models():
        if issubclass(model, Fact):
            yield from _row_faults(model)
            yield from _replay_faults(model)


def _row_faults(model: type[Fact]) -> Generator[Fault]:
    """Facts that lines tell of and that have no row any more, or stand in it under another name."""
    noun = model.noun
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(table=model._meta.db_table, noun=noun.value))
        for number, ref, told in cursor.fetchall():
            name = f"{noun.label} {told}" if told else f"a {noun.label}"
            yield Fault(
                number, f"{name} is told, and " + (f"its row is called {ref}" if ref else "has no row")
            )


# The last line about each fact, and the name by which it calls it.
_ROWS = """
WITH told AS (
    SELECT e.subject_id, max(s.number) AS number,
           (array_agg(COALESCE(convert_from(c.public, 'UTF8')::jsonb -> 'subject' ->> 'id',
                               convert_from(c.staff, 'UTF8')::jsonb ->> 'subject') ORDER BY s.number DESC)
            FILTER (WHERE c.event_id IS NOT NULL))[1] AS ref
    FROM tracker_event e
    JOIN tracker_seal s ON s.event_id = e.id
    LEFT JOIN tracker_eventcontent c ON c.event_id = e.id
    WHERE e.subject_type = '{noun}'
    GROUP BY e.subject_id
)
SELECT told.number, t.ref, told.ref
FROM told LEFT JOIN {table} t ON t.id = told.subject_id
WHERE t.id IS NULL OR t.ref <> told.ref
ORDER BY told.number
"""


def _replay_faults(model: type[Fact]) -> Generator[Fault]:
    fields = {**_columns(model), **_sets(model)}
    differences = " UNION ALL ".join(
        f"SELECT r.ref, '{name}' AS field, COALESCE((r.numbers->>'{name}')::bigint, 0) AS number"
        f" FROM replayed r WHERE (NOT r.after ? '{name}' AND NOT r.erased{_unless_empty(model, name)})"
        f" OR (r.after ? '{name}' AND {wrong})"
        for name, wrong in fields.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _REPLAY.format(table=model._meta.db_table, noun=model.noun.value, differences=differences)
        )
        for ref, field, number in cursor.fetchall():
            what = "says otherwise than the row" if number else "is told by no line"
            yield Fault(number, f"{field} of {model.noun.label} {ref} {what}")


def _unless_empty(model: type[Fact], name: str) -> str:
    """A column that came after the first lines need not be told while it holds nothing."""
    return f" AND COALESCE(r.{name}::text, '') <> ''" if name in model.later_fields else ""


_REPLAY = """
WITH erased AS (
    SELECT e.subject_id, max(s.number) AS number
    FROM tracker_event e JOIN tracker_seal s ON s.event_id = e.id
    LEFT JOIN tracker_eventcontent c ON c.event_id = e.id
    WHERE e.subject_type = '{noun}' AND c.event_id IS NULL
    GROUP BY e.subject_id
), told AS (
    SELECT DISTINCT ON (e.subject_id, v.key) e.subject_id, v.key, v.value, s.number
    FROM tracker_event e
    JOIN tracker_seal s ON s.event_id = e.id
    JOIN tracker_eventcontent c ON c.event_id = e.id
    LEFT JOIN erased x ON x.subject_id = e.subject_id
    CROSS JOIN LATERAL jsonb_each(
        COALESCE(convert_from(c.public, 'UTF8')::jsonb -> 'after', '{{}}')
        || COALESCE(convert_from(c.staff, 'UTF8')::jsonb -> 'after', '{{}}')) AS v
    WHERE e.subject_type = '{noun}' AND s.number > COALESCE(x.number, 0)
    ORDER BY e.subject_id, v.key, s.number DESC
), replay AS (
    SELECT subject_id, jsonb_object_agg(key, value) AS after, jsonb_object_agg(key, number) AS numbers
    FROM told GROUP BY subject_id
), replayed AS (
    SELECT t.*, COALESCE(p.after, '{{}}') AS after, COALESCE(p.numbers, '{{}}') AS numbers,
           x.subject_id IS NOT NULL AS erased
    FROM {table} t LEFT JOIN replay p ON p.subject_id = t.id LEFT JOIN erased x ON x.subject_id = t.id
)
SELECT ref, field, number FROM ({differences}) AS d ORDER BY number, ref, field
"""


def _columns(model: type[Fact]) -> dict[str, str]:
    """For each told column, the condition under which its replayed value differs from the row."""
    return {
        column.name: f"{_told(column)} IS DISTINCT FROM {_stored(column)}" for column in model.told_fields()
    }


def _told(column: models.Field) -> str:
    if isinstance(column, ArrayField | models.JSONField):
        return f"r.after->'{column.name}'"
    if column.is_relation or isinstance(column, models.CharField | models.TextField | models.FileField):
        return f"r.after->>'{column.name}'"
    return f"(r.after->>'{column.name}')::{column.db_type(connection)}"


def _stored(column: models.Field) -> str:
    if isinstance(column, ArrayField | models.JSONField):
        return f"to_jsonb(r.{column.column})"
    other: Any = column.related_model
    if other is None:
        return f"r.{column.column}"
    name = "o.ref" if issubclass(other, Fact) else "'account-' || o.id"
    return f"(SELECT {name} FROM {other._meta.db_table} o WHERE o.id = r.{column.column})"


def _sets(model: type[Fact]) -> dict[str, str]:
    """The same for the parts of a fact that stand in tables of their own."""
    wrong = {}
    for name, (table, parent, member) in model.sets.items():
        rows = apps.get_model("tracker", table)
        other: Any = rows._meta.get_field(member).related_model
        stored = (
            f"(SELECT COALESCE(jsonb_agg(o.ref ORDER BY p.position), '[]') FROM {rows._meta.db_table} p"
            f" JOIN {other._meta.db_table} o ON o.id = p.{member}_id WHERE p.{parent}_id = r.id)"
        )
        wrong[name] = f"r.after->'{name}' IS DISTINCT FROM {stored}"
    return wrong


def check_ledger(progress: Callable[[int], None] = _unseen) -> Generator[Fault]:
    """Everything that does not hold, chains first."""
    yield from check_chains(progress)
    yield from check_replay()

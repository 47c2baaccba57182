"""The ledger: lines, their content, and two sealed chains. Three small triggers hold it for every path.

1. A line inserted notes its transaction in `PendingSeal`, once (a statement trigger).
2. At commit that note's deferred trigger numbers and hashes the transaction's lines into `Seal` and, the
   public ones, into `PublicSeal`, moves the one `LedgerHead`, and deletes the note.
3. Lines, seals and content refuse change; content may be erased, in a transaction that has a line for it.

The guard that refuses a fact without a line stands with the facts, in `base.py`.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Func, Q

from tracker.models.base import is_one_of
from tracker.vocabulary import EVENT_KINDS, LOGGED, EventKind, Noun, Role


class TransactionId(models.Field):
    """PostgreSQL's xid8."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class CurrentTransactionId(Func):
    function = "pg_current_xact_id"
    output_field = TransactionId()


_NOTE_TRANSACTION = """
    IF NULLIF(current_setting('register.first_event', true), '') IS NULL THEN
        PERFORM set_config('register.first_event', (SELECT min(id)::text FROM written), true);
    END IF;
    INSERT INTO tracker_pendingseal (xact, first_event)
    SELECT pg_current_xact_id(), min(id) FROM written HAVING count(*) > 0
    ON CONFLICT DO NOTHING;
    RETURN NULL;
"""

# What a leaf of the chain of all lines is the hash of; `ledger.line_bytes` writes the same bytes in Python.
_LINE = """
    concat_ws('|', e.kind, e.subject_type, e.subject_id, CASE WHEN e.is_public THEN 'public' ELSE 'private' END,
              COALESCE((e.occurred_on - DATE '2000-01-01')::text, '-'),
              (extract(epoch FROM e.recorded_at) * 1000000)::bigint, e.role, e.action,
              COALESCE(encode(e.public_hash, 'hex'), '-'), encode(e.staff_hash, 'hex'))
"""

_SEAL = f"""
    INSERT INTO tracker_ledgerhead AS h (id, number, hash, public_number, public_hash, epoch)
    VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'), gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET id = h.id
    RETURNING * INTO head;

    FOR line IN
        SELECT e.id, e.is_public, e.public_hash, sha256(convert_to({_LINE}, 'UTF8')) AS leaf
        FROM tracker_event e
        WHERE e.id >= NEW.first_event AND e.xact = pg_current_xact_id()
        ORDER BY e.id
    LOOP
        head.hash := sha256(head.hash || line.leaf);
        events := events || line.id;
        leaves := leaves || line.leaf;
        hashes := hashes || head.hash;
        IF line.is_public THEN
            head.public_hash := sha256(head.public_hash || line.public_hash);
            public_events := public_events || line.id;
            public_leaves := public_leaves || line.public_hash;
            public_hashes := public_hashes || head.public_hash;
        END IF;
    END LOOP;

    INSERT INTO tracker_seal (number, event_id, leaf, hash)
    SELECT head.number + s.n, s.event, s.leaf, s.hash
    FROM unnest(events, leaves, hashes) WITH ORDINALITY AS s (event, leaf, hash, n);
    INSERT INTO tracker_publicseal (number, event_id, leaf, hash)
    SELECT head.public_number + s.n, s.event, s.leaf, s.hash
    FROM unnest(public_events, public_leaves, public_hashes) WITH ORDINALITY AS s (event, leaf, hash, n);

    UPDATE tracker_ledgerhead SET
        number = head.number + cardinality(events), hash = head.hash,
        public_number = head.public_number + cardinality(public_events), public_hash = head.public_hash
    WHERE id = 1;
    DELETE FROM tracker_pendingseal WHERE xact = NEW.xact;
    RETURN NULL;
"""

_ERASED_WITH_A_LINE = f"""
    IF NOT EXISTS (
        SELECT 1 FROM tracker_event e
        WHERE e.subject_type = '{Noun.EVENT.value}' AND e.subject_id = OLD.event_id
          AND e.kind = '{EventKind.CONTENT_ERASED.value}'
          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint
          AND e.xact = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'the content of line ' || OLD.event_id || ' was erased with no line that says so';
    END IF;
    RETURN NULL;
"""


def _never(*, but: str = "") -> list[pgtrigger.Trigger]:
    """Refuse every UPDATE, DELETE and TRUNCATE, but for the operation named."""
    operations = {
        "update": pgtrigger.Update,
        "delete": pgtrigger.Delete,
        "truncate": pgtrigger.Truncate,
    }
    return [
        pgtrigger.Trigger(
            name=f"never_{name}",
            level=pgtrigger.Statement if name == "truncate" else pgtrigger.Row,
            when=pgtrigger.Before,
            operation=operation,
            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',"
            " MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
        )
        for name, operation in operations.items()
        if name != but
    ]


class Event(models.Model):
    """One line of the ledger: what changed. Public or private is decided when it is written."""

    kind = models.CharField(max_length=30)
    subject_type = models.CharField(max_length=14, choices=Noun.choices)
    subject_id = models.BigIntegerField()
    is_public = models.BooleanField()
    occurred_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    role = models.CharField(max_length=6, choices=Role.choices)
    # Shared by all the lines of one action: one letter is one alert.
    action = models.UUIDField()
    public_hash = models.BinaryField(max_length=32, null=True)
    staff_hash = models.BinaryField(max_length=32)
    xact = TransactionId(db_default=CurrentTransactionId(), editable=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(name="event_kind_known", condition=Q(kind__in=list(EVENT_KINDS))),
            is_one_of("event", "subject_type", Noun),
            is_one_of("event", "role", Role),
            models.CheckConstraint(
                name="event_public_has_public_content",
                condition=Q(is_public=True, public_hash__isnull=False)
                | Q(is_public=False, public_hash__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            # Read by the guards at commit, by the history of a fact, and by the replay of check_ledger.
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_by_subject"),
            # Read by queries.log: the few public lines among millions that took something back.
            models.Index(
                fields=["recorded_at", "kind", "action"],
                name="event_log",
                condition=Q(is_public=True, kind__in=list(LOGGED)),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="note_transaction",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="written"),
                func=_NOTE_TRANSACTION,
            ),
            *_never(),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class EventContent(models.Model):
    """What a line says, as stored, with the salt of its hashes. It can be erased; the chain still verifies.

    `public` is what everybody may read, `staff` what only staff may: the actor, the private reason and the
    values of private fields. The hashes in the line are sha256(salt || bytes).
    """

    # No foreign key here nor in the seals: lines are never deleted, and `check_ledger` looks for strays.
    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="content", db_constraint=False
    )
    public_salt = models.BinaryField(max_length=16, null=True)
    public = models.BinaryField(null=True)
    staff_salt = models.BinaryField(max_length=16)
    staff = models.BinaryField()

    class Meta:
        triggers: ClassVar = [
            *_never(but="delete"),
            pgtrigger.Trigger(
                name="erased_with_a_line",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=_ERASED_WITH_A_LINE,
            ),
        ]

    def __str__(self) -> str:
        return f"content of line {self.event_id}"


class Seal(models.Model):
    """The place of a line in the chain of all lines."""

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal", db_constraint=False)
    leaf = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        triggers: ClassVar = _never()

    def __str__(self) -> str:
        return f"line {self.number}"


class PublicSeal(models.Model):
    """The place of a public line in the public chain: all that readers, cursors and caches know."""

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="public_seal", db_constraint=False)
    leaf = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        triggers: ClassVar = _never()

    def __str__(self) -> str:
        return f"public line {self.number}"


class LedgerHead(models.Model):
    """The ends of both chains: one row. The epoch changes when a backup is restored."""

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    public_number = models.BigIntegerField()
    public_hash = models.BinaryField(max_length=32)
    epoch = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="ledger_head_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.number} lines, {self.public_number} public"


class PendingSeal(models.Model):
    """A transaction whose lines are not sealed yet. Empty whenever nobody writes."""

    xact = TransactionId(primary_key=True)
    first_event = models.BigIntegerField()

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="seal",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[
                    ("head", "tracker_ledgerhead%ROWTYPE"),
                    ("line", "record"),
                    ("events", "bigint[] := '{}'"),
                    ("leaves", "bytea[] := '{}'"),
                    ("hashes", "bytea[] := '{}'"),
                    ("public_events", "bigint[] := '{}'"),
                    ("public_leaves", "bytea[] := '{}'"),
                    ("public_hashes", "bytea[] := '{}'"),
                ],
                func=_SEAL,
            ),
        ]

    def __str__(self) -> str:
        return f"transaction {self.xact}"

"""What does recording missed deadlines cost? `python -m benchmarks.sweep [--rows N] [--due N] [--rounds N] [--large N]`

1. The sweep records `--due` newly missed deadlines among `--rows` addressees, with the ledger, its seals and its
   guards. Its limit is one bare statement, in the same run, that updates as many rows of a copy of the table (same
   columns and indexes, no triggers) and inserts a plain, unnumbered event for each. Wanted: at most 3 times that.
2. Meanwhile two clerks save: one edits rows that nobody sweeps, one records on rows that the sweep is about to take.
   No wait for a lock may last over 50 ms: their transactions run with that lock_timeout, and refusals are counted.
3. With nothing due, a sweep of `--rows` addressees against one of `--large`: wanted, the same.
"""

import argparse
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import django

from benchmarks import servers

if "DATABASE_URL" not in os.environ:
    servers.run_again("benchmarks.sweep")
django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.db import OperationalError, connection, transaction  # noqa: E402

from tracker.actions.deadlines import record_missed_deadlines  # noqa: E402
from tracker.ledger import CLOCK, Actor, append, line_about  # noqa: E402
from tracker.models import Addressee  # noqa: E402
from tracker.vocabulary import Role  # noqa: E402

ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WAIT_LIMIT_MS = 50

FILL = """
SET session_replication_role = replica;
INSERT INTO tracker_source (id, ref, updated_at, published_at, note, kind, title, url, publisher, dated_precision,
                            archived_url, file, file_sha256, may_be_published)
VALUES (1, 's', now(), now(), '', 'page', 'S', 'https://example.org/', '', '', '', '', '', false);
INSERT INTO tracker_report (id, ref, updated_at, published_at, note, also_see, verification, title, kind,
                            dated_earliest, dated_latest, dated_precision, source_id)
VALUES (1, 'r', now(), now(), '', '{{}}', 'excerpt', 'R', 'act', '2025-06-02', '2025-06-02', 'day', 1);
INSERT INTO tracker_body (id, ref, updated_at, published_at, note, also_see, verification, name, kind, jurisdiction,
                          url, other_names, identifiers, contacts, source_id)
SELECT n, 'b' || n, now(), now(), '', '{{}}', 'excerpt', 'Body ' || n, 'company', '', '', '{{}}', '{{}}', '[]', 1
FROM generate_series(1, 1000) n;
INSERT INTO tracker_recommendation (id, ref, updated_at, published_at, note, also_see, verification, number, limb,
    kind, title, text, quote, asked_earliest, asked_latest, asked_precision, position, aggregate, act_by_kind,
    act_by_text, report_id, source_id)
SELECT n, 'r/' || n, now(), now(), '', '{{}}', 'excerpt', n, '', 'recommendation', 'Ask ' || n, '', '', '2025-06-02',
       '2025-06-02', 'day', n % 30000, false, 'no_date', '', 1, 1
FROM generate_series(1, {rows} / 1000) n;
INSERT INTO tracker_addressee (ref, updated_at, published_at, note, recommendation_id, body_id, answer_due_on,
    first_answer_due_on, answer_due_basis, answer_due_strength, act_by_basis, answer_sweep_on)
SELECT 'r/' || r || '/b' || b, now(), now(), '', r, b, '2026-12-01', '2026-12-01', 'A rule.', 'statutory', '',
       '2026-12-02'
FROM generate_series(1, {rows} / 1000) r, generate_series(1, 1000) b;
SET session_replication_role = origin;
"""

COPY = """
CREATE TABLE bare_addressee (LIKE tracker_addressee INCLUDING ALL);
INSERT INTO bare_addressee OVERRIDING SYSTEM VALUE SELECT * FROM tracker_addressee;
CREATE TABLE bare_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind varchar(30) NOT NULL, subject_type varchar(14) NOT NULL,
    subject_id bigint NOT NULL, occurred_on date NOT NULL, recorded_at timestamptz NOT NULL, payload jsonb NOT NULL
);
CREATE INDEX ON bare_event (subject_type, subject_id, id);
"""

# The limit: the same rows, updated, and one plain event for each, in one statement.
BARE = """
WITH newly AS (
    UPDATE bare_addressee SET answer_missed_on = answer_due_on, answer_sweep_on = NULL, updated_at = %s
    WHERE answer_sweep_on <= %s
    RETURNING id, answer_due_on
)
INSERT INTO bare_event (kind, subject_type, subject_id, occurred_on, recorded_at, payload)
SELECT 'deadline.missed', 'addressee', id, answer_due_on + 1, %s,
       jsonb_build_object('v', 1, 'after', jsonb_build_object('answer_missed_on', answer_due_on))
FROM newly
"""

MAKE_DUE = """
UPDATE {table} SET answer_due_on = '2026-03-01', answer_missed_on = NULL, answer_sweep_on = '2026-03-02'
WHERE id IN (SELECT (random() * {rows})::bigint FROM generate_series(1, {due} * 11 / 10) LIMIT {due})
"""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=int, default=0, help="rows of the larger table for step 3: 10000000")
    return parser.parse_args()


def main() -> None:
    arguments = _arguments()
    call_command("migrate", verbosity=0)
    print(f"filling {arguments.rows:,} addressees …", flush=True)
    run(FILL.format(rows=arguments.rows))
    run(COPY)
    run("VACUUM ANALYZE tracker_addressee")
    warm_up(arguments)
    run("VACUUM ANALYZE")
    idle = nothing_due()
    ratios = [one_round(arguments, number) for number in range(1, arguments.rounds + 1)]
    print(
        f"sweep / bare statement: median {statistics.median(ratios):.2f} of {ratios_text(ratios)} (limit 3)"
    )
    clerks(arguments)
    print(f"nothing due among {arguments.rows:,}: {idle:.2f} ms", flush=True)
    if arguments.large:
        grow(arguments)
        large = nothing_due()
        print(
            f"nothing due among {arguments.large:,}: {large:.2f} ms, {large / idle:.2f} times (wanted: the same)"
        )


def warm_up(arguments: argparse.Namespace) -> None:
    """A register that has lines already: plans made for an empty ledger would be kept by the session."""
    small = argparse.Namespace(rows=arguments.rows, due=2_000)
    make_due("tracker_addressee", small)
    make_due("bare_addressee", small)
    run(BARE, AT, ON, AT)
    sweep()


def run(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.rowcount


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def sweep() -> int:
    return record_missed_deadlines(on=ON, by=CLOCK, at=AT)


def make_due(table: str, arguments: argparse.Namespace) -> None:
    run("SET session_replication_role = replica")
    run(MAKE_DUE.format(table=table, rows=arguments.rows, due=arguments.due))
    run("SET session_replication_role = origin")


def one_round(arguments: argparse.Namespace, number: int) -> float:
    for table in ("tracker_addressee", "bare_addressee"):
        make_due(table, arguments)
        run(f"VACUUM ANALYZE {table}")
    run("CHECKPOINT")
    bare, rows = timed(lambda: run(BARE, AT, ON, AT))
    run("CHECKPOINT")
    full, recorded = timed(sweep)
    ratio = (full / recorded) / (bare / rows)
    print(
        f"round {number}: bare {bare:.2f} s for {rows:,}, sweep {full:.2f} s for {recorded:,}: {ratio:.2f} times",
        flush=True,
    )
    return ratio


def ratios_text(ratios: list[float]) -> str:
    return ", ".join(f"{ratio:.2f}" for ratio in ratios)


def nothing_due() -> float:
    """Milliseconds for a sweep that finds nothing: the median of fifty, both clocks."""
    assert sweep() == 0
    return statistics.median(timed(sweep)[0] for _ in range(50)) * 1000


def clerk(swept: bool, rows: int, until: Any, waits: Any) -> None:
    """Save again and again, as an action does: a row and its line; count refusals for waiting over the limit."""
    times, refused, choice = [], 0, random.Random(swept)
    run(f"SET lock_timeout = {WAIT_LIMIT_MS}")
    while not until.is_set():
        pool = Addressee.objects.filter(answer_sweep_on=ON) if swept else Addressee.objects.all()
        addressee = pool.filter(pk__gte=choice.randrange(rows)).order_by("pk").first()
        if addressee is None:
            continue
        started = time.perf_counter()
        try:
            with transaction.atomic():
                row = Addressee.objects.select_for_update().get(pk=addressee.pk)
                Addressee.objects.filter(pk=row.pk).update(note="seen", answer_sweep_on=None)
                line = line_about(
                    row, "addressee.corrected", occurred_on=ON, is_public=False, after={"note": "seen"}
                )
                append(line, by=Actor(Role.STAFF), at=AT)
        except OperationalError:
            refused += 1
        times.append((time.perf_counter() - started) * 1000)
    connection.close()
    waits.put((swept, times, refused))


def clerks(arguments: argparse.Namespace) -> None:
    make_due("tracker_addressee", arguments)
    connection.close()
    for label, work in (("alone", lambda: time.sleep(5)), ("beside a sweep", sweep)):
        context = multiprocessing.get_context("spawn")
        until, waits = context.Event(), context.Queue()
        people = [
            context.Process(target=clerk, args=(swept, arguments.rows, until, waits))
            for swept in (False, True)
        ]
        for person in people:
            person.start()
        time.sleep(3)
        work()
        time.sleep(1)
        until.set()
        for swept, times, refused in (waits.get() for _ in people):
            who = "the rows of the sweep" if swept else "other rows"
            cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
            print(
                f"clerk on {who}, {label}: {len(times)} saves, median {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms;"
                f" waited over {WAIT_LIMIT_MS} ms for a lock: {refused} (limit 0)",
                flush=True,
            )
        for person in people:
            person.join()


def grow(arguments: argparse.Namespace) -> None:
    """More rows of the same kind, none of them due."""
    more = (arguments.large - arguments.rows) // 1000
    print(f"filling up to {arguments.large:,} …", flush=True)
    first = arguments.rows // 1000 + 1
    run("SET session_replication_role = replica")
    run(
        "INSERT INTO tracker_addressee (ref, updated_at, published_at, note, recommendation_id, body_id, answer_due_on,"
        " first_answer_due_on, answer_due_basis, answer_due_strength, act_by_basis, answer_sweep_on)"
        " SELECT 'r/' || r || '/b' || b, now(), now(), '', r, b, '2026-12-01', '2026-12-01', 'A rule.', 'statutory',"
        " '', '2026-12-02' FROM generate_series(%s, %s) r, generate_series(1, 1000) b",
        first,
        first + more - 1,
    )
    run("SET session_replication_role = origin")
    run("VACUUM ANALYZE tracker_addressee")


if __name__ == "__main__":
    main()

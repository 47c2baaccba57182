"""How long does the first page of the desk take? `python -m benchmarks.desk [--addressees N] [--rounds N]`

In a world of `--addressees` (default 1,000,000) with the misses that a sweep would have recorded: the whole page, as a
member of staff gets it, and every queue by itself. Wanted: the median page under 150 ms once the charts are counted,
which is done at most once in five minutes; the first page, which counts them, is printed beside it.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks import servers

if "DATABASE_URL" not in os.environ:
    servers.run_again("benchmarks.desk")
django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.world import World, fill  # noqa: E402
from tracker.models import User  # noqa: E402
from tracker.queries.days import register_day  # noqa: E402
from tracker.queries.desk import ADDRESSEE_QUEUES, depth, not_looked_at, silences_to_second  # noqa: E402
from tracker.queries.desk_charts import count_answers, count_silence  # noqa: E402
from tracker.queries.finding import find  # noqa: E402

WANTED_MS = 150

# What the sweep would have recorded: every confirmed deadline that passed with no answer on record.
MISSED = """
SET session_replication_role = replica;
UPDATE tracker_addressee a SET answer_missed_on = answer_due_on, answer_sweep_on = NULL
WHERE answer_due_on < current_date AND NOT EXISTS (
    SELECT 1 FROM tracker_answer n WHERE n.addressee_id = a.id AND NOT n.holding AND n.withdrawn_at IS NULL);
UPDATE tracker_addressee SET promise_missed_on = act_by, promise_sweep_on = NULL
WHERE act_by < current_date AND id % 3 = 0;
SET session_replication_role = origin;
"""


def main() -> None:
    """1. the world, 2. each part by itself, 3. the page."""
    options = argparse.ArgumentParser()
    options.add_argument("--addressees", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=20)
    given = options.parse_args()
    call_command("migrate", verbosity=0)
    fill(World(asks=given.addressees // 5, addressees=given.addressees), say=print)
    with connection.cursor() as cursor:
        cursor.execute(MISSED)
        cursor.execute("VACUUM ANALYZE tracker_addressee")
    today = register_day(timezone.now())
    for queue in ADDRESSEE_QUEUES:
        report(queue.title, lambda queue=queue: depth(queue.rows(today), queue.since), given.rounds)
    report("Silences to second", lambda: depth(silences_to_second(today), "answer_by"), given.rounds)
    report("Asks not looked at", lambda: depth(not_looked_at(today), "updated_at"), given.rounds)
    report("Chart of answers, counted", lambda: count_answers(today), 3)
    report("Chart of silence, counted", lambda: count_silence(), 3)
    report("Search", lambda: find("police data"), 5)
    client = Client()
    client.force_login(User.objects.create_superuser("measured"))
    first = timed(lambda: client.get("/admin/"))
    page = [timed(lambda: client.get("/admin/")) for _ in range(given.rounds)]
    median = statistics.median(page)
    print(
        f"The first page of the desk: first {first:.0f} ms, then median {median:.0f}, worst {max(page):.0f} ms"
    )
    print(f"Wanted: under {WANTED_MS} ms. {'Held.' if median < WANTED_MS else 'NOT held.'}")


def timed(do: Callable[[], Any]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


def report(what: str, do: Callable[[], Any], rounds: int) -> None:
    took = [timed(do) for _ in range(rounds)]
    print(f"{what}: median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms")


if __name__ == "__main__":
    main()

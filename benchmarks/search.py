"""What does a search cost? `python -m benchmarks.search [--asks N] [--addressees N] [--rounds N]`

On a register of 200,000 recommendations and 1,000,000 addressees, for a rare word and for one in every fourth text: the
newest fifty, and fifty in order of relevance. Measured is the time that PostgreSQL computes and the time that Python
does, each the least of some rounds: on a busy machine they move less than the clock. The limits are 5 ms for what is
rare or newest, and 300 ms for a frequent word ranked; beside them stands, of the same run, the bare statement that
looks the word up in the one index of the recommendations.
"""

import argparse
import os
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks import servers

if "DATABASE_URL" not in os.environ:
    servers.run_again("benchmarks.search")
django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.db import connection  # noqa: E402

from benchmarks.world import fill  # noqa: E402
from benchmarks.world_rows import World  # noqa: E402
from tracker.queries.filters import (  # noqa: E402
    ADDRESSEE_ORDERS,
    RECOMMENDATION_ORDERS,
    AddresseeFilter,
    RecommendationFilter,
    addressees_matching,
    recommendations_matching,
)
from tracker.queries.head import snapshot  # noqa: E402
from tracker.queries.keysets import page_planned_once  # noqa: E402
from tracker.queries.search import RELEVANCE, RELEVANCE_ORDER, snippets  # noqa: E402

FREQUENT = "police"
RARE_LIMIT_MS, FREQUENT_LIMIT_MS = 5, 300
LISTS: dict[str, tuple[Any, Any, Any]] = {
    "recommendations": (RecommendationFilter, recommendations_matching, RECOMMENDATION_ORDERS),
    "addressees": (AddresseeFilter, addressees_matching, ADDRESSEE_ORDERS),
}


def newest(name: str, q: str, world: World) -> list[Any]:
    """The newest fifty that hold a word."""
    wanted, matching, orders = LISTS[name]
    rows = matching(wanted(as_of=world.today, q=q, ordering="-asked_on"))
    return [row for row, _ in page_planned_once(rows, orders["-asked_on"], 51)]


def ranked(name: str, q: str, world: World) -> list[Any]:
    """The fifty that fit best."""
    wanted, matching, _ = LISTS[name]
    rows = matching(wanted(as_of=world.today, q=q, ordering=RELEVANCE))
    return [row for row, _ in page_planned_once(rows, RELEVANCE_ORDER[RELEVANCE], 51)]


def bare(q: str) -> list[Any]:
    """The statement that can do no less: one index, one table, no question of who may see it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title FROM tracker_recommendation WHERE words @@ phraseto_tsquery('register', %s)"
            " ORDER BY asked_latest DESC, ref DESC LIMIT 51",
            [q],
        )
        return cursor.fetchall()


def rare_word() -> str:
    """One that stands in a handful of texts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM ts_stat('SELECT words FROM tracker_recommendation WHERE id % 10 = 0')"
            " WHERE ndoc <= 2 ORDER BY ndoc, word LIMIT 1"
        )
        return cursor.fetchone()[0]


def computed(work: Callable[[], list[Any]], rounds: int) -> tuple[float, float, int]:
    """Milliseconds that PostgreSQL computed, that Python did, and how many were found: the least of some rounds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = f"/proc/{cursor.fetchone()[0]}/schedstat"
    best: tuple[float, float, int] = (float("inf"), 0.0, 0)
    for _ in range(rounds):
        server, here = _computed_by(backend), time.process_time()
        found = work()
        took = (_computed_by(backend) - server, (time.process_time() - here) * 1000, len(found))
        best = min(best, took)
    return best


def _computed_by(backend: str) -> float:
    with open(backend, encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e6


def report(label: str, took: tuple[float, float, int], limit: float | None = None) -> None:
    server, here, found = took
    against = f"; limit {limit:g} ms: {server / limit:.2f} of it" if limit else ""
    print(
        f"{label}: {server:.1f} ms in PostgreSQL, {here:.1f} ms in Python, {found} found{against}", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("asks", "addressees", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(World, name))
    parser.add_argument("--rounds", type=int, default=9)
    arguments = vars(parser.parse_args())
    rounds = arguments.pop("rounds")
    world = World(**arguments)
    call_command("migrate", verbosity=0)
    fill(world, say=lambda line: print(line, flush=True))
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # what others compute would not be counted
    with snapshot():  # as the API reads
        measure(world, rounds)


def measure(world: World, rounds: int) -> None:
    """The lines that `main` prints."""
    rare = rare_word()
    for q, limit in ((rare, RARE_LIMIT_MS), (FREQUENT, FREQUENT_LIMIT_MS)):
        report(f"bare statement, {q}", computed(lambda q=q: bare(q), rounds))
        for name in LISTS:
            report(
                f"{name}, newest, {q}",
                computed(lambda name=name, q=q: newest(name, q, world), rounds),
                RARE_LIMIT_MS,
            )
            report(
                f"{name}, ranked, {q}", computed(lambda name=name, q=q: ranked(name, q, world), rounds), limit
            )
            rows = ranked(name, q, world)
            cut = computed(
                lambda rows=rows, q=q: [*snippets(type(rows[0]), [row.pk for row in rows], q, world.today)],
                rounds,
            )
            report(f"{name}, snippets of these", cut)


if __name__ == "__main__":
    main()

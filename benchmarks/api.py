"""What does reading the API cost? `python -m benchmarks.api [--asks N] [--addressees N] [--seconds S] [--rounds N]`

On a world of 200,000 recommendations and 1,000,000 addressees, two gunicorn workers, PostgreSQL on the same machine.
Each row is a ratio of two costs in this run: the CPU per request of servers and PostgreSQL together, asked in turns,
the median of several rounds. (Requests per second move sixfold on a noisy machine, CPU by a quarter.) It ends with 1
where a limit does not hold.
"""

import argparse
import os
import secrets
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import django

from benchmarks import servers

if "DATABASE_URL" not in os.environ:
    servers.run_again("benchmarks.api")
os.environ.update(DJANGO_SETTINGS_MODULE="benchmarks.settings", EMBEDDED="1", RATE_LIMIT_ADDRESS=str(10**9))
# One key for all: the servers take the cursors that are signed here.
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.http import urlencode  # noqa: E402

from api.pagination import FORWARD, Pager  # noqa: E402
from benchmarks.serving import Connection, Cost, Serving, gunicorn  # noqa: E402
from benchmarks.world import fill  # noqa: E402
from benchmarks.world_rows import World  # noqa: E402
from tracker.models import Addressee  # noqa: E402
from tracker.queries.days import register_day  # noqa: E402
from tracker.queries.filters import ADDRESSEE_ORDERS, AddresseeFilter, addressees_matching  # noqa: E402

LIST = "/api/v1/addressees/"
SIZE = 50
PAGES = 200
FAR = 10_000
AS_OF = "2021-12-16"


@dataclass
class Run:
    """One run: the world, two servers (one that keeps answers, one that does not), and what was measured."""

    seconds: float
    rounds: int
    fresh: Serving
    keeping: Serving
    table: list[tuple[str, str, str, str, bool]] = field(default_factory=list)

    def compare(
        self,
        what: str,
        limit: float,
        one: Callable[[], Cost],
        other: Callable[[], Cost],
        *,
        least: bool = False,
    ) -> None:
        """Measure two things in turns. `limit` is the most, or the least, that the first may cost of the second."""
        one(), other()
        pairs = [(one(), other()) for _ in range(self.rounds)]
        ratio = statistics.median(a.cpu_ms / b.cpu_ms for a, b in pairs)
        cpu = " / ".join(
            f"{statistics.median(each.cpu_ms for each in side):.2f}" for side in zip(*pairs, strict=True)
        )
        pace = " / ".join(
            f"{statistics.median(each.per_second for each in side):.0f}" for side in zip(*pairs, strict=True)
        )
        told = f"{'≥' if least else '≤'} {limit}"
        holds = ratio >= limit if least else ratio <= limit
        self.table.append((what, f"{ratio:.2f}", told, f"{cpu} ms CPU, {pace} a second", holds))
        print(f"{what}: {ratio:.2f} (wanted {told}; {cpu} ms CPU, {pace} a second)", flush=True)

    def cost(self, serving: Serving, paths: Sequence[str], **headers: str) -> Callable[[], Cost]:
        return partial(serving.cost, paths, seconds=self.seconds, **headers)


def lists(run: Run) -> None:
    """A list of fifty, nested, not kept: against no framework at all, and against ModelSerializer."""
    plain = run.cost(run.fresh, pages(LIST))
    bare = run.cost(run.fresh, [f"/bare/addressees/?n={number}" for number in range(PAGES)])
    run.compare("list of 50 addressees / bare WSGI", 1.2, plain, bare)
    usual = run.cost(run.fresh, usual_pages(run.fresh, 20))
    run.compare("list by ModelSerializer / list", 4, usual, plain, least=True)
    then = run.cost(run.fresh, pages(LIST, as_of=AS_OF))
    run.compare(f"list as of {AS_OF} / list", 4, then, plain)
    far = run.cost(run.fresh, [f"{LIST}?{urlencode({'cursor': cursor_at(FAR * SIZE)})}"])
    run.compare(f"page {FAR:,} / page 1", 1.3, far, run.cost(run.fresh, [LIST]))


def asks(run: Run) -> None:
    """A recommendation with its addressees, against ModelSerializer, and against its addressees with no framework."""
    names = some_asks()
    plain = run.cost(run.fresh, [f"/api/v1/recommendations/{name}/" for name in names])
    usual = run.cost(run.fresh, [f"/usual/recommendations/{name}/" for name in names])
    run.compare("recommendation by ModelSerializer / recommendation", 7, usual, plain, least=True)
    bare = run.cost(run.fresh, [f"/bare/recommendations/?{urlencode({'ref': name})}" for name in names])
    run.compare("recommendation / bare WSGI", 1.5, plain, bare)


def again(run: Run) -> None:
    """Who has the answer, and who is given a kept one: against an empty view behind the same middleware."""
    with Connection(run.keeping.port) as connected:
        tag = connected.get(LIST, {})[0]["etag"]
    nothing = run.cost(run.keeping, ["/api/v1/nothing/"])
    run.compare("304 / empty view", 1.6, run.cost(run.keeping, [LIST], If_None_Match=tag), nothing)
    run.compare("kept page / empty view", 1.6, run.cost(run.keeping, [LIST]), nothing)


# Each measures some rows of the table; searches and exports have theirs in files of their own.
MEASURED: Sequence[Callable[[Run], None]] = (lists, asks, again)


def pages(place: str, **asked: str) -> list[str]:
    """The addresses of the first pages of a list."""
    wanted = AddresseeFilter(as_of=register_day(timezone.now()))
    rows = addressees_matching(wanted).order_by("ref").values_list("ref", flat=True)
    edges = list(rows[: PAGES * SIZE])[SIZE - 1 :: SIZE]
    return [f"{place}?{urlencode({**asked, 'cursor': cursor_after(edge)})}" for edge in edges]


def cursor_after(name: str) -> str:
    return Pager("addressees", "id", ADDRESSEE_ORDERS["id"], SIZE)._write(FORWARD, [name])


def cursor_at(rows: int) -> str:
    """The cursor of the page after so many rows; the last page of a small world."""
    public = Addressee.objects.public().order_by("ref")
    place = min(rows, public.count() - SIZE - 1) - 1
    return cursor_after(public.values_list("ref", flat=True)[place])


def usual_pages(serving: Serving, count: int) -> list[str]:
    """The first pages of the usual list, by its own cursors."""
    found, place = [], "/usual/addressees/"
    marker = b'"next":"http://127.0.0.1'
    with Connection(serving.port) as connected:
        while len(found) < count:
            found.append(place)
            _, body = connected.get(place, {})
            place = body.partition(marker)[2].partition(b'"')[0].decode()
    return found


def some_asks() -> list[str]:
    """Asks of all sizes, as they come: every so-many-th that is public and was put to somebody."""
    put = Addressee.objects.public().order_by("pk").values_list("recommendation__ref", flat=True)
    step = max(1, put.count() // PAGES)
    return [*dict.fromkeys(put[::step])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("asks", "addressees"):
        parser.add_argument(f"--{name}", type=int, default=getattr(World, name))
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=[each.__name__ for each in MEASURED])
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    print(f"filling {given.asks:,} recommendations and {given.addressees:,} addressees …", flush=True)
    fill(World(given.asks, given.addressees))
    postmaster = servers.postmaster()
    connection.close()
    with (
        gunicorn("benchmarks.rivals:application", postmaster=postmaster, CACHE_URL="dummycache://") as fresh,
        gunicorn("benchmarks.rivals:application", postmaster=postmaster) as keeping,
    ):
        run = Run(given.seconds, given.rounds, fresh, keeping)
        for measure in MEASURED:
            if given.only in (None, measure.__name__):
                measure(run)
    sys.exit(report(run))


def report(run: Run) -> int:
    widths = [max(len(row[column]) for row in run.table) for column in range(4)]
    print()
    for row in [("what", "measured", "wanted", "costs", True), *run.table]:
        cells = [cell.ljust(max(width, 8)) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, "holds" if row[0] == "what" else "yes" if row[4] else "NO"]))
    return 0 if all(row[4] for row in run.table) else 1


if __name__ == "__main__":
    main()

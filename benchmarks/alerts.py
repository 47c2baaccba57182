"""What do alerts cost? `python -m benchmarks.alerts [--calls N] [--events N] [--rounds N]`

1. `--calls` lines are delivered to endpoints of one partner, by `send_due_calls` with all it does (claim, truth, sign,
   send, mark, log). Its measure is one bare loop of httpx posts of the same bytes on a kept connection, in the same
   run, turn by turn. Wanted: at least 1.2 times its deliveries a second, at most 1.5 times its CPU for each.
2. Tasks: with what is due at once, at most one task for 100 deliveries.
3. `--events` published answers are fanned out to endpoints, digests, a mail at once, and followers of each body.
   Wanted: at least 20,000 rows a second, notices and their messages.
"""

import argparse
import asyncio
import multiprocessing
import os
import statistics
import time
from datetime import UTC, date, datetime
from ipaddress import ip_network
from typing import Any

import django

from benchmarks import servers

if "DATABASE_URL" not in os.environ:
    servers.run_again("benchmarks.alerts")
django.setup()

import httpx  # noqa: E402  (Django first)
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from benchmarks.sweep import FILL  # noqa: E402
from tracker.alerts import calls, endpoints, fanout, interests  # noqa: E402
from tracker.ledger import Actor, Line, append_many  # noqa: E402
from tracker.models import Address, Message, Notice, User  # noqa: E402
from tracker.vocabulary import Channel, News, Role, StaffRole  # noqa: E402

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENDPOINTS = 4
KINDS = [News.ANSWERED]

ANSWERS = """
SET session_replication_role = replica;
INSERT INTO tracker_response (id, ref, updated_at, published_at, note, also_see, verification, title, kind,
    written_earliest, written_latest, written_precision, received_precision, published_precision, date_text,
    author_id, source_id)
VALUES (1, 'letter', now(), now(), '', '{}', 'excerpt', 'A letter', 'formal', '2026-03-01', '2026-03-01', 'day', '',
        '', '', 1, 1);
INSERT INTO tracker_answer (id, ref, updated_at, published_at, note, on_behalf, holding, position, basis, reason,
    conditions, summary, quote, waits_for, decision, recorded_at, addressee_id, response_id)
SELECT id, ref || '/letter', now(), now(), '', false, false, 'accepted', 'our_reading', '', '', 'They will.', '',
       '', '', now(), id, 1
FROM tracker_addressee;
SET session_replication_role = origin;
"""


class Sink(asyncio.Protocol):
    """The quickest answer there is: what is measured is the sender."""

    def connection_made(self, transport: Any) -> None:
        self.transport, self.got = transport, b""

    def data_received(self, data: bytes) -> None:
        self.got += data
        while (end := self.got.find(b"\r\n\r\n")) >= 0:
            head = self.got[:end].lower()
            start = head.index(b"content-length:") + 15
            length = int(head[start : head.find(b"\r\n", start) if b"\r\n" in head[start:] else None])
            if len(self.got) < end + 4 + length:
                return
            self.got = self.got[end + 4 + length :]
            self.transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")


def serve(port: Any) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
        port.value = server.sockets[0].getsockname()[1]
        await server.serve_forever()

    asyncio.run(run())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def main() -> None:
    arguments = _arguments()
    call_command("migrate", verbosity=0)
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    print(f"filling {arguments.events:,} answers …", flush=True)
    run(FILL.format(rows=arguments.events))
    run(ANSWERS)
    run("VACUUM ANALYZE")
    port = multiprocessing.Value("i", 0)
    sink = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    sink.start()
    while not port.value:
        time.sleep(0.01)
    url = f"http://127.0.0.1:{port.value}/hook"
    for _ in range(ENDPOINTS):
        endpoint = endpoints.register(url=url, contact="ops@partner.example", at=AT)
        interests.follow(reader=endpoint, wanted={}, kinds=KINDS, channel=Channel.WEBHOOK, at=AT)
    deliveries(arguments, url)
    fan_out(arguments)
    sink.kill()


def tell(first: int, events: int) -> None:
    """The lines that say that these answers were published, as many to a transaction as a large letter has."""
    staff = Actor(Role.STAFF)
    after = {"position": "accepted", "summary": "They will.", "addressee": "r/1/b1", "response": "letter"}
    for start in range(first, first + events, 1_000):
        with transaction.atomic():
            append_many(
                [
                    Line("answer.published", "answer", pk, f"answer-{pk}", date(2026, 3, 1), True, after)
                    for pk in range(start, min(start + 1_000, first + events))
                ],
                by=staff,
                at=AT,
            )


def deliveries(arguments: argparse.Namespace, url: str) -> None:
    """Step 1 and 2, turn by turn."""
    each = arguments.calls // ENDPOINTS
    ratios, cpu = [], []
    for number in range(arguments.rounds + 1):
        tell(1, each)
        fanout.make_notices(at=AT)
        loop_rate, loop_cpu = bare_loop(url, arguments.calls)
        rate, used, tasks = ours()
        if number:  # the first round warms up
            ratios.append(rate / loop_rate)
            cpu.append(used / loop_cpu)
            print(
                f"round {number}: {rate:,.0f}/s in {tasks} tasks against {loop_rate:,.0f}/s of a bare loop; CPU "
                f"{used * 1e6:.0f} µs a delivery against {loop_cpu * 1e6:.0f} µs",
                flush=True,
            )
            assert tasks <= arguments.calls / 100
    print(f"deliveries / bare loop: median {statistics.median(ratios):.2f} (limit 1.2 at least)")
    print(f"CPU a delivery / bare loop: median {statistics.median(cpu):.2f} (limit 1.5 at most)", flush=True)


def bare_loop(url: str, posts: int) -> tuple[float, float]:
    """Posts a second, and CPU seconds a post."""
    body = b'{"kind":"answer.published"}' + b" " * 700
    headers = {"content-type": "application/json", "webhook-id": "msg_1", "webhook-timestamp": "1"}
    with httpx.Client() as client:
        began, used = time.perf_counter(), time.process_time()
        for _ in range(posts):
            client.post(url, content=body, headers=headers)
        return posts / (time.perf_counter() - began), (time.process_time() - used) / posts


def ours() -> tuple[float, float, int]:
    """Deliveries a second, CPU seconds a delivery, and how many tasks it took."""
    began, used = time.perf_counter(), time.process_time()
    sent = tasks = 0
    while more := calls.send_due_calls(clock=lambda: AT):
        sent, tasks = sent + more, tasks + 1
    assert not Message.objects.filter(state__in=["pending", "sending"]).exists()
    return sent / (time.perf_counter() - began), (time.process_time() - used) / sent, tasks


def fan_out(arguments: argparse.Namespace) -> None:
    """Step 3."""
    reader = User.objects.create_user("ada", email="ada@example.org", role=StaffRole.VIEWER)
    interests.follow(reader=reader, wanted={"report": "r"}, kinds=KINDS, channel=Channel.AT_ONCE, at=AT)
    for n in range(1, 1_001):
        address = Address.objects.create(
            email=f"reader{n}@example.org", digest=f"{n:064}", created_at=AT, confirmed_at=AT
        )
        wanted = {"body": f"b{n}", "status": ["accepted", "rejected"]}
        interests.follow(reader=address, wanted=wanted, kinds=KINDS, channel=Channel.DAILY, at=AT)
    everything = [Address.objects.create(email="a@example.org", digest="a", created_at=AT, confirmed_at=AT)]
    for address in everything:
        interests.follow(reader=address, wanted={}, kinds=KINDS, channel=Channel.WEEKLY, at=AT)
    run("VACUUM ANALYZE")
    print(f"writing {arguments.events:,} lines …", flush=True)
    tell(1, arguments.events)
    run("VACUUM ANALYZE")
    notices, messages = Notice.objects.count(), Message.objects.count()
    began = time.perf_counter()
    fanout.make_notices(at=AT)
    seconds = time.perf_counter() - began
    made, sent = Notice.objects.count() - notices, Message.objects.count() - messages
    print(
        f"fan-out: {arguments.events:,} events to {made:,} notices and {sent:,} messages in {seconds:.1f} s: "
        f"{(made + sent) / seconds:,.0f} rows/s (limit 20,000 at least), {made / seconds:,.0f} notices/s"
    )
    bare = bare_copy(Notice, notices) + bare_copy(Message, messages)
    print(
        f"a bare INSERT of the same rows into tables of the same indexes, without foreign keys: {bare:.1f} s, "
        f"{(made + sent) / bare:,.0f} rows/s; the fan-out takes {seconds / bare:.2f} times that"
    )


def bare_copy(model: type[Model], besides: int) -> float:
    """Seconds to write rows of a table, but the first so many, into an empty one that has the same indexes."""
    table = model._meta.db_table
    run(f"CREATE TABLE bare (LIKE {table} INCLUDING ALL)")
    began = time.perf_counter()
    run(f"INSERT INTO bare SELECT * FROM {table} ORDER BY id OFFSET {besides}")
    seconds = time.perf_counter() - began
    run("DROP TABLE bare")
    return seconds


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


if __name__ == "__main__":
    main()

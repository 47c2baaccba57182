"""The dump of the night: every public list, and every public line, in one file with its SHA-256 beside it.

A sweep: "is today's there?". It may run late, twice, or in two workers at once (an advisory lock lets one work). A file
appears under its name only when it is whole; the manifest comes last, and says that it is there. What it holds is a
function of the public head, the day and the release: made again, it is the same to the last byte.
"""

import gzip
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

import orjson
from django.conf import settings
from django.db.models import QuerySet

from tracker.models import Event
from tracker.queries import filters as rows
from tracker.queries.alone import alone
from tracker.queries.bodies import body_views, group_views
from tracker.queries.changes import Cursor, changes, cursor_at
from tracker.queries.exports import BATCH, Export, json_lines
from tracker.queries.head import PublicHead, snapshot
from tracker.queries.regimes import regime_views, theme_views
from tracker.queries.reports import report_views
from tracker.queries.shapes import as_json
from tracker.vocabulary import EventKind
from tracker.vocabulary.publication import LICENCE, LICENCE_URL

NAME = re.compile(r"register-(\d{4}-\d{2}-\d{2})\.jsonl\.gz")
# Which are kept: those of the last fortnight, and the first of each month for two years.
DAYS_KEPT = 14
MONTHS_KEPT = 24
# The key of the advisory lock that one dump holds at a time.
_LOCK = 0x64756D70

Say = Callable[[str, int], None]


@dataclass(frozen=True)
class Dump:
    """One dump, as its manifest tells of it. `cursor` is that from which `changes?after=` goes on."""

    name: str
    as_of: date
    bytes: int
    lines: int
    sha256: str
    epoch: str
    number: int
    cursor: str


def dumps() -> list[Dump]:
    """Those that are there, the latest first."""
    found = (_manifest(path) for path in _folder().glob("register-*.json"))
    return sorted((each for each in found if each), key=lambda each: each.as_of, reverse=True)


def dump_called(name: str) -> Dump | None:
    """The dump whose file has this name; None where there is none."""
    if not NAME.fullmatch(name):
        return None
    return _manifest(_folder() / f"{name.removesuffix('.jsonl.gz')}.json")


def file_of(dump: Dump) -> Path:
    return _folder() / dump.name


def make_dump(
    *, on: date, root: str, again: bool = False, say: Say = lambda _name, _lines: None
) -> Dump | None:
    """Make the dump of a day (which is today: the past is asked for by `as_of`), unless it is there.

    1. One at a time, whatever process asks; who comes second finds it done, or leaves it to the first.
    2. All of it is read in one snapshot, whose head is read first.
    3. The file, its SHA-256, its manifest, in this order; then the old ones that are not kept are removed.

    None where it is there already, or being made.
    """
    name = f"register-{on.isoformat()}.jsonl.gz"
    with alone(_LOCK) as undisturbed:
        if not undisturbed or (dump_called(name) and not again):
            return None
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.part"):  # by one that was killed: we are alone
            left.unlink()
        (folder / f"register-{on.isoformat()}.json").unlink(missing_ok=True)
        erased = _erasures()
        with snapshot() as moment:
            made = _written(folder / name, on, moment.head, str(cursor_at(moment.head)), root, say)
        if _erasures() != erased:  # what is erased meanwhile stands in it: the next sweep makes another
            file_of(made).unlink(missing_ok=True)
            return None
        _put(folder / f"{name}.sha256", f"{made.sha256}  {name}\n".encode())
        _put(_manifest_path(made), orjson.dumps(asdict(made), option=orjson.OPT_APPEND_NEWLINE))
        remove_old(on)
        return made


def remove_old(today: date) -> None:
    """The manifest goes first: nothing is listed that is not there."""
    there = dumps()
    kept = days_kept([each.as_of for each in there], today)
    for each in there:
        if each.as_of not in kept:
            _remove(each)


def _remove(dump: Dump) -> None:
    _manifest_path(dump).unlink(missing_ok=True)
    (_folder() / f"{dump.name}.sha256").unlink(missing_ok=True)
    file_of(dump).unlink(missing_ok=True)


def remove_with(number: int) -> int:
    """Delete every dump that holds the public line of this number, whose content was erased by law; how many.

    A dump cannot be mended: its hash is published. Today's is made anew by the next sweep, without what was erased.
    """
    holding = [each for each in dumps() if each.number >= number]
    for each in holding:
        _remove(each)
    return len(holding)


def _erasures() -> int:
    """How many public lines were erased so far; the few are found by the index of the log."""
    return Event.objects.filter(is_public=True, kind=EventKind.CONTENT_ERASED).count()


def days_kept(days: Iterable[date], today: date) -> set[date]:
    """Those of the last fortnight, and the first there is of each month for two years."""
    first: dict[tuple[int, int], date] = {}
    kept = set()
    for day in sorted(days):
        first.setdefault((day.year, day.month), day)
        months = (today.year - day.year) * 12 + today.month - day.month
        is_first = first[day.year, day.month] == day and months <= MONTHS_KEPT
        if is_first or (today - day).days < DAYS_KEPT:
            kept.add(day)
    return kept


def _folder() -> Path:
    return Path(settings.DUMPS_DIR)


def _manifest_path(dump: Dump) -> Path:
    return _folder() / f"{dump.name.removesuffix('.jsonl.gz')}.json"


def _manifest(path: Path) -> Dump | None:
    try:
        told = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    return Dump(**{**told, "as_of": date.fromisoformat(told["as_of"])})


def _put(path: Path, content: bytes) -> None:
    """A small file, whole or not there."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        _settle(file)
    part.replace(path)


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


class _Counting:
    """A file that knows the hash and the length of what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest, self.length = file, hashlib.sha256(), 0

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        self.length += len(content)
        return self.file.write(content)

    def flush(self) -> None:
        self.file.flush()


def _written(path: Path, on: date, head: PublicHead, cursor: str, root: str, say: Say) -> Dump:
    part = path.with_name(f"{path.name}.part")
    lines = 0
    with part.open("wb") as file:
        counting = _Counting(file)
        # Neither a name nor a time goes into it: the same content is the same file.
        with gzip.GzipFile(filename="", mode="wb", fileobj=counting, mtime=0, compresslevel=6) as packed:
            for line in _lines(on, head, cursor, root, say):
                packed.write(line + b"\n")
                lines += 1
        _settle(file)
    part.replace(path)
    digest = counting.digest.hexdigest()
    return Dump(path.name, on, counting.length, lines, digest, str(head.epoch), head.number, cursor)


def _lines(on: date, head: PublicHead, cursor: str, root: str, say: Say) -> Iterator[bytes]:
    """A first line that says what it is, the items of each list by their ids, the public lines, and a last line."""
    about = {"as_of": on, "epoch": str(head.epoch), "number": head.number, "cursor": cursor}
    licence = {"licence": LICENCE, "licence_url": LICENCE_URL}
    yield orjson.dumps({"resource": "register", "item": {**about, **licence}})
    count = 0
    for resource, items in _items(on, head, root):
        for item in items:
            yield b'{"resource":"%b","item":%b}' % (resource.encode(), item)
            count += 1
            if count % BATCH == 0:
                say(resource, count)
    yield orjson.dumps({"resource": "end", "item": {"items": count}})


def _items(on: date, head: PublicHead, root: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    plain: dict[str, tuple[QuerySet, Callable[..., Sequence[Any]]]] = {
        "bodies": (rows.bodies_matching(rows.BodyFilter(as_of=on)), body_views),
        "groups": (rows.groups_matching(rows.NoFilter(as_of=on)), group_views),
        "regimes": (rows.regimes_matching(rows.NoFilter(as_of=on)), regime_views),
        "themes": (rows.themes_matching(rows.NoFilter(as_of=on)), theme_views),
        "reports": (rows.reports_matching(rows.ReportFilter(as_of=on)), report_views),
    }
    for name, (found, views) in plain.items():
        yield name, _viewed(found, views, on, root)
    streamed = {
        "recommendations": rows.recommendations_matching(rows.RecommendationFilter(as_of=on)),
        "addressees": rows.addressees_matching(rows.AddresseeFilter(as_of=on)),
        "responses": rows.responses_matching(rows.ResponseFilter(as_of=on)),
    }
    for name, found in streamed.items():
        lines = json_lines(Export(name, found, ("ref",), on, root))
        yield name, (bytes(line).rstrip(b"\n") for line in lines)
    yield "changes", _changes(head, root)


def _viewed(found: QuerySet, views: Callable[..., Sequence[Any]], on: date, root: str) -> Iterator[bytes]:
    after = ""
    while page := list(found.filter(ref__gt=after).order_by("ref")[:BATCH]):
        after = page[-1].ref
        for item in as_json(list(views(page, on)), root):
            yield orjson.dumps(item, default=str)


def _changes(head: PublicHead, root: str) -> Iterator[bytes]:
    """Every public line, so that the dump proves itself as the change feed does."""
    after: Cursor | None = None
    while (found := changes(after, BATCH, head.epoch)).lines:
        after = found.last
        for line in as_json(found.lines, root):
            yield orjson.dumps(line, default=str)

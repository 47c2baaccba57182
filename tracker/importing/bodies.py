"""Whom a cell names: bodies by their names and other names, several in a cell, and what may be meant by others."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from tracker.importing.cells import as_read, has_tags
from tracker.importing.profiles import Profile
from tracker.importing.silence import bare
from tracker.importing.slips import Spellings
from tracker.models import Body

LONGEST_NAME = 300
# So like a name on record that a person is asked, even where a profile adds unknown bodies by itself.
NEAR = 0.45
OFFERED = 5
MOST_COMPARED = 2_000
# A name with so many separators inside it that it is put together from so many pieces.
MOST_PIECES = 9
MOST_REMEMBERED = 20_000
_PUNCTUATION = re.compile(r"[.,'’`\"()\[\]/-]+")  # noqa: RUF001


_SUM = re.compile(r"(?:(?:grand |sub ?)?totals?)?(?:(?:^| )\d+)*")


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name as it is looked up: `The Dept. of Health & Care` is `dept of health and care`."""
    words = _PUNCTUATION.sub(" ", name.replace("&", " and ")).casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


class Names:
    """The names of all bodies on record. One that two bodies have is nobody's: a person is asked."""

    def __init__(self) -> None:
        self._by_key: dict[str, int] = {}
        self._shared: set[str] = set()
        self._split: dict[str, list[str]] = {}
        rows = Body.objects.filter(withdrawn_at=None).values_list("pk", "name", "other_names")
        for pk, name, others in rows.iterator(chunk_size=5_000):
            for each in (name, *others):
                self.put(each, pk)

    def put(self, name: str, pk: int) -> None:
        key = name_key(name)
        if self._by_key.setdefault(key, pk) != pk:
            self._shared.add(key)

    def find(self, name: str) -> int | None:
        """The id of the one body of a name."""
        key = name_key(name)
        return None if key in self._shared else self._by_key.get(key)

    def split(self, cell: str, profile: Profile) -> list[str]:
        """The names in a cell. A separator inside a known name does not part it: the longest known name is taken."""
        if cell not in self._split:
            if len(self._split) > MOST_REMEMBERED:
                self._split.clear()
            # What HTML puts on lines of their own are several, whatever else parts them.
            lines = ("\n",) if has_tags(cell) else ()
            parts = self._parts(as_read(cell), (*profile.separators, *lines))
            names = dict.fromkeys(name[:LONGEST_NAME] for name in parts)
            self._split[cell] = [name for name in names if not _is_nobody(name, profile)]
        return self._split[cell]

    def _parts(self, cell: str, separators: Sequence[str]) -> Iterator[str]:
        pieces = _pieces(cell, separators)
        at = 0
        while at < len(pieces):
            longest = min(len(pieces), at + MOST_PIECES)
            if pieces[at] in separators:
                longest = at + 1
            for end in range(longest, at, -1):
                name = " ".join("".join(pieces[at:end]).split())
                if end == at + 1 or self.find(name) is not None:
                    break
            if name and pieces[at] not in separators:
                yield name
            at = end


def _is_nobody(name: str, profile: Profile) -> bool:
    """`Redacted.`, `N.A.`, a dash, and the line below a table: `Total: 5`."""
    words = bare(name)
    return not words or words in profile.not_bodies or _SUM.fullmatch(words) is not None


def _pieces(cell: str, separators: Sequence[str]) -> list[str]:
    """A cell in pieces, the separators among them, so that pieces can be put together again."""
    if not separators:
        return [cell]
    pattern = "(" + "|".join(re.escape(each) for each in sorted(separators, key=len, reverse=True)) + ")"
    return [piece for piece in re.split(pattern, cell) if piece.strip() or piece in separators]


@dataclass(frozen=True)
class Near:
    """A body whose name is like one that is not known."""

    ref: str
    likeness: float


def nearest(names: Iterable[str]) -> dict[str, list[Near]]:
    """For names that are not known, the bodies with names like them, the likest first.

    By trigrams, which find words in another order, and by slips of the hand, which trigrams pass over in short names.
    """
    asked = list(names)[:MOST_COMPARED]
    found: dict[str, dict[str, float]] = {name: {} for name in asked}
    if asked:
        for name, ref, likeness in (*_by_trigrams(asked), *_by_slips(asked)):
            found[name][ref] = max(likeness, found[name].get(ref, 0))
    return {
        name: [Near(ref, likeness) for ref, likeness in sorted(like.items(), key=_likest)[:OFFERED]]
        for name, like in found.items()
    }


def _likest(like: tuple[str, float]) -> tuple[float, str]:
    return -like[1], like[0]


def _by_slips(asked: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    bodies = Body.objects.filter(withdrawn_at=None).values_list("ref", "name", "other_names")
    spellings = Spellings(
        (name_key(each), ref)
        for ref, name, others in bodies.iterator(chunk_size=5_000)
        for each in (name, *others)
    )
    for name in asked:
        for ref, likeness in spellings.near(name_key(name)):
            yield name, ref, likeness


def _by_trigrams(asked: Sequence[str]) -> list[tuple[str, str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT n.name, b.ref, max(b.likeness)
            FROM unnest(%s::text[]) AS n (name)
            CROSS JOIN LATERAL (
                SELECT ref, similarity(name, n.name) AS likeness FROM tracker_body
                WHERE name %% n.name AND withdrawn_at IS NULL
                UNION ALL
                SELECT ref, similarity(other, n.name) FROM tracker_body, unnest(other_names) AS other
                WHERE cardinality(other_names) > 0 AND other %% n.name AND withdrawn_at IS NULL
            ) AS b
            GROUP BY n.name, b.ref
            """,
            [list(asked)],
        )
        return list(cursor.fetchall())

"""What rows of an export say of one word of one fact: a title stands on each row of a recommendation, and is one."""

from dataclasses import dataclass

from tracker.importing.problems import shown


def same(cell: str, *texts: str) -> bool:
    """One of these texts: however it is spaced, and with the apostrophe that keeps a spreadsheet from running it."""
    spellings = (_plain(cell), _plain(cell.removeprefix("'")))
    return any(_plain(text) in spellings for text in texts)


def _plain(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class Saying:
    """What a row says of a word. The text itself is not kept: there are many, and some are long."""

    number: int
    digest: int
    shown: str


class Sayings:
    """By word and fact, what was said first, and what was first said otherwise."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], Saying] = {}
        self._other: dict[tuple[str, str], Saying] = {}

    def note(self, number: int, path: str, fact: str, cell: str, now: str) -> None:
        """Note what a row says in a cell that is not blank: what the register says now counts as said too."""
        key, digest = (path, fact), _digest(cell, now)
        first = self._first.get(key)
        if first is None:
            self._first[key] = Saying(number, digest, shown(cell[:100]))
        elif first.digest != digest and key not in self._other:
            self._other[key] = Saying(number, digest, shown(cell[:100]))

    @property
    def at_odds(self) -> bool:
        return bool(self._other)

    def against(self, path: str, fact: str, cell: str, now: str) -> Saying | None:
        """What another row says of the same word of the same fact, if it is something else."""
        other = self._other.get((path, fact))
        if other is None:
            return None
        first = self._first[path, fact]
        return other if first.digest == _digest(cell, now) else first


def _digest(cell: str, now: str) -> int:
    return hash(_plain(now if same(cell, now) else cell))

"""How many slips of the hand lie between two names: a letter too many, too few, another, or two that changed places.

Trigrams pass over these in short names: `Osfted` and `Ofsted` have one in common. PostgreSQL's fuzzystrmatch counts
letters that changed places as two slips; a library for one function of twenty lines would be one more to keep.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator


def slips_allowed(length: int) -> int:
    """So many slips in a name of a length that it may still be meant: none in an abbreviation of three letters."""
    return min(3, 1 + length // 8) if length > 3 else 0


def slips(one: str, other: str, most: int) -> int | None:
    """The slips between two names (the optimal string alignment distance); None for more than `most`."""
    before: list[int] = []
    row = [*range(len(other) + 1)]
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for place, theirs in enumerate(other, 1):
            fewest = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != theirs))
            if at > 1 and place > 1 and letter == other[place - 2] and theirs == one[at - 2]:
                fewest = min(fewest, earlier[place - 2] + 1)
            row.append(fewest)
        if min(row) > most and min(before) > most:
            return None
    return row[-1] if row[-1] <= most else None


class Spellings:
    """Names to be found again although they were mistyped, by their length and the letters in them."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_length: dict[int, set[tuple[int, str, str]]] = defaultdict(set)
        for name, ref in names:
            self._by_length[len(name)].add((_letters(name), name, ref))

    def near(self, name: str) -> Iterator[tuple[str, float]]:
        """Whose name it may be, and how like it is."""
        most, letters = slips_allowed(len(name)), _letters(name)
        for length in range(len(name) - most, len(name) + most + 1) if most else ():
            for theirs, other, ref in self._by_length.get(length, ()):
                # A slip changes at most two of the letters that are there: nearly all names are passed over here.
                if (letters ^ theirs).bit_count() > 2 * most:
                    continue
                if (found := slips(name, other, most)) is not None:
                    yield ref, 1 - found / len(name)


def _letters(name: str) -> int:
    """Which letters a name has, and how often: for each so many bits of its eight."""
    found = 0
    for letter, times in Counter(name).items():
        found |= ((1 << min(times, 8)) - 1) << (ord(letter) % 64 * 8)
    return found

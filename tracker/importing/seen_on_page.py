"""Reading one page of a PDF as it is drawn: which of its text a reader does not see, though it can be copied out."""

from collections.abc import Iterator
from typing import Any, NamedTuple

INVISIBLE = 3
LIGHT = 0.97
# In points on the page: smaller text cannot be read, and a thicker stroke hides what is below it.
TINY = 1.0
THICK = 4.0
PAINTS = {b"f", b"F", b"f*", b"b", b"b*", b"B", b"B*"}
STROKES = {b"S", b"s"}


class Box(NamedTuple):
    """An upright rectangle on the page."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        upward = min(self.high, other.high) - max(self.low, other.low)
        return across > 0.5 and upward > 0.3 * (other.high - other.low)


class Look:
    """Reading one page: what is drawn, in its order, and the text below it.

    A shape that is drawn after a text covers it, whatever its colour. How far a text reaches is estimated from its
    size and its letters: near enough to say that somebody should look.
    """

    def __init__(self, page: tuple[float, ...]) -> None:
        self.page = Box(*page)
        self.fill, self.width = 0.0, 1.0
        self.mode, self.kept = 0, list[tuple[float, float, int]]()
        self.points: list[tuple[float, float]] = []
        self.shapes: list[Box] = []
        self.drawn: list[Box] = []
        self.texts: list[tuple[str, Box, int]] = []
        self.told: dict[str, list[str]] = {"invisible": [], "white": [], "tiny": [], "off": []}
        self.begun: tuple[float, int, int] | None = None
        self.shows = False

    def before(self, operator: bytes, operands: Any, cm: Any, _tm: Any) -> None:
        numbers = [float(each) for each in operands if isinstance(each, int | float)]
        self.shows = operator in (b"Tj", b"TJ", b"'", b'"')
        if self.shows and self.begun is None:
            self.begun = (self.fill, self.mode, len(self.drawn))
        self._state(operator, numbers)
        self._path(operator, numbers, cm)
        self._paint(operator, cm)

    def _state(self, operator: bytes, numbers: list[float]) -> None:
        match operator:
            case b"q":
                self.kept.append((self.fill, self.width, self.mode))
            case b"Q" if self.kept:
                self.fill, self.width, self.mode = self.kept.pop()
            case b"g" if numbers:
                self.fill = numbers[0]
            case b"rg" | b"sc" | b"scn" if numbers and len(numbers) < 4:
                self.fill = min(numbers)
            case b"k" | b"sc" | b"scn" if len(numbers) == 4:
                self.fill = 1 - max(numbers)
            case b"w" if numbers:
                self.width = numbers[0]
            case b"Tr" if numbers:
                self.mode = int(numbers[0])

    def _path(self, operator: bytes, numbers: list[float], cm: Any) -> None:
        if operator == b"re" and len(numbers) == 4:
            self._close()
            x, y, width, height = numbers
            corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
            self.points = [_moved(*corner, cm) for corner in corners]
        elif operator in (b"m", b"l", b"c", b"v", b"y"):
            if operator == b"m":
                self._close()
            pairs = zip(numbers[::2], numbers[1::2], strict=False)
            self.points += [_moved(x, y, cm) for x, y in pairs]

    def _close(self) -> None:
        if self.points:
            self.shapes.append(_around(self.points))
        self.points = []

    def _paint(self, operator: bytes, cm: Any) -> None:
        if operator not in PAINTS | STROKES | {b"n"}:
            return
        self._close()
        if operator in PAINTS:
            self.drawn += self.shapes
        thick = self.width * _scale(cm)
        if operator in STROKES and thick >= THICK:
            self.drawn += [_grown(shape, thick / 2) for shape in self.shapes]
        self.shapes = []

    def text(self, text: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:
        said, begun = text.strip(), self.begun
        if not said:
            return
        fill, mode, order = begun or (self.fill, self.mode, len(self.drawn))
        # A line is told when the next one begins: if that is being shown now, it has the look of now.
        self.begun = (self.fill, self.mode, len(self.drawn)) if self.shows else None
        wide, tall = len(said) * float(size or 0) / 2, float(size or 0)
        corners = [(0, -0.1 * tall), (wide, -0.1 * tall), (0, 0.6 * tall), (wide, 0.6 * tall)]
        box = _around([_moved(*_moved(x, y, tm), cm) for x, y in corners])
        self.texts.append((said, box, order))
        if mode == INVISIBLE:
            self.told["invisible"].append(said)
        elif fill >= LIGHT and not any(each.meets(box) for each in self.drawn[:order]):
            self.told["white"].append(said)
        if tall * _scale(tm) * _scale(cm) < TINY:
            self.told["tiny"].append(said)
        if not self.page.meets(box) and tall * _scale(tm) * _scale(cm) >= TINY:
            self.told["off"].append(said)

    def findings(self, page: int) -> Iterator[str]:
        covered = [
            said for said, box, order in self.texts if any(each.meets(box) for each in self.drawn[order:])
        ]
        for what, found in (
            ("text under a shape", covered),
            ("invisible text", self.told["invisible"]),
            ("white text", self.told["white"]),
            ("text too small to read", self.told["tiny"]),
            ("text off the page", self.told["off"]),
        ):
            if found:
                yield f"Page {page}: {what} can be copied out: “{' '.join(found)[:80]}”."


def _moved(x: float, y: float, by: Any) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _scale(by: Any) -> float:
    return float(abs(by[0] * by[3] - by[1] * by[2]) ** 0.5)


def _around(points: list[tuple[float, float]]) -> Box:
    across, upward = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(upward), max(across), max(upward))


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.low - by, box.right + by, box.high + by)

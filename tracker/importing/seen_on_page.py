"""Reading one page of a PDF as it is drawn: which of its text a reader does not see, though it can be copied out."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

INVISIBLE = 3
LIGHT = 0.97
# In points on the page: smaller text cannot be read, and a thicker stroke hides what is below it.
TINY = 1.0
THICK = 4.0
PAINTS = {b"f", b"F", b"f*", b"b", b"b*", b"B", b"B*"}
STROKES = {b"S", b"s"}
CLIPS = {b"W", b"W*"}
Matrix = Sequence[float]
AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)


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

    def within(self, other: "Box") -> "Box":
        return Box(
            max(self.left, other.left),
            max(self.low, other.low),
            min(self.right, other.right),
            min(self.high, other.high),
        )


class State(NamedTuple):
    """What is kept by `q` and brought back by `Q`."""

    fill: float = 0.0
    width: float = 1.0
    mode: int = 0
    clip: Box | None = None


class Begun(NamedTuple):
    """How things stood when a text began: what was drawn before it cannot cover it."""

    state: State
    order: int


class Look:
    """Reading one page: what is drawn, in its order, and the text below it.

    A shape or picture that is drawn after a text covers it, whatever its colour. How far a text reaches is estimated by
    its size and its letters: near enough to say that somebody should look. A form is a page within the page, with its
    own names and its own place: `where`, the innermost first.
    """

    def __init__(self, page: Sequence[float], resources: Any) -> None:
        self.page = Box(*page)
        self.state, self.kept = State(), list[State]()
        self.clipping = False
        self.forms: list[tuple[Any, Matrix, State, int]] = []
        self.resources, self.where = resources, AS_IT_IS
        self.points: list[tuple[float, float]] = []
        self.shapes: list[Box] = []
        self.drawn: list[Box] = []
        self.texts: list[tuple[str, Box, int]] = []
        self.told: dict[str, list[str]] = {"invisible": [], "white": [], "tiny": [], "off": []}
        self.begun: Begun | None = None
        self.shows = False

    def before(self, operator: bytes, operands: Any, cm: Any, _tm: Any) -> None:
        numbers = [float(each) for each in operands if isinstance(each, int | float)]
        self.shows = operator in (b"Tj", b"TJ", b"'", b'"')
        if self.shows and self.begun is None:
            self.begun = Begun(self.state, len(self.drawn))
        self._state(operator, numbers)
        self._path(operator, numbers, cm)
        self._paint(operator, cm)
        if operator == b"Do" and operands:
            self._enter(operands[0], cm)

    def after(self, operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        if operator == b"Do" and operands:
            self._leave()

    def _enter(self, name: Any, cm: Any) -> None:
        """What is drawn by its name: a picture, or a form, which is read next."""
        thing = ((self.resources.get("/XObject") or {}).get(name) or {}) if self.resources else {}
        thing = thing.get_object() if hasattr(thing, "get_object") else thing
        self.forms.append((self.resources, self.where, self.state, len(self.kept)))
        if thing.get("/Subtype") == "/Form":
            own = tuple(float(each) for each in thing.get("/Matrix") or AS_IT_IS)
            self.where = _after(own, _after(cm, self.where))
            self.resources = thing.get("/Resources") or self.resources
        elif thing.get("/Subtype") == "/Image" and not any(
            each in thing for each in ("/SMask", "/Mask", "/ImageMask")
        ):
            # One that can be seen through hides nothing by itself.
            self.drawn.append(_around([self._at(x, y, cm) for x in (0, 1) for y in (0, 1)]))

    def _leave(self) -> None:
        self.resources, self.where, self.state, kept = self.forms.pop()
        del self.kept[kept:]

    def _at(self, x: float, y: float, cm: Any) -> tuple[float, float]:
        """A point, as it stands on the page."""
        return _moved(*_moved(x, y, cm), self.where)

    def _scale(self, cm: Any) -> float:
        return _scale(cm) * _scale(self.where)

    def _state(self, operator: bytes, numbers: list[float]) -> None:
        match operator:
            case b"q":
                self.kept.append(self.state)
            case b"Q" if self.kept:
                self.state = self.kept.pop()
            case b"g" if numbers:
                self.state = self.state._replace(fill=numbers[0])
            case b"rg" | b"sc" | b"scn" if numbers and len(numbers) < 4:
                self.state = self.state._replace(fill=min(numbers))
            case b"k" | b"sc" | b"scn" if len(numbers) == 4:
                self.state = self.state._replace(fill=1 - max(numbers))
            case b"w" if numbers:
                self.state = self.state._replace(width=numbers[0])
            case b"Tr" if numbers:
                self.state = self.state._replace(mode=int(numbers[0]))

    def _path(self, operator: bytes, numbers: list[float], cm: Any) -> None:
        if operator == b"re" and len(numbers) == 4:
            self._close()
            x, y, width, height = numbers
            corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
            self.points = [self._at(*corner, cm) for corner in corners]
        elif operator in (b"m", b"l", b"c", b"v", b"y"):
            if operator == b"m":
                self._close()
            pairs = zip(numbers[::2], numbers[1::2], strict=False)
            self.points += [self._at(x, y, cm) for x, y in pairs]

    def _close(self) -> None:
        if self.points:
            self.shapes.append(_around(self.points))
        self.points = []

    def _paint(self, operator: bytes, cm: Any) -> None:
        self.clipping = self.clipping or operator in CLIPS
        if operator not in PAINTS | STROKES | {b"n"}:
            return
        self._close()
        if self.clipping and self.shapes:
            clip = _around([corner for shape in self.shapes for corner in (shape[:2], shape[2:])])
            before = self.state.clip
            self.state = self.state._replace(clip=before.within(clip) if before else clip)
        self.clipping = False
        if operator in PAINTS:
            self.drawn += self.shapes
        thick = self.state.width * self._scale(cm)
        if operator in STROKES and thick >= THICK:
            self.drawn += [_grown(shape, thick / 2) for shape in self.shapes]
        self.shapes = []

    def text(self, text: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:
        said, begun = text.strip(), self.begun
        if not said:
            return
        state, order = begun or Begun(self.state, len(self.drawn))
        # A line is told when the next one begins: if that is being shown now, it has the look of now.
        self.begun = Begun(self.state, len(self.drawn)) if self.shows else None
        wide, tall = len(said) * float(size or 0) / 2, float(size or 0)
        corners = [(0, -0.1 * tall), (wide, -0.1 * tall), (0, 0.6 * tall), (wide, 0.6 * tall)]
        box = _around([self._at(*_moved(x, y, tm), cm) for x, y in corners])
        height = tall * _scale(tm) * self._scale(cm)
        self.texts.append((said, box, order))
        if state.mode == INVISIBLE:
            self.told["invisible"].append(said)
        elif state.fill >= LIGHT and not any(each.meets(box) for each in self.drawn[:order]):
            self.told["white"].append(said)
        if height < TINY:
            self.told["tiny"].append(said)
        elif not (self.page.within(state.clip) if state.clip else self.page).meets(box):
            self.told["off"].append(said)

    def findings(self, page: int) -> Iterator[str]:
        covered = [
            said for said, box, order in self.texts if any(each.meets(box) for each in self.drawn[order:])
        ]
        for what, found in (
            ("text under a shape or picture", covered),
            ("invisible text", self.told["invisible"]),
            ("white text", self.told["white"]),
            ("text too small to read", self.told["tiny"]),
            ("text off the page, or cut away", self.told["off"]),
        ):
            if found:
                yield f"Page {page}: {what} can be copied out: “{' '.join(found)[:80]}”."


def _after(first: Matrix, then: Matrix) -> Matrix:
    """One matrix for two, of which the first is applied first."""
    across, upward = (
        _moved(first[0], first[1], (*then[:4], 0, 0)),
        _moved(first[2], first[3], (*then[:4], 0, 0)),
    )
    return (*across, *upward, *_moved(first[4], first[5], then))


def _moved(x: float, y: float, by: Any) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _scale(by: Any) -> float:
    return float(abs(by[0] * by[3] - by[1] * by[2]) ** 0.5)


def _around(points: list[tuple[float, float]]) -> Box:
    across, upward = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(upward), max(across), max(upward))


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.low - by, box.right + by, box.high + by)

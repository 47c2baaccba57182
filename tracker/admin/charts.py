"""Charts drawn by the server as SVG: rectangles, no style and no script. A table stands beside each."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.queries.desk_charts import GROUPS, KIND_OF, Month, SilentBody
from tracker.vocabulary import Position

HEIGHT = 120
STEP = 30
COLUMN = 22
BAR = 300


@dataclass(frozen=True)
class Box:
    """One rectangle: what it shows, and where."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Columns:
    """Stacked columns, one a month, from the oldest to the latest."""

    boxes: list[Box]
    width: int
    height: int
    months: Sequence[Month]
    kinds: dict[str, str]
    positions: Sequence[str]


def columns(months: Sequence[Month]) -> Columns:
    """The answers of each month on top of each other; the tallest month fills the height."""
    most = max((month.total for month in months), default=0) or 1
    boxes = []
    for place, month in enumerate(months):
        foot = float(HEIGHT)
        for kind, count in month.counts.items():
            height = HEIGHT * count / most
            foot -= height
            if height:
                boxes.append(Box(kind, place * STEP + 4, round(foot, 2), COLUMN, round(height, 2)))
    kinds = {kind: label for kind, (label, _) in GROUPS.items()}
    positions = [Position(position).label for position in KIND_OF]
    return Columns(boxes, len(months) * STEP, HEIGHT, months, kinds, positions)


@dataclass(frozen=True)
class Bar:
    """One body and the length of its bar."""

    body: SilentBody
    width: float


def bars(bodies: Sequence[SilentBody]) -> list[Bar]:
    """A bar for each body; the longest fills the width."""
    most = max((body.count for body in bodies), default=0) or 1
    return [Bar(body, round(BAR * body.count / most, 2)) for body in bodies]

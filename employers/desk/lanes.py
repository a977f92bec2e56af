"""Who has been in contact with a company lately, one lane for each jobcentre: the arithmetic of the drawing.

Pure: dates in, positions out, in the units of the drawing's own box. Positions are texts with a point,
because a template would write them with the comma of Danish numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

BACK = timedelta(days=30)
AHEAD = timedelta(days=14)

LEFT, RIGHT = 152.0, 752.0
FIRST_LANE, LANE_HEIGHT = 38, 32
LABEL_GAP, LABEL_RISE = 8.0, 9
LETTER, LETTERS = 5.0, 44
"""About how wide a letter of a label is, and how many a label has at most."""
TICK_DAYS = (-30, -20, -10, 7, 14)


class Kind(StrEnum):
    CONTACT = "contact"
    FROM_COMPANY = "from_company"
    PLANNED = "planned"
    HELD = "held"


@dataclass(frozen=True)
class Point:
    """Something to draw: in whose lane, on which day, of which kind, and its words.

    until: the first day after what lasts; it may begin before the drawing does.
    """

    lane: str
    day: date
    kind: Kind
    words: str
    until: date | None = None


@dataclass(frozen=True)
class Mark:
    kind: Kind
    x: str
    y: int
    words: str = ""
    words_x: str = ""
    words_y: int = 0
    anchor: str = "start"
    width: str = ""


@dataclass(frozen=True)
class Lane:
    name: str
    y: int
    text_y: int
    marks: list[Mark]


@dataclass(frozen=True)
class Tick:
    day: date
    x: str
    anchor: str


@dataclass(frozen=True)
class Drawing:
    lanes: list[Lane]
    ticks: list[Tick]
    today_x: str
    bottom: int
    words_y: int
    height: int

    @property
    def future_path(self) -> str:
        """The ground behind the days to come."""
        return f"M{self.today_x} 18H{RIGHT:.1f}V{self.bottom}H{self.today_x}z"


def drawn(points: Sequence[Point], *, first: str, today: date) -> Drawing:
    """Lanes from 30 days back to 14 ahead; `first` is the reader's own lane, then by name.

    Only the newest mark of a lane has its words, above the marks, so that they never lie on each
    other. Points outside the days are left out, and what lasts is cut at the edges.
    """
    earliest, latest = today - BACK, today + AHEAD
    within = [
        replace(point, day=max(point.day, earliest), until=min(point.until, latest) if point.until else None)
        for point in points
        if (point.until or point.day) >= earliest and point.day <= latest
    ]
    names = [first, *sorted({point.lane for point in within} - {first})]
    bottom = FIRST_LANE + LANE_HEIGHT * (len(names) - 1) + 16
    return Drawing(
        lanes=[
            _lane(name, [point for point in within if point.lane == name], index, today)
            for index, name in enumerate(names)
        ],
        ticks=[
            Tick(day=today + timedelta(days=days), x=_x(days), anchor=_tick_anchor(days))
            for days in TICK_DAYS
        ],
        today_x=_x(0),
        bottom=bottom,
        words_y=bottom + 15,
        height=bottom + 24,
    )


def _lane(name: str, points: list[Point], index: int, today: date) -> Lane:
    y = FIRST_LANE + LANE_HEIGHT * index
    newest = max(points, key=lambda point: point.day, default=None)
    lasting_first = sorted(points, key=lambda point: point.until is None)
    return Lane(
        name=name,
        y=y,
        text_y=y + 4,
        marks=[_mark(point, y=y, today=today, with_words=point is newest) for point in lasting_first],
    )


def _mark(point: Point, *, y: int, today: date, with_words: bool) -> Mark:
    days = (point.day - today).days
    position = float(_x(days))
    width = f"{float(_x((point.until - today).days)) - position:.1f}" if point.until else ""
    if not with_words:
        return Mark(kind=point.kind, x=_x(days), y=y, width=width)
    words = _shortened(point.words)
    end = position + float(width or 0)
    has_room = end + LABEL_GAP + len(words) * LETTER <= RIGHT
    return Mark(
        kind=point.kind,
        x=_x(days),
        y=y,
        words=words,
        words_x=f"{end + LABEL_GAP if has_room else position - LABEL_GAP:.1f}",
        words_y=y - LABEL_RISE,
        anchor="start" if has_room else "end",
        width=width,
    )


def _shortened(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1]}…"


def _x(days: int) -> str:
    share = (days + BACK.days) / (BACK.days + AHEAD.days)
    return f"{LEFT + share * (RIGHT - LEFT):.1f}"


def _tick_anchor(days: int) -> str:
    if days == TICK_DAYS[0]:
        return "start"
    return "end" if days == TICK_DAYS[-1] else "middle"

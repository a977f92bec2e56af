"""Names on a map: each where it has room, and a line to its place where it had to move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import cos, hypot, pi, sin

import numpy as np

from jobcenter.geography.drawing.frame import WIDTH, Frame, Place
from jobcenter.geography.drawing.shapes import Box, Point, bounds, inside, largest, middle

LETTER, LINE = 3.5, 6.8
"""Mean width of a label's letter, and height of one of its two lines."""

STEPS = (0.0, 7.0, 12.0, 18.0, 25.0, 33.0, 42.0, 52.0)
"""How far from its place a label may stand, the nearest tried first."""

DIRECTIONS = tuple((cos(turn * pi / 6), sin(turn * pi / 6)) for turn in range(12))


@dataclass(frozen=True)
class Label:
    """Where the two lines of a label stand, and the line to its place ("" when it stands there)."""

    name: str
    figure: str
    at: Point
    leader: str

    @property
    def x(self) -> str:
        return f"{self.at[0]:.1f}"

    @property
    def y(self) -> str:
        return f"{self.at[1] - 0.8:.1f}"


def labels(places: Sequence[Place], *, frame: Frame) -> Iterator[Label]:
    """A label for each place that has room for one, the largest places first.

    Tried at its place, then ever further around it, where no other label stands and, if there is such a
    spot, on no other place. Where there is none, the label is left out: the link has the name, and the
    table has the figure.
    """
    page = Box(0, 0, WIDTH, frame.height)
    taken: list[Box] = []
    for place in sorted(places, key=lambda place: -largest(place.path).size):
        anchor = frame.point(middle(place.named_at))
        others = [other.path for other in places if other is not place]
        rooms = ((spot, _room(place, spot)) for spot in _spots(anchor))
        free = (
            (spot, room) for spot, room in rooms if page.holds(room) and not any(map(room.overlaps, taken))
        )
        nearest = next(free, None)
        if nearest is None:
            continue
        clear = (
            (spot, room) for spot, room in chain([nearest], free) if not _lies_on(spot, others, frame=frame)
        )
        spot, room = next(clear, nearest)
        taken.append(room)
        yield Label(place.name, place.figure, spot, _leader(anchor, spot, room))


def _spots(anchor: Point) -> Iterator[Point]:
    yield anchor
    for step in STEPS[1:]:
        for across, down in DIRECTIONS:
            yield anchor[0] + step * across * 1.4, anchor[1] + step * down


def _room(place: Place, spot: Point) -> Box:
    """The room a label takes when its middle is there."""
    half = max(len(place.name), len(place.figure)) * LETTER / 2
    return Box(spot[0] - half, spot[1] - LINE, spot[0] + half, spot[1] + LINE)


def _lies_on(spot: Point, paths: Iterable[str], *, frame: Frame) -> bool:
    """Whether a point of the drawing lies on one of the places."""
    stored = (spot[0] / frame.scale + frame.left, spot[1] / frame.scale + frame.top)
    seen = Box(*stored, *stored)
    return any(
        bounds(path).holds(seen) and bool(inside(largest(path), np.array([stored]))[0]) for path in paths
    )


def _leader(anchor: Point, spot: Point, room: Box) -> str:
    """A line from the place to the nearest edge of its label; "" when the label covers the place."""
    end = (min(max(anchor[0], room.left), room.right), min(max(anchor[1], room.top), room.bottom))
    if hypot(end[0] - anchor[0], end[1] - anchor[1]) < 1:
        return ""
    return f"M{anchor[0]:.1f} {anchor[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"

"""Where a map's places are in its drawing: each drawing is as wide as the next, whatever its area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jobcenter.geography.drawing.shapes import Box, Point, rings, together, written

WIDTH = 236.0
"""Width of every drawing, in its own units. The letters of its labels are 6.4 units high (indgang.css)."""

TALLEST = 420.0
"""An area longer than that is drawn smaller, in the middle."""

MARGIN = 8.0
"""Room around the places shown, in the drawing's units."""


@dataclass(frozen=True)
class Place:
    """A municipality to look at.

    said: the whole result in words, for the link's name. path: its outline. css: its class in the
    stylesheet. figure: what stands under its name, after the sign where there is one. heart: the part of the
    outline that is named, where a place is drawn of several; empty where it is the largest.
    """

    name: str
    url: str
    said: str
    path: str
    css: str
    figure: str = ""
    heart: str = ""

    @property
    def named_at(self) -> str:
        return self.heart or self.path


@dataclass(frozen=True)
class Frame:
    """How stored coordinates become those of the drawing: moved, then scaled."""

    left: float
    top: float
    scale: float
    height: float

    @classmethod
    def around(cls, boxes: Sequence[Box]) -> Frame:
        """The frame in which all of the boxes are seen, as large as may be."""
        whole = together(boxes)
        room = (WIDTH - 2 * MARGIN, TALLEST - 2 * MARGIN)
        scale = min(room[0] / max(whole.width, 1.0), room[1] / max(whole.height, 1.0))
        height = whole.height * scale + 2 * MARGIN
        middle = whole.centre[0]
        return cls(
            left=middle - WIDTH / 2 / scale, top=whole.top - MARGIN / scale, scale=scale, height=height
        )

    @property
    def box(self) -> Box:
        """What of the stored coordinates is seen."""
        return Box(self.left, self.top, self.left + WIDTH / self.scale, self.top + self.height / self.scale)

    def point(self, point: Point) -> Point:
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale

    def path(self, path: str) -> str:
        return _placed(path, self)


@lru_cache(maxsize=2048)
def _placed(path: str, frame: Frame) -> str:
    """An outline in the drawing's units. Remembered: an area is drawn in the same frame again and again."""
    return written(map(frame.point, ring) for ring in rings(path))

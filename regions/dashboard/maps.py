"""Maps drawn on the server: one link per municipality, with the result in its name. No script."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MARGIN = 8.0
"""Room around the municipalities shown, in the drawing's own units."""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Place:
    """A municipality on the map. `css`: its class in the stylesheet. `mark`: sign before the figure."""

    name: str
    url: str
    said: str
    path: str
    css: str
    figure: str = ""

    @property
    def label_at(self) -> tuple[float, float]:
        return label_point(self.path)

    @property
    def label_x(self) -> str:
        return f"{self.label_at[0]:.1f}"

    @property
    def label_y(self) -> str:
        return f"{self.label_at[1]:.1f}"


@dataclass(frozen=True)
class Map:
    """Places to look at, and the land around them."""

    places: Sequence[Place]
    land: Sequence[str]

    @property
    def view_box(self) -> str:
        boxes = [bounds(place.path) for place in self.places]
        left = min(box.left for box in boxes) - MARGIN
        top = min(box.top for box in boxes) - MARGIN
        right = max(box.right for box in boxes) + MARGIN
        bottom = max(box.bottom for box in boxes) + MARGIN
        return f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"


def rings(path: str) -> list[list[tuple[float, float]]]:
    """The closed lines of an outline written with absolute M, L and Z, as lists of points."""
    found = []
    for ring in path.split("Z"):
        numbers = [float(number) for number in NUMBER.findall(ring)]
        if numbers:
            found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


def box(points: Iterable[tuple[float, float]]) -> Box:
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))


@cache
def bounds(path: str) -> Box:
    return box(point for ring in rings(path) for point in ring)


@cache
def label_point(path: str) -> tuple[float, float]:
    """The middle of the largest part: a name stands on the mainland and not between the islands."""
    return max((box(ring) for ring in rings(path)), key=lambda part: part.size).centre

"""Outlines as closed lines of points: their boxes, their parts, and where their middle is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

GRID = 15
"""Points across and down that are tried when the middle of a shape is looked for."""

Point = tuple[float, float]


class Box(NamedTuple):
    """A tuple, since thousands are made while names look for room."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def size(self) -> float:
        return self.width * self.height

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True, eq=False)
class Ring:
    """One closed line of an outline. points: shape (points, 2). size: its area."""

    points: NDArray[np.float64]
    size: float


@cache
def rings(path: str) -> tuple[tuple[Point, ...], ...]:
    """The closed lines of an outline written with absolute M, L and Z."""
    found = []
    for ring in path.split("Z"):
        numbers = [float(number) for number in NUMBER.findall(ring)]
        if numbers:
            found.append(tuple(zip(numbers[::2], numbers[1::2], strict=True)))
    return tuple(found)


def written(rings: Iterable[Iterable[Point]]) -> str:
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in rings)


@cache
def bounds(path: str) -> Box:
    """The smallest box around all parts of an outline."""
    across, down = zip(*(point for ring in rings(path) for point in ring), strict=True)
    return Box(min(across), min(down), max(across), max(down))


def together(boxes: Iterable[Box]) -> Box:
    """The smallest box around several."""
    edges = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes])
    left, top = edges[:, :2].min(axis=0).tolist()
    right, bottom = edges[:, 2:].max(axis=0).tolist()
    return Box(left, top, right, bottom)


@cache
def largest(path: str) -> Ring:
    """The largest part of an outline: the mainland and not an island."""
    parts = [Ring(points=np.array(ring), size=_area(np.array(ring))) for ring in rings(path)]
    return max(parts, key=lambda part: part.size)


@cache
def middle(path: str) -> Point:
    """Where a label has most room: the point of the largest part that is furthest from its edge."""
    ring = largest(path)
    low, high = ring.points.min(axis=0), ring.points.max(axis=0)
    steps = (np.arange(GRID) + 0.5) / GRID
    across, down = (low + np.outer(steps, high - low)).T
    grid = np.array([(x, y) for x in across for y in down])
    within = grid[inside(ring, grid)]
    if not within.size:
        return float((low[0] + high[0]) / 2), float((low[1] + high[1]) / 2)
    edges = ring.points[None, :, :] - within[:, None, :]
    best = within[np.hypot(edges[..., 0], edges[..., 1]).min(axis=1).argmax()]
    return float(best[0]), float(best[1])


def _area(points: NDArray[np.float64]) -> float:
    """Of a closed line, by the shoelace formula."""
    following = np.roll(points, -1, axis=0)
    return float(abs((points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1]).sum()) / 2)


def inside(ring: Ring, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the points lie within the line: a ray from each crosses it an odd number of times."""
    start, end = ring.points, np.roll(ring.points, -1, axis=0)
    x, y = points[:, :1], points[:, 1:]
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    rise = np.where(end[:, 1] == start[:, 1], 1.0, end[:, 1] - start[:, 1])
    crossing = start[:, 0] + (y - start[:, 1]) * (end[:, 0] - start[:, 0]) / rise
    odd: NDArray[np.bool_] = (spans & (x < crossing)).sum(axis=1) % 2 == 1
    return odd

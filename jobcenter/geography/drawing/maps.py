"""Maps drawn on the server: one link per municipality, with the result in its name. No script.

Every map is drawn as wide as the next, whatever the size of its area, so that text, lines and patterns have
one size in all of them. An island far from the rest (Bornholm) is drawn beside it, smaller and in a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jobcenter.geography.drawing.frame import WIDTH, Frame, Place
from jobcenter.geography.drawing.labels import Label, labels
from jobcenter.geography.drawing.shapes import Box, bounds, rings, together, written

FAR = 2.0
"""A place without which the rest needs so much less room is drawn in a box beside the rest."""


@dataclass(frozen=True)
class Map:
    """Ready to be written: places with their links, the land around them, and the labels on top.

    inset: the outline of the box around a place that is drawn elsewhere than it lies; "" without one.
    """

    height: float
    places: Sequence[Place]
    land: Sequence[str]
    labels: Sequence[Label]
    inset: str

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:.0f} {self.height:.0f}"


def draw(*, places: Sequence[Place], land: Iterable[str]) -> Map:
    """Fit the places into a drawing, with so much of the land around as is seen beside them.

    Raises ValueError without a place.
    """
    if not places:
        raise ValueError("a map needs a place to look at")
    shown, inset = beside_the_rest(places)
    frame = Frame.around([bounds(path) for path in (inset, *(place.path for place in shown)) if path])
    return Map(
        height=frame.height,
        places=[replace(place, path=frame.path(place.path)) for place in shown],
        land=[frame.path(path) for path in land if bounds(path).overlaps(frame.box)],
        labels=list(labels(shown, frame=frame)),
        inset=frame.path(inset),
    )


def beside_the_rest(places: Sequence[Place]) -> tuple[list[Place], str]:
    """The places, with one that lies far from the others moved to their corner; and the box around it."""
    whole = together(bounds(place.path) for place in places)
    for far in places if len(places) > 2 else ():
        rest = together(bounds(place.path) for place in places if place is not far)
        if whole.size > FAR * rest.size:
            moved = replace(far, path=_in_the_corner(rest, far.path))
            shown = [moved if place is far else place for place in places]
            return shown, _around(bounds(moved.path))
    return list(places), ""


def _in_the_corner(rest: Box, path: str) -> str:
    """The outline, a quarter as wide as the rest, to the right of their upper right corner."""
    own, size = bounds(path), rest.width / 4
    scale = size / max(own.width, own.height)
    left, top = rest.right + size / 4, rest.top + size / 8
    return written(
        [(left + (x - own.left) * scale, top + (y - own.top) * scale) for x, y in ring]
        for ring in rings(path)
    )


def _around(box: Box) -> str:
    """A box with some room around another, as an outline."""
    room = box.width / 8
    left, top, right, bottom = box.left - room, box.top - room, box.right + room, box.bottom + room
    return written([[(left, top), (right, top), (right, bottom), (left, bottom)]])

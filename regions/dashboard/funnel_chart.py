"""The funnel of the area page: size across, actual in per cent of expected upwards, limits that narrow."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from django.utils.translation import gettext as _

from jobcenter.geography.drawing.shapes import Box
from jobcenter.pages import words
from regions.comparison.funnel import ALARM, ALERT, ratio_limits
from regions.comparison.standing import Standing
from regions.measures.direction import Direction

TICKS = (10, *(25 * 2**doubling for doubling in range(11)))

PLOT = (380.0, 270.0)
"""About how wide and high the plot is, in pixels: for finding room for names."""

LETTER, LINE, GAP = 7.5, 16.0, 9.0
"""Of a name beside its point, in pixels: a letter, a line, and the distance from the point."""


class Point(Protocol):
    """A result that can be drawn. expected: persons; ratio: actual in per cent of them."""

    @property
    def pk(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def expected(self) -> float | None: ...
    @property
    def ratio(self) -> float | None: ...


Drawn = TypeVar("Drawn", bound=Point)
Drawn_co = TypeVar("Drawn_co", bound=Point, covariant=True)


class Spread(Protocol):
    """τ², the variation beyond chance that the limits allow for."""

    @property
    def tau2(self) -> float: ...


class Row(Protocol[Drawn_co]):
    """One of those that are highlighted."""

    @property
    def result(self) -> Drawn_co: ...
    @property
    def standing(self) -> Standing: ...


class Funnel(Protocol[Drawn]):
    """What a funnel is drawn of: some rows highlighted among all others, by what names."""

    @property
    def comparison(self) -> Spread: ...
    @property
    def rows(self) -> Sequence[Row[Drawn]]: ...
    @property
    def others(self) -> Sequence[Drawn]: ...
    @property
    def share(self) -> float: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def rows_name(self) -> str: ...
    @property
    def others_name(self) -> str: ...
    def can_draw(self, result: Drawn) -> bool: ...


def draw(picture: Funnel[Drawn], *, language: str) -> dict[str, object] | None:
    """What charts.js needs (docs/frontend.md); None when nothing could be expected of anybody."""
    own_rows = [row for row in picture.rows if picture.can_draw(row.result)]
    others = [result for result in picture.others if picture.can_draw(result)]
    shown = [*others, *(row.result for row in own_rows)]
    if not shown:
        return None
    sizes = np.array([result.expected for result in shown])
    left, right = float(sizes.min() * 0.85), float(sizes.max() * 1.2)
    low, high, step = _scale([result.ratio or 0 for result in shown])
    notable = [(row.result, row.standing) for row in own_rows if row.standing.is_notable]
    named = _outside(notable, direction=picture.direction)
    sides = name_sides(
        [result for group in reversed(named) for result in group.results], x=(left, right), y=(low, high)
    )
    own = [_point(row.result) for row in own_rows if not row.standing.is_notable]
    return {
        "description": _("Funnel plot of %(count)s jobcentres. %(sentence)s")
        % {"count": len(shown), "sentence": _in_words(notable)},
        "x_name": _("Expected number (size)"),
        "x_unit": _("expected"),
        "y_unit": _("per cent of expected"),
        "x_min": round(left, 1),
        "x_max": round(right, 1),
        "x_ticks": [tick for tick in TICKS if left <= tick <= right],
        "y_min": low,
        "y_max": high,
        "y_ticks": list(range(low, high + 1, step)),
        "centre": 100,
        "limits": _limits(picture, left=left, right=right, language=language),
        "groups": [
            {
                "name": picture.others_name,
                "kind": "other",
                "named": False,
                "points": [_point(result) for result in others],
            },
            {"name": picture.rows_name, "kind": "own", "named": False, "points": own},
            *(
                {
                    "name": group.name,
                    "kind": group.kind,
                    "named": True,
                    "points": [_point(result) | {"label": sides[result.pk]} for result in group.results],
                }
                for group in named
            ),
        ],
    }


class _Group(NamedTuple):
    """Points outside the limits that look alike, and what they are called in the legend."""

    kind: str
    name: str
    results: list[Point]


def _outside(notable: Sequence[tuple[Point, Standing]], *, direction: Direction) -> list[_Group]:
    """Each group lies on one side of what was expected, so that one sign stands for it. The worst last."""
    if direction is Direction.NEUTRAL:
        named = [
            ("good", _("Over the limits"), lambda one: one.is_above),
            ("good", _("Under the limits"), lambda one: not one.is_above),
        ]
    else:
        named = [
            ("good", _("Better"), lambda one: not one.is_worse),
            ("warn", _("Worse (95 %)"), lambda one: one.is_worse and not one.is_clear),
            ("bad", _("Worse (99.8 %)"), lambda one: one.is_worse and one.is_clear),
        ]
    return [
        _Group(kind, name, [result for result, standing in notable if is_meant(standing)])
        for kind, name, is_meant in named
    ]


def _limits(picture: Funnel[Drawn], *, left: float, right: float, language: str) -> list[dict[str, object]]:
    """The lines that hold 99.8 and 95 % of chance results, upper and lower."""
    across = np.geomspace(left, right, 48)
    lines: list[dict[str, object]] = []
    for width, label, dashed in ((ALARM, 99.8, False), (ALERT, 95, True)):
        limits = ratio_limits(expected=across, width=width, share=picture.share, tau2=picture.comparison.tau2)
        lines += [
            {
                "label": f"{words.number(label, language=language)} %",
                "dashed": dashed,
                "points": np.column_stack([across, 100 * line]).round(1).tolist(),
            }
            for line in (limits.lower, limits.upper)
        ]
    return lines


def _scale(ratios: Sequence[float]) -> tuple[int, int, int]:
    """Ends of the y-axis and the distance of its ticks: never narrower than 75 to 125."""
    span = max(*ratios, 125) - min(*ratios, 75)
    step = next((step for step in (25, 50, 100) if span <= 8 * step), 250)
    low, high = min(*ratios, 75), max(*ratios, 125)
    return step * int(low // step), step * int(-(-high // step)), step


def _point(result: Point) -> dict[str, object]:
    return {
        "name": result.name,
        "x": round(result.expected or 0, 1),
        "y": round(result.ratio or 0, 1),
    }


def name_sides(results: Sequence[Point], *, x: tuple[float, float], y: tuple[float, float]) -> dict[int, str]:
    """On which side of its point each name stands, so that no two lie on each other if that can be.

    results: those to be named, the most important first. x, y: ends of the axes, x on a logarithmic scale.
    """
    taken: list[Box] = []
    sides: dict[int, str] = {}
    points = {
        result.pk: (
            PLOT[0] * log10((result.expected or x[0]) / x[0]) / log10(x[1] / x[0]),
            PLOT[1] * (y[1] - (result.ratio or 0)) / (y[1] - y[0]),
        )
        for result in results
    }
    for result in results:
        across, down = points[result.pk]
        marks = [_around(*point) for pk, point in points.items() if pk != result.pk]
        length = len(result.name) * LETTER
        rooms = {
            "right": Box(across + GAP, down - LINE / 2, across + GAP + length, down + LINE / 2),
            "left": Box(across - GAP - length, down - LINE / 2, across - GAP, down + LINE / 2),
            "bottom": Box(across - length / 2, down + GAP, across + length / 2, down + GAP + LINE),
            "top": Box(across - length / 2, down - GAP - LINE, across + length / 2, down - GAP),
        }
        free = [
            side
            for side, room in rooms.items()
            if room.left >= 0
            and room.right <= PLOT[0]
            and not any(room.overlaps(other) for other in (*taken, *marks))
        ]
        sides[result.pk] = free[0] if free else "right"
        taken.append(rooms[sides[result.pk]])
    return sides


def _around(across: float, down: float) -> Box:
    return Box(across - GAP, down - GAP, across + GAP, down + GAP)


def _in_words(notable: Sequence[tuple[Point, Standing]]) -> str:
    if not notable:
        return _("None of those highlighted lies outside the limits.")
    told = [f"{result.name}: {standing.word.lower()}" for result, standing in notable]
    return "; ".join(told) + "."

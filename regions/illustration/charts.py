"""The illustration's two charts, in the shapes that charts.js and `jobcenter.pages.drawn` draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words
from regions.comparison.standing import Standing
from regions.dashboard import funnel_chart
from regions.illustration.panel import YEARS
from regions.illustration.years import Line, Year, process_of
from regions.measures.direction import Direction

STEPS = 6
"""About so many between the ticks of a chart over time."""


@dataclass(frozen=True)
class OutOfLine:
    """One of those that are named in the funnel."""

    result: Line

    @property
    def standing(self) -> Standing:
        return self.result.standing


@dataclass(frozen=True)
class Picture:
    """What the funnel of a year is drawn of: those out of line by name, among all others."""

    comparison: Year

    @property
    def rows(self) -> Sequence[OutOfLine]:
        return [OutOfLine(line) for line in self.comparison.out_of_line]

    @property
    def others(self) -> Sequence[Line]:
        return [line for line in self.comparison.lines if not line.standing.is_notable]

    @property
    def share(self) -> float:
        return self.comparison.share

    @property
    def direction(self) -> Direction:
        return Direction.NEUTRAL

    @property
    def rows_name(self) -> str:
        return _("Inside the limits")

    @property
    def others_name(self) -> str:
        return _("Inside the limits")

    def can_draw(self, result: Line) -> bool:
        return result.expected > 0


def funnel(year: Year) -> dict[str, object]:
    """A year's municipalities: size across, actual in per cent of expected upwards."""
    drawn = funnel_chart.draw(Picture(year), language=get_language() or "da") or {}
    return drawn | {
        "description": _(
            "Funnel plot of %(count)s municipalities in %(year)s, an illustration and no assessment; "
            "%(outside)s lie outside the limits. The figures stand in the table."
        )
        % {"count": len(year.lines), "year": year.year, "outside": len(year.out_of_line)}
    }


def over_time(lines: Sequence[Line]) -> dict[str, object]:
    """A municipality year by year, between the limits of its own small movements."""
    language = get_language() or "da"
    values = [line.ratio for line in lines]
    found = process_of(lines)
    lower = max(found.lower, 0.0)
    low, high = min(*values, lower), max(*values, found.upper)
    step = next(step for step in (5, 10, 20, 50, 100, 500) if high - low <= STEPS * step or step == 500)
    # A point on the very edge would be cut in two.
    bottom, top = step * int((low - 1) // step), step * -int(-(high + 1) // step)

    def written(value: float) -> str:
        return words.number(value, language=language, decimals=0)

    return {
        "description": _(
            "%(name)s over %(count)s years, in per cent of expected, an illustration and no assessment: "
            "mean %(mean)s, limits %(lower)s and %(upper)s."
        )
        % {
            "name": lines[0].name,
            "count": len(lines),
            "mean": written(found.mean),
            "lower": written(lower),
            "upper": written(found.upper),
        },
        "unit": _("per cent of expected"),
        "decimals": 0,
        "y_min": bottom,
        "y_max": top,
        "y_ticks": list(range(bottom, top + 1, step)),
        "lines": [
            {"value": round(found.upper, 4), "label": written(found.upper), "dashed": True},
            {"value": round(found.mean, 4), "label": written(found.mean), "dashed": False},
            {"value": round(lower, 4), "label": written(lower), "dashed": True},
        ],
        "rows": [
            {
                "name": str(year),
                "label": str(year),
                "value": round(value, 4),
                "kind": "warn" if found.rules(place) else "",
            }
            for place, (year, value) in enumerate(zip(YEARS, values, strict=True))
        ],
    }

"""Actual in per cent of expected, period by period, beside what chance lets it vary: for charts.js."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words
from regions.measures.periods import Period

STEP = 25
"""Between the ticks of the axis, in per cent of expected."""

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Point:
    """A period's result. value, low, high: in per cent of expected, the last two what chance lets it be.

    kind: how charts.js draws it; "" as any other. actual, base: persons.
    """

    period: Period
    value: float
    low: float
    high: float
    kind: str
    actual: int
    base: int


def draw(points: Sequence[Point]) -> dict[str, object]:
    """What charts.js needs (docs/frontend.md). Without a point, an axis and nothing on it."""
    # A point on the very edge would be cut in two.
    bottom = min([75.0, *(min(point.low, point.value) - 1 for point in points)])
    top = max([125.0, *(max(point.high, point.value) + 1 for point in points)])
    low, high = STEP * int(bottom // STEP), STEP * int(-(-top // STEP))
    return {
        "description": _("Actual in per cent of expected, period by period. The figures stand in the table."),
        "unit": "%",
        "decimals": 0,
        "y_min": low,
        "y_max": high,
        "y_ticks": list(range(low, high + 1, STEP)),
        "limit": {"value": 100, "label": "100"},
        "rows": [_row(point, language=get_language() or "da") for point in points],
    }


def _row(point: Point, *, language: str) -> dict[str, object]:
    period = point.period
    counts = (words.number(count, language=language, decimals=0) for count in (point.actual, point.base))
    row: dict[str, object] = {
        "name": period.in_words(language=language),
        "label": period.in_lines(language=language),
        "low": round(point.low, 3),
        "value": round(point.value, 3),
        "high": round(point.high, 3),
        "kind": point.kind,
        "note": " / ".join(counts),
    }
    if period.frequency.length == MONTHS_OF_A_YEAR:
        row["short"] = f"{period.ends_on:%Y}"
    return row

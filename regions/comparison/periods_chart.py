"""Results period by period, each with an interval, beside what they are held against: for charts.js.

Held against what was expected, or against what the law requires; the two are never on one chart. What a
chart is called and how it is read are part of it, so that one that was frozen still says so itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words
from regions.measures.periods import Period

STEP, STEP_OF_SHARES = 25, 10
"""Between the ticks of the axis: in per cent of expected, and of a share."""

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Point:
    """A period's result. value, low, high: in per cent of expected, the last two what chance lets it be; or
    a share in per cent with its interval.

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
    """Actual in per cent of expected (docs/frontend.md). Without a point, an axis and nothing on it."""
    return {
        **said_of_expected(),
        **_axis(points, step=STEP, reaching=(75, 125)),
        "limit": {"value": 100, "label": "100"},
        "rows": _rows(points),
    }


def said_of_expected() -> dict[str, object]:
    """What a chart of actual beside expected says of itself."""
    return {
        "about": _(
            "actual in per cent of expected; the lines are what chance lets a result of this size vary"
        ),
        "description": _("Actual in per cent of expected, period by period. The figures stand in the table."),
        "caption": _(
            "▼ or ▲ lies outside 99.8 per cent, ◆ outside 95 per cent, ● within. "
            "The lines hold 95 per cent of what chance does."
        ),
    }


def draw_shares(points: Sequence[Point], *, required: float) -> dict[str, object]:
    """Shares in per cent, each with its interval, beside what is required. required: 0 to 1."""
    limit = 100 * required
    return {
        "about": _("the share in per cent; the dashed line is what the law requires"),
        "description": _(
            "The share beside what the law requires, period by period. The figures stand in the table."
        ),
        "caption": _(
            "▼ or ▲: the whole interval misses what is required, ◆ only the share does, ● it is kept. "
            "The lines are the interval of the share (Wilson, 95 per cent)."
        ),
        **_axis(points, step=STEP_OF_SHARES, reaching=(limit - STEP_OF_SHARES, limit + STEP_OF_SHARES)),
        "limit": {
            "value": round(limit, 3),
            "label": words.percent(required, language=_language(), decimals=0),
        },
        "rows": _rows(points),
    }


def _axis(points: Sequence[Point], *, step: int, reaching: tuple[float, float]) -> dict[str, object]:
    """From tick to tick, with room for every point. reaching: from where to where at least."""
    # A point on the very edge would be cut in two.
    bottom = min([reaching[0], *(min(point.low, point.value) - 1 for point in points)])
    top = max([reaching[1], *(max(point.high, point.value) + 1 for point in points)])
    low, high = step * int(bottom // step), step * int(-(-top // step))
    return {
        "unit": "%",
        "decimals": 0,
        "y_min": low,
        "y_max": high,
        "y_ticks": list(range(low, high + 1, step)),
    }


def _rows(points: Sequence[Point]) -> list[dict[str, object]]:
    language = _language()
    return [_row(point, language=language) for point in points]


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


def _language() -> str:
    return get_language() or "da"

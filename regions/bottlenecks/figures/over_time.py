"""An occupation in one place half-year by half-year, as a chart."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regions.bottlenecks.models import Figures
from regions.measures.periods import parse


def intervals(told: Sequence[tuple[str, Figures]], *, cut: float) -> dict[str, object]:
    """What charts.js needs to draw failed-recruitment rates with their 95 % intervals, in per cent.

    told: codes of half-years, and what is known of each. cut: the limit between problems and none, 0 to 1.
    """
    language = get_language() or "da"
    rows = [
        _interval(code, figures, figures.rate, language=language)
        for code, figures in told
        if figures.rate is not None
    ]
    top = max((100 * figures.upper for _code, figures in told if figures.upper is not None), default=40.0)
    y_max = min(100, 20 * int(top // 20 + 1))
    return {
        "description": _(
            "Failed recruitment in per cent, with 95 per cent intervals. The figures stand in the table."
        ),
        "unit": "%",
        "decimals": 1,
        "y_min": 0,
        "y_max": y_max,
        "y_ticks": list(range(0, y_max + 1, 20)),
        "limit": {"value": round(100 * cut, 1), "label": f"{100 * cut:.0f}"},
        "rows": rows,
    }


def _interval(code: str, figures: Figures, rate: float, *, language: str) -> dict[str, object]:
    period = parse(code)
    label = period.in_lines(language=language)
    return {
        "name": period.in_words(language=language),
        "label": label,
        "short": label.replace("halvår", "hv."),
        "low": round(100 * (figures.lower or 0), 1),
        "value": round(100 * rate, 1),
        "high": round(100 * (figures.upper or 0), 1),
        "note": f"{figures.failed} / {figures.attempts}",
    }

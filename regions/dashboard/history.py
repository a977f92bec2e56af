"""One jobcentre on one measure: its figures over time, and actual beside expected in each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.centres.models import Jobcentre
from jobcenter.pages import words
from regions.comparison.funnel import ALERT, ratio_limits
from regions.comparison.models import Comparison, Result
from regions.comparison.profile import shares_of
from regions.comparison.showing import Figures, figures_of
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.measures.small_numbers import limits_on

MOST = 8
"""So many periods are drawn beside each other."""

STEP = 25
"""Between the ticks of the axis, in per cent of expected."""


@dataclass(frozen=True)
class Compared:
    """A period's result, and the ends of what chance lets one of its size vary, in per cent of expected.

    figures: what may be told of it to this reader; the ends tell of the size, and are told with it.
    """

    result: Result
    figures: Figures
    standing: Standing
    low: float
    high: float

    @property
    def comparison(self) -> Comparison:
        return self.result.comparison


def read(
    *, jobcentre: Jobcentre, measure: Measure, target_group: TargetGroup, is_own: bool
) -> list[Compared]:
    """Results in periods of the latest one's kind that share no month, the oldest first. Three queries.

    A period in which nothing could be expected is left out. is_own: whether the reader belongs to it.
    """
    small = limits_on(timezone.localdate())
    results = (
        Result.objects.filter(
            jobcentre=jobcentre,
            expected__isnull=False,
            comparison__measure=measure,
            comparison__target_group=target_group,
        )
        .select_related("comparison")
        .order_by("-comparison__ends_on", "comparison__starts_on")
    )
    kept = _apart(list(results))[:MOST][::-1]
    shares = shares_of([result.comparison for result in kept])
    return [
        _compared(
            result,
            figures=figures_of(result, limits=small, is_own=is_own),
            share=shares[result.comparison_id],
            measure=measure,
        )
        for result in kept
    ]


def _apart(results: Sequence[Result]) -> list[Result]:
    """Of results with the latest first, those of its kind that overlap neither it nor each other."""
    kept: list[Result] = []
    for result in results:
        period = parse(result.comparison.period)
        if not kept:
            kept.append(result)
            continue
        last = parse(kept[-1].comparison.period)
        if period.frequency is last.frequency and not period.overlaps(last):
            kept.append(result)
    return kept


def _compared(result: Result, *, figures: Figures, share: float, measure: Measure) -> Compared:
    limits = ratio_limits(
        expected=[result.expected or 0], width=ALERT, share=share, tau2=result.comparison.tau2
    )
    return Compared(
        result=result,
        figures=figures,
        standing=standing(z=result.z_adjusted, direction=Direction(measure.direction)),
        low=100 * float(limits.lower[0]),
        high=100 * float(limits.upper[0]),
    )


def draw(compared: Sequence[Compared]) -> dict[str, object] | None:
    """Actual in per cent of expected, period by period, for charts.js; None without any that may be told."""
    shown = [one for one in compared if not one.figures.is_hidden]
    if not shown:
        return None
    language = get_language() or "da"
    ends = [75.0, 125.0]
    rows: list[dict[str, object]] = []
    for one in shown:
        period, ratio = parse(one.comparison.period), one.result.ratio or 0
        ends += [one.low, ratio, one.high]
        counts = (words.number(count, language=language) for count in (one.result.actual, one.result.base))
        rows.append(
            {
                "name": period.in_words(language=language),
                "label": period.in_lines(language=language),
                "short": f"{period.ends_on:%Y}",
                "low": round(one.low, 1),
                "value": round(ratio, 1),
                "high": round(one.high, 1),
                "kind": _kind(one.standing),
                "note": " / ".join(counts),
            }
        )
    # A point on the very edge would be cut in two.
    bottom, top = STEP * int((min(ends) - 1) // STEP), STEP * int(-(-(max(ends) + 1) // STEP))
    return {
        "description": _("Actual in per cent of expected, period by period. The figures stand in the table."),
        "unit": "%",
        "decimals": 0,
        "y_min": bottom,
        "y_max": top,
        "y_ticks": list(range(bottom, top + 1, STEP)),
        "limit": {"value": 100, "label": "100"},
        "rows": rows,
    }


def _kind(standing: Standing) -> str:
    """How charts.js draws the point: "" as any other."""
    if not standing.is_notable:
        return ""
    if not standing.is_worse:
        return "good"
    return "bad" if standing.is_clear else "warn"

"""One jobcentre on one measure: its figures over time, and actual beside expected in each period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.comparison import periods_chart
from regions.comparison.funnel import ALERT, ratio_limits
from regions.comparison.models import Comparison, Result
from regions.comparison.periods_chart import Point
from regions.comparison.showing import Figures, figures_of
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import apart, parse
from regions.measures.small_numbers import limits_on

MOST = 8
"""So many periods are drawn beside each other."""


@dataclass(frozen=True)
class Counted:
    """A period's result, and what may be told of it to this reader."""

    result: Result
    figures: Figures

    @property
    def comparison(self) -> Comparison:
        return self.result.comparison


@dataclass(frozen=True)
class Compared(Counted):
    """The same, and the ends of what chance lets one of its size vary, in per cent of expected.

    The ends tell of the size, and are told with the figures.
    """

    standing: Standing
    low: float
    high: float


def read(
    *, jobcentre: Jobcentre, measure: Measure, target_group: TargetGroup, is_own: bool
) -> list[Compared]:
    """Results in periods of the latest one's kind that share no month, the oldest first. Three queries.

    A period in which nothing could be expected is left out. is_own: whether the reader belongs to it.
    """
    small = limits_on(timezone.localdate())
    results = _results(jobcentre, measure, target_group).filter(expected__isnull=False)
    kept = _without_overlap(results)
    shares = _shares_of([result.comparison for result in kept])
    return [
        _compared(
            result,
            figures=figures_of(result, limits=small, is_own=is_own),
            share=shares[result.comparison_id],
            measure=measure,
        )
        for result in kept
    ]


def _shares_of(comparisons: Sequence[Comparison]) -> dict[int, float]:
    """Of each comparison, the share of all compared together: what its limits are drawn at. One query."""
    sums = (
        Result.objects.filter(comparison__in=comparisons, expected__isnull=False)
        .order_by()
        .values("comparison")
        .annotate(actual=Sum("actual"), base=Sum("base"))
    )
    return {row["comparison"]: row["actual"] / row["base"] for row in sums if row["base"]}


def counted(
    *, jobcentre: Jobcentre, measure: Measure, target_group: TargetGroup, is_own: bool
) -> list[Counted]:
    """The same, whether or not anything could be expected. Two queries."""
    small = limits_on(timezone.localdate())
    kept = _without_overlap(_results(jobcentre, measure, target_group))
    return [Counted(result, figures_of(result, limits=small, is_own=is_own)) for result in kept]


def _results(jobcentre: Jobcentre, measure: Measure, target_group: TargetGroup) -> QuerySet[Result]:
    """The latest first."""
    return (
        Result.objects.filter(
            jobcentre=jobcentre, comparison__measure=measure, comparison__target_group=target_group
        )
        .select_related("comparison__measure", "comparison__target_group")
        .order_by("-comparison__ends_on", "comparison__starts_on")
    )


def _without_overlap(results: Iterable[Result]) -> list[Result]:
    return apart(results, of=lambda result: parse(result.comparison.period))[:MOST][::-1]


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
    """The periods that may be told, as a chart; None without any."""
    shown = [one for one in compared if not one.figures.is_hidden]
    if not shown:
        return None
    return periods_chart.draw(
        [
            Point(
                period=parse(one.comparison.period),
                value=one.result.ratio or 0,
                low=one.low,
                high=one.high,
                kind=_kind(one.standing),
                actual=one.result.actual,
                base=one.result.base,
            )
            for one in shown
        ]
    )


def _kind(standing: Standing) -> str:
    """How charts.js draws the point: "" as any other."""
    if not standing.is_notable:
        return ""
    if not standing.is_worse:
        return "good"
    return "bad" if standing.is_clear else "warn"

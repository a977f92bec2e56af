"""One jobcentre on every measure: the latest result beside the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Sum
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.comparison.axis import Dot, dots
from regions.comparison.models import Comparison, Result
from regions.comparison.showing import Figures, figures_of, limits_on
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.periods import parse


@dataclass(frozen=True)
class Line:
    """A measure and target group: the latest result, and the one before in a period that does not overlap.

    figures, figures_before: what may be told of them to this reader. dot: None where nothing may.
    """

    latest: Result
    before: Result | None
    figures: Figures
    figures_before: Figures | None
    dot: Dot | None

    @property
    def comparison(self) -> Comparison:
        return self.latest.comparison

    @property
    def standing(self) -> Standing:
        direction = Direction(self.comparison.measure.direction)
        return standing(z=self.latest.z_adjusted, direction=direction)


def read(*, jobcentre: Jobcentre, is_own: bool = False) -> list[Line]:
    """Every measure the jobcentre has been compared on; for others than its own without small numbers.

    Three queries.
    """
    limits = limits_on(timezone.localdate())
    results = (
        Result.objects.filter(jobcentre=jobcentre)
        .select_related("comparison__measure", "comparison__target_group")
        .order_by("comparison__measure__code", "comparison__target_group__code", "-comparison__ends_on")
    )

    def key(result: Result) -> tuple[int, int]:
        return result.comparison.measure_id, result.comparison.target_group_id

    histories = [list(of_one) for _key, of_one in groupby(results, key=key)]
    shares = shares_of([history[0].comparison for history in histories])

    def line(latest: Result, before: Result | None) -> Line:
        figures = figures_of(latest, limits=limits, is_own=is_own)
        return Line(
            latest=latest,
            before=before,
            figures=figures,
            figures_before=figures_of(before, limits=limits, is_own=is_own) if before else None,
            dot=None if figures.is_hidden else _dot(latest, shares),
        )

    return [line(history[0], _before(history)) for history in histories]


def shares_of(comparisons: Sequence[Comparison]) -> dict[int, float]:
    """Of each comparison, the share of all compared together: what its limits are drawn at. One query."""
    sums = (
        Result.objects.filter(comparison__in=comparisons, expected__isnull=False)
        .order_by()
        .values("comparison")
        .annotate(actual=Sum("actual"), base=Sum("base"))
    )
    return {row["comparison"]: row["actual"] / row["base"] for row in sums if row["base"]}


def _before(history: Sequence[Result]) -> Result | None:
    """history: of one measure and target group, the latest first."""
    latest = parse(history[0].comparison.period)
    for result in history[1:]:
        period = parse(result.comparison.period)
        if period.frequency is latest.frequency and not period.overlaps(latest):
            return result
    return None


def _dot(result: Result, shares: Mapping[int, float]) -> Dot | None:
    if not result.expected or result.ratio is None:
        return None
    comparison = result.comparison
    [dot] = dots(
        ratio=[result.ratio],
        expected=[result.expected],
        share=shares[comparison.pk],
        tau2=comparison.tau2,
    )
    return dot

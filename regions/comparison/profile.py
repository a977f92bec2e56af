"""One jobcentre on every measure: the latest result beside the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import Case, Q, QuerySet, Sum, When
from django.db.models.functions import Abs
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.comparison.axis import Dot, dots
from regions.comparison.funnel import ALERT
from regions.comparison.models import Comparison, Result
from regions.comparison.showing import Figures, figures_of
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.periods import parse
from regions.measures.small_numbers import limits_on


@dataclass(frozen=True)
class Brief:
    """A measure and target group: the latest result, and what may be told of it to this reader."""

    latest: Result
    figures: Figures

    @property
    def comparison(self) -> Comparison:
        return self.latest.comparison

    @cached_property
    def standing(self) -> Standing:
        direction = Direction(self.comparison.measure.direction)
        return standing(z=self.latest.z_adjusted, direction=direction)


@dataclass(frozen=True)
class Line(Brief):
    """The same beside the one before, in a period that does not overlap.

    figures_before: what may be told of that. dot: None where nothing may be told of the latest.
    """

    before: Result | None
    figures_before: Figures | None
    dot: Dot | None


WORSE = Q(comparison__measure__direction=Direction.HIGHER_BETTER, z_adjusted__lte=-ALERT) | Q(
    comparison__measure__direction=Direction.LOWER_BETTER, z_adjusted__gte=ALERT
)
"""Results whose `standing` is worse."""


LATEST = """
    SELECT latest.id
    FROM measures_measure AS measure
    CROSS JOIN measures_targetgroup AS target_group
    CROSS JOIN LATERAL (
        SELECT result.id
        FROM comparison_comparison AS comparison
        JOIN comparison_result AS result ON result.comparison_id = comparison.id
        WHERE comparison.measure_id = measure.id AND comparison.target_group_id = target_group.id
            AND result.jobcentre_id = %s
        ORDER BY comparison.ends_on DESC, comparison.starts_on
        LIMIT 1
    ) AS latest
    ORDER BY measure.code, target_group.code
"""
"""Of two periods that end on one day the longer is compared: four quarters, not the last of them."""


def latest_of(jobcentre: Jobcentre) -> list[int]:
    """Primary keys of its latest results, by the codes of measure and target group. One query.

    Looked up in each history from its end: of all results of a jobcentre, few are the latest.
    """
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [jobcentre.pk])
        return [pk for (pk,) in cursor.fetchall()]


def read(latest: Collection[int]) -> QuerySet[Result]:
    """Results by their primary keys, in the same order, with what a line says of each. One query."""
    return (
        Result.objects.filter(pk__in=latest)
        .select_related("comparison__measure", "comparison__target_group", "jobcentre")
        .defer("comparison__coefficients", "comparison__digest")
        .order_by("comparison__measure__code", "comparison__target_group__code")
    )


def foremost(latest: Collection[int]) -> QuerySet[Result]:
    """The same in the order they deserve a look: the worse than expected first, then the furthest from it."""
    return read(latest).order_by(
        Case(When(WORSE, then=0), default=1),
        Abs("z_adjusted").desc(nulls_last=True),
        "comparison__measure__code",
        "comparison__target_group__code",
    )


def briefs_of(latest: Iterable[Result], *, is_own: bool = False) -> list[Brief]:
    """Latest results of a jobcentre; for others than itself without small numbers. One query."""
    limits = limits_on(timezone.localdate())
    return [Brief(result, figures_of(result, limits=limits, is_own=is_own)) for result in latest]


def lines_of(latest: Collection[Result], *, is_own: bool = False) -> list[Line]:
    """The same, each beside the one before and on its axis. Three queries."""
    limits = limits_on(timezone.localdate())
    earlier = {
        _key(result, result.comparison.period): result
        for result in Result.objects.filter(
            jobcentre__in={result.jobcentre_id for result in latest},
            comparison__period__in={_before(result) for result in latest},
            comparison__measure__in={result.comparison.measure_id for result in latest},
            comparison__target_group__in={result.comparison.target_group_id for result in latest},
        )
        .select_related("comparison")
        .defer("comparison__coefficients", "comparison__digest")
    }
    shares = shares_of([result.comparison for result in latest])

    def line(latest: Result) -> Line:
        before = earlier.get(_key(latest, _before(latest)))
        figures = figures_of(latest, limits=limits, is_own=is_own)
        return Line(
            latest=latest,
            before=before,
            figures=figures,
            figures_before=figures_of(before, limits=limits, is_own=is_own) if before else None,
            dot=None if figures.is_hidden else _dot(latest, shares),
        )

    return [line(result) for result in latest]


def _before(result: Result) -> str:
    """The code of the period before the result's, none of whose months are also in it."""
    return parse(result.comparison.period).previous().code


def _key(result: Result, period: str) -> tuple[int, int, str]:
    return result.comparison.measure_id, result.comparison.target_group_id, period


def shares_of(comparisons: Sequence[Comparison]) -> dict[int, float]:
    """Of each comparison, the share of all compared together: what its limits are drawn at. One query."""
    sums = (
        Result.objects.filter(comparison__in=comparisons, expected__isnull=False)
        .order_by()
        .values("comparison")
        .annotate(actual=Sum("actual"), base=Sum("base"))
    )
    return {row["comparison"]: row["actual"] / row["base"] for row in sums if row["base"]}


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

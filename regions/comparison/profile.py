"""One jobcentre on every measure: the latest result beside the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from jobcenter.centres.models import Jobcentre
from regions.comparison.axis import Dot, dots
from regions.comparison.models import Comparison, Result
from regions.comparison.showing import Figures, figures_of
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.measures.suppression import Limits


class Latest(NamedTuple):
    """A jobcentre's latest result on a measure and target group, by their primary keys, and how it stands."""

    result: int
    measure: int
    target_group: int
    z_adjusted: float | None
    direction: str
    kind: str

    @property
    def is_required(self) -> bool:
        """Whether the law has a say in it: then it is not held against what was expected."""
        return self.kind == Measure.Kind.LEGAL_REQUIREMENT

    @property
    def standing(self) -> Standing:
        return standing(z=self.z_adjusted, direction=Direction(self.direction))


@dataclass(frozen=True)
class Brief:
    """A measure and target group: the latest result, and what may be told of it to this reader."""

    latest: Result
    figures: Figures

    @property
    def result(self) -> Result:
        return self.latest

    @property
    def comparison(self) -> Comparison:
        return self.latest.comparison

    @property
    def subject(self) -> tuple[Measure, TargetGroup]:
        return self.comparison.measure, self.comparison.target_group

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


SAID = (
    *("jobcentre", "actual", "base", "expected", "z", "z_adjusted", "p_adjusted", "comparison__target_group"),
    *(
        f"comparison__{name}"
        for name in ("period", "ends_on", "data_date", "definition_version", "weakness", "tau2")
    ),
    *(f"comparison__measure__{name}" for name in ("code", "title_da", "title_en", "source_da", "source_en")),
    *(f"comparison__measure__{name}" for name in ("kind", "direction", "unit", "least_base")),
)
"""What pages and files say of a latest result, of wide tables."""

LATEST = """
    SELECT latest.id, measure.id, target_group.id, latest.z_adjusted, measure.direction, measure.kind
    FROM measures_measure AS measure
    CROSS JOIN measures_targetgroup AS target_group
    CROSS JOIN LATERAL (
        SELECT result.id, result.z_adjusted
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


def latest_of(jobcentre: Jobcentre) -> list[Latest]:
    """Its latest results, by the codes of measure and target group. One query.

    Looked up in each history from its end: of all results of a jobcentre, few are the latest.
    """
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [jobcentre.pk])
        return [Latest(*row) for row in cursor.fetchall()]


def worse_of(latest: Iterable[Latest]) -> list[Latest]:
    """Those that are worse than expected, the clearly worse first."""
    worse = (one for one in latest if one.standing.is_worse)
    return sorted(worse, key=lambda one: not one.standing.is_clear)


def foremost(latest: Iterable[Latest]) -> list[Latest]:
    """In the order they deserve a look: the worse than expected first, then the furthest from it."""
    return sorted(latest, key=lambda one: (not one.standing.is_worse, -abs(one.z_adjusted or 0)))


def read(latest: Collection[Latest]) -> dict[Latest, Result]:
    """Each result with what a line says of it, in the same order. One query.

    One that a recomputation has replaced since is left out.
    """
    results = (
        Result.objects.select_related("comparison__measure", "comparison__target_group")
        .only(*SAID)
        .in_bulk([one.result for one in latest])
    )
    return {one: results[one.result] for one in latest if one.result in results}


def briefs_of(latest: Iterable[Result], *, limits: Limits, is_own: bool = False) -> list[Brief]:
    """Latest results of a jobcentre; for others than itself without small numbers."""
    return [Brief(result, figures_of(result, limits=limits, is_own=is_own)) for result in latest]


def lines_of(
    latest: Collection[Result], *, shares: Mapping[int, float], limits: Limits, is_own: bool = False
) -> list[Line]:
    """The same, each beside the one before and on its axis. One query.

    shares: of each comparison, of all compared together.
    """
    earlier = {
        _key(result, result.comparison.period): result
        for result in Result.objects.filter(
            jobcentre__in={result.jobcentre_id for result in latest},
            comparison__period__in={_before(result) for result in latest},
            comparison__measure__in={result.comparison.measure_id for result in latest},
            comparison__target_group__in={result.comparison.target_group_id for result in latest},
        )
        .select_related("comparison")
        .only(
            *("comparison", "jobcentre", "actual", "base", "expected"),
            *("comparison__measure", "comparison__target_group", "comparison__period"),
        )
    }

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

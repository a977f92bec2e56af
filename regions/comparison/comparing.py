"""Comparisons as rows: read the figures of a period, compare, and put the outcome in the place of the last.

The arithmetic is in `compare.py`. The same figures give the same rows, whoever computes them and how often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import transaction
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.comparison import conditions
from regions.comparison.arrays import BoolArray
from regions.comparison.compare import Compared
from regions.comparison.compare import compare as compare_arrays
from regions.comparison.models import Comparison, Result, Step
from regions.comparison.multiplicity import benjamini_hochberg
from regions.measures.direction import Direction
from regions.measures.models import Measure, Measurement, TargetGroup
from regions.measures.periods import parse


class NotAssessable(ValueError):
    """A fact about the labour market is nobody's result, and is not held against what was to be expected."""


@transaction.atomic
def compare(*, measure: Measure, target_group: TargetGroup, period: str) -> Comparison | None:
    """Hold all jobcentres' results of a period against what was to be expected of each.

    Replaces the comparison of the same three. None, and no comparison stands, when fewer than two
    jobcentres have figures large enough to compare. p is not yet adjusted: that takes all comparisons of
    the period (`adjust`). Raises NotAssessable for a fact about the labour market.
    """
    if not measure.is_assessable:
        raise NotAssessable(f"“{measure.code}” is a fact about the labour market")
    everyone = _counted(measure, target_group, period)
    used = conditions.used_for(is_fictional=measure.is_fictional)
    known = conditions.matrix(
        jobcentres=[one.jobcentre for one in everyone], conditions=used, year=parse(period).ends_on.year
    )
    is_known: BoolArray = np.asarray(np.isfinite(known).all(axis=1), dtype=np.bool_)
    comparable = [one for one, said in zip(everyone, is_known, strict=True) if said]
    if sum(one.base >= measure.least_base for one in comparable) < 2:
        Comparison.objects.filter(measure=measure, target_group=target_group, period=period).delete()
        return None

    compared = compare_arrays(
        actual=[one.actual for one in comparable],
        base=[one.base for one in comparable],
        conditions=known[is_known],
        direction=Direction(measure.direction),
        least_base=measure.least_base,
    )
    comparison, _ = Comparison.objects.update_or_create(
        measure=measure,
        target_group=target_group,
        period=period,
        defaults={
            **_described(compared, used=used),
            "starts_on": parse(period).starts_on,
            "ends_on": parse(period).ends_on,
            "definition_version": measure.version,
            "data_date": max(one.data_date for one in everyone),
            "computed_at": timezone.now(),
        },
    )
    said_of = dict(zip((one.jobcentre for one in comparable), _rows(compared), strict=True))
    _replace(
        comparison,
        [
            Result(
                comparison=comparison,
                jobcentre=one.jobcentre,
                actual=one.actual,
                base=one.base,
                **said_of.get(one.jobcentre, {}),
            )
            for one in everyone
        ],
    )
    return comparison


@transaction.atomic
def adjust(*, period: str) -> int:
    """Adjust every p of a period for all comparisons made in it; returns how many those are.

    One family for each period: whoever reads its results looks at all measures and target groups at
    once, and the promise about false alarms must hold for what they see. Periods that share months
    (rolling ones) are families of their own.
    """
    results = Result.objects.filter(comparison__period=period).order_by("comparison", "jobcentre")
    p = {pk: value for pk, value in results.values_list("pk", "p") if value is not None}
    if p:
        adjusted = benjamini_hochberg(list(p.values())).tolist()
        Result.objects.bulk_update(
            [Result(pk=pk, p_adjusted=value) for pk, value in zip(p, adjusted, strict=True)],
            ["p_adjusted"],
            batch_size=1000,
        )
    return len(p)


def carry_out(step: Step) -> None:
    """Do what a step of a recomputation is about: conditions, a comparison, or a period."""
    match step.about:
        case {"measure": str(measure), "group": str(group), "period": str(period)}:
            compare(
                measure=Measure.objects.get(code=measure),
                target_group=TargetGroup.objects.get(code=group),
                period=period,
            )
        case {"period": str(period)}:
            adjust(period=period)
        case {"conditions_on": str(day)}:
            conditions.bring_up_to_date(on=date.fromisoformat(day))
        case _:
            raise ValueError(f"step {step.pk} is about nothing known: {step.about}")


@dataclass(frozen=True)
class _Counted:
    """Of `base` persons, `actual` have the result."""

    jobcentre: Jobcentre
    actual: int
    base: int
    data_date: date


def _counted(measure: Measure, target_group: TargetGroup, period: str) -> list[_Counted]:
    """The figures of all jobcentres, by their code: an order that never changes. One query."""
    figures = (
        Measurement.objects.filter(measure=measure, target_group=target_group, period=period)
        .filter(jobcentre__isnull=False, denominator__isnull=False)
        .select_related("jobcentre", "delivery")
        .order_by("jobcentre__code")
    )
    return [
        _Counted(figure.jobcentre, figure.numerator, figure.denominator, figure.delivery.data_date)
        for figure in figures
        if figure.jobcentre and figure.numerator is not None and figure.denominator
    ]


def _described(compared: Compared, *, used: Sequence[str]) -> dict[str, object]:
    """What is said of the comparison as a whole."""
    coefficients = zip(used, compared.fit.coefficients.tolist(), strict=True)
    return {
        "theta": 1.0,
        "phi": float(compared.dispersion.phi),
        "tau2": float(compared.dispersion.tau2),
        "r_squared": float(compared.fit.r_squared),
        "coefficients": {
            "intercept": float(compared.fit.intercept),
            **dict(coefficients),
        },
        "weakness": ",".join(compared.fit.weak),
    }


def _rows(compared: Compared) -> list[dict[str, float | None]]:
    """What is said of each jobcentre; None everywhere where nothing can be."""
    columns = {
        "expected": np.where(compared.enough, compared.expected, np.nan),
        "z": compared.z,
        "z_adjusted": compared.z_adjusted,
        "p": compared.p,
    }
    names = list(columns)
    return [
        {name: None if np.isnan(value) else value for name, value in zip(names, row, strict=True)}
        for row in np.column_stack(list(columns.values())).tolist()
    ]


def _replace(comparison: Comparison, results: Sequence[Result]) -> None:
    comparison.results.exclude(jobcentre__in=[result.jobcentre_id for result in results]).delete()
    Result.objects.bulk_create(
        results,
        update_conflicts=True,
        unique_fields=["comparison", "jobcentre"],
        update_fields=["actual", "base", "expected", "z", "z_adjusted", "p", "p_adjusted"],
    )

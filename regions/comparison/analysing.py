"""An analyst's own figures through the portal's arithmetic: the funnel, the process, what to expect. Pure.

Each function takes the content of a CSV file and gives plain values, as `manage.py analyse` prints them. A
file with a line that cannot be read gives nothing: a unit left out would move every other's limits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from scipy import special

from jobcenter.runtime.csvlines import Unreadable, filled, number, read
from regions.comparison.expected import expected_shares
from regions.comparison.funnel import ALARM, ALERT, overdispersion, proportion_limits, proportion_scores
from regions.comparison.multiplicity import benjamini_hochberg, one_sided_p
from regions.comparison.process import process
from regions.measures.direction import Direction
from regions.measures.periods import NotAPeriod, parse

MOST = 1e12
"""No figure of a unit is larger."""

ISO = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
"""A year, month or day whose order is that of its letters."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Share:
    unit: str
    numerator: float
    denominator: float
    conditions: tuple[float, ...] = ()


@dataclass(frozen=True)
class Point:
    period: str
    value: float


def funnel(content: bytes, *, direction: Direction | None = None) -> dict[str, Any]:
    """Shares against the share of all units together, with limits that allow for over-dispersion.

    content: CSV with the columns unit, numerator, denominator. direction: which way is good; without it p
    asks for a difference either way. Raises Unreadable with every line that cannot be used.
    """
    shares = _rows(content, _share, columns=("unit", "numerator", "denominator"), key=lambda row: row.unit)
    counted = np.array([row.numerator for row in shares])
    persons = np.array([row.denominator for row in shares])
    scores = proportion_scores(numerator=counted, denominator=persons)
    dispersion = overdispersion(scores)
    theta = float(counted.sum() / persons.sum())
    alert, alarm = (
        proportion_limits(denominator=persons, centre=theta, width=width, tau2=float(dispersion.tau2))
        for width in (ALERT, ALARM)
    )
    z_od = scores.z_od(tau2=dispersion.tau2)
    p = one_sided_p(z=z_od, direction=direction) if direction else 2 * special.ndtr(-np.abs(z_od))
    columns = {
        "value": counted / persons,
        "z": scores.z,
        "z_od": z_od,
        "lower_95": alert.lower,
        "upper_95": alert.upper,
        "lower_998": alarm.lower,
        "upper_998": alarm.upper,
        "p": p,
        "p_adjusted": benjamini_hochberg(p),
    }
    return {
        "theta": theta,
        "phi": float(dispersion.phi),
        "tau2": float(dispersion.tau2),
        "units": [
            {"unit": row.unit, **{name: float(values[place]) for name, values in columns.items()}}
            for place, row in enumerate(shares)
        ],
    }


def process_over_time(content: bytes) -> dict[str, Any]:
    """A series with its limits, and the rules that each figure has part in breaking.

    content: CSV with the columns period, value; the lines stand in order of time. Raises Unreadable with
    every line that cannot be used.
    """
    points = _rows(content, _point, columns=("period", "value"), key=lambda row: row.period)
    _in_order_of_time([point.period for point in points])
    found = process([point.value for point in points])
    return {
        "mean": found.mean,
        "average_moving_range": found.average_moving_range,
        "lower": found.lower,
        "upper": found.upper,
        "points": [
            {
                "period": point.period,
                "value": point.value,
                "rules": [rule.value for rule in found.rules(place)],
            }
            for place, point in enumerate(points)
        ],
    }


def expected(content: bytes) -> dict[str, Any]:
    """What to expect of each unit from the others, given its framework conditions.

    content: CSV with the columns unit, numerator, denominator and one for each condition. Raises Unreadable
    with every line that cannot be used.
    """
    conditions: list[str] = []

    def with_conditions(row: Mapping[str, str]) -> Share:
        conditions[:] = [name for name in row if name not in ("unit", "numerator", "denominator")]
        share = _share(row)
        values = tuple(number(row, name, lowest=-MOST, highest=MOST) for name in conditions)
        return Share(share.unit, share.numerator, share.denominator, values)

    columns = ("unit", "numerator", "denominator")
    shares = _rows(content, with_conditions, columns=columns, key=lambda row: row.unit)
    if not conditions:
        raise Unreadable("At least one column beside unit, numerator and denominator is needed.")
    if not all(name.strip() for name in conditions):
        raise Unreadable("A column has no name.")
    fit = expected_shares(
        numerator=[row.numerator for row in shares],
        denominator=[row.denominator for row in shares],
        conditions=[row.conditions for row in shares],
    )
    return {
        "units": [_beside_expected(row, float(share)) for row, share in zip(shares, fit.share, strict=True)],
        "r_squared": float(fit.r_squared),
        "coefficients": {
            "intercept": float(fit.intercept),
            **dict(zip(conditions, fit.coefficients.tolist(), strict=True)),
        },
        "warnings": [weakness.value for weakness in fit.weak],
    }


def _beside_expected(row: Share, share: float) -> dict[str, Any]:
    """Persons, percentage points, and actual over expected: None where nobody is expected."""
    persons = share * row.denominator
    return {
        "unit": row.unit,
        "actual": row.numerator,
        "expected": persons,
        "difference_pp": 100 * (row.numerator / row.denominator - share),
        "ratio": row.numerator / persons if persons else None,
    }


def _share(row: Mapping[str, str]) -> Share:
    persons = number(row, "denominator", lowest=0, highest=MOST)
    counted = number(row, "numerator", lowest=0, highest=MOST)
    if not persons:
        raise ValueError("denominator must be above 0")
    if counted > persons:
        raise ValueError("numerator cannot be more than denominator")
    return Share(filled(row, "unit"), counted, persons)


def _point(row: Mapping[str, str]) -> Point:
    return Point(filled(row, "period"), number(row, "value", lowest=-MOST, highest=MOST))


def _in_order_of_time(periods: Sequence[str]) -> None:
    """Raises Unreadable where one comes after a later one; in a form of its own any order will do."""
    try:
        ends: Sequence[str] = [parse(period).ends_on.isoformat() for period in periods]
    except NotAPeriod:
        ends = periods if all(ISO.fullmatch(period) for period in periods) else ()
    for (end, before), (next_end, after) in pairwise(zip(ends, periods, strict=False)):
        if next_end < end:
            raise Unreadable(f"{after} comes after {before}: the lines must stand in order of time.")


def _rows(
    content: bytes,
    parse: Callable[[Mapping[str, str]], Row],
    *,
    columns: tuple[str, ...],
    key: Callable[[Row], str],
) -> list[Row]:
    reading = read(content, parse, columns=columns, key=key)
    if reading.refusals:
        raise Unreadable("\n".join(str(refusal) for refusal in reading.refusals))
    if len(reading.lines) < 2:
        raise Unreadable("At least two lines are needed below the names of the columns.")
    return [line.value for line in reading.lines]

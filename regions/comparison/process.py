"""A result over time: which of its ups and downs are more than the ordinary.

An XmR chart draws each figure between two limits that its own small movements set: however a month came
about, the next is expected within them. Four rules name what is more than the ordinary:

    outside limits      one figure outside a limit
    trend of seven      seven figures, each above (or each below) the one before
    two of three        of three on one side of the mean, two in the outer third before the limit
    seven on one side   seven in a row above (or below) the mean

For figures that do not overlap: a rolling average carries each month into the next, and would break the
last three rules by itself. Seasons must be taken out first.

Source: NHS England, Making Data Count; rules, factors and screening as in NHSRplotthedots (NHS-R Community).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from regions.comparison.arrays import BoolArray, FloatArray, per_unit

LIMITS = 2.66
"""Half the distance of the limits, in average moving ranges: 3 standard deviations, 3 / 1.128."""

OUTER_THIRD = LIMITS * 2 / 3
"""Where the outer third before a limit begins."""

SCREENED = 3.267
"""A moving range as many times the average or more is a jump, and does not widen the limits."""

NEGLIGIBLE = 1e-9
"""So small a part of the largest figure is arithmetic: the mean of equal figures may miss them by it."""

RUN = 7
FIRM = 12
"""Figures from which the limits are firm; before, each new one still moves them."""


class Rule(StrEnum):
    """What is more than the ordinary, the plainest first."""

    OUTSIDE_LIMITS = "outside_limits"
    TREND_OF_SEVEN = "trend_of_seven"
    TWO_OF_THREE = "two_of_three"
    SEVEN_ON_ONE_SIDE = "seven_on_one_side"


@dataclass(frozen=True, kw_only=True, eq=False)
class Process:
    """A series with its limits, in the series' own unit.

    average_moving_range: between neighbours, without those that were screened out. side: of each figure, 1
    above the mean, −1 below and 0 on it, shape (periods,). slope: likewise of each step to the next figure,
    shape (periods − 1,). hits: for each rule the figures that have part in breaking it, shape (periods,).
    """

    mean: float
    average_moving_range: float
    lower: float
    upper: float
    is_firm: bool
    side: FloatArray
    slope: FloatArray
    hits: dict[Rule, BoolArray]

    def rules(self, period: int) -> tuple[Rule, ...]:
        """The rules that the figure at this place has part in breaking, the plainest first."""
        return tuple(rule for rule in Rule if self.hits[rule][period])


def process(values: ArrayLike, *, baseline: int | None = None) -> Process:
    """Set the limits of a series and find what lies outside the ordinary.

    values: one figure for each period, in order, none missing, shape (periods,); at least two.
    baseline: how many of the first figures set the limits, at least 2; all of them when not given.
    Raises ValueError on anything else.
    """
    series = per_unit(values, name="values")
    if series.size < 2:
        raise ValueError("at least two figures are needed: one does not move")
    if baseline is not None and not 2 <= baseline <= series.size:
        raise ValueError("baseline must be at least 2, and no more than there are figures")
    known = series[:baseline]
    mean = float(known.mean())
    moving = _average_moving_range(known)
    negligible = NEGLIGIBLE * float(np.abs(series).max())
    distance = np.abs(series - mean)
    side, slope = _signs(series - mean, negligible), _signs(np.diff(series), negligible)
    outside = distance > LIMITS * moving + negligible
    near = ~outside & (distance > OUTER_THIRD * moving + negligible)
    return Process(
        mean=mean,
        average_moving_range=moving,
        lower=mean - LIMITS * moving,
        upper=mean + LIMITS * moving,
        is_firm=known.size >= FIRM,
        side=side,
        slope=slope,
        hits={
            Rule.OUTSIDE_LIMITS: outside,
            Rule.TREND_OF_SEVEN: _has_part(_same(slope, RUN - 1), RUN, series.size),
            Rule.TWO_OF_THREE: near & _has_part(_same(side, 3) & (_sums(near, 3) >= 2), 3, series.size),
            Rule.SEVEN_ON_ONE_SIDE: _has_part(_same(side, RUN), RUN, series.size),
        },
    )


def _average_moving_range(series: FloatArray) -> float:
    """Without the jumps: one wild month would otherwise widen the limits that are to show it.

    Where nothing moves but in jumps they count: limits without room would put every figure outside.
    """
    moved = np.abs(np.diff(series))
    ordinary = moved[moved < SCREENED * moved.mean()]
    return float(ordinary.mean() if ordinary.any() else moved.mean())


def _signs(values: FloatArray, negligible: float) -> FloatArray:
    return np.where(np.abs(values) > negligible, np.sign(values), 0.0)


def _sums(values: FloatArray | BoolArray, length: int) -> FloatArray:
    """The sum of each run of neighbours of that length, by its first; none where the series is shorter."""
    if values.size < length:
        return np.empty(0)
    return np.convolve(values, np.ones(length), mode="valid")


def _same(signs: FloatArray, length: int) -> BoolArray:
    """Which runs of that length have one sign throughout, and not 0."""
    return np.asarray(np.abs(_sums(signs, length)) == length, dtype=np.bool_)


def _has_part(runs: BoolArray, length: int, periods: int) -> BoolArray:
    """The figures that stand in at least one of the runs; a run begins at its own place."""
    part = np.zeros(periods, dtype=np.bool_)
    for start in np.flatnonzero(runs):
        part[start : start + length] = True
    return part

"""A second opinion of an occupation, by the indicators that Germany looks for bottlenecks with. Pure.

Each indicator gives 0 to 3 points, and the mean of those that can be assessed says:

    2.0 or more      a bottleneck
    1.5 to below 2   to be watched
    below 1.5        none

The points are the quarter of all occupations in the country that the value lies in: 3 in the quarter that is
most like a bottleneck, 0 in the one least like it. Quarters are cut at values that occur, so points stay the
same in any unit; of values that are alike, all get the fewest points.

Employers' answers are no part of it. That is why it is a second opinion and no more: the category of the
balance is what counts, and this never stands beside it in a list.

Source: the Engpassanalyse of the Bundesagentur für Arbeit (from 2020). Its cuts of each indicator are not
published in a form we could read; the quarters are our own adaptation.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

BOTTLENECK, WATCH = 2.0, 1.5

LEAST_ASSESSED = 3
"""Half of Germany's six indicators. With fewer, one alone could make a bottleneck."""

LEAST_COMPARED = 20
"""Occupations with a value, below which a quarter of them is fewer than five and says nothing."""


class Opinion(StrEnum):
    BOTTLENECK = "bottleneck"
    WATCH = "watch"
    NONE = "none"
    NOT_ASSESSED = "not_assessed"


def points(values: ArrayLike, *, low_is_short: bool) -> FloatArray:
    """0 to 3 for each occupation, NaN where it has no value or too few others have.

    values: shape (occupations,), NaN where not known. low_is_short: a low value is the sign of a bottleneck.
    Raises ValueError on another shape.
    """
    told = np.asarray(values, dtype=np.float64)
    if told.ndim != 1:
        raise ValueError("values must have the shape (occupations,)")
    told = -told if low_is_short else told
    known = np.isfinite(told)
    if np.count_nonzero(known) < LEAST_COMPARED:
        return np.full_like(told, np.nan)
    cuts = np.quantile(told[known], [0.25, 0.5, 0.75], method="inverted_cdf")
    return np.where(known, np.sum(told > cuts[:, np.newaxis], axis=0), np.nan)


def scores(of_each: ArrayLike) -> FloatArray:
    """The mean of the points that could be given, NaN with fewer than LEAST_ASSESSED of them.

    of_each: points of each indicator, shape (indicators, occupations). Returns the shape (occupations,).
    """
    given = np.asarray(of_each, dtype=np.float64)
    assessed = np.sum(np.isfinite(given), axis=0)
    mean: FloatArray = np.divide(
        np.nansum(given, axis=0),
        assessed,
        out=np.full(given.shape[1], np.nan),
        where=assessed >= LEAST_ASSESSED,
    )
    return mean


def opinion(score: float) -> Opinion:
    """score: 0 to 3; NaN is not assessed."""
    if np.isnan(score):
        return Opinion.NOT_ASSESSED
    if score >= BOTTLENECK:
        return Opinion.BOTTLENECK
    return Opinion.WATCH if score >= WATCH else Opinion.NONE

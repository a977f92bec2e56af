"""One comparison from end to end: all units beside each other, in one period, on one measure.

    framework conditions → expected share → score against chance → over-dispersion → p → adjusted p

What is compared is actual with expected, never the raw share: a jobcentre is not out of line because the
people it serves have a harder time. Many comparisons of the same units are one calculation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regions.comparison.arrays import BoolArray, FloatArray, per_units
from regions.comparison.expected import ExpectedShares, expected_shares
from regions.comparison.funnel import Overdispersion, overdispersion, ratio_scores
from regions.comparison.multiplicity import adjusted, one_sided_p
from regions.measures.direction import Direction


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """Every unit beside what was to be expected of it. Arrays have the shape (…, units), or (…) where of all.

    enough: the units that can be compared. Of the others nothing is said: z, z_adjusted and p are NaN.
    share: of all compared units together; what the lines of the funnel are drawn at.
    expected: persons, expected share × base.
    z, z_adjusted: standard errors above (+) or below (−) expected; the second allows for over-dispersion.
    p: one-sided, in the bad direction.
    """

    fit: ExpectedShares
    dispersion: Overdispersion
    enough: BoolArray
    share: FloatArray
    expected: FloatArray
    z: FloatArray
    z_adjusted: FloatArray
    p: FloatArray

    @property
    def p_adjusted(self) -> FloatArray:
        """p, adjusted for all that was compared here; NaN where nothing is said."""
        return adjusted(self.p)


def compare(
    *,
    actual: ArrayLike,
    base: ArrayLike,
    conditions: ArrayLike,
    direction: Direction | Sequence[Direction],
    least_base: ArrayLike = 20,
) -> Compared:
    """Hold each unit's result against what its framework conditions let one expect.

    actual, base: persons with the result, and persons in all; shape (…, units), 0 ≤ actual ≤ base.
    conditions: framework conditions, shape (units, conditions), or (…, units, conditions).
    direction: which way is good, of all or of each comparison.
    least_base: smallest base a result is read from, shape (…). Smaller units help no line and set no limit.
    Raises ValueError on arrays that do not fit together, or with fewer than two units large enough.
    """
    persons = per_units(base, name="base")
    counted = per_units(actual, name="actual", shape=persons.shape)
    large = persons >= np.asarray(least_base)[..., np.newaxis]
    fit = expected_shares(
        numerator=np.where(large, counted, 0), denominator=np.where(large, persons, 0), conditions=conditions
    )
    expected = fit.share * persons
    # A fit that leaves [0, 1] expects nobody or everybody: then it says nothing about this unit.
    enough = large & (fit.share > 0) & (fit.share < 1) & (fit.leverage < 1)
    scores = ratio_scores(
        observed=np.where(enough, counted, 0),
        expected=np.where(enough, expected, 1),
        base=np.where(enough, persons, 2),
        leverage=np.where(enough, fit.leverage, 0),
    ).of(enough)
    dispersion = overdispersion(scores)
    z_adjusted = scores.z_od(tau2=dispersion.tau2)
    everybody = np.where(enough, persons, 0).sum(axis=-1)
    return Compared(
        fit=fit,
        dispersion=dispersion,
        enough=enough,
        share=np.where(enough, counted, 0).sum(axis=-1) / np.where(everybody > 0, everybody, np.nan),
        expected=expected,
        z=scores.z,
        z_adjusted=z_adjusted,
        p=one_sided_p(z=z_adjusted, direction=direction),
    )

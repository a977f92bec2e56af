"""One comparison from end to end: all units beside each other, in one period, on one measure.

    framework conditions → expected share → score against chance → over-dispersion → p → adjusted p

What is compared is actual with expected, never the raw share: a jobcentre is not out of line because the
people it serves have a harder time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regions.comparison.arrays import BoolArray, FloatArray, per_unit
from regions.comparison.expected import ExpectedShares, expected_shares
from regions.comparison.funnel import Overdispersion, overdispersion, ratio_scores
from regions.comparison.multiplicity import benjamini_hochberg, one_sided_p
from regions.measures.direction import Direction


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """Every unit beside what was to be expected of it. Arrays have the shape (units,).

    enough: the units that can be compared. Of the others nothing is said: z, z_adjusted, p and p_adjusted
    are NaN.
    share: of all compared units together; what the lines of the funnel are drawn at.
    expected: persons, expected share × base.
    z, z_adjusted: standard errors above (+) or below (−) expected; the second allows for over-dispersion.
    p: one-sided, in the bad direction. p_adjusted: for the number of units compared.
    """

    fit: ExpectedShares
    dispersion: Overdispersion
    enough: BoolArray
    share: float
    expected: FloatArray
    z: FloatArray
    z_adjusted: FloatArray
    p: FloatArray
    p_adjusted: FloatArray


def compare(
    *, actual: ArrayLike, base: ArrayLike, conditions: ArrayLike, direction: Direction, least_base: int = 20
) -> Compared:
    """Hold each unit's result against what its framework conditions let one expect.

    actual, base: persons with the result, and persons in all; shape (units,), 0 ≤ actual ≤ base.
    conditions: framework conditions, shape (units, conditions).
    least_base: smallest base a result is read from. Smaller units help no line and set no limit.
    Raises ValueError on arrays that do not fit together, or with fewer than two units large enough.
    """
    persons = per_unit(base, name="base")
    counted = per_unit(actual, name="actual", units=persons.size)
    large = persons >= least_base
    fit = expected_shares(
        numerator=np.where(large, counted, 0), denominator=np.where(large, persons, 0), conditions=conditions
    )
    expected = fit.share * persons
    # A fit that leaves [0, 1] expects nobody or everybody: then it says nothing about this unit.
    enough = large & (fit.share > 0) & (fit.share < 1) & (fit.leverage < 1)
    scores = ratio_scores(
        observed=counted[enough],
        expected=expected[enough],
        base=persons[enough],
        leverage=fit.leverage[enough],
    )
    dispersion = overdispersion(scores)
    z_adjusted = scores.z_od(tau2=dispersion.tau2)
    p = one_sided_p(z=z_adjusted, direction=direction)

    def of_all(values: FloatArray) -> FloatArray:
        everyone = np.full(persons.size, np.nan)
        everyone[enough] = values
        return everyone

    return Compared(
        fit=fit,
        dispersion=dispersion,
        enough=enough,
        share=float(counted[enough].sum() / persons[enough].sum()),
        expected=expected,
        z=of_all(scores.z),
        z_adjusted=of_all(z_adjusted),
        p=of_all(p),
        p_adjusted=of_all(benjamini_hochberg(p)),
    )

"""Many comparisons at once: how much a single striking one is still worth.

Among a hundred units that all do as expected, five lie beyond a 95 % limit. Adjusted by Benjamini and
Hochberg, "p below 5 %" says instead: of those picked out, at most 5 % on average are false alarms.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from regions.comparison.arrays import FloatArray, per_unit
from regions.measures.direction import Direction


def one_sided_p(*, z: ArrayLike, direction: Direction | Sequence[Direction]) -> FloatArray:
    """The probability that chance alone makes a unit look this bad or worse.

    z: scores, positive above expected, shape (…, units); after over-dispersion (z_od) where there is any. NaN
    where nothing is said stays NaN.
    direction: which way is good, of all or of each comparison. Only the bad side counts: a unit far better
    than expected has p near 1, and on a neutral measure, where nothing is bad, every p is 1.
    """
    scores = np.asarray(z, dtype=np.float64)
    if isinstance(direction, Direction):
        worse = np.asarray(direction.worse)
    else:
        worse = np.array([each.worse for each in direction])[:, np.newaxis]
    nothing_is_bad = (worse == 0) & np.isfinite(scores)
    return np.where(nothing_is_bad, 1.0, special.ndtr(-worse * scores))


def benjamini_hochberg(p: ArrayLike) -> FloatArray:
    """Adjusted p for each comparison of one family (one period, one group of measures).

    p: shape (comparisons,), in [0, 1]. Picking out every comparison whose adjusted p is at most q keeps the
    expected share of false alarms among those picked out at or below q.
    Raises ValueError on anything that is not a probability.
    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289–300.
    """
    raw = per_unit(p, name="p")
    if (raw < 0).any() or (raw > 1).any():
        raise ValueError("p must hold probabilities")
    order = np.argsort(raw, kind="stable")
    rank = np.arange(1, raw.size + 1)
    stepped = raw[order] * raw.size / rank
    # From the largest down, so that no smaller p is ever adjusted to more than a larger one.
    monotone = np.minimum.accumulate(stepped[::-1])[::-1]
    adjusted = np.empty_like(raw)
    adjusted[order] = np.minimum(monotone, 1)
    return adjusted


def adjusted(p: FloatArray) -> FloatArray:
    """All of p as one family, of any shape; NaN, where nothing was compared, stays and counts for nothing."""
    compared = np.isfinite(p)
    found = np.full(p.shape, np.nan)
    if compared.any():
        found[compared] = benjamini_hochberg(p[compared])
    return found

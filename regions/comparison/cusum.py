"""The cumulative sum: small differences that last, added up until they are too many to be chance.

A chart of single figures sees a large jump at once and a small lasting one late. Here what each score lies
beyond an allowance is added to what was there before, never below 0:

    C(t) = max(0, C(t−1) + z(t) − k)

Scores must not share months, nor follow each other for other reasons: then the sum rises by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regions.comparison.arrays import BoolArray, FloatArray, per_unit

ALLOWANCE = 0.5
"""k: half of a shift of one standard error, which is found soonest."""

ALARM = 5.0
"""h: about 465 periods of chance alone go by before a false alarm where both sides are watched, twice as many
where one is."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cusum:
    """sums: C, ≥ 0. alarms: where it went beyond the limit; from there it begins anew at 0. Both of shape
    (periods,)."""

    sums: FloatArray
    alarms: BoolArray


def cusum(z: ArrayLike, *, allowance: float = ALLOWANCE, alarm: float = ALARM) -> Cusum:
    """Add up scores towards one side, positive on the side that is looked for.

    z: one for each period, in order, none missing, shape (periods,). allowance: k, at least 0. alarm: h,
    above 0. Raises ValueError on anything else.
    Source: Page, Biometrika 41 (1954), 100–115.
    """
    scores = per_unit(z, name="z")
    if allowance < 0 or alarm <= 0:
        raise ValueError("allowance must be at least 0, and alarm above 0")
    sums = np.empty_like(scores)
    reached = 0.0
    for place, score in enumerate(scores.tolist()):
        reached = max(0.0, reached + score - allowance)
        sums[place] = reached
        if reached > alarm:
            reached = 0.0
    return Cusum(sums=sums, alarms=sums > alarm)

"""How long a position stands open, when many still do: the median by Kaplan and Meier. Pure.

The mean of those that were closed would be too short, for the longest are the ones still open. Each of
these tells at least that it was not filled so far, and is counted for that.

Source: Kaplan & Meier, Journal of the American Statistical Association 53 (1958), 457–481; the interval of
the median: Brookmeyer & Crowley, Biometrics 38 (1982), 29–41.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

Z = 1.959964
"""For 95 per cent."""

ROUNDING = 1e-9
"""A product of shares may miss one half by so much."""


@dataclass(frozen=True)
class Median:
    """Days until half are closed, and the 95 % interval. None: so far nobody can say, since too many are
    open.

    observed: vacancies, of which `open` were still open.
    """

    days: float | None
    lower: float | None
    upper: float | None
    observed: int
    open: int


def median_days(*, closed_after: Sequence[float], open_for: Sequence[float]) -> Median:
    """The median time a vacancy is open.

    closed_after: days from publication to the end, for those that ended. open_for: days so far, for those
    that did not. Both not negative. A pause counts as open: the employer still has nobody.
    Raises ValueError on a negative or impossible number of days.
    """
    closed, still = np.asarray(closed_after, dtype=np.float64), np.asarray(open_for, dtype=np.float64)
    both = np.concatenate([closed, still])
    if not (np.isfinite(both).all() and (both >= 0).all()):
        raise ValueError("a vacancy is open for a number of days that is not negative")
    if not len(closed):
        return Median(None, None, None, observed=len(both), open=len(still))
    ends, share, lower, upper = _share_open(closed, both)
    return Median(
        days=_first_at_half(ends, share),
        lower=_first_at_half(ends, lower),
        upper=_first_at_half(ends, upper),
        observed=len(both),
        open=len(still),
    )


def _share_open(
    closed: FloatArray, both: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """The days on which some ended, and the share still open after each, with its limits.

    The limits are those of log(-log), which never leave 0 to 1; where all or none are left there are none.
    """
    ends, ended = np.unique_counts(closed)
    at_risk = len(both) - np.searchsorted(np.sort(both), ends, side="left")
    share: FloatArray = np.cumprod(1 - ended / at_risk, dtype=np.float64)
    left = at_risk - ended
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(ended / (at_risk * left))
        reach = np.exp(Z * np.sqrt(variance) / np.abs(np.log(share)))
        lower, upper = share**reach, share ** (1 / reach)
    return ends, share, lower, upper


def _first_at_half(days: FloatArray, share_open: FloatArray) -> float | None:
    """The first day on which at most half are open; None when it has not come."""
    below = np.flatnonzero(share_open <= 0.5 + ROUNDING)
    return float(days[below[0]]) if len(below) else None

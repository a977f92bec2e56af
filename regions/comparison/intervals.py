"""How sure a share is, given how few or many it was counted from."""

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, kw_only=True)
class Interval:
    """The shares that a count fits with, both ends within [0, 1]."""

    lower: float
    upper: float


def wilson(*, successes: float, trials: float, z: float = 1.959964) -> Interval:
    """Wilson's interval for a share: right also for few trials, and for none or all that succeed.

    successes, trials: counts, 0 ≤ successes ≤ trials, trials > 0. z: 1.959964 gives 95 %.
    Raises ValueError on anything else: nothing tried is no share, and has no interval.
    Source: Wilson, Journal of the American Statistical Association 22 (1927), 209–212.
    """
    if trials <= 0 or not 0 <= successes <= trials:
        raise ValueError("successes must lie between 0 and trials, which is above 0")
    share = successes / trials
    pull = z**2 / trials
    centre = (share + pull / 2) / (1 + pull)
    reach = z / (1 + pull) * sqrt((share * (1 - share) + pull / 4) / trials)
    # At none and at all the ends are 0 and 1 themselves, which rounding would miss by a hair.
    return Interval(
        lower=centre - reach if successes > 0 else 0.0,
        upper=centre + reach if successes < trials else 1.0,
    )

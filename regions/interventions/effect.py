"""Whether a measure moved after an intervention, and by more than chance: against itself, and its peers.

Against itself: the limits that the periods before set (`regions.comparison.process`), and where those after
lie. Against peers: how much more the share changed than theirs did over the same time (difference in
differences), with an interval. Neither proves what caused it; both can say that nothing can be told.

Shares are of persons, in [0, 1]. Periods do not overlap.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from regions.comparison.arrays import FloatArray, per_unit
from regions.comparison.intervals import wilson
from regions.comparison.process import FIRM, Rule, process

FEWEST_PEERS = 3
"""Below, how much peers differ among themselves cannot be known."""

FEWEST_BEFORE = 3
"""Periods before, from which limits are drawn at all; firm they are from twelve."""


SIDED = (Rule.OUTSIDE_LIMITS, Rule.TWO_OF_THREE, Rule.SEVEN_ON_ONE_SIDE)
"""The rules that say on which side of before a figure lies; a trend says only that something moves."""


class Kept(StrEnum):
    """Whether a share keeps what the law requires, and whether chance may explain that it does not."""

    KEPT = "kept"
    MISSED = "missed"
    CLEARLY_MISSED = "clearly_missed"


class Verdict(StrEnum):
    """What may be said of a change: only the first and the last are more than chance explains."""

    BETTER = "better"
    CHANCE = "chance"
    WORSE = "worse"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Changes of the share from before to after, of the unit itself and of its peers on average.

    estimate: how much more the unit changed than they did. lower, upper: its 95 per cent interval.
    """

    own: float
    peers: float
    estimate: float
    lower: float
    upper: float

    def verdict(self, *, worse: int) -> Verdict:
        """worse: the sign of a change for the worse (`Direction.worse`); 0 tells nothing."""
        return _verdict(better=-worse * self.lower, other=-worse * self.upper)


@dataclass(frozen=True, kw_only=True)
class Movement:
    """The periods after, beside the limits that those before set.

    beyond_lower, beyond_upper: how many of those after lie outside. sign: −1 or +1 where the periods after
    break a rule of the process towards that side and never towards the other, else 0.
    """

    mean_before: float
    lower: float
    upper: float
    mean_after: float
    after: int
    beyond_lower: int
    beyond_upper: int
    sign: int
    is_firm: bool

    def verdict(self, *, worse: int) -> Verdict:
        return _verdict(better=-worse * self.sign, other=-worse * self.sign)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A period's share beside what is required. bound: the end of Wilson's interval nearest to that."""

    share: float
    bound: float
    kept: Kept


def hold(*, numerator: int, denominator: int, required: float, worse: int) -> Held:
    """Hold one period against what the law requires, as the flag's rule does.

    required: the share, 0 to 1. worse: the sign of a change for the worse, −1 or +1.
    Raises ValueError on an empty denominator, on more persons than there are, and on a neutral measure.
    """
    if not worse:
        raise ValueError("of a neutral measure nothing is required")
    interval = wilson(successes=numerator, trials=denominator)
    share, bound = numerator / denominator, interval.upper if worse < 0 else interval.lower
    if worse * (share - required) <= 0:
        kept = Kept.KEPT
    else:
        kept = Kept.CLEARLY_MISSED if worse * (bound - required) > 0 else Kept.MISSED
    return Held(share=share, bound=bound, kept=kept)


def difference_in_differences(*, numerator: ArrayLike, denominator: ArrayLike) -> Difference:
    """How much more the first unit's share changed than that of the others, its peers.

    numerator, denominator: persons, of shape (1 + peers, 2): before and after. At least three peers.
    The interval holds three things apart: chance in the unit's own counts, how much jobcentres that nobody
    intervened in drift apart all the same, and how well few peers tell their average. Student's t with
    peers − 1 degrees of freedom, since what is uncertain is known from the peers alone.
    Raises ValueError on other shapes, on empty denominators, and on more persons than there are.
    Source: Donald and Lang, Review of Economics and Statistics 89 (2007), 221–233.
    """
    counted = np.asarray(numerator, dtype=np.float64)
    base = np.asarray(denominator, dtype=np.float64)
    if counted.shape != base.shape or counted.ndim != 2 or counted.shape[1] != 2:
        raise ValueError("numerator and denominator must both have the shape (units, 2)")
    if len(counted) < 1 + FEWEST_PEERS:
        raise ValueError(f"at least {FEWEST_PEERS} peers are needed")
    if not ((base > 0) & (counted >= 0) & (counted <= base)).all():
        raise ValueError("numerators must lie between 0 and their denominators, which are above 0")
    share = counted / base
    change = share[:, 1] - share[:, 0]
    chance = _chance(counted, base)
    peers = change[1:]
    drift = max(0.0, float(peers.var(ddof=1) - chance[1:].mean()))
    variance = chance[0] + drift + (chance[1:].mean() + drift) / peers.size
    reach = float(stdtrit(peers.size - 1, 0.975)) * sqrt(variance)
    estimate = float(change[0] - peers.mean())
    return Difference(
        own=float(change[0]),
        peers=float(peers.mean()),
        estimate=estimate,
        lower=estimate - reach,
        upper=estimate + reach,
    )


def movement(values: ArrayLike, *, before: int) -> Movement:
    """Hold the periods after an intervention against the limits of the `before` first ones.

    values: one figure for each period, in order, shape (periods,); at least three before and one after.
    Raises ValueError on fewer.
    """
    series = per_unit(values, name="values")
    if before < FEWEST_BEFORE or before >= series.size:
        raise ValueError(f"at least {FEWEST_BEFORE} periods before and one after are needed")
    limits = process(series, baseline=before)
    after, side = series[before:], limits.side[before:]
    outside = limits.hits[Rule.OUTSIDE_LIMITS][before:]
    broken = np.any([limits.hits[rule][before:] for rule in SIDED], axis=0)
    sides = set(side[broken].tolist()) - {0.0}
    return Movement(
        mean_before=limits.mean,
        lower=limits.lower,
        upper=limits.upper,
        mean_after=float(after.mean()),
        after=after.size,
        beyond_lower=int((outside & (side < 0)).sum()),
        beyond_upper=int((outside & (side > 0)).sum()),
        sign=int(sides.pop()) if len(sides) == 1 else 0,
        is_firm=before >= FIRM,
    )


def _chance(counted: FloatArray, base: FloatArray) -> FloatArray:
    """Variance of each change by chance in its counts; with half a person more, so that none varies too."""
    share = (counted + 0.5) / (base + 1)
    variance: FloatArray = (share * (1 - share) / base).sum(axis=1)
    return variance


def _verdict(*, better: float, other: float) -> Verdict:
    if better > 0 and other > 0:
        return Verdict.BETTER
    if better < 0 and other < 0:
        return Verdict.WORSE
    return Verdict.CHANCE

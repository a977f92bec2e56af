"""Fictional jobcentre results: for the demonstration, and for trying the rules on something known.

Every figure made here is invented. The generator knows nothing of how results are compared or
flagged, and imports neither: what a rule finds in these figures, it has found by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

TYPICAL_SHARE = 0.35
"""Share of ended benefit spells that lead to a job where all conditions are average."""

WEAKEST_EFFECT, STRONGEST_EFFECT = 0.05, 0.15
"""How much one standard deviation of a framework condition can move the log-odds of a job."""

COMMON_SWING = 0.05
"""Standard deviation, in log-odds, of what a period does to every jobcentre alike."""

LASTING_DIFFERENCE = 0.02
PASSING_DIFFERENCE = 0.03
"""Standard deviations, in log-odds, of what sets one jobcentre apart: for good, and for one period.

Together they give the mild over-dispersion that real results have: jobcentres differ a little more
than chance alone would let them, for reasons no list of conditions holds. What lasts is so small that
in a hundred jobcentres hardly one reaches 4 % less for it: nothing anybody would call a problem.
"""


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A problem put into the fictional results on purpose.

    unit: row of the jobcentre. start: first period it shows in, counted from 0.
    size: relative change of the share, above −1; −0.25 is a quarter below what it would have been.
    duration: periods it lasts; None: to the end.
    """

    unit: int
    start: int
    size: float
    duration: int | None = None

    @property
    def span(self) -> slice:
        return slice(self.start, None if self.duration is None else self.start + self.duration)


@dataclass(frozen=True, kw_only=True, eq=False)
class FictionalResults:
    """Of `denominator` ended benefit spells, `numerator` led to a job. Both of shape (units, periods)."""

    numerator: IntArray
    denominator: IntArray


def fictional_results(
    *,
    seed: int,
    sizes: ArrayLike,
    conditions: ArrayLike,
    periods: int,
    planted: Sequence[Planted] = (),
) -> FictionalResults:
    """Invent results for some jobcentres over some periods that do not overlap.

    seed: not negative; the same seed gives the same figures, bit for bit, with the same numpy.
    sizes: spells that usually end in a period, shape (units,), positive.
    conditions: framework conditions, shape (units, conditions). Give skewed ones (population) as
    logarithms. How much each matters, and which way, is drawn from the seed.
    planted: problems to put in. Nothing changes but the planted jobcentres while their problem lasts.
    Raises ValueError on arrays that do not fit together and on a problem planted outside them.
    """
    usual = np.asarray(sizes, dtype=np.float64)
    framework = np.asarray(conditions, dtype=np.float64)
    if usual.ndim != 1 or framework.ndim != 2 or len(usual) != len(framework):
        raise ValueError("sizes must have the shape (units,), and conditions (units, conditions)")
    if not (np.isfinite(framework).all() and np.isfinite(usual).all() and (usual > 0).all()):
        raise ValueError("every size must be positive, and every condition a number")
    units = len(usual)
    change = _planted_change(planted, units=units, periods=periods)

    everyone = np.random.default_rng([seed, 0])
    effects = _effects(everyone, conditions=framework.shape[1])
    swing = everyone.normal(0, COMMON_SWING, size=periods)
    from_conditions = _log_odds(TYPICAL_SHARE) + _standardised(framework) @ effects

    numerator = np.empty((units, periods), dtype=np.int64)
    denominator = np.empty((units, periods), dtype=np.int64)
    for unit in range(units):
        # Each jobcentre draws from a stream of its own, so a problem planted in one leaves the others alone.
        own = np.random.default_rng([seed, 1 + unit])
        apart = own.normal(0, LASTING_DIFFERENCE) + own.normal(0, PASSING_DIFFERENCE, size=periods)
        share = _share(from_conditions[unit] + swing + apart) * change[unit]
        denominator[unit] = own.poisson(usual[unit], size=periods)
        numerator[unit] = own.binomial(denominator[unit], np.minimum(share, 1.0))
    return FictionalResults(numerator=numerator, denominator=denominator)


def _planted_change(planted: Sequence[Planted], *, units: int, periods: int) -> FloatArray:
    """What the planted problems multiply each share by: 1 where there is none; shape (units, periods)."""
    change = np.ones((units, periods))
    for problem in planted:
        if not (0 <= problem.unit < units and 0 <= problem.start < periods and problem.size > -1):
            raise ValueError(f"{problem} lies outside {units} units and {periods} periods, or below −1")
        change[problem.unit, problem.span] *= 1 + problem.size
    return change


def _effects(rng: np.random.Generator, *, conditions: int) -> FloatArray:
    """Log-odds per standard deviation of each condition, shape (conditions,)."""
    strength = rng.uniform(WEAKEST_EFFECT, STRONGEST_EFFECT, size=conditions)
    return np.where(rng.random(conditions) < 0.5, -strength, strength)


def _standardised(conditions: FloatArray) -> FloatArray:
    """Each column with mean 0 and standard deviation 1; a column that never varies becomes 0."""
    centre: FloatArray = conditions.mean(axis=0)
    spread: FloatArray = conditions.std(axis=0)
    return (conditions - centre) / np.where(np.ptp(conditions, axis=0) > 0, spread, 1.0)


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _share(log_odds: FloatArray) -> FloatArray:
    return 1 / (1 + np.exp(-log_odds))

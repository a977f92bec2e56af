"""The funnel: how far each unit lies from what was expected, measured against chance.

A small unit strays further by chance than a large one, so figures are never compared as they stand.
Each is turned into a difference on a scale where chance has a known size, and divided by that size:

    a share               Y = arcsin √(r/n)   T = arcsin √θ   s = 1 / (2√n)
    actual over expected  Y = √(O/E)          T = 1           s = √(1 − E/n) / (2√E)
    both                  z = (Y − T) / s     z_od = (Y − T) / √(s² + τ²)

τ² is over-dispersion: units differ by more than chance, for many small reasons that no framework
condition holds, and a limit that ignored it would call the ordinary remarkable.

Why √(O/E), as the Care Quality Commission has it, and not ln(O/E), as the NHS mortality indicator has:
the root is defined when nobody reached the result (O = 0), and its chance variation hardly depends on
what is expected. Theirs are counts of rare events, which vary as Poisson counts do: s = 1 / (2√E). Ours
are counted out of n persons, and vary less the more of them are expected to reach the result: where a
third are, every score would come out a fifth too small without √(1 − E/n), and problems would pass for
chance. Where nearly all reach it (a deadline kept), score the share on the arcsine scale, with each unit's
expected share as θ.

Source: Spiegelhalter, Statistics in Medicine 24 (2005), 1185–1202; formulas as in FunnelPlotR (NHS-R
Community).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from regions.comparison.arrays import BoolArray, FloatArray, IntArray, per_unit, per_units

ALERT = 1.959964
"""Half-width, in standard errors, of the limits that hold 95 % of chance results."""

ALARM = 3.090232
"""The same for 99.8 %."""

FEWEST_UNITS = 10
"""With fewer units, over-dispersion cannot be told from chance and is taken to be none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scores:
    """How far each unit lies from expected, on the transformed scale. All of shape (…, units).

    difference: Y − T, positive above expected. standard_error: s, what chance alone makes of it. Both are NaN
    for a unit of which nothing is said.
    """

    difference: FloatArray
    standard_error: FloatArray

    @property
    def z(self) -> FloatArray:
        return self.difference / self.standard_error

    def z_od(self, *, tau2: ArrayLike) -> FloatArray:
        """The scores left when units are allowed to differ by τ² beyond chance. tau2: shape (…)."""
        beyond = np.asarray(tau2, dtype=np.float64)[..., np.newaxis]
        return self.difference / np.sqrt(self.standard_error**2 + beyond)

    def of(self, units: BoolArray) -> "Scores":
        """The same of these units alone; of the others nothing is said."""
        return Scores(
            difference=np.where(units, self.difference, np.nan),
            standard_error=np.where(units, self.standard_error, np.nan),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Overdispersion:
    """phi: φ, the mean squared winsorised score. tau2: τ², the variance between units beyond chance, ≥ 0.
    Both of shape (…).

    Pulled in at both ends, the scores of many units that differ by chance alone have φ near 0.68, not 1 (trim
    0.1). So τ² errs towards 0, and z_od towards saying too much, which the flag rule makes up for by asking
    for more than one period.
    """

    phi: FloatArray
    tau2: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Limits:
    """Lower and upper control limits, of the shape of the sizes they were asked for."""

    lower: FloatArray
    upper: FloatArray


def proportion_scores(
    *, numerator: ArrayLike, denominator: ArrayLike, expected_share: ArrayLike | None = None
) -> Scores:
    """Score shares on the arcsine scale.

    numerator, denominator: persons, shape (units,), 0 ≤ numerator ≤ denominator, denominator > 0.
    expected_share: θ, in [0, 1], shape (units,); without it, every unit is held against the share of
    all units together.
    Raises ValueError on anything else.
    """
    n = per_unit(denominator, name="denominator")
    r = per_unit(numerator, name="numerator", units=n.size)
    if (n <= 0).any() or (r < 0).any() or (r > n).any():
        raise ValueError("each numerator must lie between 0 and its denominator, which is above 0")
    if expected_share is None:
        theta = np.full(n.size, r.sum() / n.sum())
    else:
        theta = per_unit(expected_share, name="expected_share", units=n.size)
    return Scores(difference=_angle(r / n) - _angle(theta), standard_error=1 / (2 * np.sqrt(n)))


def ratio_scores(
    *,
    observed: ArrayLike,
    expected: ArrayLike,
    base: ArrayLike | None = None,
    leverage: ArrayLike | None = None,
) -> Scores:
    """Score actual over expected on the square-root scale.

    observed, expected: counts, shape (…, units), observed ≥ 0, expected > 0 (it need not be whole).
    base: the persons they are counted out of, above expected, of the same shape; without it, O is taken for a
    Poisson count.
    leverage: where expected was fitted to the other units, how unlike them this one is, in [0, 1), of the
    same shape (`ExpectedShares.leverage`). What was fitted is itself uncertain, and the variance of the
    difference grows by 1 / (1 − leverage): a score only comes nearer to 0.
    Raises ValueError on anything else.
    """
    e = per_units(expected, name="expected")
    o = per_units(observed, name="observed", shape=e.shape)
    share = np.zeros(e.shape) if base is None else e / per_units(base, name="base", shape=e.shape)
    h = np.zeros(e.shape) if leverage is None else per_units(leverage, name="leverage", shape=e.shape)
    if (o < 0).any() or (e <= 0).any() or (share < 0).any() or (share >= 1).any():
        raise ValueError("observed must be at least 0, expected above 0, and base above expected")
    if (h < 0).any() or (h >= 1).any():
        raise ValueError("leverage must be at least 0, and below 1")
    return Scores(
        difference=np.sqrt(o / e) - 1,
        standard_error=np.sqrt((1 - share) / (4 * e * (1 - h))),
    )


def overdispersion(scores: Scores, *, trim: float = 0.1) -> Overdispersion:
    """Variance between units beyond chance, by DerSimonian and Laird on winsorised scores.

    trim: the share of units at each end whose score is pulled in to the quantile there, so that the few
    units the funnel is to find do not widen it for themselves; 0 ≤ trim < 0.5.
    τ² is 0 with fewer than ten units, and where units differ no more than chance lets them. Units of which
    nothing is said have no part in it.
    Raises ValueError on another trim.
    """
    if not 0 <= trim < 0.5:
        raise ValueError("trim must be at least 0 and below one half")
    z = scores.z
    units = np.count_nonzero(np.isfinite(z), axis=-1)
    lowest, highest = _quantiles(z, [trim, 1 - trim], units=units)
    pulled_in = np.clip(z, lowest[..., np.newaxis], highest[..., np.newaxis])
    phi = np.nansum(pulled_in**2, axis=-1) / np.maximum(units, 1)
    excess = units * phi - (units - 1)
    weight = np.nan_to_num(scores.standard_error**-2)
    total = weight.sum(axis=-1)
    is_beyond = np.asarray((units >= FEWEST_UNITS) & (excess > 0))
    spread = np.where(is_beyond, total - (weight**2).sum(axis=-1) / np.where(is_beyond, total, 1), 1)
    return Overdispersion(phi=phi, tau2=np.where(is_beyond, excess / spread, 0.0))


def _quantiles(values: FloatArray, shares: Sequence[float], *, units: IntArray) -> list[FloatArray]:
    """Quantiles over the last dimension, NaN left out, as `numpy.quantile` draws its line between two values.

    units: how many are left, shape (…). For each share an array of that shape, NaN where none is left.
    """
    ordered = np.sort(values, axis=-1)  # NaN comes last

    def at(place: IntArray) -> FloatArray:
        return np.take_along_axis(ordered, np.asarray(place)[..., np.newaxis], axis=-1)[..., 0]

    found = []
    last = np.maximum(units - 1, 0)
    for share in shares:
        place = share * last
        below = np.floor(place).astype(np.int64)
        lower, upper = at(below), at(np.minimum(below + 1, last))
        found.append(lower + (upper - lower) * (place - below))
    return found


def proportion_limits(*, denominator: ArrayLike, centre: float, width: float, tau2: float = 0.0) -> Limits:
    """Limits for a share among `denominator` persons, any shape, all above 0; always within [0, 1].

    centre: θ, in [0, 1]. width: ALERT or ALARM. A score lies beyond ±width exactly where the share lies
    beyond its limit (or the limit has reached 0 or 1).
    Raises ValueError on a size or centre that cannot be.
    """
    n = _sizes(denominator, name="denominator")
    if not 0 <= centre <= 1:
        raise ValueError("centre must be a share")
    middle = float(_angle(np.float64(centre)))
    reach = width * np.sqrt(1 / (4 * n) + tau2)
    # The angle is clamped, not the share: sin² turns round at 0 and π/2, and would come back inside.
    return Limits(
        lower=np.sin(np.clip(middle - reach, 0, np.pi / 2)) ** 2,
        upper=np.sin(np.clip(middle + reach, 0, np.pi / 2)) ** 2,
    )


def ratio_limits(*, expected: ArrayLike, width: float, share: float = 0.0, tau2: float = 0.0) -> Limits:
    """Limits for actual over expected where `expected` are expected, any shape, all above 0; never below 0.

    width: ALERT or ALARM. share: expected part of the base, in [0, 1); 0 for Poisson counts. One pair of
    lines for many units is drawn at the share of all of them together: a score lies beyond ±width exactly
    where the ratio lies beyond its limit (or the lower one has reached 0) only for a unit with just that
    share and without leverage, and nearly so for the others. What a unit is called follows its score.
    Raises ValueError on a size or share that cannot be.
    """
    if not 0 <= share < 1:
        raise ValueError("share must be at least 0, and below 1")
    reach = width * np.sqrt((1 - share) / (4 * _sizes(expected, name="expected")) + tau2)
    return Limits(lower=np.maximum(1 - reach, 0) ** 2, upper=(1 + reach) ** 2)


def exact_proportion_limit(*, denominator: ArrayLike, centre: float, tail: float) -> FloatArray:
    """The share that a fraction `tail` of chance results stay below, from the binomial itself.

    Counts come whole, so the quantile is interpolated between two of them, which lets the line run
    smoothly. Without over-dispersion: beside `proportion_limits`, it shows what the transformation costs.
    denominator: persons, whole numbers above 0, any shape. centre: θ, in (0, 1). tail: in (0, 1), such as
    0.001, 0.025, 0.975 or 0.999. Returns shares within [0, 1], of the same shape.
    Raises ValueError on anything else.
    Source: Spiegelhalter 2005, appendix A.1.1.
    """
    sizes = _sizes(denominator, name="denominator")
    if (sizes != np.floor(sizes)).any():
        raise ValueError("denominator must hold whole numbers")
    if not (0 < centre < 1 and 0 < tail < 1):
        raise ValueError("centre and tail must lie between 0 and 1")
    n = sizes.astype(np.int64)
    # The smallest whole r that at least `tail` of results reach; one more, by rounding, gives the same limit.
    r = np.maximum(np.ceil(special.bdtrik(tail, n, centre)), 0)
    reached = special.bdtr(r, n, centre)
    missed = np.where(r > 0, special.bdtr(np.maximum(r - 1, 0), n, centre), 0.0)
    back = (reached - tail) / (reached - missed)
    share: FloatArray = np.clip((r - back) / n, 0, 1)
    return share


def _angle(share: FloatArray | np.float64) -> FloatArray:
    return np.asarray(np.arcsin(np.sqrt(share)), dtype=np.float64)


def _sizes(values: ArrayLike, *, name: str) -> FloatArray:
    sizes = np.asarray(values, dtype=np.float64)
    if not (np.isfinite(sizes).all() and (sizes > 0).all()):
        raise ValueError(f"{name} must be above 0")
    return sizes

"""What to expect of a unit, given the framework conditions it works under.

A line is fitted through the results of all units by weighted least squares, large units counting for
more. But each unit is predicted by the line fitted *without* it: otherwise a unit far off would bend the
line towards itself, and explain its own result away. (Several large units with the same conditions and the
same problem still bend it for each other.)

Framework conditions are what a jobcentre cannot change. They never hold the result or its mirror.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from regions.comparison.arrays import BoolArray, FloatArray, per_units

UNITS_PER_CONDITION = 10
"""Fewer units than this for each condition, and the fit follows chance."""

EXPLAINS_LITTLE = 0.10
"""A weighted R² below this: what is expected is hardly more than the mean of all."""

STRONG_DEPENDENCE = 30.0
"""Condition number from which conditions say the same thing (Belsley, Kuh and Welsch, 1980)."""

_ROUNDING = 1e-10


class Weakness(StrEnum):
    """Why an expected share should be read with care."""

    TOO_FEW_UNITS = "too_few_units"
    POOR_FIT = "poor_fit"
    COLLINEAR = "collinear"


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpectedShares:
    """What was to be expected, and how far the fit behind it can be trusted.

    share: each unit's expected share, predicted without the unit, within [0, 1]; shape (…, units).
    leverage: how much of a unit's prediction would have been itself, had it been in; 0 to 1, shape
    (…, units). A high one means: no other unit is like it, and its expected share is an extrapolation.
    intercept, coefficients: of the fit to all units; share per unit of each condition, shapes (…) and
    (…, conditions).
    r_squared: part of the weighted variance between units that the conditions explain, 0 to 1; shape (…).
    weaknesses: what to warn of, in the order of `Weakness`; shape (…, 3).
    """

    share: FloatArray
    leverage: FloatArray
    intercept: FloatArray
    coefficients: FloatArray
    r_squared: FloatArray
    weaknesses: BoolArray

    @property
    def weak(self) -> tuple[Weakness, ...]:
        """What to warn of in a single fit; empty when there is nothing."""
        return named(self.weaknesses)


def named(weaknesses: BoolArray) -> tuple[Weakness, ...]:
    """Those that hold. weaknesses: of one fit, shape (3,)."""
    return tuple(weakness for weakness, holds in zip(Weakness, weaknesses, strict=True) if holds)


def expected_shares(*, numerator: ArrayLike, denominator: ArrayLike, conditions: ArrayLike) -> ExpectedShares:
    """Fit shares to framework conditions, and predict each unit from the others.

    numerator, denominator: persons, shape (…, units), 0 ≤ numerator ≤ denominator. A unit with denominator 0
    has no share: it gets an expected one, and has no part in anybody else's. Leading dimensions are fits that
    have nothing to do with each other.
    conditions: shape (…, units, conditions), or (units, conditions) for all fits, in any scale; skewed ones
    (population) as logarithms.
    Raises ValueError on arrays that do not fit together, or with fewer than two units that have a share.
    Source: the ministry's expected shares (VIVE; Jobindsats y30r21) are estimated from persons; this is
    their counterpart for figures per unit. Leaving one out: Allen, Technometrics 16 (1974), 125–127.
    """
    weight = per_units(denominator, name="denominator")
    counted = per_units(numerator, name="numerator", shape=weight.shape)
    framework = np.asarray(conditions, dtype=np.float64)
    if framework.ndim < 2 or framework.shape[-2] != weight.shape[-1] or not np.isfinite(framework).all():
        raise ValueError("conditions must hold one number per unit and condition")
    if (counted < 0).any() or (counted > weight).any():
        raise ValueError("each numerator must lie between 0 and its denominator")
    if (np.count_nonzero(weight, axis=-1) < 2).any():
        raise ValueError("at least two units must have a share: one has nobody to be compared with")
    units = _Units(
        share=np.divide(counted, weight, out=np.zeros_like(counted), where=weight > 0),
        weight=weight,
        conditions=np.broadcast_to(framework, (*weight.shape, framework.shape[-1])),
    )

    line = _fit(units)
    r_squared = _r_squared(line, units)
    return ExpectedShares(
        share=np.clip(_each_without_itself(line, units), 0, 1),
        leverage=line.leverage,
        intercept=line.intercept,
        coefficients=line.coefficients,
        r_squared=r_squared,
        weaknesses=_weaknesses(line, units, r_squared=r_squared),
    )


@dataclass(frozen=True, eq=False)
class _Units:
    """What lines are fitted to: share and weight of shape (…, units), conditions (…, units, conditions)."""

    share: FloatArray
    weight: FloatArray
    conditions: FloatArray

    def without(self, fit: tuple[int, ...], unit: int) -> "_Units":
        """The other units of one of the fits."""
        others = np.arange(self.share.shape[-1]) != unit
        return _Units(self.share[fit][others], self.weight[fit][others], self.conditions[fit][others])


@dataclass(frozen=True, kw_only=True, eq=False)
class _Line:
    """intercept, condition_number: shape (…); coefficients (…, conditions); leverage (…, units)."""

    intercept: FloatArray
    coefficients: FloatArray
    leverage: FloatArray
    condition_number: FloatArray

    def at(self, conditions: FloatArray) -> FloatArray:
        """conditions: shape (…, places, conditions); the line there, shape (…, places)."""
        along: FloatArray = np.matvec(conditions, self.coefficients)
        return self.intercept[..., np.newaxis] + along


def _fit(units: _Units) -> _Line:
    """Weighted least squares by singular values.

    Conditions are centred and scaled first, so their units do not matter. One that never varies, or only
    repeats the others, has no effect of its own and is given none, instead of an arbitrary one.
    """
    weight = units.weight / units.weight.sum(axis=-1, keepdims=True)
    middle = np.vecdot(weight, units.share)
    centre = np.vecmat(weight, units.conditions)
    apart = units.conditions - centre[..., np.newaxis, :]
    spread = np.sqrt(np.vecmat(weight, apart**2))
    varies = spread > _ROUNDING * np.abs(units.conditions).max(axis=-2)
    scale = np.where(varies, spread, 1.0)
    standardised = np.where(varies[..., np.newaxis, :], apart / scale[..., np.newaxis, :], 0.0)

    root = np.sqrt(weight)
    left, singular, right = np.linalg.svd(root[..., np.newaxis] * standardised, full_matrices=False)
    speaks = singular > _ROUNDING
    left = np.where(speaks[..., np.newaxis, :], left, 0.0)
    reached = np.vecmat(root * (units.share - middle[..., np.newaxis]), left)
    steps = np.divide(reached, singular, out=np.zeros_like(reached), where=speaks)
    coefficients = np.vecmat(steps, right) / scale
    return _Line(
        intercept=np.asarray(middle - np.vecdot(centre, coefficients)),
        coefficients=coefficients,
        leverage=weight + (left**2).sum(axis=-1),
        condition_number=_condition_number(singular, speaks, conditions=centre.shape[-1]),
    )


def _condition_number(singular: FloatArray, speaks: BoolArray, *, conditions: int) -> FloatArray:
    """1 where conditions have nothing in common, infinite where one only repeats the others."""
    if not conditions:
        return np.ones(singular.shape[:-1])
    all_speak = np.count_nonzero(speaks, axis=-1) == conditions
    smallest = np.where(all_speak, singular.min(axis=-1), 1.0)
    return np.where(all_speak, singular.max(axis=-1) / smallest, np.inf)


def _each_without_itself(line: _Line, units: _Units) -> FloatArray:
    """Predictions of all the lines that leave one unit out, had from the one line fitted to all.

    With leverage h, taking unit j out moves its prediction from ŷ to (ŷ − h·y) / (1 − h).
    """
    decides_itself = line.leverage > 1 - _ROUNDING
    rest = np.where(decides_itself, 1.0, 1 - line.leverage)
    predicted = (line.at(units.conditions) - line.leverage * units.share) / rest
    # A unit that alone shows what some condition does leaves 0/0 here. Fitted without it, the others
    # know nothing of that condition, and it counts for nothing.
    for *place, unit in np.argwhere(decides_itself).tolist():
        fit = tuple(place)
        alone = units.conditions[fit][unit : unit + 1]
        predicted[(*fit, unit)] = _fit(units.without(fit, unit)).at(alone)[0]
    return predicted


def _r_squared(line: _Line, units: _Units) -> FloatArray:
    missed = np.vecdot(units.weight, (units.share - line.at(units.conditions)) ** 2)
    middle = np.vecdot(units.weight, units.share) / units.weight.sum(axis=-1)
    varied = np.vecdot(units.weight, (units.share - middle[..., np.newaxis]) ** 2)
    explained = 1 - np.divide(missed, varied, out=np.ones_like(varied), where=varied > 0)
    return np.asarray(np.clip(explained, 0, 1), dtype=np.float64)


def _weaknesses(line: _Line, units: _Units, *, r_squared: FloatArray) -> BoolArray:
    counted, conditions = np.count_nonzero(units.weight, axis=-1), units.conditions.shape[-1]
    held = {
        Weakness.TOO_FEW_UNITS: counted < UNITS_PER_CONDITION * conditions,
        Weakness.POOR_FIT: r_squared < EXPLAINS_LITTLE,
        Weakness.COLLINEAR: line.condition_number > STRONG_DEPENDENCE,
    }
    return np.stack([np.asarray(held[weakness]) for weakness in Weakness], axis=-1)

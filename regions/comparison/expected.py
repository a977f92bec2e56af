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

from regions.comparison.arrays import FloatArray, per_unit

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

    share: each unit's expected share, predicted without the unit, within [0, 1]; shape (units,).
    leverage: how much of a unit's prediction would have been itself, had it been in; 0 to 1, shape
    (units,). A high one means: no other unit is like it, and its expected share is an extrapolation.
    intercept, coefficients: of the fit to all units; share per unit of each condition, shape (conditions,).
    r_squared: part of the weighted variance between units that the conditions explain, 0 to 1.
    weak: what to warn of; empty when there is nothing.
    """

    share: FloatArray
    leverage: FloatArray
    intercept: float
    coefficients: FloatArray
    r_squared: float
    weak: tuple[Weakness, ...]


def expected_shares(*, numerator: ArrayLike, denominator: ArrayLike, conditions: ArrayLike) -> ExpectedShares:
    """Fit shares to framework conditions, and predict each unit from the others.

    numerator, denominator: persons, shape (units,), 0 ≤ numerator ≤ denominator. A unit with denominator 0
    has no share: it gets an expected one, and has no part in anybody else's.
    conditions: shape (units, conditions), in any scale; skewed ones (population) as logarithms.
    Raises ValueError on arrays that do not fit together, or with fewer than two units that have a share.
    Source: the ministry's expected shares (VIVE; Jobindsats y30r21) are estimated from persons; this is
    their counterpart for figures per unit. Leaving one out: Allen, Technometrics 16 (1974), 125–127.
    """
    weight = per_unit(denominator, name="denominator")
    counted = per_unit(numerator, name="numerator", units=weight.size)
    framework = np.asarray(conditions, dtype=np.float64)
    if framework.ndim != 2 or len(framework) != weight.size or not np.isfinite(framework).all():
        raise ValueError("conditions must hold one number per unit and condition")
    if (counted < 0).any() or (counted > weight).any():
        raise ValueError("each numerator must lie between 0 and its denominator")
    if np.count_nonzero(weight) < 2:
        raise ValueError("at least two units must have a share: one has nobody to be compared with")
    units = _Units(
        share=np.divide(counted, weight, out=np.zeros_like(counted), where=weight > 0),
        weight=weight,
        conditions=framework,
    )

    line = _fit(units)
    r_squared = _r_squared(line, units)
    return ExpectedShares(
        share=np.clip(_each_without_itself(line, units), 0, 1),
        leverage=line.leverage,
        intercept=line.intercept,
        coefficients=line.coefficients,
        r_squared=r_squared,
        weak=_weaknesses(line, units, r_squared=r_squared),
    )


@dataclass(frozen=True, eq=False)
class _Units:
    """What a line is fitted to: share and weight of shape (units,), conditions (units, conditions)."""

    share: FloatArray
    weight: FloatArray
    conditions: FloatArray

    def without(self, unit: int) -> "_Units":
        others = np.arange(self.share.size) != unit
        return _Units(self.share[others], self.weight[others], self.conditions[others])


@dataclass(frozen=True, kw_only=True, eq=False)
class _Line:
    intercept: float
    coefficients: FloatArray
    leverage: FloatArray
    condition_number: float

    def at(self, conditions: FloatArray) -> FloatArray:
        return self.intercept + conditions @ self.coefficients


def _fit(units: _Units) -> _Line:
    """Weighted least squares by singular values.

    Conditions are centred and scaled first, so their units do not matter. One that never varies, or only
    repeats the others, has no effect of its own and is given none, instead of an arbitrary one.
    """
    weight = units.weight / units.weight.sum()
    middle = float(weight @ units.share)
    centre = weight @ units.conditions
    spread = np.sqrt(weight @ (units.conditions - centre) ** 2)
    varies = spread > _ROUNDING * np.abs(units.conditions).max(axis=0)
    scale = np.where(varies, spread, 1.0)
    standardised = np.where(varies, (units.conditions - centre) / scale, 0.0)

    root = np.sqrt(weight)
    left, singular, right = np.linalg.svd(root[:, np.newaxis] * standardised, full_matrices=False)
    speaks = singular > _ROUNDING
    left, right = left[:, speaks], right[speaks]
    slopes = right.T @ (left.T @ (root * (units.share - middle)) / singular[speaks])
    coefficients = slopes / scale
    return _Line(
        intercept=middle - float(centre @ coefficients),
        coefficients=coefficients,
        leverage=weight + (left**2).sum(axis=1),
        condition_number=_condition_number(singular[speaks], conditions=centre.size),
    )


def _condition_number(singular: FloatArray, *, conditions: int) -> float:
    """1 where conditions have nothing in common, infinite where one only repeats the others."""
    if singular.size < conditions:
        return np.inf
    return float(singular.max() / singular.min()) if conditions else 1.0


def _each_without_itself(line: _Line, units: _Units) -> FloatArray:
    """Predictions of all the lines that leave one unit out, had from the one line fitted to all.

    With leverage h, taking unit j out moves its prediction from ŷ to (ŷ − h·y) / (1 − h).
    """
    decides_itself = line.leverage > 1 - _ROUNDING
    rest = np.where(decides_itself, 1.0, 1 - line.leverage)
    predicted = (line.at(units.conditions) - line.leverage * units.share) / rest
    # A unit that alone shows what some condition does leaves 0/0 here. Fitted without it, the others
    # know nothing of that condition, and it counts for nothing.
    for unit in np.flatnonzero(decides_itself).tolist():
        predicted[unit] = _fit(units.without(unit)).at(units.conditions[unit])
    return predicted


def _r_squared(line: _Line, units: _Units) -> float:
    missed = units.weight @ (units.share - line.at(units.conditions)) ** 2
    middle = np.average(units.share, weights=units.weight)
    varied = units.weight @ (units.share - middle) ** 2
    return float(np.clip(1 - missed / varied, 0, 1)) if varied > 0 else 0.0


def _weaknesses(line: _Line, units: _Units, *, r_squared: float) -> tuple[Weakness, ...]:
    counted, conditions = np.count_nonzero(units.weight), units.conditions.shape[1]
    held = {
        Weakness.TOO_FEW_UNITS: counted < UNITS_PER_CONDITION * conditions,
        Weakness.POOR_FIT: r_squared < EXPLAINS_LITTLE,
        Weakness.COLLINEAR: line.condition_number > STRONG_DEPENDENCE,
    }
    return tuple(weakness for weakness, holds in held.items() if holds)

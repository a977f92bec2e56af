"""Places with people to spare beside places that look for them, and how far apart they are. Pure.

A place has people to spare of an occupation where more are unemployed than positions are open, and employers
do not say there that they look for people with nobody unemployed. Each is set beside the nearest place with
open positions. How many of them can be expected to go there falls with the distance d as commuting does,

    weight = people to spare / (1 + (d / half_distance)^exponent)

so that twenty 12 km off come before thirty 40 km off. Where the two figures are from: docs/catchments.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.figures.rolling_up import IntArray

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

LACKING = (Balance.SHORTAGE, Balance.PROBLEMS)
"""Where nobody is to spare, whatever is counted. In a paradox there are people, with other skills."""

WITHIN_KM = 60.0
"""Farther off nobody is looked for: as the crow flies, an hour's drive or more."""


@dataclass(frozen=True)
class Beside:
    """People to spare in the one place, `km` from the other, which has open positions. By their numbers."""

    surplus: int
    short: int
    km: float


def has_to_spare(category: str, *, unemployed: int | None, positions: int | None, least: int) -> bool:
    """Whether an occupation has people to spare: at least so many unemployed, and more than positions.

    None: not known, of which nothing is claimed.
    """
    if unemployed is None or category in LACKING:
        return False
    return unemployed >= least and unemployed > (positions or 0)


def nearest_with_positions(
    *,
    to_spare: IntArray,
    looks: BoolArray,
    km: FloatArray,
    half_distance: float,
    exponent: float,
    within: float = WITHIN_KM,
) -> list[Beside]:
    """Each place with people to spare and the nearest that looks for them, the greatest weight first.

    to_spare: persons, shape (places,); 0 where there are none. looks: whether the place has open positions
    that are hard to fill, same shape. km: distances, shape (places, places), 0 to oneself. A place is never
    set beside itself. Of equals the first in the order of the places.
    Raises ValueError on other shapes, and where the half distance or the exponent is not positive.
    """
    if to_spare.shape != looks.shape or km.shape != (to_spare.size, to_spare.size):
        raise ValueError("km must have the shape (places, places), the others (places,)")
    if not (half_distance > 0 and exponent > 0):
        raise ValueError("half_distance and exponent must be positive")
    if not looks.any():
        return []
    away = np.where(looks, km, np.inf)
    np.fill_diagonal(away, np.inf)
    nearest = away.argmin(axis=1)
    distance = away.min(axis=1)
    found = np.flatnonzero((to_spare > 0) & (distance <= within))
    weight = to_spare[found] / (1 + (distance[found] / half_distance) ** exponent)
    order = found[np.argsort(-weight, kind="stable")]
    return [Beside(int(one), int(nearest[one]), float(distance[one])) for one in order]

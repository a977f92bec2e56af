"""Commuting estimated from distance and size, where no commuting matrix is at hand. Pure."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the ellipsoid (IUGG); a distance within Denmark is right to 0.5 per cent."""


def great_circle(places: FloatArray) -> FloatArray:
    """Distances in km between all places, by the haversine formula; shape (places, places).

    places: latitude and longitude in degrees, shape (places, 2). Raises ValueError on another shape
    and on a latitude beyond ±90.
    """
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError("places must have the shape (places, 2)")
    if not (np.abs(places[:, 0]) <= 90).all():
        raise ValueError("a latitude lies between −90 and 90 degrees")
    latitude, longitude = np.radians(places).T
    half_north = np.sin((latitude[:, None] - latitude) / 2) ** 2
    half_east = np.sin((longitude[:, None] - longitude) / 2) ** 2
    chord = half_north + np.cos(latitude[:, None]) * np.cos(latitude) * half_east
    distances: FloatArray = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return distances


def out_shares(
    distance: FloatArray, size: FloatArray, *, half_distance: float, exponent: float
) -> FloatArray:
    """The share of each place's employed residents who work in each place; shape (places, places).

    distance: in km, shape (places, places). size: what attracts, here the population, shape (places,).
    Of the residents of i, the share that works in j is

        s(i, j) = size(j) · f(d(i, j)) / Σ_k size(k) · f(d(i, k))
        f(d) = 1 / (1 + (d / half_distance)^exponent)

    An origin-constrained gravity model: everybody works somewhere, so each row is 1. f is 1 at home and ½ at
    half_distance, so that a place's distance from itself (0) needs no rule of its own. Why these figures:
    docs/catchments.md.
    Source: Wilson, Entropy in Urban and Regional Modelling (1970).
    Raises ValueError on other shapes, on a negative distance, and where a size, the half distance or the
    exponent is not positive.
    """
    if distance.shape != (size.size, size.size) or size.ndim != 1:
        raise ValueError("distance must have the shape (places, places), and size (places,)")
    if not ((distance >= 0).all() and (size > 0).all()):
        raise ValueError("no distance may be negative, and every size must be positive")
    if not (half_distance > 0 and exponent > 0):
        raise ValueError("half_distance and exponent must be positive")
    pull = size / (1 + (distance / half_distance) ** exponent)
    shares: FloatArray = pull / pull.sum(axis=1, keepdims=True)
    return shares

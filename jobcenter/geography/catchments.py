"""Labour catchments estimated from distance, where no commuting matrix is at hand. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the ellipsoid (IUGG); a distance within Denmark is right to 0.5 per cent."""


@dataclass(frozen=True)
class Neighbour:
    """Two places by their rows, and how far apart: `place` belongs to the catchment of `centre`."""

    centre: int
    place: int
    kilometres: float


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


def estimated_catchments(places: FloatArray, *, reach_km: float) -> list[Neighbour]:
    """Each place with all that lie within its reach, itself at distance 0 included.

    places: as for `great_circle`. The result is ordered by centre, then by distance.
    Raises ValueError when the reach is not positive.
    """
    if not reach_km > 0:
        raise ValueError("the reach must be positive")
    distances = great_circle(places)
    return [
        Neighbour(centre, int(place), float(distances[centre, place]))
        for centre in range(len(places))
        for place in np.argsort(distances[centre], kind="stable")
        if distances[centre, place] <= reach_km
    ]

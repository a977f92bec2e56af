"""The names and points that a search tells and measures by: reference data, kept for a minute."""

from __future__ import annotations

from django.utils.translation import get_language

from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality, Postcode
from jobcenter.runtime.kept import Kept

DEEPEST = 4
"""So many digits of the classification one can go down to."""

Point = tuple[float, float]
"""Latitude and longitude."""

OCCUPATIONS = Kept[str, dict[str, str]](seconds=60, most=2)
MUNICIPALITIES = Kept[str, dict[str, Municipality]](seconds=60, most=1)
POINTS = Kept[str, dict[str, Point]](seconds=60, most=1)


def occupations() -> dict[str, str]:
    """Titles in the reader's language by code, down to the level one can choose."""
    language = get_language() or "da"
    return OCCUPATIONS.get(language) or OCCUPATIONS.put(
        language, {one.code: one.title for one in Occupation.objects.filter(level__lte=DEEPEST)}
    )


def municipalities() -> dict[str, Municipality]:
    """All there have been, by code."""
    return MUNICIPALITIES.get("") or MUNICIPALITIES.put(
        "", {one.code: one for one in Municipality.objects.all()}
    )


def points() -> dict[str, Point]:
    """Where the spots of listings are (see `Listing`): postcodes that have a point, and municipalities."""
    return POINTS.get("") or POINTS.put("", _points())


def _points() -> dict[str, Point]:
    postcodes = Postcode.objects.exclude(latitude=None).values_list("code", "latitude", "longitude")
    found = {code: (latitude or 0.0, longitude or 0.0) for code, latitude, longitude in postcodes}
    for municipality in municipalities().values():
        found[f"k{municipality.code}"] = municipality.latitude, municipality.longitude
    return found

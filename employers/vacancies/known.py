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
MUNICIPALITIES = Kept[str, dict[str, str]](seconds=60, most=1)
POINTS = Kept[str, dict[str, Point]](seconds=60, most=1)


def occupations() -> dict[str, str]:
    """Titles in the reader's language by code, down to the level one can choose."""
    language = get_language() or "da"
    return OCCUPATIONS.get(language) or OCCUPATIONS.put(
        language, {one.code: one.title for one in Occupation.objects.filter(level__lte=DEEPEST)}
    )


def municipalities() -> dict[str, str]:
    """Names by code."""
    return MUNICIPALITIES.get("") or MUNICIPALITIES.put(
        "", dict(Municipality.objects.values_list("code", "name"))
    )


def points() -> dict[str, Point]:
    """Where the spots of listings are (see `Listing`): postcodes that have a point, and municipalities."""
    return POINTS.get("") or POINTS.put("", _points())


def _points() -> dict[str, Point]:
    at = ("code", "latitude", "longitude")
    postcodes = Postcode.objects.exclude(latitude=None).values_list(*at)
    found = {code: (latitude or 0.0, longitude or 0.0) for code, latitude, longitude in postcodes}
    for code, latitude, longitude in Municipality.objects.values_list(*at):
        found[f"k{code}"] = latitude, longitude
    return found

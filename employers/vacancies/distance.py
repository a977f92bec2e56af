"""How far a workplace is from a place, and which place a seeker means."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import asin, cos, degrees, radians, sin, sqrt

from employers.vacancies.known import points
from employers.vacancies.models import Listing
from jobcenter.geography.models import Municipality, Postcode

EARTH_KM = 6371.0088
"""The mean radius of the earth."""


@dataclass(frozen=True)
class Place:
    """A point with a name, to measure from, and the municipality it lies in (its primary key)."""

    name: str
    latitude: float
    longitude: float
    municipality: int


def find_place(text: str, *, on: date) -> Place | None:
    """The place of a postcode, a town or a municipality as people write them: "4600 Køge", "køge".

    A municipality goes before a town of the same name; its centre is then the point. None if unknown.
    """
    digits = re.search(r"\b\d{4}\b", text)
    known = Postcode.objects.valid(on).exclude(latitude=None)
    if digits:
        found = known.filter(code=digits[0]).first()
        return _place(found) if found else None
    name = " ".join(text.split())
    if not name:
        return None
    municipality = Municipality.objects.valid(on).filter(name__iexact=name).first()
    if municipality:
        return Place(municipality.name, municipality.latitude, municipality.longitude, municipality.pk)
    found = known.filter(name__iexact=name).first() or known.filter(name__istartswith=name).first()
    return _place(found) if found else None


def spots_within(place: Place, kilometres: float) -> list[str]:
    """The spots of listings (see `Listing`) that lie so near, in a straight line."""
    north = degrees(kilometres / EARTH_KM)
    return [
        spot
        for spot, (latitude, longitude) in points().items()
        # Most lie too far to the north or south, which is soon seen.
        if abs(latitude - place.latitude) <= north
        and kilometres_between(place, latitude, longitude) <= kilometres
    ]


def kilometres_to(place: Place, listings: Collection[Listing]) -> dict[int, float]:
    """How far some listings are from a place, by primary key.

    A workplace is where its postcode is; where that has no point, where its municipality is.
    """
    known = points()
    return {
        listing.pk: kilometres_between(
            place,
            *known.get(listing.spot, (listing.municipality.latitude, listing.municipality.longitude)),
        )
        for listing in listings
    }


def kilometres_between(place: Place, latitude: float, longitude: float) -> float:
    """Along a great circle, by the haversine formula."""
    here, there = radians(place.latitude), radians(latitude)
    across = sin((there - here) / 2) ** 2
    along = sin(radians(longitude - place.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, across + cos(here) * cos(there) * along)))


def _place(postcode: Postcode) -> Place:
    assert postcode.latitude is not None
    assert postcode.longitude is not None
    return Place(str(postcode), postcode.latitude, postcode.longitude, postcode.municipality_id)

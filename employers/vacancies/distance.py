"""How far a workplace is from a place, and which place a seeker means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Expression, F, FloatField, OuterRef, Subquery, Value
from django.db.models.functions import ASin, Coalesce, Cos, Least, Power, Radians, Sin, Sqrt

from jobcenter.geography.models import Municipality, Postcode

EARTH_KM = 6371.0088
"""The mean radius of the earth."""


@dataclass(frozen=True)
class Place:
    """A point with a name, to measure from."""

    name: str
    latitude: float
    longitude: float


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
        return Place(municipality.name, municipality.latitude, municipality.longitude)
    found = known.filter(name__iexact=name).first() or known.filter(name__istartswith=name).first()
    return _place(found) if found else None


def km_from(place: Place) -> Expression:
    """Kilometres in a straight line from the place to a vacancy's workplace (haversine).

    A workplace is where its postcode is; where that has no point, where its municipality is.
    """
    postcode = Postcode.objects.filter(code=OuterRef("workplace__postcode"))
    latitude = Radians(
        Coalesce(Subquery(postcode.values("latitude")[:1]), F("workplace__municipality__latitude"))
    )
    longitude = Radians(
        Coalesce(Subquery(postcode.values("longitude")[:1]), F("workplace__municipality__longitude"))
    )
    here, there = Radians(Value(place.latitude)), latitude
    across = Power(Sin((there - here) / 2), 2)
    along = Power(Sin((longitude - Radians(Value(place.longitude))) / 2), 2)
    chord = across + Cos(here) * Cos(there) * along
    # Rounding can lift the chord of a point's antipode over 1, which has no arcsine.
    return 2 * EARTH_KM * ASin(Sqrt(Least(chord, Value(1.0))), output_field=FloatField())


def _place(postcode: Postcode) -> Place:
    assert postcode.latitude is not None
    assert postcode.longitude is not None
    return Place(str(postcode), postcode.latitude, postcode.longitude)

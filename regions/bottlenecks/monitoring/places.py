"""Everywhere that indicators are of, by name: the country, areas, labour catchments, municipalities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from jobcenter.geography.models import Area, AreaMunicipality, Municipality
from regions.bottlenecks.models import Place

SLUGS: Mapping[Place, str] = {
    Place.COUNTRY: "landet",
    Place.AREA: "omraade",
    Place.CATCHMENT: "opland",
    Place.MUNICIPALITY: "kommune",
}
"""How a kind of place stands in an address."""


@dataclass(frozen=True)
class Spot:
    """One place. area: code of the area it lies in, a catchment by its centre; empty for the country.

    short: its name where it stands among its own kind.
    """

    place: Place
    code: str
    name: str
    area: str = ""
    short: str = ""

    @property
    def key(self) -> str:
        """“kommune-0259”, as it stands in an address."""
        return f"{SLUGS[self.place]}-{self.code}" if self.code else SLUGS[self.place]

    @property
    def title(self) -> str:
        """As it stands in a table of its own kind."""
        return self.short or self.name[:1].upper() + self.name[1:]

    @property
    def is_country(self) -> bool:
        return self.place == Place.COUNTRY


@dataclass(frozen=True)
class Atlas:
    """All places of a day: areas and municipalities in Danish order, catchments by their centres."""

    areas: Sequence[Spot]
    municipalities: Sequence[Spot]

    @cached_property
    def country(self) -> Spot:
        return Spot(Place.COUNTRY, "", _("the whole country"))

    @cached_property
    def catchments(self) -> list[Spot]:
        """Every municipality is the centre of one, be it alone in it."""
        return [
            Spot(
                place=Place.CATCHMENT,
                code=one.code,
                name=_("the catchment of %(name)s") % {"name": one.name},
                area=one.area,
                short=one.name,
            )
            for one in self.municipalities
        ]

    @cached_property
    def by_key(self) -> dict[str, Spot]:
        everywhere = [self.country, *self.areas, *self.catchments, *self.municipalities]
        return {spot.key: spot for spot in everywhere}

    def of(self, place: Place) -> Sequence[Spot]:
        match place:
            case Place.COUNTRY:
                return [self.country]
            case Place.AREA:
                return self.areas
            case Place.CATCHMENT:
                return self.catchments
            case Place.MUNICIPALITY:
                return self.municipalities

    def around(self, spot: Spot, *, place: Place) -> list[Spot]:
        """Places of a kind in the area of one; of the country, and of areas, all."""
        return [
            one for one in self.of(place) if place == Place.AREA or spot.is_country or one.area == spot.area
        ]


def atlas(on: date) -> Atlas:
    """The places of a day. Two queries."""
    area_of = dict(AreaMunicipality.objects.valid(on).values_list("municipality__code", "area__code"))
    areas = [Spot(Place.AREA, area.code, area.name, area.code) for area in Area.objects.valid(on)]
    municipalities = [
        Spot(Place.MUNICIPALITY, one.code, one.name, area_of.get(one.code, ""))
        for one in Municipality.objects.valid(on)
    ]
    return Atlas(areas, municipalities)

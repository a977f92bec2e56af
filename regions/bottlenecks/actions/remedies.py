"""What can be done about a line: people to spare near by, and occupations to train people from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from jobcenter.classifications.models import UNIT_GROUP, Occupation, Outlook
from jobcenter.geography.gravity import great_circle
from jobcenter.geography.models import AreaMunicipality, Catchment, CatchmentVersion, Municipality
from regions.bottlenecks.actions.neighbours import has_to_spare, nearest_with_positions
from regions.bottlenecks.actions.paths import Path, paths_to
from regions.bottlenecks.figures.labour import LEAST_UNEMPLOYED
from regions.bottlenecks.models import Category, Indicators, Line, Place
from regions.bottlenecks.monitoring.seeing import as_seen

NEIGHBOURS = 6
PATHS = 5
"""So many of each are shown."""

FEWEST = 5
"""Fewer unemployed than this in a municipality are nobody to look for from afar."""

NOTHING = Indicators(category=Category.NOT_ASSESSED, positions=0)
"""Of a place where nobody works as this, is unemployed as it or looks for anybody."""


@dataclass(frozen=True)
class Neighbour:
    """A municipality with people to spare, and the nearest of the line's area with open positions.

    commuting: share of the employed residents of the one who work in the other, 0 to 1; None where it is
    too small to be kept. is_estimated: found from distance and size, not from commuting figures.
    """

    municipality: Municipality
    area: str
    unemployed: int
    positions: int
    nearest: Municipality
    nearest_positions: int
    km: float
    commuting: float | None
    is_estimated: bool


@dataclass(frozen=True)
class Training:
    """An occupation with people to spare in the area, and the group it shares with the line's."""

    path: Path
    occupation: Occupation
    in_common: Occupation | None
    category: str


@dataclass(frozen=True)
class Remedies:
    neighbours: Sequence[Neighbour]
    trainings: Sequence[Training]


def remedies_of(line: Line) -> Remedies | None:
    """For a line whose occupation is hard to find people for; None for others.

    By the figures of the line's half-year, without those that others may not read. Five queries, whatever
    the country has.
    """
    if line.category not in Outlook.HARD_TO_FILL:
        return None
    same_occupation = Q(place=Place.MUNICIPALITY, occupation=line.occupation_id)
    same_area = Q(place=Place.AREA, code=line.report.area.code, occupation__level=UNIT_GROUP)
    known = Indicators.objects.filter(same_occupation | same_area, period=line.report.period)
    there: dict[str, Indicators] = {}
    others: list[Indicators] = []
    for found in known.select_related("occupation"):
        if found.place == Place.MUNICIPALITY:
            there[found.code] = as_seen(found).figures
        else:
            others.append(found)
    return Remedies(_neighbours(line, there), _trainings(line, others))


def _neighbours(line: Line, there: Mapping[str, Indicators]) -> list[Neighbour]:
    """there: what anybody may read of the occupation, by the municipality's code."""
    version = CatchmentVersion.objects.in_force().first()
    places = list(
        AreaMunicipality.objects.valid(line.report.ends_on)
        .filter(division=line.report.area.division)
        .select_related("municipality", "area")
        .order_by("municipality__code")
    )
    if version is None or not places:
        return []
    known = [there.get(place.municipality.code, NOTHING) for place in places]
    to_spare = [
        (one.unemployed or 0) - (one.positions or 0) if _has_to_spare(one, FEWEST) else 0 for one in known
    ]
    looks = [
        place.area_id == line.report.area_id and bool(one.positions)
        for place, one in zip(places, known, strict=True)
    ]
    found = nearest_with_positions(
        to_spare=np.array(to_spare, dtype=np.int64),
        looks=np.array(looks, dtype=np.bool_),
        km=great_circle(
            np.array([(place.municipality.latitude, place.municipality.longitude) for place in places])
        ),
        half_distance=version.half_distance_km,
        exponent=version.exponent,
    )[:NEIGHBOURS]
    pairs = {(places[one.short].municipality_id, places[one.surplus].municipality_id) for one in found}
    commuting = {
        (row.centre_id, row.municipality_id): row.share
        for row in Catchment.objects.filter(
            version=version,
            centre__in={centre for centre, _member in pairs},
            municipality__in={member for _centre, member in pairs},
        )
    }
    return [
        Neighbour(
            municipality=(member := places[one.surplus].municipality),
            area=places[one.surplus].area.name,
            unemployed=known[one.surplus].unemployed or 0,
            positions=known[one.surplus].positions or 0,
            nearest=(centre := places[one.short].municipality),
            nearest_positions=known[one.short].positions or 0,
            km=one.km,
            commuting=commuting.get((centre.pk, member.pk)),
            is_estimated=version.is_estimated,
        )
        for one in found
    ]


def _has_to_spare(found: Indicators, least: int) -> bool:
    return has_to_spare(found.category, unemployed=found.unemployed, positions=found.positions, least=least)


def _trainings(line: Line, known: Sequence[Indicators]) -> list[Training]:
    """known: what is known of every unit group in the line's area."""
    having = {found.occupation.code: found for found in known if _has_to_spare(found, LEAST_UNEMPLOYED)}
    unemployed = {code: found.unemployed or 0 for code, found in having.items()}
    paths = paths_to(line.occupation.code, unemployed)[:PATHS]
    groups = {
        group.code: group for group in Occupation.objects.filter(code__in={path.shared for path in paths})
    }
    return [
        Training(
            path=path,
            occupation=having[path.code].occupation,
            in_common=groups.get(path.shared),
            category=having[path.code].category,
        )
        for path in paths
    ]

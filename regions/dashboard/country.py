"""The whole country on one measure: how the jobcentres of each area lie beside what was to be expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.db.models import Count

from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.geography.models import Area
from regions.comparison.models import Comparison, Result
from regions.comparison.showing import Figures, figures_of
from regions.comparison.standing import Side, Standing, standing
from regions.measures.direction import Direction
from regions.measures.small_numbers import limits_on
from regions.oversight.law import Keeping, Law
from regions.oversight.models import Flag


class Verdict(StrEnum):
    """The columns of the table. OUTSIDE: beyond the limits on a measure where neither side is better."""

    CLEARLY_WORSE = "clearly_worse"
    WORSE = "worse"
    EXPECTED = "expected"
    BETTER = "better"
    OUTSIDE = "outside"
    TOO_FEW = "too_few"


KEPT_AS: Mapping[Keeping, Verdict] = {
    Keeping.CLEARLY_NOT_KEPT: Verdict.CLEARLY_WORSE,
    Keeping.NOT_KEPT: Verdict.WORSE,
    Keeping.KEPT: Verdict.EXPECTED,
    Keeping.NO_SHARE: Verdict.EXPECTED,
    Keeping.TOO_FEW: Verdict.TOO_FEW,
}
"""Where a result is counted that is held against what the law requires."""


def verdict(standing: Standing, *, direction: Direction) -> Verdict:
    if standing.side is Side.TOO_FEW:
        return Verdict.TOO_FEW
    if not standing.is_notable:
        return Verdict.EXPECTED
    if direction is Direction.NEUTRAL:
        return Verdict.OUTSIDE
    if not standing.is_worse:
        return Verdict.BETTER
    return Verdict.CLEARLY_WORSE if standing.is_clear else Verdict.WORSE


@dataclass(frozen=True)
class Place:
    """One jobcentre. figures: what may be told of it to others than itself; flags: confirmed ones."""

    jobcentre: Jobcentre
    areas: Sequence[Area]
    result: Result
    figures: Figures
    standing: Standing
    verdict: Verdict
    flags: int


@dataclass(frozen=True)
class Counted:
    """So many jobcentres of each verdict, those without figures in the period, and confirmed flags."""

    clearly_worse: int
    worse: int
    expected: int
    better: int
    outside: int
    too_few: int
    without: int
    flags: int

    @classmethod
    def of(cls, places: Iterable[Place], *, without: int) -> Counted:
        shown = list(places)
        counts = Counter(place.verdict for place in shown)
        return cls(
            **{verdict.value: counts[verdict] for verdict in Verdict},
            without=without,
            flags=sum(place.flags for place in shown),
        )

    @property
    def all(self) -> int:
        return sum(getattr(self, verdict) for verdict in Verdict) + self.without


@dataclass(frozen=True)
class Country:
    """areas: in Danish order. places: those furthest from expected first. without: those that have no figures
    in the period. A jobcentre that serves municipalities of two areas stands in both, and once in `total`."""

    comparison: Comparison
    areas: Sequence[tuple[Area, Counted]]
    places: Sequence[Place]
    without: Sequence[Jobcentre]
    total: Counted

    @property
    def direction(self) -> Direction:
        return Direction(self.comparison.measure.direction)

    @property
    def hides_any(self) -> bool:
        return any(place.figures.is_hidden for place in self.places)

    @cached_property
    def most(self) -> Area | None:
        """The area with most jobcentres that are clearly worse, where one has more than the others."""
        most = max((counted.clearly_worse for _area, counted in self.areas), default=0)
        with_most = [area for area, counted in self.areas if counted.clearly_worse == most]
        return with_most[0] if most and len(with_most) == 1 else None


def read(comparison: Comparison, *, on: date, law: Law | None = None) -> Country:
    """Every jobcentre and area that there is on a day. Six queries, however many those are.

    law: what they are held against, where that is not what was expected.
    """
    direction = Direction(comparison.measure.direction)
    limits = limits_on(on)
    areas = list(Area.objects.valid(on))
    there = list(Jobcentre.objects.valid(on).order_by("sort_key"))
    areas_of = _areas_of(areas, on=on)
    flags = _confirmed(comparison)
    places = []
    for result in comparison.results.named():
        found = standing(z=result.z_adjusted, direction=direction)
        places.append(
            Place(
                jobcentre=result.jobcentre,
                areas=areas_of.get(result.jobcentre_id, ()),
                result=result,
                figures=figures_of(result, limits=limits, is_own=False),
                standing=found,
                verdict=KEPT_AS[law.keeping(result)] if law else verdict(found, direction=direction),
                flags=flags.get(result.jobcentre_id, 0),
            )
        )
    with_figures = {place.jobcentre.pk for place in places}
    without = [jobcentre for jobcentre in there if jobcentre.pk not in with_figures]

    def of_area(area: Area) -> Counted:
        return Counted.of(
            (place for place in places if area in place.areas),
            without=sum(area in areas_of.get(jobcentre.pk, ()) for jobcentre in without),
        )

    return Country(
        comparison=comparison,
        areas=[(area, of_area(area)) for area in areas],
        places=sorted(
            places, key=lambda place: (-abs(place.result.z_adjusted or 0), place.jobcentre.sort_key)
        ),
        without=without,
        total=Counted.of(places, without=len(without)),
    )


def _areas_of(areas: Sequence[Area], *, on: date) -> dict[int, list[Area]]:
    """By jobcentre the areas in which it serves a municipality."""
    by_pk = {area.pk: area for area in areas}
    pairs = (
        Serves.objects.valid(on)
        .filter(municipality__areamunicipality__area__in=areas)
        .order_by("jobcentre", "municipality__areamunicipality__area")
        .values_list("jobcentre", "municipality__areamunicipality__area")
        .distinct()
    )
    found: dict[int, list[Area]] = {}
    for jobcentre, area in pairs:
        found.setdefault(jobcentre, []).append(by_pk[area])
    return found


def _confirmed(comparison: Comparison) -> dict[int, int]:
    """By jobcentre how many flags on this measure and target group its area office has confirmed."""
    confirmed = Flag.objects.visible_nationally().filter(
        measure=comparison.measure, target_group=comparison.target_group
    )
    return dict(confirmed.order_by().values_list("jobcentre").annotate(Count("pk")))

"""A half-year's vacancies, register figures and places, read whole, whatever the country has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Least, Left
from django.utils import timezone

from employers.vacancies.models import Outcome, Vacancy
from jobcenter.centres.models import Serves
from jobcenter.classifications.models import UNIT_GROUP
from jobcenter.geography.models import AreaMunicipality, Catchment, Municipality
from jobcenter.runtime.days import midnight
from regions.bottlenecks.figures.rolling_up import IntArray
from regions.bottlenecks.models import Place, StockFigure
from regions.measures.periods import Period

OUTCOMES = tuple(Outcome.values)
STOCK = ("employed", "unemployed", "hires", "candidates")

Numbers = Mapping[str, IntArray]
"""By name, each of the shape (occupations, places)."""

Row = tuple[str, int, *tuple[int, ...]]
"""Unit group, municipality, and numbers."""


@dataclass(frozen=True)
class Map:
    """The places of a half-year, the municipalities first.

    member: shape (places, municipalities), 1 where a municipality is part. served_by_one: most municipalities
    that one jobcentre serves.
    """

    municipalities: Sequence[int]
    places: Sequence[tuple[Place, str]]
    member: IntArray
    served_by_one: int = 1


@dataclass(frozen=True)
class Moments:
    """The half-year from its first moment to the one after its last."""

    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, period: Period) -> Moments:
        return cls(midnight(period.starts_on), midnight(period.ends_on + timedelta(days=1)))


def the_map(period: Period) -> Map:
    """Municipalities and what they are part of on the half-year's last day. Four queries."""
    municipalities = list(
        Municipality.objects.valid(period.ends_on).order_by("code").values_list("pk", "code")
    )
    column = {pk: number for number, (pk, _code) in enumerate(municipalities)}
    parts: dict[tuple[Place, str], set[int]] = {
        (Place.MUNICIPALITY, code): {pk} for pk, code in municipalities
    }
    belonging = Catchment.objects.in_force().members().values_list("centre__code", "municipality")
    for place, rows in (
        (Place.CATCHMENT, belonging),
        (
            Place.AREA,
            AreaMunicipality.objects.valid(period.ends_on).values_list("area__code", "municipality"),
        ),
    ):
        for code, municipality in rows:
            parts.setdefault((place, code), set()).add(municipality)
    parts[Place.COUNTRY, ""] = set(column)
    member = np.zeros((len(parts), len(column)), dtype=np.int64)
    for number, members in enumerate(parts.values()):
        member[number, [column[pk] for pk in members if pk in column]] = 1
    served = Counter(Serves.objects.valid(period.ends_on).values_list("jobcentre", flat=True))
    return Map([pk for pk, _code in municipalities], list(parts), member, max(served.values(), default=1))


def counts_of(period: Period, *, leaves: Sequence[str], land: Map) -> Numbers:
    """Vacancies by how they ended, open positions and persons, shape (leaves, municipalities). Three queries.

    A vacancy is counted once, by what is told of it now. `… unknown` is 1 where a figure of the registers is
    withheld; all of them are, where the half-year has none.
    """
    row = {code: number for number, code in enumerate(leaves)}
    column = {pk: number for number, pk in enumerate(land.municipalities)}
    withheld = [f"{name} unknown" for name in STOCK]
    counts = {
        name: np.zeros((len(row), len(column)), dtype=np.int64)
        for name in (*OUTCOMES, "positions", *STOCK, *withheld)
    }

    def fill(names: Sequence[str], rows: Iterable[Row]) -> None:
        for code, municipality, *numbers in rows:
            if code in row and municipality in column:
                for name, number in zip(names, numbers, strict=True):
                    counts[name][row[code], column[municipality]] += number

    fill(OUTCOMES, _ended(period))
    fill(["positions"], _open(period))
    fill([*STOCK, *withheld], _registered(period))
    if not any(counts[name].any() for name in (*STOCK, *withheld)):
        for name in withheld:
            counts[name][:] = 1
    return counts


def _ended(period: Period) -> Iterable[Row]:
    moments = Moments.of(period)
    numbers = {name: Count("pk", filter=Q(outcome=name)) for name in OUTCOMES}
    ended = Vacancy.objects.filter(
        state=Vacancy.State.CLOSED, closed_at__gte=moments.begins, closed_at__lt=moments.ends
    )
    return _by_cell(ended).annotate(**numbers).values_list("unit_group", "workplace__municipality", *numbers)


def _open(period: Period) -> Iterable[Row]:
    """Positions of vacancies that were published and not yet closed when the half-year ended."""
    ends = Moments.of(period).ends
    still = Q(closed_at=None) | Q(closed_at__gte=ends)
    return (
        _by_cell(Vacancy.objects.filter(still, published_at__lt=ends))
        .annotate(number=Sum(F("positions") - F("positions_filled")))
        .values_list("unit_group", "workplace__municipality", "number")
    )


def _registered(period: Period) -> Iterator[Row]:
    figures = StockFigure.objects.filter(period=period.code)
    for code, municipality, *numbers in figures.values_list("occupation__code", "municipality", *STOCK):
        yield (
            code,
            municipality,
            *(number or 0 for number in numbers),
            *(int(number is None) for number in numbers),
        )


def _by_cell(vacancies: QuerySet[Vacancy]) -> Any:
    """Grouped by unit group and municipality; an occupation of six digits counts as its first four."""
    return (
        vacancies.order_by()
        .annotate(unit_group=Left("occupation__code", UNIT_GROUP))
        .values("unit_group", "workplace__municipality")
    )


def days_open(period: Period) -> Iterator[tuple[str, int, float, bool]]:
    """Unit group, municipality, days, and whether it still was open: of what the half-year published."""
    moments = Moments.of(period)
    until = min(moments.ends, timezone.now())
    published = (
        Vacancy.objects.filter(published_at__gte=moments.begins, published_at__lt=moments.ends)
        .annotate(
            still=Q(closed_at=None) | Q(closed_at__gte=until),
            lasted=Least(Coalesce("closed_at", until), until) - F("published_at"),
        )
        .values_list("occupation__code", "workplace__municipality", "lasted", "still")
    )
    for code, municipality, lasted, still in published.iterator():
        yield code[:UNIT_GROUP], municipality, max(lasted / timedelta(days=1), 0.0), still

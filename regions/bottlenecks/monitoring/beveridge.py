"""The unemployed beside the open positions, half-year by half-year: a Beveridge plot.

    unemployment rate  u = U / (U + E)        vacancy rate  v = V / (V + E)

A market that moves up and to the left is tighter: more positions for fewer unemployed. One that moves out, to
more of both, matches worse; that is what the plot is drawn for. With fewer than LEAST_UNEMPLOYED unemployed
nothing is drawn. Source: Beveridge, Full Employment in a Free Society (1944); rates: `figures/labour.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import ceil, floor

from django.db.models import F

from jobcenter.classifications.models import Occupation
from regions.bottlenecks.figures.labour import LEAST_UNEMPLOYED
from regions.bottlenecks.models import Indicators, Place
from regions.bottlenecks.monitoring.places import Spot
from regions.bottlenecks.monitoring.seeing import Seen, as_seen
from regions.measures.periods import Period, parse

TICKS = 5
"""About so many on an axis."""

STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


class Move(StrEnum):
    """What the way from the first half-year to the last says of the market."""

    TIGHTER = "tighter"
    SLACKER = "slacker"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Point:
    """A half-year, with rates from 0 to 1; None where there is nothing to draw, and why it is hidden."""

    period: str
    seen: Seen

    @property
    def unemployment(self) -> float | None:
        unemployed = self.seen.figures.unemployed
        is_enough = unemployed is not None and unemployed >= LEAST_UNEMPLOYED
        return self.seen.figures.stock.unemployment_rate if is_enough else None

    @property
    def vacancies(self) -> float | None:
        return self.seen.figures.stock.vacancy_rate if self.unemployment is not None else None

    @property
    def is_drawn(self) -> bool:
        return self.unemployment is not None and self.vacancies is not None


@dataclass(frozen=True)
class Curve:
    """One main group in one place, the oldest half-year first."""

    spot: Spot
    occupation: Occupation
    points: Sequence[Point]

    @cached_property
    def drawn(self) -> list[Point]:
        return [point for point in self.points if point.is_drawn]

    @property
    def move(self) -> Move | None:
        """None with fewer than two half-years, or where one of the rates is as it was."""
        if len(self.drawn) < 2:
            return None
        first, last = self.drawn[0], self.drawn[-1]
        more_unemployed = (last.unemployment or 0) - (first.unemployment or 0)
        more_vacancies = (last.vacancies or 0) - (first.vacancies or 0)
        if not more_unemployed or not more_vacancies:
            return None
        if more_unemployed < 0:
            return Move.TIGHTER if more_vacancies > 0 else Move.IN
        return Move.OUT if more_vacancies > 0 else Move.SLACKER


def read(spots: Sequence[Spot], *, group: str, own: Collection[str]) -> list[Curve]:
    """The curve of a main group in each of the places. One query."""
    found = (
        Indicators.objects.filter(occupation__code=group, place__in={spot.place for spot in spots})
        .filter(code__in={spot.code for spot in spots})
        .select_related("occupation")
        .order_by("period")
    )
    points: dict[tuple[Place, str], list[Indicators]] = {}
    for one in found:
        points.setdefault((Place(one.place), one.code), []).append(one)
    return [
        Curve(spot, known[0].occupation, [Point(one.period, as_seen(one, own=own)) for one in known])
        for spot in spots
        if (known := points.get((spot.place, spot.code)))
    ]


def most_open(period: Period) -> str:
    """The main group with most open positions in the country; "" where there is none. One query."""
    found = Indicators.objects.of(Place.COUNTRY).filter(period=period.code, occupation__level=1)
    order = F("positions").desc(nulls_last=True), "occupation__code"
    return found.order_by(*order).values_list("occupation__code", flat=True).first() or ""


def groups(spot: Spot, *, period: str, own: Collection[str]) -> list[Point]:
    """Every main group in the place in one half-year. One query."""
    found = Indicators.objects.of(spot.place, spot.code).filter(period=period, occupation__level=1)
    return [
        Point(period, as_seen(one, own=own))
        for one in found.select_related("occupation").order_by("occupation__code")
    ]


def as_chart(
    curves: Sequence[Curve], *, x_name: str, y_name: str, describe: str, language: str
) -> dict[str, object]:
    """What charts.js needs; rates in per cent. The first curve is the one that is looked at."""
    drawn = [point for curve in curves for point in curve.drawn]
    x_min, x_max, x_ticks = axis(100 * (point.unemployment or 0) for point in drawn)
    y_min, y_max, y_ticks = axis(100 * (point.vacancies or 0) for point in drawn)
    return {
        "description": describe,
        "x_name": x_name,
        "y_name": y_name,
        "unit": "%",
        "decimals": 2,
        "x_min": x_min,
        "x_max": x_max,
        "x_ticks": x_ticks,
        "y_min": y_min,
        "y_max": y_max,
        "y_ticks": y_ticks,
        "series": [
            {
                "name": curve.spot.title,
                "kind": "other" if number else "own",
                "points": [_point(point, language=language) for point in curve.drawn],
            }
            for number, curve in enumerate(curves)
            if curve.drawn
        ],
    }


def _point(point: Point, *, language: str) -> dict[str, object]:
    period = parse(point.period)
    return {
        "name": period.in_words(language=language),
        "label": period.in_words(language=language).replace("halvår", "hv."),
        "x": round(100 * (point.unemployment or 0), 3),
        "y": round(100 * (point.vacancies or 0), 3),
    }


def axis(values: Iterable[float]) -> tuple[float, float, list[float]]:
    """Least, most and ticks of an axis around the values, at round numbers."""
    known = list(values)
    if not known:
        return 0, 1, [0, 1]
    low, high = min(known), max(known)
    room = max(high - low, 0.1 * high, 0.01)
    step = next((step for step in STEPS if room / step <= TICKS), STEPS[-1])
    first, last = max(0, floor(low / step) - 1), ceil(high / step) + 1
    ticks = [round(step * number, 2) for number in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks

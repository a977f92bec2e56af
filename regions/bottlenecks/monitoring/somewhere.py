"""One place: how all of its occupations are, and what has changed there since the half-year before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from jobcenter.classifications.models import Occupation, Outlook
from regions.bottlenecks.figures.judging import Severe
from regions.bottlenecks.models import Category, Indicators
from regions.bottlenecks.monitoring.places import Spot
from regions.bottlenecks.monitoring.seeing import Seen, as_seen
from regions.bottlenecks.monitoring.severe import severe_in
from regions.measures.periods import Period

NAMED = 3
"""Most occupations that a sentence names."""


@dataclass(frozen=True)
class Row:
    """An occupation of the place. is_new: hard to fill now, and not the half-year before.

    is_severe: severely short in the whole country, whatever it is here.
    """

    occupation: Occupation
    seen: Seen
    is_new: bool
    is_severe: bool

    @property
    def is_hard(self) -> bool:
        return self.seen.category in Outlook.HARD_TO_FILL


@dataclass(frozen=True)
class Somewhere:
    """rows: as filtered and sorted. everything: of the level and main group, the most answers first."""

    spot: Spot
    period: Period
    rows: Sequence[Row]
    everything: Sequence[Row]
    has_before: bool
    severe: Severe | None

    @cached_property
    def hard(self) -> list[Row]:
        return [row for row in self.everything if row.is_hard]

    @property
    def most(self) -> list[Row]:
        """Those of the hard ones that most answers are about."""
        return self.hard[:NAMED]

    @cached_property
    def new(self) -> list[Row]:
        return [row for row in self.hard if row.is_new] if self.has_before else []

    @property
    def severely_short(self) -> list[Occupation]:
        return [row.occupation for row in self.everything if row.is_severe]

    @cached_property
    def assessed(self) -> int:
        return sum(row.seen.category not in (None, Category.NOT_ASSESSED) for row in self.everything)

    @cached_property
    def hidden(self) -> int:
        return sum(row.seen.category is None for row in self.everything)

    @property
    def hides_any(self) -> bool:
        return any(row.seen.hides_answers or row.seen.hides_persons for row in self.everything)


def _lowest(name: str) -> Callable[[Row], float]:
    def value(row: Row) -> float:
        number = row.seen.number(name)
        return float("inf") if number is None else number

    return value


def _highest(name: str) -> Callable[[Row], float]:
    def value(row: Row) -> float:
        number = row.seen.number(name)
        return float("inf") if number is None else -number

    return value


ORDERS: Mapping[str, Callable[[Row], float | str]] = {
    "answers": lambda row: -row.seen.figures.attempts,
    "rate": _highest("rate"),
    "unemployment": _lowest("unemployment"),
    "tightness": _highest("tightness"),
    "days": _highest("days"),
    "title": lambda row: row.occupation.sort_key,
}
"""What is not known, or hidden, comes last."""


def read(
    spot: Spot,
    *,
    period: Period,
    own: Collection[str],
    digits: int,
    group: str = "",
    category: str = "",
    order: str = "answers",
) -> Somewhere:
    """Five queries. own: municipalities of the reader. group: how the codes begin."""
    among = Q(occupation__level=digits, occupation__code__startswith=group)
    severe = severe_in(period, among=among)
    codes = severe.codes if severe else ()
    there = Indicators.objects.of(spot.place, spot.code).filter(among)
    before = {
        one.occupation_id: as_seen(one, own=own).category
        for one in there.filter(period=period.previous().code)
    }
    everything = []
    for one in there.filter(period=period.code).select_related("occupation").order_by("occupation__code"):
        was = before.get(one.occupation_id)
        is_new = was not in Outlook.HARD_TO_FILL
        is_severe = one.occupation.code in codes
        everything.append(Row(one.occupation, as_seen(one, own=own), is_new, is_severe))
    everything.sort(key=ORDERS["answers"])
    rows = [row for row in everything if not category or row.seen.category == category]
    return Somewhere(spot, period, sorted(rows, key=ORDERS[order]), everything, bool(before), severe)


def history(
    occupation: Occupation, *, spot: Spot, period: Period, own: Collection[str]
) -> list[tuple[str, Seen]]:
    """The occupation there until a half-year, the oldest first. One query."""
    found = Indicators.objects.of(spot.place, spot.code).filter(
        occupation=occupation, period__lte=period.code
    )
    return [(one.period, as_seen(one, own=own)) for one in found.order_by("period")]

"""The two conditions of a wage subsidy in figures: how many a workplace has room for, and whether it grows.

Pure. Sources: BEK 2636 of 28 December 2021 § 65 (ratio), virk.dk and kk.dk (net increase).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Scale:
    """One place for every `each` ordinary staff up to `limit`, one for every `each_above` beyond it.

    least: so many there is always room for.
    """

    each: int = 5
    limit: int = 50
    each_above: int = 10
    least: int = 1

    def __post_init__(self) -> None:
        if min(self.each, self.each_above) < 1 or self.limit < 0 or self.least < 0:
            raise ValueError("a scale has whole, positive steps")


@dataclass(frozen=True)
class Period:
    """First and last day of a placement, both included, and how much of full time it takes (0–1)."""

    first: date
    last: date
    share: Decimal = ONE


@dataclass(frozen=True)
class Room:
    """The ratio at a workplace. `running` is weighed as the rule weighs, `people` counts heads."""

    staff: Decimal
    places: int
    running: Decimal
    people: int
    new: Decimal

    @property
    def is_met(self) -> bool:
        return self.running + self.new <= self.places


@dataclass(frozen=True)
class Growth:
    """The net increase in a company: staff of the last month beside the average of the months before."""

    last_month: Decimal
    average: Decimal

    @property
    def is_met(self) -> bool:
        return self.last_month >= self.average


def places(staff: Decimal, scale: Scale) -> int:
    """How many subsidised people so many ordinary staff give room for. Raises ValueError below zero."""
    if staff < 0:
        raise ValueError("staff cannot be fewer than none")
    below = max(scale.least, int(min(staff, Decimal(scale.limit)) // scale.each))
    return below + int(max(ZERO, staff - scale.limit) // scale.each_above)


def average(numbers: Sequence[Decimal]) -> Decimal:
    """The mean of the months' staff. Raises ValueError when no month is given."""
    if not numbers:
        raise ValueError("an average needs a month at least")
    return sum(numbers, ZERO) / len(numbers)


def busiest(others: Iterable[Period], *, first: date, last: date) -> tuple[Decimal, int]:
    """The most that runs on one day from `first` to `last`: weighed, and the people on that day.

    Between two starts it can only fall, so only `first` and the starts after it need be looked at.
    """
    running = [one for one in others if one.first <= last and one.last >= first]
    days = {first, *(one.first for one in running if one.first > first)}
    return max(_on(day, running) for day in days)


def room(
    staff: Sequence[Decimal],
    others: Iterable[Period],
    new: Period,
    *,
    scale: Scale,
    elsewhere: int = 0,
    in_full_time: bool = True,
) -> Room:
    """The ratio for one more placement.

    staff: ordinary staff month by month, as the rule counts them. others: placements that are granted.
    elsewhere: people besides those, whom the employer says there are; each counts as one. in_full_time:
    whether a placement counts with its share of full time, or as a head.
    """
    counted = [one if in_full_time else Period(one.first, one.last) for one in others]
    running, people = busiest(counted, first=new.first, last=new.last)
    mean = average(staff)
    return Room(
        staff=mean,
        places=places(mean, scale),
        running=running + elsewhere,
        people=people + elsewhere,
        new=new.share if in_full_time else ONE,
    )


def share_of_full_time(hours: Decimal, *, full_time: Decimal) -> Decimal:
    """Hours a week as a share of full time, at most 1. Raises ValueError unless both are positive."""
    if hours <= 0 or full_time <= 0:
        raise ValueError("hours are positive")
    return min(ONE, hours / full_time)


def _on(day: date, running: Sequence[Period]) -> tuple[Decimal, int]:
    that_day = [one.share for one in running if one.first <= day <= one.last]
    return sum(that_day, ZERO), len(that_day)


def last_day(first: date, *, months: int = 0, weeks: int = 0) -> date:
    """The last day of a period of whole months or weeks: from 1 January, six months end on 30 June.

    Where the month it would end in is too short (31 August and six months), it ends with that month.
    """
    if weeks:
        return first + timedelta(weeks=weeks, days=-1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if first.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, first.day) - timedelta(days=1)

"""Periods as Jobindsats writes them: a code, the days it covers, and what people call it.

    2026M03   March 2026                  2026QMAT03  four quarters that end with the third
    2026Q03   third quarter of 2026       2026MMAT03  twelve months that end with March
    2026H01   first half-year of 2026     2026Y01     2026

A rolling period (QMAT, MMAT) shares most of its days with the one before it in the list of codes. What is
compared over time is periods that do not overlap, or the same months would count several times.

Source of the codes: the period codes of Jobindsats' API.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from babel.dates import format_date

from jobcenter.pages.words import spoken

Item = TypeVar("Item")

_CODE = re.compile(r"(?P<year>[12]\d{3})(?P<frequency>QMAT|MMAT|M|Q|H|Y)(?P<number>\d{2})")


class Frequency(StrEnum):
    MONTH = "M"
    QUARTER = "Q"
    HALF_YEAR = "H"
    YEAR = "Y"
    FOUR_QUARTERS = "QMAT"
    TWELVE_MONTHS = "MMAT"

    @property
    def step(self) -> int:
        """Months from one code to the next."""
        return {"M": 1, "Q": 3, "H": 6, "Y": 12, "QMAT": 3, "MMAT": 1}[self]

    @property
    def length(self) -> int:
        """Months that a period covers: more than a step where it rolls."""
        return 12 if self in (Frequency.FOUR_QUARTERS, Frequency.TWELVE_MONTHS) else self.step

    @property
    def told_in(self) -> frozenset[Frequency]:
        """What figures of this kind come in: its own periods, or those that a rolling one is made of."""
        parts = {Frequency.FOUR_QUARTERS: Frequency.QUARTER, Frequency.TWELVE_MONTHS: Frequency.MONTH}
        return frozenset({self, parts.get(self, self)})


class NotAPeriod(ValueError):
    """The text is no code of a period."""


@dataclass(frozen=True)
class Period:
    """`last` counts months from year 0 (January of year 1 is 12): the last month covered."""

    frequency: Frequency
    last: int

    @property
    def code(self) -> str:
        year, month = divmod(self.last, 12)
        return f"{year:04d}{self.frequency}{(month + 1) // self.frequency.step:02d}"

    @property
    def starts_on(self) -> date:
        year, month = divmod(self.last - self.frequency.length + 1, 12)
        return date(year, month + 1, 1)

    @property
    def ends_on(self) -> date:
        year, month = divmod(self.last, 12)
        return date(year, month + 1, monthrange(year, month + 1)[1])

    def overlaps(self, other: Period) -> bool:
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def previous(self) -> Period:
        """The period of the same kind that ends the day before this one begins."""
        return Period(self.frequency, self.last - self.frequency.length)

    def one_step_back(self) -> Period:
        """The period of the code before, which a rolling one overlaps."""
        return Period(self.frequency, self.last - self.frequency.step)

    def one_step_on(self) -> Period:
        """The period of the next code."""
        return Period(self.frequency, self.last + self.frequency.step)

    def in_words(self, *, language: str) -> str:
        """“4 kvartaler til 3. kvt. 2026”, "1. halvår 2026"; in English "4 quarters to Q3 2026"."""
        return _in_words(self, danish=spoken(language) == "da")

    def in_lines(self, *, language: str) -> str:
        """The same on two lines, for a chart's axis: “1. halvår⏎2026”, "4 kvartaler til⏎3. kvt. 2026"."""
        text = self.in_words(language=language)
        if self.frequency in (Frequency.FOUR_QUARTERS, Frequency.TWELVE_MONTHS):
            last = " til " if spoken(language) == "da" else " to "
            return text.replace(last, f"{last.rstrip()}\n")
        return "\n".join(text.rsplit(" ", 1))


@lru_cache(maxsize=4096)
def _in_words(period: Period, *, danish: bool) -> str:
    """Kept: the same few are named again and again, and a month's name takes long to find."""
    year, number = period.code[:4], int(period.code[-2:])
    month = format_date(period.ends_on, "MMMM y", locale="da_DK" if danish else "en_GB")
    match period.frequency:
        case Frequency.MONTH:
            return month
        case Frequency.QUARTER:
            return f"{number}. kvt. {year}" if danish else f"Q{number} {year}"
        case Frequency.HALF_YEAR:
            return f"{number}. halvår {year}" if danish else f"half-year {number} of {year}"
        case Frequency.YEAR:
            return year
        case Frequency.FOUR_QUARTERS:
            return f"4 kvartaler til {number}. kvt. {year}" if danish else f"4 quarters to Q{number} {year}"
        case Frequency.TWELVE_MONTHS:
            return f"12 måneder til {month}" if danish else f"12 months to {month}"


@lru_cache(maxsize=4096)
def parse(code: str) -> Period:
    """Read a code. Raises NotAPeriod for anything else, such as a fifth quarter."""
    match = _CODE.fullmatch(code)
    if not match:
        raise NotAPeriod(code)
    frequency, number = Frequency(match["frequency"]), int(match["number"])
    if not 1 <= number <= 12 // frequency.step:
        raise NotAPeriod(code)
    return Period(frequency, int(match["year"]) * 12 + number * frequency.step - 1)


def latest_ended(frequency: Frequency, *, on: date) -> Period:
    """The latest period of a kind that had ended before the day."""
    return under_way(frequency, on=on).one_step_back()


def under_way(frequency: Frequency, *, on: date) -> Period:
    """The period of a kind that is not over on the day, and ends first: of quarters, the one it lies in."""
    months = on.year * 12 + on.month - 1
    return Period(frequency, months - months % frequency.step + frequency.step - 1)


def latest_mature(*, lag: int, on: date) -> date:
    """The last day of the latest period that is mature on a day: whole months lie between the two.

    lag: months after a period's end until its figures are final (late reports have come in, and who was
    to be followed has been). With 3, a period that ends in September is mature from 1 January.
    """
    if lag < 0:
        raise ValueError("a figure cannot be mature before its period has ended")
    year, month = divmod(on.year * 12 + on.month - 2 - lag, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def final_in(period: Period, *, lag: int) -> Period:
    """The month in which a period's figures become final: on its first day they can be used (`is_mature`)."""
    return Period(Frequency.MONTH, period.last + 1 + lag)


def is_mature(period: Period, *, lag: int, on: date) -> bool:
    """Whether the period's figures can be used on a day. A figure that is not mature is held back."""
    return period.ends_on <= latest_mature(lag=lag, on=on)


def apart(items: Iterable[Item], *, of: Callable[[Item], Period]) -> list[Item]:
    """The first, and of those after it the ones of its kind that overlap neither it nor each other.

    items: the latest first. Of four quarters that end in September, the one before is the four that ended
    in September a year ago: windows in between share months with both. of: the period an item is about.
    """
    kept: list[Item] = []
    last: Period | None = None
    for item in items:
        period = of(item)
        if last is None or (period.frequency is last.frequency and not period.overlaps(last)):
            kept.append(item)
            last = period
    return kept

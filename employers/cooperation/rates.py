"""The arithmetic of coordination figures: shares, what overlaps, and what is too small to be shown. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

MIN_CELL = 5
"""A number from 1 to 4 is hidden from others than those it is about, as Statistics Denmark hides it."""
MIN_BASE = 20
"""Of fewer than this no share is told: one more or less would move it by five points."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Ratio:
    """So many of so many, or so many for each. Raises ValueError below nought."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.numerator < 0 or self.denominator < 0:
            raise ValueError(f"{self.numerator} of {self.denominator} cannot be")

    @property
    def value(self) -> float | None:
        """None where there is nothing to divide by: that is not nought."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Shown:
    """A ratio as a reader may see it. The numbers are None where they are hidden; the value also where
    there are too few to tell a share, or none."""

    numerator: int | None
    denominator: int | None
    value: float | None

    @property
    def is_hidden(self) -> bool:
        return self.numerator is None


HIDDEN = Shown(None, None, None)


def overlap(*, own: int, other: int, either: int) -> int:
    """Companies that work with their own jobcentre and with another too: own + other − either.

    Raises ValueError where no companies can be counted so: more in either than in both counts together,
    or fewer than in one of them.
    """
    both = own + other - either
    if not 0 <= both <= min(own, other):
        raise ValueError(f"own {own}, other {other} and either {either} do not fit each other")
    return both


def in_full(ratio: Ratio) -> Shown:
    """For whom the numbers are about."""
    return Shown(ratio.numerator, ratio.denominator, ratio.value)


def is_small(ratio: Ratio, *, is_part: bool) -> bool:
    """Whether one of its numbers is so small that it could be about somebody.

    is_part: the numerator is counted among the denominator, so that the rest of it is told as well.
    """
    second = ratio.denominator - ratio.numerator if is_part else ratio.denominator
    return 0 < ratio.numerator < MIN_CELL or 0 < second < MIN_CELL


def without_small(column: Mapping[Key, Ratio], *, is_part: bool = True) -> dict[Key, Shown]:
    """A column of one figure beside its total, for others than those it is about.

    One that is hidden alone could be found by subtracting the others from the total: then the smallest of
    the others is hidden with it.
    """
    hidden = {key for key, ratio in column.items() if is_small(ratio, is_part=is_part)}
    others = [key for key, ratio in column.items() if key not in hidden and ratio.numerator]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda key: (column[key].numerator, str(key))))
    return {key: HIDDEN if key in hidden else _with_base(ratio) for key, ratio in column.items()}


def _with_base(ratio: Ratio) -> Shown:
    is_enough = ratio.denominator >= MIN_BASE
    return Shown(ratio.numerator, ratio.denominator, ratio.value if is_enough else None)

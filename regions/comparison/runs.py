"""What the rules of an XmR chart found, as stretches of figures: which, where, for better or worse. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from regions.comparison.arrays import FloatArray
from regions.comparison.process import RUN, Process, Rule
from regions.measures.direction import Direction


@dataclass(frozen=True)
class Run:
    """Neighbouring figures that broke a rule together, by their places, both included.

    is_up: above the mean, or rising. is_worse: to the bad side; None on a measure where neither side is.
    """

    rule: Rule
    first: int
    last: int
    is_up: bool
    is_worse: bool | None

    def holds(self, place: int) -> bool:
        return self.first <= place <= self.last


def runs(found: Process, *, direction: Direction) -> list[Run]:
    """Every stretch that broke a rule, the latest first."""
    side, slope = found.side, found.slope
    outside = np.flatnonzero(found.hits[Rule.OUTSIDE_LIMITS]).tolist()
    near = np.where(found.hits[Rule.TWO_OF_THREE], side, 0)
    stretches = [
        *((Rule.OUTSIDE_LIMITS, place, place, float(side[place])) for place in outside),
        # Of seven figures there are six steps, and a stretch of steps has one figure more.
        *((Rule.TREND_OF_SEVEN, first, last + 1, sign) for first, last, sign in _alike(slope, RUN - 1)),
        *((Rule.TWO_OF_THREE, first, last, sign) for first, last, sign in _alike(near, 1)),
        *((Rule.SEVEN_ON_ONE_SIDE, first, last, sign) for first, last, sign in _alike(side, RUN)),
    ]
    ordered = sorted(stretches, key=lambda stretch: (-stretch[2], list(Rule).index(stretch[0])))
    return [
        Run(
            rule=rule,
            first=first,
            last=last,
            is_up=sign > 0,
            is_worse=sign * direction.worse > 0 if direction.worse else None,
        )
        for rule, first, last, sign in ordered
    ]


def _alike(signs: FloatArray, shortest: int) -> Iterator[tuple[int, int, float]]:
    """First and last place, and the sign, of each stretch of one sign that is long enough. 0 is no sign."""
    place = 0
    for sign, of_one in groupby(signs.tolist()):
        length = len(list(of_one))
        if sign and length >= shortest:
            yield place, place + length - 1, sign
        place += length

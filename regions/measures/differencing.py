"""What numbers of periods that overlap tell together, though each of them may be told. Pure.

Four quarters that end in September and four that end in December are mostly the same months. Whoever lays one
beside the other learns how the quarters they do not share differ, and where one of them is nobody, learns the
other exactly. So a number that is hidden in one publication may be found from those of others.

Every number is a sum over stretches of time that no period divides, of one unit or of several together. What
is told makes its sum known. Where nobody is counted, nobody is in any of its stretches. A sum is *found* when
it is a combination of known ones.

Source: differencing as a disclosure risk, Hundepool et al., Statistical Disclosure Control (2012), ch. 4;
whether a cell is found is asked of the row space, as in Gusfield (see `suppression`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

import numpy as np
from numpy.typing import NDArray

from regions.measures.periods import Period
from regions.measures.suppression import Limits

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

ROUNDING = 1e-6


@dataclass(frozen=True)
class Sum:
    """So many persons, of some units together in a period. persons: None where it is hidden."""

    units: frozenset[int]
    period: Period
    persons: int | None


Stretch = tuple[frozenset[int], int, int]
"""Of some units, from a month to the one before another."""


def given_away(sums: Sequence[Sum], *, limits: Limits) -> set[Stretch]:
    """What is hidden, and what is few persons of one unit in any stretch of time, and yet is found.

    sums: all that has been told or hidden of one count; of several units together once a period, two hidden
    ones at least. Then numbers of one kind of period, none of them nobody, give nothing away: windows of the
    same length that begin on different days are independent of each other, so a hidden one is no combination
    of others, and what is one is as long as a window at least.
    """
    if len({one.period.frequency for one in sums}) < 2 and all(one.persons != 0 for one in sums):
        return set()
    layout = _Layout.of(sums)
    known = [one for one in sums if one.persons is not None]
    hidden = [(one.units, *_ends(one.period)) for one in sums if one.persons is None]
    asked = [*hidden, *layout.stretches()]
    found = _found(
        known=layout.rows((one.units, *_ends(one.period)) for one in known),
        persons=np.array([one.persons for one in known], dtype=np.float64),
        asked=layout.rows(asked),
    )
    is_small = (found > ROUNDING) & (found < limits.min_cell - ROUNDING)
    is_small[: len(hidden)] = ~np.isnan(found[: len(hidden)])
    return {asked[place] for place in np.flatnonzero(is_small).tolist()}


@dataclass(frozen=True)
class _Layout:
    """Where each unit's stretches of time lie in a row; cuts are months in which a period begins or ends."""

    units: Sequence[int]
    cuts: Sequence[int]

    @classmethod
    def of(cls, sums: Sequence[Sum]) -> _Layout:
        cuts = {cut for one in sums for cut in _ends(one.period)}
        return cls(sorted({unit for one in sums for unit in one.units}), sorted(cuts))

    @property
    def width(self) -> int:
        return len(self.cuts) - 1

    @property
    def parts(self) -> int:
        return len(self.units) * self.width

    def rows(self, stretches: Iterable[Stretch]) -> FloatArray:
        """1 where a part belongs to a sum; shape (sums, parts)."""
        rows = []
        for units, first, end in stretches:
            row = np.zeros((len(self.units), self.width))
            row[[self.units.index(unit) for unit in units], self.cuts.index(first) : self.cuts.index(end)] = 1
            rows.append(row.ravel())
        return np.array(rows).reshape(-1, self.parts)

    def stretches(self) -> Iterator[Stretch]:
        """Each unit by itself, from any cut to any later one; of several, which are many, to the next one."""
        ends = combinations(self.cuts, 2) if len(self.units) == 1 else pairwise(self.cuts)
        for unit, (first, end) in product(self.units, ends):
            yield frozenset({unit}), first, end


def _ends(period: Period) -> tuple[int, int]:
    """Its first month, and the month after its last."""
    return period.last - period.frequency.length + 1, period.last + 1


def _found(*, known: FloatArray, persons: FloatArray, asked: FloatArray) -> FloatArray:
    """What each asked sum comes to; NaN where it is not found. known, asked: shape (sums, parts), 0 or 1."""
    nobody: BoolArray = np.zeros(known.shape[1], dtype=np.bool_)
    while True:
        nobody = nobody | (known[persons == 0] > 0).any(axis=0)
        told = _combined(known[:, ~nobody], persons, asked[:, ~nobody])
        empty = (asked[np.abs(told) < ROUNDING] > 0).any(axis=0)
        if not (empty & ~nobody).any():
            return told
        nobody = nobody | empty


def _combined(known: FloatArray, persons: FloatArray, asked: FloatArray) -> FloatArray:
    """As `_found`, of what is known by combination alone."""
    inverse = np.linalg.pinv(known, rcond=ROUNDING)
    is_found = np.abs(asked - asked @ inverse @ known).max(axis=1, initial=0) < ROUNDING
    told: FloatArray = np.where(is_found, asked @ inverse @ persons, np.nan)
    return told

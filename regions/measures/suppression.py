"""Small numbers, hidden from everybody but those they are about. Pure.

A number of 1 to 4 persons could be about somebody one knows. It is hidden, and so is the number it would be
found from: a part of which all but a few are counted tells of the few. What is published of a cell is one of

    shown        the numbers, and the share where there are enough persons to tell one
    zero         nobody: a number like any other, and no secret
    suppressed   there is a number, and it is not told
    missing      there is none

Where a row or a column stands beside its total, a single hidden cell is found by subtraction. So others are
hidden with it, the smallest that do (`hidden`).

Source: Statistics Denmark's practice of masking cells below five; the way of finding what must be hidden
beside them is Gusfield's, SIAM Journal on Computing 17 (1988), 552–571.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class State(StrEnum):
    SHOWN = "shown"
    ZERO = "zero"
    SUPPRESSED = "suppressed"
    MISSING = "missing"


@dataclass(frozen=True)
class Limits:
    """min_cell: fewer persons than this, and more than none, are hidden.
    min_base: of fewer persons than this no share is told, since one more or less would move it far."""

    min_cell: int = 5
    min_base: int = 20


@dataclass(frozen=True)
class Cell:
    """So many persons; with a denominator, so many of so many. Raises ValueError where that cannot be."""

    numerator: int
    denominator: int | None = None

    def __post_init__(self) -> None:
        if self.numerator < 0 or (self.denominator is not None and self.denominator < self.numerator):
            raise ValueError(f"{self.numerator} of {self.denominator} cannot be")

    @property
    def size(self) -> int:
        """All persons the cell tells of."""
        return self.numerator if self.denominator is None else self.denominator

    def is_small(self, limits: Limits) -> bool:
        """Whether a number of the cell could be about somebody: those counted, or the rest of them."""
        parts = (self.numerator, self.size - self.numerator)
        return any(0 < part < limits.min_cell for part in parts)


@dataclass(frozen=True)
class Shown:
    """A cell as a reader may see it. The numbers are None where they are hidden or missing; the share
    (0 to 1) also where there are too few persons to tell one."""

    state: State
    numerator: int | None = None
    denominator: int | None = None
    share: float | None = None


SUPPRESSED = Shown(State.SUPPRESSED)
MISSING = Shown(State.MISSING)

Row = Sequence[Cell | None]

OUTSIDE = -1
"""The point of all lines that do not add up."""


def in_full(cell: Cell | None, *, limits: Limits) -> Shown:
    """For those the numbers are about: nothing is hidden, but of too few no share is told to them either."""
    if cell is None:
        return MISSING
    share = None
    if cell.denominator and cell.denominator >= limits.min_base:
        share = cell.numerator / cell.denominator
    return Shown(State.SHOWN if cell.numerator else State.ZERO, cell.numerator, cell.denominator, share)


def without_small(cell: Cell | None, *, limits: Limits) -> Shown:
    """For others, of a cell that stands beside no total."""
    return SUPPRESSED if cell and cell.is_small(limits) else in_full(cell, limits=limits)


def without_small_in(
    table: Sequence[Row], *, limits: Limits, rows_add_up: bool = False, columns_add_up: bool = True
) -> list[list[Shown]]:
    """For others, of a table with its totals.

    table: rows of cells, each row as long as the first; None where there is no number.
    rows_add_up: the last cell of each row is the sum of those before it. columns_add_up: the last row is
    the sum of those above it. What adds up is the numerators, and the denominators where there are any.
    """
    small = [[bool(cell and cell.is_small(limits)) for cell in row] for row in table]
    sizes = [[np.nan if cell is None else float(cell.size) for cell in row] for row in table]
    hide = hidden(small, sizes=sizes, rows_add_up=rows_add_up, columns_add_up=columns_add_up).tolist()

    def told(cell: Cell | None, is_hidden: bool) -> Shown:
        return SUPPRESSED if is_hidden else in_full(cell, limits=limits)

    return [list(map(told, row, hidden_of_row)) for row, hidden_of_row in zip(table, hide, strict=True)]


def hidden(small: ArrayLike, *, sizes: ArrayLike, rows_add_up: bool, columns_add_up: bool) -> BoolArray:
    """Which cells to hide so that no small one can be worked out from the others, and as little as will do.

    small, sizes: of the cells with their totals, shape (rows, columns); sizes in persons, NaN where there
    is no number. rows_add_up, columns_add_up: as in `without_small_in`.

    Each cell joins its row to its column, as an edge joins two points. A hidden cell is known from the
    totals when it alone joins two parts of the table, and never when it lies on a ring of hidden cells. So
    for each small cell the cheapest ring through it is hidden. Rows, or columns, that do not add up tell
    nothing: they count as one point, where any ring may close.
    Raises ValueError on arrays of different shape.
    """
    is_small = np.asarray(small, dtype=np.bool_)
    size: FloatArray = np.asarray(sizes, dtype=np.float64)
    if is_small.ndim != 2 or is_small.shape != size.shape:
        raise ValueError("small and sizes must have one value per cell, in rows and columns")
    rows, columns = is_small.shape
    known = ~np.isnan(size)
    # Nobody guesses a zero that is never hidden: it would cover a small number badly, so it comes last.
    cost = np.where(size > 0, size, np.nansum(size) + 1)
    points = [
        (row if rows_add_up else OUTSIDE, rows + column if columns_add_up else OUTSIDE)
        for row in range(rows)
        for column in range(columns)
    ]
    edges: dict[int, list[tuple[int, int]]] = {}
    for cell in np.flatnonzero(known).tolist():
        one, other = points[cell]
        edges.setdefault(one, []).append((other, cell))
        edges.setdefault(other, []).append((one, cell))
    hide = (is_small & known).ravel()
    for cell in np.flatnonzero(hide).tolist():
        one, other = points[cell]
        price = np.where(hide, 0.0, cost.ravel())
        for covering in _cheapest_way(edges, start=one, end=other, price=price, without=cell):
            hide[covering] = True
    return hide.reshape(is_small.shape)


def _cheapest_way(
    edges: dict[int, list[tuple[int, int]]], *, start: int, end: int, price: FloatArray, without: int
) -> list[int]:
    """The cells of the cheapest way from one point to another; none where they are the same, or no way is.

    Of two ways of one price the shorter goes first, then the one that comes first in the table.
    Source: Dijkstra, Numerische Mathematik 1 (1959), 269–271.
    """
    reached: set[int] = set()
    ways: list[tuple[float, int, list[int], int]] = [(0.0, 0, [], start)]
    while ways:
        paid, length, way, point = heappop(ways)
        if point == end:
            return way
        if point not in reached:
            reached.add(point)
            for other, cell in edges.get(point, []):
                if cell != without and other not in reached:
                    heappush(ways, (paid + float(price[cell]), length + 1, [*way, cell], other))
    return []

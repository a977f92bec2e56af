"""Results as a reader may see them: small numbers are told to their jobcentre, and hidden from others."""

from __future__ import annotations

from dataclasses import dataclass

from regions.comparison.models import Result
from regions.measures.suppression import Cell, Limits, Shown, State, in_full, without_small


@dataclass(frozen=True)
class Figures:
    """What is told of a result. Every number is None where it is hidden, or where nothing was expected.

    ratio: actual in per cent of expected. difference: persons more than expected. points: the same in
    percentage points of all. share: 0 to 1.
    """

    state: State
    actual: int | None = None
    base: int | None = None
    share: float | None = None
    expected: float | None = None
    ratio: float | None = None
    difference: float | None = None
    points: float | None = None

    @property
    def is_hidden(self) -> bool:
        return self.state is State.SUPPRESSED


def figures_of(result: Result, *, limits: Limits, is_own: bool) -> Figures:
    """is_own: whether the reader belongs to the jobcentre the result is of."""
    cell = Cell(result.actual, result.base)
    return told(result, in_full(cell, limits=limits) if is_own else without_small(cell, limits=limits))


def told(result: Result, shown: Shown) -> Figures:
    """A result whose cell is shown as that. What it would be found from is hidden with it: expected, too."""
    if shown.numerator is None:
        return Figures(shown.state)
    difference = result.difference
    return Figures(
        state=shown.state,
        actual=shown.numerator,
        base=shown.denominator,
        share=shown.share,
        expected=result.expected,
        ratio=result.ratio,
        difference=difference,
        points=None if difference is None else 100 * difference / result.base,
    )

"""The small axis of a table row: actual in per cent of expected, with the limits of the row's own size."""

from collections.abc import Sequence
from dataclasses import dataclass

from regions.comparison.funnel import ALERT, ratio_limits

ENDS = (70.0, 130.0)
"""Ends of the axis, in per cent of expected; what lies beyond stands at the end."""

START, LENGTH = 6.0, 120.0
"""Where the axis begins in the drawing, and how long it is."""


@dataclass(frozen=True)
class Dot:
    """Places in the drawing: of the result, and of the ends of its 95 % range."""

    at: float
    low: float
    high: float


def on_axis(value: float) -> float:
    """The place of a value, in per cent of expected."""
    low, high = ENDS
    return round(START + LENGTH * (min(max(value, low), high) - low) / (high - low), 1)


def dots(*, ratio: Sequence[float], expected: Sequence[float], share: float, tau2: float) -> list[Dot]:
    """One drawing per result.

    ratio: actual in per cent of expected. expected: persons, above 0, of the same length.
    share, tau2: of the comparison they belong to (see `ratio_limits`).
    """
    if not ratio:
        return []
    limits = ratio_limits(expected=expected, width=ALERT, share=share, tau2=tau2)
    ranges = zip((100 * limits.lower).tolist(), (100 * limits.upper).tolist(), strict=True)
    return [
        Dot(at=on_axis(value), low=on_axis(low), high=on_axis(high))
        for value, (low, high) in zip(ratio, ranges, strict=True)
    ]

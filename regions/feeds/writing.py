"""Figures as a file of the portal's own form, which `reading` reads back to the same figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from regions.feeds.figures import Figure
from regions.feeds.layout import DANISH
from regions.feeds.table import text_of

HEADINGS = ";".join(DANISH.values())


def as_file(figures: Iterable[Figure]) -> bytes:
    """One line for each. A per cent with counts is given by them alone, which are exact."""
    return "\n".join([HEADINGS, *map(_line, figures), ""]).encode()


def _line(figure: Figure) -> str:
    value = figure.value if figure.denominator is None else None
    named = (figure.measure, figure.group, figure.municipality, figure.jobcentre, figure.period.code)
    return ";".join(text_of(cell) for cell in (*named, figure.numerator, figure.denominator, value))

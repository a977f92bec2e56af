"""Occupation by place, for the municipalities or catchments of an area and for the areas, on any level."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from jobcenter.classifications.models import Occupation, Outlook
from regions.bottlenecks.figures.judging import Severe
from regions.bottlenecks.models import Indicators
from regions.bottlenecks.monitoring.places import Spot
from regions.bottlenecks.monitoring.seeing import Seen, as_seen
from regions.bottlenecks.monitoring.severe import severe_in
from regions.measures.periods import Period


@dataclass(frozen=True)
class GridRow:
    """One occupation. cells: one of each place, None where nobody looks, works or is unemployed.

    is_severe: severely short in the country, which is said of the occupation and of no cell.
    """

    occupation: Occupation
    cells: Sequence[Seen | None]
    is_severe: bool = False

    @cached_property
    def hard_in(self) -> int:
        return sum(bool(cell and cell.category in Outlook.HARD_TO_FILL) for cell in self.cells)

    @cached_property
    def answers(self) -> int:
        """Those that may be told."""
        return sum(cell.figures.attempts for cell in self.cells if cell)


@dataclass(frozen=True)
class Grid:
    """rows: severe shortages first, and then those that are hard to fill in most places."""

    spots: Sequence[Spot]
    rows: Sequence[GridRow]
    severe: Severe | None

    @property
    def hard(self) -> list[GridRow]:
        return [row for row in self.rows if row.hard_in]

    @property
    def severely_short(self) -> list[Occupation]:
        return [row.occupation for row in self.rows if row.is_severe]

    @property
    def hides_any(self) -> bool:
        return any(
            cell.hides_answers or cell.hides_persons for row in self.rows for cell in row.cells if cell
        )

    @property
    def hidden(self) -> int:
        return sum(bool(cell and cell.category is None) for row in self.rows for cell in row.cells)


def read(
    spots: Sequence[Spot],
    *,
    period: Period,
    own: Collection[str],
    digits: int,
    group: str = "",
) -> Grid:
    """Four queries. spots: of one kind. group: beginning of the codes."""
    among = Q(occupation__level=digits, occupation__code__startswith=group)
    severe = severe_in(period, among=among)
    codes = severe.codes if severe else ()
    column = {spot.code: number for number, spot in enumerate(spots)}
    rows: dict[Occupation, list[Seen | None]] = {}
    found = Indicators.objects.filter(
        among, period=period.code, place=spots[0].place, code__in=column
    ).select_related("occupation")
    for one in found:
        cells = rows.setdefault(one.occupation, [None] * len(spots))
        cells[column[one.code]] = as_seen(one, own=own)
    ordered = sorted(
        (GridRow(occupation, cells, occupation.code in codes) for occupation, cells in rows.items()),
        key=lambda row: (not row.is_severe, -row.hard_in, -row.answers, row.occupation.code),
    )
    return Grid(spots, ordered, severe)

"""What a page shows of a jobcentre's figures over time: a chart, what it says, and the figures themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from regions.comparison import process_chart
from regions.comparison.overtime import Key, Series, key_of
from regions.comparison.process_chart import Told
from regions.comparison.profile import Brief
from regions.measures.models import Measurement


@dataclass(frozen=True)
class Figure:
    """A figure with what it was computed from, and the rules it has part in breaking."""

    measurement: Measurement
    rules: Sequence[str]


@dataclass(frozen=True)
class OverTime:
    """A series as a page shows it. line: the same measure held against expected, where it is."""

    series: Series
    line: Brief | None = None

    @classmethod
    def of(cls, lines: Iterable[Brief], series: Mapping[Key, Series]) -> list[OverTime]:
        """Each line's series, in the same order; a line without figures has none."""
        keys = ((line, key_of(line.subject)) for line in lines)
        return [cls(series[key], line=line) for line, key in keys if key in series]

    @property
    def identity(self) -> str:
        """Of the chart, once on a page."""
        group = self.series.target_group
        return f"over-tid-{self.series.measure.pk}-{group.pk if group else 0}"

    @cached_property
    def chart(self) -> dict[str, object] | None:
        return process_chart.draw(self.series)

    @cached_property
    def told(self) -> list[Told]:
        return process_chart.told(self.series)

    @property
    def decimals(self) -> int:
        return process_chart.decimals_of(self.series.measure)

    @cached_property
    def limits(self) -> tuple[float, float]:
        return process_chart.limits(self.series)

    @property
    def figures(self) -> list[Figure]:
        """The newest first."""
        return [
            Figure(measurement, process_chart.rule_names(self.series, place))
            for place, measurement in enumerate(self.series.measurements)
        ][::-1]

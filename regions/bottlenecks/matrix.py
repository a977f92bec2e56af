"""Occupation by area: the cells of a half-year, and what earlier reports said of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Area
from regions.bottlenecks.models import Category, Line, Report


@dataclass(frozen=True)
class MatrixRow:
    """One occupation, with a line for each area or None where nobody has recruited."""

    occupation: Occupation
    lines: Sequence[Line | None]


@dataclass(frozen=True)
class Matrix:
    reports: Sequence[Report]
    rows: Sequence[MatrixRow]

    @property
    def areas(self) -> list[Area]:
        return [report.area for report in self.reports]

    def short_of(self, area: Area) -> list[Line]:
        """The area's lines with recruitment problems, those with most attempts first."""
        lines = [line for row in self.rows for line in row.lines if line and line.report.area_id == area.pk]
        return sorted(
            (line for line in lines if line.category == Category.PROBLEMS), key=lambda line: -line.attempts
        )

    def count_in(self, area: Area) -> int:
        return sum(line is not None and line.report.area_id == area.pk for row in self.rows for line in row.lines)


def read(*, reports: QuerySet[Report], period: str) -> Matrix:
    """Every line of the reports of a period. Two queries."""
    chosen = list(reports.filter(period=period).select_related("area").order_by("area__sort_key"))
    report_of = {report.pk: report for report in chosen}
    cells: dict[Occupation, dict[int, Line]] = {}
    lines = Line.objects.filter(report__in=chosen).select_related("occupation").order_by("occupation__sort_key")
    for line in lines:
        line.report = report_of[line.report_id]
        cells.setdefault(line.occupation, {})[line.report_id] = line
    return Matrix(
        reports=chosen,
        rows=[
            MatrixRow(occupation=occupation, lines=[of_one.get(report.pk) for report in chosen])
            for occupation, of_one in cells.items()
        ],
    )


def history(*, line: Line, reports: QuerySet[Report]) -> list[Line]:
    """The same occupation in the same area, report by report, the oldest first, this one last."""
    return list(
        Line.objects.filter(
            occupation=line.occupation_id,
            report__in=reports.filter(area=line.report.area_id, ends_on__lte=line.report.ends_on),
        )
        .select_related("report")
        .order_by("report__ends_on")
    )


def intervals(lines: Sequence[Line], *, cut: float, describe: str, period_names: Sequence[str]) -> dict[str, object]:
    """What charts.js needs to draw failed-recruitment rates with their 95 % intervals, in per cent.

    cut: the limit between problems and none, 0 to 1. period_names: of the same length as lines.
    """
    assessed = [
        {
            "name": name,
            "label": name.replace(" 2", "\n2"),
            "low": round(100 * line.lower, 1),
            "value": round(100 * line.rate, 1),
            "high": round(100 * line.upper, 1),
            "note": f"{line.failed} / {line.attempts}",
        }
        for line, name in zip(lines, period_names, strict=True)
        if line.rate is not None and line.lower is not None and line.upper is not None
    ]
    top = max((float(str(row["high"])) for row in assessed), default=40.0)
    y_max = 20 * int(top // 20 + 1)
    return {
        "description": describe,
        "unit": "%",
        "decimals": 1,
        "y_min": 0,
        "y_max": y_max,
        "y_ticks": list(range(0, y_max + 1, 20)),
        "limit": {"value": round(100 * cut, 1), "label": f"{100 * cut:.0f}"},
        "rows": assessed,
    }

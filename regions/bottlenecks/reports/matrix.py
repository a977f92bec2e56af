"""Occupation by area: the cells of some reports, and what earlier reports said of one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from jobcenter.classifications.models import Occupation, Outlook
from jobcenter.geography.models import Area
from regions.bottlenecks.figures.judging import Severe
from regions.bottlenecks.models import Line, Report, ReportQuerySet

NAMED = 3
"""Most occupations that a sentence names."""

HARD, EASY = Outlook.HARD_TO_FILL, Outlook.EASY_TO_FILL


@dataclass(frozen=True)
class MatrixRow:
    """One occupation, with a line for each report, None where nobody has recruited.

    is_severe: severely short over areas, which is said of the occupation and of no cell.
    """

    occupation: Occupation
    lines: Sequence[Line | None]
    is_severe: bool = False

    def of(self, area: Area) -> Line | None:
        return next((line for line in self.lines if line and line.report.area_id == area.pk), None)

    def areas_where(self, categories: Collection[str]) -> list[Area]:
        return [line.report.area for line in self.lines if line and line.category in categories]


@dataclass(frozen=True)
class Matrix:
    """severe: in which half-year and by which rule occupations are severely short; None: nothing is said."""

    reports: Sequence[Report]
    rows: Sequence[MatrixRow]
    severe: Severe | None = None

    @property
    def severely_short(self) -> list[Occupation]:
        return [row.occupation for row in self.rows if row.is_severe]

    @property
    def areas(self) -> list[Area]:
        return [report.area for report in self.reports]

    def report_of(self, area: Area | None) -> Report | None:
        return next((report for report in self.reports if report.area == area), None)

    def lines_of(self, report: Report) -> list[Line]:
        """The report's lines in the order of the matrix."""
        return [line for row in self.rows for line in row.lines if line and line.report_id == report.pk]

    def beside(self, line: Line) -> tuple[Line | None, Line | None]:
        """The line of the same report before this one in the matrix, and the one after."""
        lines = [None, *self.lines_of(line.report), None]
        following = {one: other for one, other in pairwise(lines) if one}
        before = {other: one for one, other in pairwise(lines) if other}
        return before.get(line), following.get(line)


@dataclass(frozen=True)
class Sentence:
    """What the matrix says about one area.

    short, shown: its occupations with recruitment problems, and all. everywhere: those that have them in
    every area. only_here: one with problems here and none in the areas named with it.
    """

    short: Sequence[Line]
    shown: int
    everywhere: Sequence[Occupation]
    only_here: tuple[Occupation, Sequence[Area]] | None


def read(reports: Iterable[Report], *, severe: Severe | None = None) -> Matrix:
    """Every line of the reports, severe shortages first and then problems in most areas. One query.

    reports: with their areas, at most one of each. severe: what is said of severe shortage beside them.
    """
    codes = severe.codes if severe else ()
    chosen = sorted(reports, key=lambda report: report.area.sort_key)
    report_of = {report.pk: report for report in chosen}
    cells: dict[Occupation, dict[int, Line]] = {}
    for line in Line.objects.filter(report__in=chosen).select_related("occupation"):
        line.report = report_of[line.report_id]
        cells.setdefault(line.occupation, {})[line.report_id] = line
    rows = [
        MatrixRow(
            occupation=occupation,
            lines=[of_one.get(report.pk) for report in chosen],
            is_severe=occupation.code in codes,
        )
        for occupation, of_one in cells.items()
    ]
    return Matrix(reports=chosen, rows=sorted(rows, key=_place), severe=severe)


def _place(row: MatrixRow) -> tuple[bool, int, int, str]:
    short = len(row.areas_where(HARD))
    return (
        not row.is_severe,
        -short,
        -sum(line.attempts for line in row.lines if line),
        row.occupation.sort_key,
    )


def latest(reports: ReportQuerySet) -> list[Report]:
    """The newest issues of the newest period among these. Two queries."""
    period = reports.order_by("-ends_on").values_list("period", flat=True).first()
    return list(reports.filter(period=period).newest_issues().select_related("area"))


def newest_of_each_area(reports: ReportQuerySet) -> list[Report]:
    """One query."""
    newest = reports.order_by("area_id", "-ends_on", "-number").distinct("area_id")
    return list(newest.select_related("area"))


def say(matrix: Matrix, *, area: Area) -> Sentence:
    own = [(row, line) for row in matrix.rows if (line := row.of(area))]
    short = [(row, line) for row, line in own if line.category in HARD]
    everywhere = [
        row.occupation
        for row, _line in short
        if len(matrix.reports) > 1 and len(row.areas_where(HARD)) == len(matrix.reports)
    ]
    only_here = next(
        ((row.occupation, without) for row, _line in short if (without := row.areas_where(EASY))),
        None,
    )
    return Sentence(
        short=sorted((line for _row, line in short), key=lambda line: -line.attempts),
        shown=len(own),
        everywhere=everywhere[:NAMED],
        only_here=only_here,
    )


def history(*, line: Line, reports: ReportQuerySet) -> list[Line]:
    """The same occupation in the same area, half-year by half-year in its newest issue, this line last."""
    earlier = reports.filter(area=line.report.area_id, ends_on__lt=line.report.ends_on).newest_issues()
    return list(
        Line.objects.filter(Q(report__in=earlier) | Q(pk=line.pk), occupation=line.occupation_id)
        .select_related("report")
        .order_by("report__ends_on")
    )

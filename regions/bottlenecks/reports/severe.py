"""Severe shortage by the reports: of their lines alone, so that whoever has the issues can find it again.

Short is what the lines say, as people have left them. The unemployment is that of the lines of the half-year
taken together: of all areas that have one of the occupation and know both the employed and the unemployed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count

from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.figures.judging import Severe, judge
from regions.bottlenecks.figures.labour import Stock
from regions.bottlenecks.figures.severe import Told
from regions.bottlenecks.models import Line, ReportQuerySet, Rule
from regions.measures.periods import Period, parse

Row = tuple[str, str, str, str, int | None, int | None]
"""Half-year, occupation, area, category, employed and unemployed of a line."""


def severe_in(period: Period, *, among: ReportQuerySet, code: str = "") -> Severe | None:
    """By the newest issues of the half-year and of the one before. Three queries, however many lines.

    among: the reports that are asked: all of them, or those that are published. code: of one occupation,
    where no more is wanted. None where no rule was in force.
    """
    before = period.previous()
    issues = among.filter(period__in=[period.code, before.code]).newest_issues()
    lines = Line.objects.filter(report__in=issues, occupation__code__startswith=code).order_by()
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in lines.values_list(
        *("report__period", "occupation__code", "report__area__code", "category", "employed", "unemployed")
    ):
        rows[row[0]].append(row)
    return judge(
        period,
        now=_told(rows[period.code]),
        before=_told(rows[before.code]),
        unemployment=_unemployment(rows[period.code]),
    )


def severe_lately(reports: ReportQuerySet) -> Severe | None:
    """In the newest half-year that so many areas have reported of as a severe shortage takes. Five queries.

    None before that: while the first areas publish, what the half-year before showed is what is known.
    """
    half_years = reports.order_by("-ends_on").values_list("period", "ends_on")
    counted = list(half_years.annotate(areas=Count("area", distinct=True)))
    rule = Rule.objects.valid(counted[0][1]).first() if counted else None
    enough = (code for code, _day, areas in counted if rule and areas >= rule.severe_areas)
    period = next(enough, None)
    return severe_in(parse(period), among=reports) if period else None


def _told(rows: Iterable[Row]) -> list[Told]:
    return [
        Told(code, area, Balance(category), Stock(employed=employed, unemployed=unemployed).unemployment_rate)
        for _period, code, area, category, employed, unemployed in rows
    ]


def _unemployment(rows: Iterable[Row]) -> Mapping[str, float | None]:
    """Of each occupation over the areas that know it."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for _period, code, _area, _category, employed, unemployed in rows:
        if employed is not None and unemployed is not None:
            sums[code].update(employed=employed, unemployed=unemployed)
    return {
        code: Stock(employed=of_one["employed"], unemployed=of_one["unemployed"]).unemployment_rate
        for code, of_one in sums.items()
    }

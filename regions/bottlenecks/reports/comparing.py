"""A report beside the last one before it, and a correction beside the issue it corrects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jobcenter.classifications.models import Occupation, Outlook
from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.models import Category, Line, Report, Rule
from regions.bottlenecks.reports.changes import Change, Kind, compare
from regions.bottlenecks.reports.drafting import KEPT
from regions.measures.periods import parse

Lines = Mapping[str, Line]
"""Of one issue, by the codes of their occupations."""


@dataclass(frozen=True)
class Changed:
    """What differs of one occupation. line: of the report, or of the earlier one where it is gone."""

    line: Line
    kind: Kind
    before: Category | None
    after: Category | None

    @property
    def occupation(self) -> Occupation:
        return self.line.occupation


@dataclass(frozen=True)
class Compared:
    """A report compared with an earlier issue.

    other_figures: occupations of both whose figures differ, whatever became of their category.
    """

    report: Report
    earlier: Report
    changes: Sequence[Changed]
    as_before: int
    other_figures: int

    @property
    def became_hard(self) -> int:
        return self._count(Kind.BECAME_HARD)

    @property
    def no_longer_hard(self) -> int:
        return self._count(Kind.NO_LONGER_HARD)

    @property
    def hard_and_not_assessed_before(self) -> int:
        """Occupations that are hard to fill, and of which the earlier issue said nothing."""
        said_nothing = (Kind.ASSESSED, Kind.NEW)
        return sum(one.kind in said_nothing and one.after in Outlook.HARD_TO_FILL for one in self.changes)

    @property
    def recategorised(self) -> int:
        """Occupations of both that have another category."""
        return len(self.changes) - self.new - self.gone

    @property
    def new(self) -> int:
        return self._count(Kind.NEW)

    @property
    def gone(self) -> int:
        return self._count(Kind.GONE)

    @property
    def by_kind(self) -> list[tuple[Kind, list[Changed]]]:
        """Those that became hard to fill first; no kind without any."""
        return [(kind, list(of_one)) for kind, of_one in groupby(self.changes, lambda change: change.kind)]

    @property
    def is_half_year_before(self) -> bool:
        return parse(self.earlier.period) == parse(self.report.period).previous()

    def _count(self, kind: Kind) -> int:
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True)
class WhatChanged:
    """since: the last report; None where it is the first of its area. corrected: of a correction alone.

    other_rule: what the last report was assessed by, where that is not what this one is. replaced_by: the
    issue that has corrected the last report after this one was published.
    """

    since: Compared | None
    corrected: Compared | None
    other_rule: Rule | None
    replaced_by: Report | None


def what_changed(report: Report) -> WhatChanged:
    """Compare a report with the last before it, and a correction with the issue it corrects. Four queries.

    report: with what it corrects.
    """
    last, corrected = last_before(report), report.corrects
    earlier = [one for one in (last, corrected) if one]
    beside = {one.earlier.pk: one for one in _beside(report, earlier)}
    return WhatChanged(
        since=beside[last.pk] if last else None,
        corrected=beside[corrected.pk] if corrected else None,
        other_rule=_other_rule(report, last) if last else None,
        replaced_by=last.replaced_by if last else None,
    )


def since_last(report: Report) -> Compared | None:
    """Compare a report with the last before it alone; None where it is the first. Two queries."""
    last = last_before(report)
    return _beside(report, [last])[0] if last else None


def last_before(report: Report) -> Report | None:
    """The newest published issue of the area's nearest earlier half-year that has one. One query.

    Of a published report it is the one that was the newest when that was published: what is said of what
    changed never changes either.
    """
    issues = Report.objects.published().filter(area=report.area_id, ends_on__lt=report.starts_on)
    if report.published_at:
        issues = issues.filter(published_at__lte=report.published_at)
    return issues.order_by("-ends_on", "-number").first()


def _beside(report: Report, earlier: Sequence[Report]) -> list[Compared]:
    """The report compared with each of the earlier issues. One query."""
    lines: dict[int, dict[str, Line]] = {one.pk: {} for one in (report, *earlier)}
    for line in Line.objects.filter(report__in=lines).select_related("occupation"):
        lines[line.report_id][line.occupation.code] = line
    return [_compared(report, one, before=lines[one.pk], after=lines[report.pk]) for one in earlier]


def _compared(report: Report, earlier: Report, *, before: Lines, after: Lines) -> Compared:
    changes = compare(_categories(before), _categories(after))
    in_both = before.keys() & after.keys()
    return Compared(
        report=report,
        earlier=earlier,
        changes=[_told(change, before=before, after=after) for change in changes.found],
        as_before=changes.as_before,
        other_figures=sum(_figures(before[code]) != _figures(after[code]) for code in in_both),
    )


def _other_rule(report: Report, earlier: Report) -> Rule | None:
    now = Rule.objects.valid(report.ends_on)
    return Rule.objects.valid(earlier.ends_on).exclude(pk__in=now.values("pk")).first()


def _categories(lines: Lines) -> dict[str, Balance]:
    return {code: Balance(line.category) for code, line in lines.items()}


def _told(change: Change, *, before: Lines, after: Lines) -> Changed:
    return Changed(
        line=after.get(change.occupation) or before[change.occupation],
        kind=change.kind,
        before=Category(change.before) if change.before else None,
        after=Category(change.after) if change.after else None,
    )


def _figures(line: Line) -> list[object]:
    return [getattr(line, name) for name in KEPT]

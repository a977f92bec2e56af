"""How the deadlines were kept, as pages tell it: a jobcentre sees all of its own, others no small numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.measures.models import Measure
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import Cell, Limits, hidden
from regions.timeliness.models import DeadlineRule, Duty, Kept


@dataclass(frozen=True)
class Line:
    """One rule in one quarter. The numbers are None where they are hidden."""

    rule: DeadlineRule
    due: int | None
    timely: int | None
    kept: Kept | None = None

    @property
    def late(self) -> int | None:
        return None if self.due is None or self.timely is None else self.due - self.timely

    @property
    def share(self) -> float | None:
        return self.timely / self.due if self.due and self.timely is not None else None


@dataclass(frozen=True)
class Standing:
    """A jobcentre's own duties in one quarter, all rules together; hidden like a line."""

    jobcentre: Jobcentre
    due: int | None
    timely: int | None

    @property
    def share(self) -> float | None:
        return self.timely / self.due if self.due and self.timely is not None else None


def quarters_of(jobcentres: Iterable[Jobcentre]) -> list[str]:
    """The quarters that are told of any of them, the latest first."""
    kept = Kept.objects.filter(jobcentre__in=jobcentres).order_by("-starts_on")
    return list(kept.values_list("period", flat=True).distinct())


def lines_of(jobcentre: Jobcentre, *, period: str, is_own: bool) -> list[Line]:
    """By rule and target group; the jobcentre's own duties first. How late is told to the jobcentre alone."""
    rows = (
        Kept.objects.filter(jobcentre=jobcentre, period=period)
        .select_related("rule__target_group", "rule__measure")
        .order_by("rule__measure__code", "rule__target_group__code", "rule__code", "rule__valid_from")
    )
    if is_own:
        lines = [Line(row.rule, row.due, row.timely, row) for row in rows]
    else:
        limits = limits_on(timezone.localdate())
        own = [row for row in rows if row.rule.duty == Duty.JOBCENTRE]
        others = [row for row in rows if row.rule.duty != Duty.JOBCENTRE]
        lines = [
            *_without_small(own, limits=limits, add_up=True),
            *_without_small(others, limits=limits, add_up=False),
        ]
    return sorted(lines, key=lambda line: line.rule.duty != Duty.JOBCENTRE)


def _without_small(rows: Sequence[Kept], *, limits: Limits, add_up: bool) -> list[Line]:
    """Lines for others. add_up: they stand beside their total, from which one hidden alone would be found."""
    small = [_is_small(row.due, row.timely, limits=limits) for row in rows]
    if add_up and rows:
        hide = hidden(
            [[each] for each in small],
            sizes=[[row.due] for row in rows],
            rows_add_up=False,
            columns_add_up=True,
        )
        small = hide[:, 0].tolist()
    return [
        Line(row.rule, None, None) if is_hidden else Line(row.rule, row.due, row.timely)
        for row, is_hidden in zip(rows, small, strict=True)
    ]


def standings(jobcentres: Sequence[Jobcentre], *, period: str) -> list[Standing]:
    """Each jobcentre that has something due, the one that keeps least first and those hidden last."""
    of = {jobcentre.pk: jobcentre for jobcentre in jobcentres}
    rows = (
        Kept.objects.filter(jobcentre__in=of, period=period, rule__duty=Duty.JOBCENTRE)
        .order_by("jobcentre__sort_key")
        .values_list("jobcentre")
        .annotate(Sum("due"), Sum("timely"))
    )
    limits = limits_on(timezone.localdate())
    found = [
        Standing(of[pk], None, None)
        if _is_small(due, timely, limits=limits)
        else Standing(of[pk], due, timely)
        for pk, due, timely in rows
    ]
    return sorted(found, key=lambda one: 2.0 if one.share is None else one.share)


def nothing_told(jobcentres: Iterable[Jobcentre], standings: Iterable[Standing]) -> list[Standing]:
    """Those of whom nothing came due, or no spells have come: none of none, which is not zero of some."""
    told = {one.jobcentre.pk for one in standings}
    return [Standing(jobcentre, 0, 0) for jobcentre in jobcentres if jobcentre.pk not in told]


def measures_of(jobcentres: Iterable[Jobcentre], *, period: str) -> list[Measure]:
    """What the jobcentres' own duties of a quarter are counted in. One query."""
    rules = DeadlineRule.objects.filter(
        kept__jobcentre__in=jobcentres, kept__period=period, duty=Duty.JOBCENTRE
    )
    return list(Measure.objects.filter(pk__in=rules.order_by().values("measure")))


def _is_small(due: int, timely: int, *, limits: Limits) -> bool:
    """Whether one of the two would tell of few: one deadline is one person."""
    return due < limits.min_base or Cell(timely, due).is_small(limits)

"""How the deadlines were kept, as pages tell it: a jobcentre sees all of its own, others no small numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from jobcenter.centres.models import Jobcentre
from regions.timeliness.models import DeadlineRule, Duty, Kept

LEAST_CELL, LEAST_BASE = 5, 20
"""Others are not told of fewer persons than this on either side, or of a share of fewer in all.

As Statistics Denmark hides cells, and as the comparison of results does; one deadline is one person.
"""


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
        lines = _none_hidden_alone([Line(row.rule, *_told(row.due, row.timely)) for row in rows])
    return sorted(lines, key=lambda line: line.rule.duty != Duty.JOBCENTRE)


def _none_hidden_alone(lines: list[Line]) -> list[Line]:
    """Hide the smallest of the others where one alone is hidden: the total would give it away."""
    own = [line for line in lines if line.rule.duty == Duty.JOBCENTRE]
    shown = [line for line in own if line.due is not None]
    if len(own) - len(shown) != 1 or not shown:
        return lines
    smallest = min(shown, key=lambda line: line.due or 0)
    return [Line(line.rule, None, None) if line is smallest else line for line in lines]


def standings(jobcentres: Sequence[Jobcentre], *, period: str) -> list[Standing]:
    """Each jobcentre that has something due, the one that keeps least first and those hidden last."""
    of = {jobcentre.pk: jobcentre for jobcentre in jobcentres}
    rows = (
        Kept.objects.filter(jobcentre__in=of, period=period, rule__duty=Duty.JOBCENTRE)
        .order_by("jobcentre__sort_key")
        .values_list("jobcentre")
        .annotate(Sum("due"), Sum("timely"))
    )
    found = [Standing(of[pk], *_told(due, timely)) for pk, due, timely in rows]
    return sorted(found, key=lambda one: 2.0 if one.share is None else one.share)


def _told(due: int, timely: int) -> tuple[int | None, int | None]:
    """The two numbers, or neither where one of them would tell of few."""
    is_small = due < LEAST_BASE or any(0 < number < LEAST_CELL for number in (timely, due - timely))
    return (None, None) if is_small else (due, timely)

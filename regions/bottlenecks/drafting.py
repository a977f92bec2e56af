"""The half-yearly report of an area, drafted from how employers closed their vacancies.

What a person has said stays: a published report is never touched, and a line that somebody has reviewed
(it has a remark, or another category than was proposed) keeps category and remark when its figures change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Left
from django.utils import timezone

from employers.vacancies.models import Outcome, Vacancy
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Area, AreaMunicipality
from regions.bottlenecks.indicators import Assessment, Category, Outcomes, assess
from regions.bottlenecks.models import Line, Report, Rule
from regions.comparison.models import Step
from regions.measures.periods import Period, parse

UNIT_GROUP = 4
"""Digits of the occupations that are assessed."""

FIGURES = ("attempts", "failed", "lower", "upper", "proposed")

NO_ANSWER = Assessment(attempts=0, failed=0, rate=None, interval=None, category=Category.NOT_ASSESSED)


@transaction.atomic
def draft(*, area: Area, period: Period) -> Report | None:
    """Draft the area's report of a half-year, or bring the draft up to date.

    None when no vacancy there was closed with an answer. A published report comes back as it is.
    """
    report = Report.objects.select_for_update().filter(area=area, period=period.code).first()
    if report and report.state != Report.State.DRAFT:
        return report
    outcomes = outcomes_of(area=area, period=period)
    if not outcomes and not report:
        return None
    if not report:
        report = Report.objects.create(
            area=area, period=period.code, starts_on=period.starts_on, ends_on=period.ends_on
        )
    rule = Rule.objects.valid(period.ends_on).get()
    assessed = {
        occupation: assess(outcomes=counted, cut=rule.cut, least_attempts=rule.least_attempts)
        for occupation, counted in outcomes.items()
    }
    if _write_lines(report, assessed):
        report.computed_at = timezone.now()
        report.save(update_fields=["computed_at"])
    return report


def outcomes_of(*, area: Area, period: Period) -> dict[int, Outcomes]:
    """How vacancies of the area's workplaces were closed in the period, by occupation. Two queries.

    An occupation of six digits counts as its first four. A workplace is in the area its municipality was
    in on the last day of the period. Only occupations that somebody tried to recruit in are there.
    """
    begins, ends = (
        timezone.make_aware(datetime.combine(day, time.min))
        for day in (period.starts_on, period.ends_on + timedelta(days=1))
    )
    counts = {outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome}
    closed = (
        Vacancy.objects.filter(
            state=Vacancy.State.CLOSED,
            closed_at__gte=begins,
            closed_at__lt=ends,
            workplace__municipality__in=AreaMunicipality.objects.valid(period.ends_on)
            .filter(area=area)
            .values("municipality"),
        )
        .order_by()
        .annotate(unit_group=Left("occupation__code", UNIT_GROUP))
        .values("unit_group")
        .annotate(**counts)
        .values_list("unit_group", *counts)
    )
    by_code = {code: Outcomes(**dict(zip(counts, counted, strict=True))) for code, *counted in closed}
    pk_of = dict(Occupation.objects.unit_groups().filter(code__in=by_code).values_list("code", "pk"))
    return {pk_of[code]: counted for code, counted in by_code.items() if counted.attempts and code in pk_of}


def carry_out(step: Step) -> None:
    """Do what a step of a recomputation is about."""
    draft(area=Area.objects.get(code=step.about["area"]), period=parse(step.about["period"]))


def is_reviewed(line: Line) -> bool:
    """Whether a person has said something about the line."""
    return bool(line.comment) or line.category != line.proposed


def _write_lines(report: Report, assessed: Mapping[int, Assessment]) -> bool:
    """Make the report's lines say what was assessed; returns whether any of them changed.

    Only what differs is written, so that the history holds changes and not recomputations.
    """
    lines = {line.occupation_id: line for line in report.lines.select_for_update()}
    reviewed = {occupation: NO_ANSWER for occupation, line in lines.items() if is_reviewed(line)}
    wanted = {**reviewed, **assessed}
    new = [
        Line(report=report, occupation_id=occupation, category=assessment.category, **_figures(assessment))
        for occupation, assessment in wanted.items()
        if occupation not in lines
    ]
    changed = [
        line for occupation, line in lines.items() if occupation in wanted and _put(line, wanted[occupation])
    ]
    gone = [line.pk for occupation, line in lines.items() if occupation not in wanted]
    Line.objects.bulk_create(new)
    Line.objects.bulk_update(changed, [*FIGURES, "category"])
    Line.objects.filter(pk__in=gone).delete()
    return bool(new or changed or gone)


def _figures(assessment: Assessment) -> dict[str, object]:
    interval = assessment.interval
    return {
        "attempts": assessment.attempts,
        "failed": assessment.failed,
        "lower": interval.lower if interval else None,
        "upper": interval.upper if interval else None,
        "proposed": str(assessment.category),
    }


def _put(line: Line, assessment: Assessment) -> bool:
    """Give the line its new figures, and the new category unless a person gave it one. Whether it changed."""
    wanted = _figures(assessment)
    if not is_reviewed(line):
        wanted["category"] = wanted["proposed"]
    differs = any(getattr(line, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(line, name, value)
    return differs

"""The half-yearly report of an area, drafted from the indicators of its occupations.

What a person has said stays: a published report is never touched, and a line with a remark (as every line
with another category than was proposed) keeps category and remark when its figures change. A line that was
accepted stays accepted while the same is proposed; where the rule comes to propose something else, somebody
must look again.

A correction is begun by people and with the figures they chose (`correcting.py`): nothing is drafted beside
a published report, and a correction's draft is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from jobcenter.classifications.models import UNIT_GROUP
from jobcenter.geography.models import Area
from regions.bottlenecks.figures.computing import FIGURES, compute
from regions.bottlenecks.models import Category, Indicators, Line, Place, Report
from regions.comparison.models import Step
from regions.measures.periods import Period, parse

KEPT = tuple(name for name in FIGURES if name != "category")
"""What a line freezes of the indicators it rests on, beside the category they propose."""

UNKNOWN = Indicators(category=Category.NOT_ASSESSED)
"""Of an occupation that nobody tried to recruit in any more."""


@transaction.atomic
def draft(*, area: Area, period: Period) -> Report | None:
    """Draft the area's report of a half-year from its indicators, or bring the draft up to date.

    None when no vacancy there was closed with an answer. A published report, and a correction, come back as
    they are.
    """
    issues = Report.objects.standing().select_for_update().filter(area=area, period=period.code)
    report = issues.order_by("number").last()
    if report and (not report.is_draft or report.corrects_id):
        return report
    known = indicators_of(area=area, period=period)
    if not known and not report:
        return None
    if not report:
        report = Report.objects.create(
            area=area, period=period.code, starts_on=period.starts_on, ends_on=period.ends_on
        )
    if _write_lines(report, known):
        report.computed_at = timezone.now()
        report.save(update_fields=["computed_at"])
    return report


def indicators_of(*, area: Area, period: Period) -> dict[int, Indicators]:
    """The unit groups that somebody in the area tried to recruit in, by occupation. One query."""
    found = Indicators.objects.of(Place.AREA, area.code).filter(
        period=period.code, occupation__level=UNIT_GROUP, attempts__gt=0
    )
    return {indicators.occupation_id: indicators for indicators in found}


def carry_out(step: Step) -> None:
    """Do what a step of a recomputation is about: the indicators of a half-year, or an area's draft of it."""
    period = parse(step.about["period"])
    if area := step.about.get("area"):
        draft(area=Area.objects.get(code=area), period=period)
    else:
        compute(period)


def figures_of(found: Indicators) -> dict[str, object]:
    """What a line keeps of the indicators, by the name of its field."""
    return {**{name: getattr(found, name) for name in KEPT}, "proposed": found.category}


def _write_lines(report: Report, known: Mapping[int, Indicators]) -> bool:
    """Make the report's lines say what is known; returns whether any of them changed.

    Only what differs is written, so that the history holds changes and not recomputations.
    """
    lines = {line.occupation_id: line for line in report.lines.select_for_update()}
    said = {occupation: UNKNOWN for occupation, line in lines.items() if line.comment}
    wanted = {**said, **known}
    new = [
        Line(report=report, occupation_id=occupation, category=found.category, **figures_of(found))
        for occupation, found in wanted.items()
        if occupation not in lines
    ]
    changed = [
        line for occupation, line in lines.items() if occupation in wanted and _put(line, wanted[occupation])
    ]
    gone = [line.pk for occupation, line in lines.items() if occupation not in wanted]
    Line.objects.bulk_create(new)
    Line.objects.bulk_update(changed, [*KEPT, "proposed", "category", "accepted_by", "accepted_at"])
    Line.objects.filter(pk__in=gone).delete()
    return bool(new or changed or gone)


def _put(line: Line, found: Indicators) -> bool:
    """Give the line its new figures, and the new category unless a person wrote of it. Whether it changed."""
    wanted = figures_of(found)
    if wanted["proposed"] != line.proposed:
        wanted |= {"accepted_by": None, "accepted_at": None}
    if not line.comment:
        wanted["category"] = wanted["proposed"]
    differs = any(getattr(line, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(line, name, value)
    return differs

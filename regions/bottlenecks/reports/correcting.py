"""A published report never changes: what was wrong in it is put right by a new issue that says so."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused
from regions.bottlenecks.models import Line, Report, ReportLog, State
from regions.bottlenecks.reports.drafting import KEPT, UNKNOWN, figures_of, indicators_of
from regions.measures.periods import parse


class Basis(models.TextChoices):
    """Which figures a correction rests on."""

    AS_PUBLISHED = "as_published", _("The published figures, as they stand")
    AS_KNOWN = "as_known", _("The figures as they are known today")


@transaction.atomic
def begin(*, report: Report, by: User, organisation: Organisation, reason: str, basis: Basis) -> Report:
    """Draft the next issue of a published report, with its lines; it is reviewed and published as any draft.

    reason: what was wrong. With the published figures every line is as it was, and has still to be accepted;
    with today's, lines keep their remarks and the categories these explain.
    Raises TransitionRefused without a reason, for what is not published, and where an issue corrects the
    report already.
    """
    if not reason.strip():
        raise TransitionRefused(_("Write what was wrong: it stands in the new issue."))
    issue = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not issue.is_published:
        raise TransitionRefused(_("A draft is changed, and only a published report corrected."))
    if Report.objects.filter(corrects=issue).exists():
        raise TransitionRefused(_("A correction of this issue was begun already."))
    as_known = basis == Basis.AS_KNOWN
    correction = Report.objects.create(
        area=issue.area,
        period=issue.period,
        starts_on=issue.starts_on,
        ends_on=issue.ends_on,
        number=issue.number + 1,
        corrects=issue,
        correction=reason.strip(),
        computed_at=timezone.now() if as_known else issue.computed_at,
    )
    Line.objects.bulk_create(_as_known(correction) if as_known else _as_published(correction))
    correction.log.create(
        from_state="", to_state=State.DRAFT, by=by, organisation=organisation, comment=correction.correction
    )
    return correction


def steps_of(report: Report) -> QuerySet[ReportLog]:
    """The steps of a report, and the giving up of corrections of it; the latest first."""
    given_up = Q(
        to_state=State.GIVEN_UP,
        subject__area=report.area_id,
        subject__period=report.period,
        subject__number=report.number + 1,
    )
    steps = ReportLog.objects.filter(Q(subject=report) | given_up)
    return steps.select_related("by", "organisation").order_by("-at", "-pk")


def meant_to_correct(report: Report) -> Report | None:
    """The issue that a correction was of before it was given up; None for any other report. One query."""
    if not report.is_given_up:
        return None
    return Report.objects.published().get(area=report.area_id, period=report.period, number=report.number - 1)


def _as_published(correction: Report) -> list[Line]:
    return [_line(correction, line, _kept(line)) for line in Line.objects.filter(report=correction.corrects)]


def _as_known(correction: Report) -> list[Line]:
    """Of the occupations that have figures today, and those of which a remark says something."""
    issued = {line.occupation_id: line for line in Line.objects.filter(report=correction.corrects)}
    known = indicators_of(area=correction.area, period=parse(correction.period))
    wanted = {**{pk: UNKNOWN for pk, line in issued.items() if line.comment}, **known}
    return [
        _line(correction, issued.get(occupation) or Line(occupation_id=occupation), figures_of(found))
        for occupation, found in wanted.items()
    ]


def _kept(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in (*KEPT, "proposed")}


def _line(correction: Report, said: Line, figures: Mapping[str, object]) -> Line:
    """A line of the correction with its figures, and what was said before where a remark says why."""
    category = said.category if said.comment else str(figures["proposed"])
    return Line(
        report=correction,
        occupation_id=said.occupation_id,
        category=category,
        comment=said.comment,
        **figures,
    )

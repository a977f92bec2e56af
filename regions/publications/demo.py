"""Two quarters of invented results as they were published, and a correction of the latter."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from jobcenter.accounts.models import Membership, Role
from jobcenter.runtime.demo import Demo
from regions.comparison.models import Result
from regions.dashboard.recomputation import carry_out_here, plan
from regions.feeds.figures import Figure
from regions.feeds.receiving import Origin, receive
from regions.feeds.writing import as_file
from regions.measures.periods import Period, parse
from regions.publications.checking import quarters_to_publish
from regions.publications.choosing import chosen
from regions.publications.freezing import draw_up
from regions.publications.models import Publication
from regions.publications.publishing import publish

ORDER = 95

COUNTED_LATE = 2
"""Persons that one jobcentre's figure lacked at first."""


def load(world: Demo) -> None:
    national = Membership.objects.filter(role=Role.NATIONAL).select_related("user", "organisation")
    analyst = national.order_by("pk").first()
    quarters = [quarter for quarter in quarters_to_publish() if as_expected(quarter).exists()][:2]
    if analyst is None or not quarters:
        return

    def issue(quarter: Period, *, days_ago: int, reason: str, correction: str = "") -> Publication:
        return publish(
            publication=draw_up(quarter=quarter, on=world.today, correction=correction),
            by=analyst.user,
            organisation=analyst.organisation,
            reason=reason,
            at=world.now - timedelta(days=days_ago),
        )

    for quarter, days_ago in zip(reversed(quarters), (100, 9), strict=False):
        issue(quarter, days_ago=days_ago, reason="Gennemgået måling for måling med områdekontorerne.")
    count_the_late(world, quarter=quarters[0])
    issue(
        quarters[0],
        days_ago=2,
        reason="Rettelsen er kontrolleret mod jobcentrets egen opgørelse.",
        correction="Et jobcenter havde ikke fået alle med i sin første indberetning.",
    )
    world.tell(f"{Publication.objects.count()} published comparisons, the last a correction")


def as_expected(quarter: Period) -> QuerySet[Result]:
    """Invented results of many persons in which nothing stands out; none where only others were compared."""
    invented = chosen(quarter).filter(measure__is_fictional=True)
    return (
        Result.objects.filter(comparison__in=invented, z_adjusted__range=(-0.5, 0.5), actual__gte=50)
        .select_related("jobcentre", "comparison__measure", "comparison__target_group")
        .order_by("comparison__measure__code", "comparison__target_group__code", "jobcentre__code")
    )


def count_the_late(world: Demo, *, quarter: Period) -> None:
    """One jobcentre delivers its latest figure once more, with those it had not counted at first."""
    result = as_expected(quarter)[:1].get()
    comparison = result.comparison
    counted = result.actual + COUNTED_LATE
    figures = [
        Figure(
            line=2,
            measure=comparison.measure.code,
            group=comparison.target_group.code,
            municipality=None,
            jobcentre=result.jobcentre.code,
            period=parse(comparison.period),
            value=100 * counted / result.base,
            numerator=counted,
            denominator=result.base,
        )
    ]
    receive(
        figures,
        origin=Origin(
            source="Opdigtede tal til demonstration",
            data_date=world.today,
            file_name=f"rettelse-{comparison.period}.csv",
            content=as_file(figures),
        ),
    )
    carry_out_here(plan(by=None, organisation=None, on=world.today, periods={comparison.period}))

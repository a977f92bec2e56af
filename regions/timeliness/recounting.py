"""Counting anew: how the deadlines were kept into its table, and every measure on to the measurements.

The measures take the way every delivery takes (`feeds.receiving`), so that what compares and what flags reads
them as it reads any other. The same spells give the same figures, and figures that have not changed are not
written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet, Sum

from jobcenter.centres.models import Jobcentre
from regions.feeds.figures import Figure
from regions.feeds.receiving import Origin, receive
from regions.feeds.writing import as_file
from regions.measures.models import Measurement, TargetGroup
from regions.measures.periods import Frequency, Period, latest_ended
from regions.timeliness import counting, effort
from regions.timeliness.effort import Told
from regions.timeliness.models import Counting, DeadlineRule, Duty, Kept, SpellDelivery

QUARTERS = 8
"""So far back what is counted may still change; before that, spells begin to be removed."""

SOURCE = "Jobcentrenes fagsystemer"

MEASURES = frozenset(
    {
        *("timely_first_interview", "timely_interviews", "timely_offer"),
        *effort.MARKS,
        *("weeks_to_first_offer", "activation_degree", "activated_share", "full_time_persons"),
        *(measure for measure, _exit_to, _length in effort.LEADS_TO),
    }
)
"""What is passed on: a figure of these that the spells no longer give is withdrawn."""

LONGEST = timedelta(minutes=10)


def carry_out(pk: int) -> None:
    """Do what was promised."""
    with Counting.objects.claim(pk, lease=LONGEST) as work:
        if work:
            with transaction.atomic():
                count_anew(jobcentre=work.jobcentre)
                work.finish()


def _know_the_rows() -> None:
    """Let the planner know what has just arrived.

    Taken for empty, spells and activities are joined row by row, which takes minutes and not a second.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE timeliness_spell, timeliness_activity, timeliness_exemption")


@transaction.atomic
def count_anew(*, jobcentre: Jobcentre | None = None) -> int:
    """Count the latest quarters of one jobcentre, or of all, and pass the measures on: so many figures.

    Nothing happens before there is a delivery. The same few statements for one and for the country.
    """
    deliveries = SpellDelivery.objects.all()
    if jobcentre:
        deliveries = deliveries.filter(jobcentre=jobcentre)
    reaches_to = deliveries.aggregate(last=Max("window_to"))["last"]
    if reaches_to is None:
        return 0
    _know_the_rows()
    first, last = _span_of_quarters(reaches_to)
    only = [jobcentre.pk] if jobcentre else None
    _count_deadlines(first=first, last=last, only=only)
    told = [
        *_timely(first=first, last=last, only=only),
        *effort.first_offers(first=first, last=last, jobcentres=only),
        *effort.on_benefit(first=first, last=last, jobcentres=only),
        *effort.exits(first=first, last=last, jobcentres=only),
    ]
    figures = list(_figures(told))
    _withdraw_others(figures, first=first, last=last, only=only)
    receive(
        figures,
        origin=Origin(
            source=SOURCE,
            data_date=reaches_to,
            file_name=f"{jobcentre.code if jobcentre else 'alle'}-{reaches_to}",
            content=as_file(figures),
        ),
    )
    return len(figures)


def _span_of_quarters(reaches_to: date) -> tuple[date, date]:
    """From the first day of the earliest quarter to the last of the quarter that the data reach into."""
    latest = latest_ended(Frequency.QUARTER, on=reaches_to)
    step = Frequency.QUARTER.step
    return (
        Period(Frequency.QUARTER, latest.last - (QUARTERS - 1) * step).starts_on,
        Period(Frequency.QUARTER, latest.last + step).ends_on,
    )


def _count_deadlines(*, first: date, last: date, only: Sequence[int] | None) -> None:
    """New rows in the place of those of these quarters."""
    rules = list(DeadlineRule.objects.values_list("pk", flat=True))
    counts = counting.count(rules=rules, first=first, last=last, jobcentres=only)
    _within(Kept.objects.all(), first=first, last=last, only=only).delete()
    Kept.objects.bulk_create(
        (
            Kept(
                rule_id=one.rule,
                jobcentre_id=one.jobcentre,
                period=_quarter(one.quarter).code,
                starts_on=one.quarter,
                ends_on=_quarter(one.quarter).ends_on,
                due=one.due,
                timely=one.timely,
                late_a_week=one.late_a_week,
                late_a_month=one.late_a_month,
                late_more=one.late_more,
                not_done=one.not_done,
            )
            for one in counts
        ),
        batch_size=2000,
    )


def _timely(*, first: date, last: date, only: Sequence[int] | None) -> Iterator[Told]:
    """The jobcentres' own duties, by measure; of quarters that a jobcentre's data tell of to the end."""
    reaching = SpellDelivery.objects.filter(
        jobcentre=OuterRef("jobcentre"), window_to__gte=OuterRef("ends_on")
    )
    kept = _within(Kept.objects.all(), first=first, last=last, only=only)
    by = ("rule__measure__code", "jobcentre", "rule__target_group", "starts_on")
    for measure, centre, group, quarter, timely, due in (
        kept.filter(Exists(reaching), rule__duty=Duty.JOBCENTRE)
        .order_by(*by)
        .values_list(*by)
        .annotate(Sum("timely"), Sum("due"))
    ):
        yield Told(
            measure=measure,
            jobcentre=centre,
            target_group=group,
            quarter=quarter,
            numerator=timely,
            denominator=due,
            value=100 * timely / due,
        )


def _withdraw_others(
    figures: Iterable[Figure], *, first: date, last: date, only: Sequence[int] | None
) -> None:
    """Remove what was passed on before of these quarters, and is not among the figures any more."""
    given = {(one.measure, one.group, one.jobcentre, one.period.code) for one in figures}
    standing = _within(Measurement.objects.all(), first=first, last=last, only=only)
    rows = standing.filter(measure__code__in=MEASURES, delivery__source=SOURCE).values_list(
        "pk", "measure__code", "target_group__code", "jobcentre__code", "period"
    )
    gone = [pk for pk, *key in rows if tuple(key) not in given]
    Measurement.objects.filter(pk__in=gone).delete()


Rows = TypeVar("Rows", Kept, Measurement)


def _within(rows: QuerySet[Rows], *, first: date, last: date, only: Sequence[int] | None) -> QuerySet[Rows]:
    """Those of these quarters, and of these jobcentres or of all."""
    found = rows.filter(starts_on__gte=first, ends_on__lte=last)
    return found if only is None else found.filter(jobcentre__in=only)


def _figures(told: Iterable[Told]) -> Iterator[Figure]:
    jobcentres = dict(Jobcentre.objects.values_list("pk", "code"))
    groups = dict(TargetGroup.objects.values_list("pk", "code"))
    for line, one in enumerate(told, 1):
        yield Figure(
            line=line,
            measure=one.measure,
            group=groups[one.target_group],
            municipality=None,
            jobcentre=jobcentres[one.jobcentre],
            period=_quarter(one.quarter),
            value=one.value,
            numerator=one.numerator,
            denominator=one.denominator,
        )


def _quarter(begins: date) -> Period:
    return Period(Frequency.QUARTER, begins.year * 12 + begins.month + 1)

"""Bringing everything up to date: planned as steps, started once, and how far it is.

    1  framework conditions
    2  each period: all comparisons made in it, kept aside
    3  each measure, or several: their results over all those periods, written at once
    4  each measure, or several: flags
    5  what is known of each occupation everywhere in the half-year that runs and the last one
    6  the draft bottleneck report of each area on the last half-year

A stage begins when the one before is done, since it reads what that one wrote. Where only some figures have
changed, only what depends on them is computed: the comparisons of their periods and the flags, or the
half-years whose register figures came. A period whose figures are not mature is compared by the nightly
recomputation, once they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from enum import IntEnum

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from jobcenter.accounts.models import Organisation, User
from jobcenter.geography.models import Area
from regions.bottlenecks.models import Report, StockChange
from regions.bottlenecks.reports import drafting
from regions.comparison import comparing, steps
from regions.comparison.models import Comparison, Outcome, Recomputation, Step
from regions.measures.models import Changed, Measure, Measurement
from regions.measures.periods import Frequency, latest_ended, parse
from regions.oversight import flagging

SEVERAL = 8
"""So many measures are one step where only some periods are computed: each is soon done."""

About = dict[str, str | list[str]]
"""What a step is about."""


class Stage(IntEnum):
    CONDITIONS = 1
    COMPARE = 2
    WRITE = 3
    FLAG = 4
    INDICATORS = 5
    BOTTLENECKS = 6


TASKS: Mapping[Stage, str] = {
    Stage.CONDITIONS: "comparison.run_step",
    Stage.COMPARE: "comparison.run_step",
    Stage.WRITE: "comparison.run_step",
    Stage.FLAG: "oversight.run_step",
    Stage.INDICATORS: "bottlenecks.run_step",
    Stage.BOTTLENECKS: "bottlenecks.run_step",
}

DOES: Mapping[str, Callable[[Step], None]] = {
    "comparison.run_step": comparing.carry_out,
    "oversight.run_step": flagging.carry_out,
    "bottlenecks.run_step": drafting.carry_out,
}
"""What each room's task does, for a recomputation without workers."""


@transaction.atomic
def start(*, by: User | None, organisation: Organisation | None) -> tuple[Recomputation, bool]:
    """Start a recomputation of everything, and whether it is a new one: there is one at a time.

    While one is running, that one is returned.
    """
    if running := _running():
        return running, False
    return _begin(plan(by=by, organisation=organisation)), True


@transaction.atomic
def start_nightly(*, on: date) -> Recomputation | None:
    """Start the day's recomputation of everything, once however often it is asked for.

    None where it has been, and while another is running: then it is started when next asked for.
    """
    if _running() or Recomputation.objects.filter(night=on).exists():
        return None
    return _begin(plan(by=None, organisation=None, on=on, is_nightly=True))


@transaction.atomic
def follow() -> Recomputation | None:
    """Start a recomputation of what depends on figures that have changed since they were last compared.

    None where nothing has, and while another is running: what comes meanwhile waits for the next look.
    """
    changed = Changed.objects.exists() or StockChange.objects.exists()
    if not changed or _running():
        return None
    periods = set(Changed.objects.values_list("period", flat=True))
    return _begin(plan(by=None, organisation=None, periods=periods, half_years=_half_years_changed()))


@transaction.atomic
def plan(
    *,
    by: User | None,
    organisation: Organisation | None,
    on: date | None = None,
    periods: Collection[str] | None = None,
    half_years: Collection[str] = (),
    is_nightly: bool = False,
) -> Recomputation:
    """Write a recomputation and all its steps; nobody is asked to begin. periods: None is everything.

    half_years: whose bottlenecks are computed, where it is not everything.
    The changes it answers are taken away before the figures are read: one that comes later stays.
    """
    day = on or timezone.localdate()
    recomputation = Recomputation.objects.create(
        started_by=by, organisation=organisation, night=day if is_nightly else None
    )
    answered = Changed.objects.all() if periods is None else Changed.objects.filter(period__in=periods)
    answered.delete()
    Outcome.objects.all().delete()  # of one that stopped
    if periods is None:
        half_years = _half_years_changed() | _half_years_of_the_day(day)
    StockChange.objects.filter(period__in=half_years).delete()
    planned = _planned(day) if periods is None else _of_periods(periods, on=day, at_a_time=SEVERAL)
    Step.objects.bulk_create(
        Step(recomputation=recomputation, stage=stage, task=TASKS[stage], about=about)
        for stage, about in (*planned, *_of_half_years(half_years, on=day))
    )
    return recomputation


def carry_out_here(recomputation: Recomputation) -> None:
    """Do every step now, in this process. Raises RuntimeError with the reason when one of them fails."""
    while ready := list(Step.objects.filter(recomputation=recomputation).ready()):
        for step in ready:
            steps.run(step.pk, do=DOES[step.task])
            step.refresh_from_db()
            if not step.finished_at:
                raise RuntimeError(f"{step}: {step.error}")


def _running() -> Recomputation | None:
    """The one that is running; nobody else can start one before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE comparison_recomputation IN SHARE ROW EXCLUSIVE MODE")
    return Recomputation.objects.running().first()


def _begin(recomputation: Recomputation) -> Recomputation:
    transaction.on_commit(lambda: steps.ask_for(Step.objects.filter(recomputation=recomputation).ready()))
    return recomputation


def _planned(on: date) -> Iterator[tuple[Stage, About]]:
    """Every step with what it is about, in the order of the stages."""
    yield Stage.CONDITIONS, {"conditions_on": on.isoformat()}
    measured = Measurement.objects.filter(jobcentre__isnull=False, target_group__isnull=False)
    everything = {
        *measured.order_by().values_list("period", flat=True).distinct(),
        *Comparison.periods(),
    }
    yield from _of_periods(everything, on=on, at_a_time=1)


def _of_periods(periods: Collection[str], *, on: date, at_a_time: int) -> Iterator[tuple[Stage, About]]:
    """What is compared in some periods, the latest first: of all measures with figures or results there.

    at_a_time: so many measures are written, or flagged, in one step.
    """

    def latest_first(code: str) -> tuple[int, int, str]:
        period = parse(code)
        return -period.last, period.frequency.length, code

    for period in sorted(periods, key=latest_first):
        yield Stage.COMPARE, {"period": period, "on": on.isoformat()}
    of_measure = {"measure": OuterRef("pk"), "period__in": periods}
    has_figures = Exists(Measurement.objects.filter(**of_measure))
    has_results = Exists(Comparison.objects.filter(**of_measure))
    measures = Measure.objects.assessable().filter(has_figures | has_results).order_by("code")
    codes = list(measures.values_list("code", flat=True))
    for stage in (Stage.WRITE, Stage.FLAG):
        for first in range(0, len(codes), at_a_time):
            yield stage, {"measures": codes[first : first + at_a_time]}


def _half_years_changed() -> set[str]:
    """Those whose register figures have come, changed or gone since they were computed."""
    return set(StockChange.objects.values_list("period", flat=True))


def _half_years_of_the_day(day: date) -> set[str]:
    """The one that runs, the last one, and those whose report is a draft still: late answers count in all."""
    last = latest_ended(Frequency.HALF_YEAR, on=day)
    drafts = Report.objects.filter(state=Report.State.DRAFT, ends_on__lt=day)
    return {last.one_step_on().code, last.code, *drafts.values_list("period", flat=True)}


def _of_half_years(half_years: Collection[str], *, on: date) -> Iterator[tuple[Stage, About]]:
    """The indicators of each; and the draft reports, of the last half-year in every area.

    Of an earlier one only those that are there are brought up to date: nobody drafts a report of long ago.
    """
    last = latest_ended(Frequency.HALF_YEAR, on=on)
    for code in sorted(half_years, reverse=True):
        yield Stage.INDICATORS, {"period": code}
        areas = Area.objects.valid(parse(code).ends_on)
        if code != last.code:
            areas = areas.filter(reports__period=code, reports__state=Report.State.DRAFT)
        for area in areas.distinct():
            yield Stage.BOTTLENECKS, {"area": area.code, "period": code}

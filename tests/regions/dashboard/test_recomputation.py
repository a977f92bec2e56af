"""A recomputation: planned, started once, carried out by whoever is there, and the same in the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pgtrigger
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from employers.vacancies.models import Vacancy
from jobcenter.celery import app
from jobcenter.geography.models import Municipality
from jobcenter.runtime.models import MOST_ATTEMPTS
from regions.bottlenecks.models import Category, Indicators, Line, Place, Report, StockChange
from regions.bottlenecks.registers.receiving import Origin, receive
from regions.comparison import steps
from regions.comparison.models import Comparison, Recomputation, Result, Step
from regions.dashboard import recomputation, tasks
from regions.dashboard.recomputation import DOES, Stage, carry_out_here, follow, plan, start
from regions.measures.models import Changed, Measure, Measurement
from regions.measures.periods import Frequency, latest_ended
from regions.oversight.models import Flag, RuleParameters
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out
from tests.worker import Worker

PERIODS = ("2026QMAT03", "2025QMAT03", "2024QMAT03")
TODAY = date(2026, 11, 22)


@pytest.fixture
def measured(make_jobcentres, measure_all, measures, flag_rule, bottleneck_rule, sjaelland) -> None:
    """Thirty jobcentres on two measures in three periods; the last is clearly worse in the last two."""
    jobcentres = make_jobcentres(30)
    for number, period in enumerate(PERIODS):
        shares = np.random.default_rng(number).normal(0.35, 0.01, size=30)
        shares[-1] = 0.35 if period == "2024QMAT03" else 0.22
        measure_all(jobcentres, shares, period=period)
        measure_all(jobcentres, shares[::-1], period=period, measure=measures["back_within_12_months"])


@pytest.fixture
def vacancies(make_vacancy) -> None:
    """Vacancies at Køge that ended in the first half of 2026: six in vain, one as wanted."""
    for number, outcome in enumerate(["not_filled"] * 6 + ["filled_as_wanted"]):
        closed = datetime(2026, 3, 1 + number, tzinfo=UTC)
        make_vacancy(
            state="closed", outcome=outcome, published_at=closed - timedelta(days=20), closed_at=closed
        )


def outcome() -> list[tuple[object, ...]]:
    """All that a recomputation writes, without ids and times."""
    return [
        *Comparison.objects.order_by("measure", "target_group", "period").values_list(
            *("measure", "target_group", "period", "theta", "phi", "tau2", "r_squared", "coefficients"),
            *("weakness", "data_date", "definition_version"),
        ),
        *Result.objects.order_by("comparison__measure", "comparison__period", "jobcentre").values_list(
            *("jobcentre", "actual", "base", "expected", "z", "z_adjusted", "p", "p_adjusted"),
        ),
        *Flag.objects.order_by("jobcentre", "measure").values_list(
            *("jobcentre", "measure", "target_group", "period", "severity", "state", "evidence"),
        ),
        *Line.objects.order_by("report__area", "occupation").values_list(
            *("report__area", "report__period", "occupation", "attempts", "failed", "lower", "upper"),
            *("proposed", "category"),
        ),
    ]


def forget_flags() -> None:
    """Nobody can: what was raised stays, with its evidence."""
    with pgtrigger.ignore("oversight.Flag:never_deleted"):
        Flag.objects.all().delete()


def forget_outcome() -> None:
    forget_flags()
    Comparison.objects.all().delete()
    Line.objects.all().delete()


def test_a_period_is_compared_from_the_day_its_figures_are_mature(measured):
    Measure.objects.update(mature_after=3)

    def compared(on):
        carry_out_here(plan(by=None, organisation=None, on=on))
        return set(Comparison.objects.values_list("period", flat=True))

    assert compared(date(2026, 12, 31)) == set(PERIODS) - {"2026QMAT03"}
    assert compared(date(2027, 1, 1)) == set(PERIODS)


def test_every_period_every_measure_and_every_area_is_a_step(measured):
    planned = plan(by=None, organisation=None, on=TODAY)

    assert [planned.steps.filter(stage=stage).count() for stage in Stage] == [1, 3, 2, 2, 2, 1]
    assert planned.steps.filter(stage=Stage.COMPARE).first().about == {
        "period": "2026QMAT03",
        "on": "2026-11-22",
    }
    assert planned.steps.filter(stage=Stage.WRITE).first().about == {"measures": ["back_within_12_months"]}
    assert [step.about["period"] for step in planned.steps.filter(stage=Stage.INDICATORS)] == [
        "2026H02",
        "2026H01",
    ]
    assert planned.steps.get(stage=Stage.BOTTLENECKS).about == {"area": "sjaelland", "period": "2026H01"}


def test_facts_about_the_labour_market_are_no_part_of_it(measured, measures, measure_all, koege):
    measure_all([koege.jobcentre], [0.5], period="2026QMAT03", measure=measures["employment_rate"])

    planned = plan(by=None, organisation=None, on=TODAY)

    assert not planned.steps.filter(about__measures__contains="employment_rate").exists()


def test_it_compares_adjusts_flags_and_drafts(measured, vacancies):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))

    assert Comparison.objects.count() == 6
    assert not Result.objects.filter(p__isnull=False, p_adjusted=None).exists()
    serious = Flag.objects.get(severity="serious")
    assert serious.jobcentre.code == "9029"
    assert serious.measure.code == "job_after_6_months"
    assert Line.objects.get().attempts == 7
    assert not Recomputation.objects.running().exists()


def test_a_second_time_gives_the_same_and_raises_nothing_new(measured, vacancies):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    first = outcome()

    carry_out_here(plan(by=None, organisation=None, on=TODAY))

    assert outcome() == first


def test_what_comes_to_the_same_is_not_written_again(measured):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    written = set(Result.objects.values_list("pk", flat=True))

    carry_out_here(plan(by=None, organisation=None, on=TODAY))

    assert set(Result.objects.values_list("pk", flat=True)) == written


def test_no_page_shows_a_measure_half_done(measured):
    """Until the last of its periods is computed, what stands of a measure stands."""
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    before = outcome()
    Measurement.objects.filter(jobcentre__code="9003").update(numerator=100, value=10)
    planned = plan(by=None, organisation=None, on=TODAY)
    for stage in (Stage.CONDITIONS, Stage.COMPARE):
        carry_out_stage(planned, stage)

    assert outcome() == before
    first, _second = planned.steps.filter(stage=Stage.WRITE)
    steps.run(first.pk, do=DOES[first.task])

    changed = Result.objects.filter(jobcentre__code="9003", actual=100)
    assert set(changed.values_list("comparison__measure__code", flat=True)) == set(first.about["measures"])
    assert changed.count() == len(PERIODS)
    assert not planned.outcomes.filter(measure__code__in=first.about["measures"]).exists()


def test_what_has_no_figures_any_more_has_no_comparison(measured):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    Measurement.objects.filter(period="2024QMAT03").delete()

    carry_out_here(follow())

    assert set(Comparison.objects.values_list("period", flat=True)) == {"2026QMAT03", "2025QMAT03"}


def test_a_later_stage_is_not_touched_before_the_one_before_is_done(measured):
    planned = plan(by=None, organisation=None, on=TODAY)
    write = planned.steps.filter(stage=Stage.WRITE).first()

    steps.run(write.pk, do=DOES[write.task])

    write.refresh_from_db()
    assert (write.finished_at, write.attempts) == (None, 0)
    assert {step.stage for step in Step.objects.ready()} == {Stage.CONDITIONS}


def test_a_second_start_returns_the_one_that_runs(measured, sjaelland, midtjylland):
    first, is_new = start(by=sjaelland.officer, organisation=sjaelland.office.organisation)
    second, is_new_too = start(by=midtjylland.officer, organisation=midtjylland.office.organisation)

    assert (is_new, is_new_too) == (True, False)
    assert second == first
    assert second.started_by == sjaelland.officer
    assert Recomputation.objects.count() == 1


def test_one_that_is_done_or_has_stopped_does_not_hinder_the_next(measured):
    done, _ = start(by=None, organisation=None)
    carry_out_here(done)
    stopped, is_new = start(by=None, organisation=None)
    assert is_new
    Step.objects.filter(pk=stopped.steps.first().pk).update(given_up_at=timezone.now())

    third, is_new = start(by=None, organisation=None)

    assert is_new
    assert third not in (done, stopped)
    assert set(Step.objects.ready().values_list("recomputation", flat=True)) == {third.pk}


@pytest.mark.django_db(transaction=True)
def test_of_two_starts_at_once_one_is_new(measured):
    with transaction.atomic():
        first, _ = start(by=None, organisation=None)
        other = Beside(lambda: start(by=None, organisation=None))
        wait_until_somebody_is_locked_out()

    assert other.outcome() == (first, False)


@pytest.mark.django_db(transaction=True)
def test_whoever_lost_the_lease_leaves_nothing_behind(measured):
    """A worker that slept past its lease wakes up when another has taken over."""
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    expected = outcome()
    planned = plan(by=None, organisation=None, on=TODAY)
    carry_out_stage(planned, Stage.CONDITIONS)
    step = planned.steps.filter(stage=Stage.COMPARE).first()

    def oversleep(claimed: Step) -> None:
        Comparison.objects.all().delete()
        Beside(lambda: Step.objects.filter(pk=claimed.pk).update(attempts=F("attempts") + 1)).outcome()

    steps.run(step.pk, do=oversleep)

    assert outcome() == expected
    step.refresh_from_db()
    assert step.finished_at is None
    assert step.error == ""


def test_a_step_that_fails_is_tried_again_and_in_the_end_stops_everything(measured):
    planned = plan(by=None, organisation=None, on=TODAY)
    (step,) = planned.steps.filter(stage=Stage.CONDITIONS)

    def fail(claimed: Step) -> None:
        Comparison.objects.create()

    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert Recomputation.objects.running().exists()
        steps.run(step.pk, do=fail)
        step.refresh_from_db()
        assert step.attempts == attempt
        assert "IntegrityError" in step.error
        Step.objects.filter(pk=step.pk).update(due_at=timezone.now())

    assert step.given_up_at is not None
    assert not Recomputation.objects.running().exists()
    assert not Step.objects.ready().exists()


def test_without_workers_a_failure_is_told(measured):
    RuleParameters.objects.all().delete()

    with pytest.raises(RuntimeError, match="DoesNotExist"):
        carry_out_here(plan(by=None, organisation=None, on=TODAY))


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_all_of_it(measured, vacancies, worker):
    expected = undisturbed(worker)

    started, _ = start(by=None, organisation=None)

    worker.wait_until(lambda: is_done(started), within=60)
    assert outcome() == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("stands_at", "stage"), [("measures_delivery", Stage.COMPARE), ("comparison_result", Stage.WRITE)]
)
def test_it_goes_on_to_the_same_end_after_the_worker_is_killed_midway(
    measured, vacancies, worker, stands_at, stage
):
    expected = undisturbed(worker)

    with transaction.atomic():
        with connection.cursor() as cursor:
            # The steps before do without the table: the worker comes to stand in the middle of one.
            cursor.execute(f"LOCK TABLE {stands_at} IN ACCESS EXCLUSIVE MODE")
        started = Beside(lambda: start(by=None, organisation=None)).outcome()[0]
        wait_until_somebody_is_locked_out()
        worker.kill()

    half_done = Step.objects.get(recomputation=started, leased_until__isnull=False)
    assert half_done.stage == stage
    assert half_done.finished_at is None
    assert not Result.objects.exists()
    assert Recomputation.objects.running().get() == started

    # Forty-five seconds go by, and beat looks for lost work as it does every minute.
    Step.objects.filter(pk=half_done.pk).update(leased_until=timezone.now())
    worker.start()
    steps.sweep()

    worker.wait_until(lambda: is_done(started), within=60)
    assert outcome() == expected
    assert Step.objects.get(pk=half_done.pk).attempts == 2


def test_a_changed_figure_costs_its_period_and_no_other(measured, measures):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    one = Measurement.objects.filter(measure=measures["job_after_6_months"], period="2025QMAT03")

    Measurement.objects.filter(pk=one.first().pk).update(numerator=100, value=10)
    followed = follow()

    assert {step.about["period"] for step in followed.steps.filter(stage=Stage.COMPARE)} == {"2025QMAT03"}
    assert followed.steps.get(stage=Stage.FLAG).about == {
        "measures": ["back_within_12_months", "job_after_6_months"]
    }
    assert not followed.steps.filter(
        stage__in=[Stage.CONDITIONS, Stage.INDICATORS, Stage.BOTTLENECKS]
    ).exists()


def test_what_follows_a_change_is_what_everything_anew_comes_to(measured, measures):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    measure = measures["job_after_6_months"]
    Measurement.objects.filter(measure=measure, period="2026QMAT03", jobcentre__code="9003").update(
        numerator=150, value=15
    )
    forget_flags()  # their evidence is frozen as it was

    carry_out_here(follow())
    followed = outcome()
    forget_outcome()
    carry_out_here(plan(by=None, organisation=None, on=TODAY))

    assert outcome() == followed


def test_nothing_new_is_nothing_to_do(measured):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))

    Measurement.objects.update(value=F("value"))

    assert follow() is None
    assert Recomputation.objects.count() == 1


def test_what_comes_while_one_is_running_waits_for_its_end(measured):
    running, _ = start(by=None, organisation=None)
    Measurement.objects.filter(period="2026QMAT03", jobcentre__code="9003").delete()

    assert follow() is None
    carry_out_here(running)

    assert follow().steps.exists()
    assert not Changed.objects.exists()


def test_beat_starts_it_every_night(measured):
    tasks.nightly()

    started = Recomputation.objects.get()
    assert (started.started_by, started.organisation) == (None, None)
    nightly = settings.CELERY_BEAT_SCHEDULE["nightly-recomputation"]
    assert nightly["task"] == tasks.nightly.name
    assert nightly["schedule"].hour == {2, 3, 4, 5}
    assert {step.stage for step in started.steps.all()} == set(Stage)


def test_a_night_has_one_however_often_it_is_asked_for(measured):
    first = recomputation.start_nightly(on=TODAY)
    carry_out_here(first)

    assert recomputation.start_nightly(on=TODAY) is None
    following = recomputation.start_nightly(on=TODAY + timedelta(days=1))
    assert (first.night, following.night) == (TODAY, TODAY + timedelta(days=1))


def test_what_runs_when_the_night_is_due_only_puts_it_off(measured):
    running, _is_new = start(by=None, organisation=None)

    assert recomputation.start_nightly(on=TODAY) is None
    carry_out_here(running)

    assert recomputation.start_nightly(on=TODAY).night == TODAY


@pytest.mark.django_db(transaction=True)
def test_of_two_beats_at_once_one_starts_the_night(measured):
    with transaction.atomic():
        first = recomputation.start_nightly(on=TODAY)
        other = Beside(lambda: recomputation.start_nightly(on=TODAY))
        wait_until_somebody_is_locked_out()

    assert first
    assert other.outcome() is None


def test_the_half_year_that_runs_is_known_and_the_last_one_drafted_from_one_night_on(
    measured, make_vacancy, vacancies
):
    make_vacancy(
        state="closed",
        outcome="not_filled",
        published_at=datetime(2026, 9, 1, tzinfo=UTC),
        closed_at=datetime(2026, 10, 1, tzinfo=UTC),
    )
    of_country = Indicators.objects.of(Place.COUNTRY).filter(occupation__level=4).order_by("period")

    carry_out_here(recomputation.start_nightly(on=TODAY))

    assert list(of_country.values_list("period", "attempts")) == [("2026H01", 7), ("2026H02", 1)]
    assert set(Report.objects.values_list("period", flat=True)) == {"2026H01"}
    before = outcome()
    carry_out_here(recomputation.start_nightly(on=TODAY + timedelta(days=1)))
    assert outcome() == before
    assert of_country.count() == 2


def test_an_answer_that_comes_late_counts_in_a_draft_of_long_ago_and_no_report_is_drafted_anew(
    measured, vacancies, sjaelland, midtjylland
):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    Vacancy.objects.filter(outcome="filled_as_wanted").update(outcome="not_filled")

    carry_out_here(recomputation.start_nightly(on=date(2027, 8, 1)))

    assert Line.objects.get(report__period="2026H01").failed == 7
    assert set(Report.objects.values_list("area", "period")) == {(sjaelland.area.pk, "2026H01")}


def test_register_figures_are_followed_by_what_rests_on_them_alone(measured, vacancies, occupation):
    carry_out_here(plan(by=None, organisation=None, on=TODAY))
    assert Line.objects.get().proposed == Category.PROBLEMS
    figures = {("2026H01", occupation.code, "0259"): (990, 10, 90, 4)}
    for municipality in Municipality.objects.exclude(code="0259"):
        figures["2026H01", occupation.code, municipality.code] = (0, 0, 0, 0)
    receive(figures, origin=Origin("Registret", TODAY, "register.csv", b"the file"))

    followed = follow()
    carry_out_here(followed)

    assert {step.stage for step in followed.steps.all()} <= {Stage.INDICATORS, Stage.BOTTLENECKS}
    assert {step.about["period"] for step in followed.steps.all()} == {"2026H01"}
    assert Indicators.objects.of(Place.COUNTRY).get(occupation=occupation, period="2026H01").unemployed == 10
    assert not StockChange.objects.exists()
    assert follow() is None


@pytest.mark.django_db(transaction=True)
def test_register_figures_are_computed_by_a_worker_that_was_killed_midway(
    measured, vacancies, occupation, worker
):
    """What was promised with the figures is done by the next worker, and done once."""
    worker.stop()
    carry_out_here(plan(by=None, organisation=None))
    half_year = latest_ended(Frequency.HALF_YEAR, on=timezone.localdate()).code
    Report.objects.all().delete()
    worker.start()
    figures = {(half_year, occupation.code, "0259"): (990, 10, 90, 4)}

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE bottlenecks_indicators IN ACCESS EXCLUSIVE MODE")
        Beside(lambda: receive(figures, origin=Origin("Registret", TODAY, "r.csv", b"the file"))).outcome()
        wait_until_somebody_is_locked_out()
        worker.kill()

    half_done = Step.objects.get(leased_until__isnull=False)
    assert (half_done.stage, half_done.finished_at) == (Stage.INDICATORS, None)
    Step.objects.filter(pk=half_done.pk).update(leased_until=timezone.now())
    worker.start()
    steps.sweep()

    of_koege = Indicators.objects.of(Place.MUNICIPALITY, "0259").filter(
        occupation=occupation, period=half_year, unemployed=10
    )
    worker.wait_until(of_koege.exists, within=60)
    assert of_koege.count() == 1


def test_every_task_that_beat_or_a_step_names_is_there():
    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert named | set(recomputation.TASKS.values()) <= set(app.tasks)
    assert set(recomputation.TASKS.values()) == set(DOES)


def carry_out_stage(planned: Recomputation, stage: Stage) -> None:
    for step in planned.steps.filter(stage=stage):
        steps.run(step.pk, do=DOES[step.task])


def undisturbed(worker: Worker) -> list[tuple[object, ...]]:
    """What a recomputation without workers comes to; afterwards it is forgotten, and the worker is there."""
    worker.stop()
    carry_out_here(plan(by=None, organisation=None))
    expected = outcome()
    forget_outcome()
    worker.start()
    return expected


def is_done(started: Recomputation) -> bool:
    return not Step.objects.filter(recomputation=started, finished_at=None).exists()

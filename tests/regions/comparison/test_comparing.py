import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regions.comparison import comparing
from regions.comparison.models import Comparison, FrameworkCondition, Recomputation, Result
from regions.comparison.multiplicity import benjamini_hochberg
from regions.measures.models import Measure, Measurement
from tests.regions.making import LONG_AFTER, compare_period, make_comparison

PERIOD = "2026QMAT03"


@pytest.fixture
def jobcentres(make_jobcentres):
    return make_jobcentres(30)


@pytest.fixture
def shares():
    """Around a third, differing a little."""
    return np.random.default_rng(2).normal(0.35, 0.01, size=30).tolist()


def compared() -> Comparison:
    """The only comparison that the figures of the period come to."""
    compare_period(PERIOD)
    return Comparison.objects.get()


def rows() -> list[dict[str, object]]:
    """Everything but when it was computed."""
    comparisons = Comparison.objects.order_by("pk").values()
    without_time = [{name: row[name] for name in row if name != "computed_at"} for row in comparisons]
    return [*without_time, *Result.objects.order_by("pk").values()]


def test_actual_is_held_against_expected(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres, [*shares[:-1], 0.20], period=PERIOD)

    comparison = compared()

    assert comparison.results.count() == 30
    worst = comparison.results.order_by("z_adjusted").first()
    assert worst.jobcentre == jobcentres[-1]
    assert (worst.actual, worst.base) == (200, 1000)
    assert worst.expected == pytest.approx(350, abs=25)
    assert worst.z < -3.09
    assert worst.p < 0.001
    assert worst.p < worst.p_adjusted < 0.05
    assert (comparison.starts_on.isoformat(), comparison.ends_on.isoformat()) == ("2025-10-01", "2026-09-30")
    assert comparison.data_date.isoformat() == "2026-11-12"
    assert comparison.definition_version == result_measure.version
    assert set(comparison.coefficients) == {
        "intercept",
        "population",
        "long_commute",
        "jobs_per_resident",
        "fictional",
    }


def test_the_same_figures_give_the_same_rows(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres, shares, period=PERIOD)
    compare_period(PERIOD)
    first = rows()

    compare_period(PERIOD)

    assert rows() == first


def test_a_changed_figure_changes_the_rows_in_their_place(
    jobcentres, shares, measure_all, result_measure, group
):
    measure_all(jobcentres, shares, period=PERIOD)
    before = compared()
    Measurement.objects.filter(jobcentre=jobcentres[0]).update(numerator=100, value=10)
    Measurement.objects.filter(jobcentre=jobcentres[1]).delete()

    after = compared()

    assert after.pk == before.pk
    assert after.results.count() == 29
    assert after.results.get(jobcentre=jobcentres[0]).actual == 100


def test_too_small_a_base_is_shown_and_not_compared(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres[1:], shares[1:], period=PERIOD)
    measure_all(jobcentres[:1], [0.5], period=PERIOD, base=result_measure.least_base - 2)

    comparison = compared()

    small = comparison.results.get(jobcentre=jobcentres[0])
    assert (small.actual, small.base) == (9, 18)
    assert (small.expected, small.z, small.z_adjusted, small.p) == (None, None, None, None)
    assert small.ratio is None


def test_a_jobcentre_without_a_condition_is_shown_and_not_compared(
    jobcentres, shares, measure_all, result_measure, group
):
    measure_all(jobcentres, shares, period=PERIOD)
    FrameworkCondition.objects.filter(jobcentre=jobcentres[0], condition="long_commute").delete()

    comparison = compared()

    assert comparison.results.get(jobcentre=jobcentres[0]).expected is None
    assert comparison.results.filter(expected__isnull=False).count() == 29


def test_one_alone_has_nobody_to_be_compared_with(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres, shares, period=PERIOD)
    assert compared()
    Measurement.objects.exclude(jobcentre=jobcentres[0]).delete()

    compare_period(PERIOD)

    assert not Comparison.objects.exists()


def test_a_fact_about_the_labour_market_is_not_compared(jobcentres, shares, measure_all, result_measure):
    measure_all(jobcentres, shares, period=PERIOD)
    Measure.objects.filter(pk=result_measure.pk).update(kind="labour_market", direction="neutral")

    compare_period(PERIOD)

    assert not Comparison.objects.exists()


def test_what_is_no_share_of_its_base_is_shown_and_not_compared(
    jobcentres, shares, measure_all, result_measure, group
):
    measure_all(jobcentres, [1.2, *shares[1:]], period=PERIOD)

    odd = compared().results.get(jobcentre=jobcentres[0])

    assert (odd.actual, odd.base, odd.expected) == (1200, 1000, None)
    assert compared().results.filter(expected__isnull=False).count() == 29


def test_invented_figures_and_real_ones_are_compared_under_their_own_conditions(
    jobcentres, shares, measure_all, measures, group
):
    real = measures["back_within_12_months"]
    Measure.objects.filter(pk=real.pk).update(is_fictional=False)
    measure_all(jobcentres, shares, period=PERIOD)
    measure_all(jobcentres, shares, period=PERIOD, measure=real)

    compare_period(PERIOD)

    assert "fictional" in Comparison.objects.get(measure__is_fictional=True).coefficients
    assert "fictional" not in Comparison.objects.get(measure__is_fictional=False).coefficients


def test_p_is_adjusted_for_all_comparisons_of_the_period_and_no_other(
    jobcentres, shares, measure_all, measures, group
):
    other = measures["back_within_12_months"]
    measure_all(jobcentres, shares, period=PERIOD)
    measure_all(jobcentres, shares[::-1], period=PERIOD, measure=other)
    measure_all(jobcentres, shares, period="2025QMAT03")

    compare_period(PERIOD)

    found = Result.objects.order_by("pk")
    assert found.count() == 60
    together = benjamini_hochberg([result.p for result in found])
    assert [result.p_adjusted for result in found] == pytest.approx(together.tolist())


def test_on_a_measure_where_lower_is_better_more_is_worse(jobcentres, shares, measure_all, measures, group):
    lower = measures["back_within_12_months"]
    measure_all(jobcentres, [*shares[:-1], 0.50], period=PERIOD, measure=lower)

    comparison = compared()

    assert comparison.results.order_by("p").first().jobcentre == jobcentres[-1]
    assert comparison.results.order_by("p").first().z_adjusted > 3


def test_a_period_takes_as_many_queries_with_many_figures_as_with_few(
    jobcentres, shares, measure_all, measures, group
):
    """However many jobcentres and measures there are."""
    recomputation = Recomputation.objects.create()
    measure_all(jobcentres[:3], shares[:3], period="2025QMAT03")
    for measure in ("job_after_6_months", "back_within_12_months"):
        measure_all(jobcentres, shares, period=PERIOD, measure=measures[measure])

    def queries(period: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            comparing.compare(period=period, on=LONG_AFTER, recomputation=recomputation)
        return len(asked)

    assert queries(PERIOD) == queries("2025QMAT03")


def test_several_measures_are_written_by_as_many_queries_as_one(
    jobcentres, shares, measure_all, measures, group, django_assert_num_queries
):
    both = [measures["job_after_6_months"], measures["back_within_12_months"]]
    for measure in both:
        measure_all(jobcentres, shares, period=PERIOD, measure=measure)

    for written in (both[:1], both):
        recomputation = Recomputation.objects.create()
        comparing.compare(period=PERIOD, on=LONG_AFTER, recomputation=recomputation)
        with django_assert_num_queries(8):  # two of them begin and end the transaction
            comparing.write(*written, recomputation=recomputation)

    assert Result.objects.count() == 60


def test_a_measure_keeps_the_periods_in_which_only_another_was_compared_anew(
    jobcentres, shares, measure_all, measures, group
):
    """However many measures are written together: what goes is a comparison of its own measure and period."""
    first, second = measures["job_after_6_months"], measures["back_within_12_months"]
    measure_all(jobcentres, shares, period=PERIOD, measure=first)
    measure_all(jobcentres, shares, period="2025QMAT03", measure=second)
    compare_period(PERIOD)
    compare_period("2025QMAT03")
    Measurement.objects.filter(measure=second).delete()
    measure_all(jobcentres, shares, period="2024QMAT03", measure=second)

    recomputation = Recomputation.objects.create()
    for period in (PERIOD, "2024QMAT03"):
        comparing.compare(period=period, on=LONG_AFTER, recomputation=recomputation)
    comparing.write(first, second, recomputation=recomputation)

    assert set(Comparison.objects.values_list("measure__code", "period")) == {
        ("job_after_6_months", PERIOD),
        ("back_within_12_months", "2025QMAT03"),
        ("back_within_12_months", "2024QMAT03"),
    }


def test_when_it_was_computed_is_told(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres, shares, period=PERIOD)
    before = timezone.now()

    comparison = compared()

    assert before <= comparison.computed_at <= timezone.now()


def test_every_period_that_was_compared_is_told_once(result_measure, measures, group):
    assert Comparison.periods() == []
    for measure in (result_measure, measures["back_within_12_months"]):
        for period in ("2026QMAT03", "2025Q01", "2026M01"):
            make_comparison(measure, group, {}, period=period)

    assert Comparison.periods() == ["2025Q01", "2026M01", "2026QMAT03"]

import numpy as np
import pytest
from django.utils import timezone

from regions.comparison.comparing import NotAssessable, adjust, compare
from regions.comparison.models import Comparison, FrameworkCondition, Result
from regions.comparison.multiplicity import benjamini_hochberg
from regions.measures.models import Measurement

PERIOD = "2026QMAT03"


@pytest.fixture
def jobcentres(make_jobcentres):
    return make_jobcentres(30)


@pytest.fixture
def shares():
    """Around a third, differing a little."""
    return np.random.default_rng(2).normal(0.35, 0.01, size=30).tolist()


def rows() -> list[dict[str, object]]:
    """Everything but when it was computed."""
    comparisons = Comparison.objects.order_by("pk").values()
    without_time = [{name: row[name] for name in row if name != "computed_at"} for row in comparisons]
    return [*without_time, *Result.objects.order_by("pk").values()]


def test_actual_is_held_against_expected(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres, [*shares[:-1], 0.20], period=PERIOD)

    comparison = compare(measure=result_measure, target_group=group, period=PERIOD)

    assert comparison.results.count() == 30
    worst = comparison.results.order_by("z_adjusted").first()
    assert worst.jobcentre == jobcentres[-1]
    assert (worst.actual, worst.base) == (200, 1000)
    assert worst.expected == pytest.approx(350, abs=25)
    assert worst.z < -3.09
    assert worst.p < 0.001
    assert worst.p_adjusted is None
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
    compare(measure=result_measure, target_group=group, period=PERIOD)
    adjust(period=PERIOD)
    first = rows()

    compare(measure=result_measure, target_group=group, period=PERIOD)
    adjust(period=PERIOD)

    assert rows() == first


def test_a_changed_figure_changes_the_rows_in_their_place(
    jobcentres, shares, measure_all, result_measure, group
):
    measure_all(jobcentres, shares, period=PERIOD)
    before = compare(measure=result_measure, target_group=group, period=PERIOD)
    ids = set(before.results.values_list("pk", flat=True))
    Measurement.objects.filter(jobcentre=jobcentres[0]).update(numerator=100, value=10)
    Measurement.objects.filter(jobcentre=jobcentres[1]).delete()

    after = compare(measure=result_measure, target_group=group, period=PERIOD)

    assert after.pk == before.pk
    assert set(after.results.values_list("pk", flat=True)) < ids
    assert after.results.count() == 29
    assert after.results.get(jobcentre=jobcentres[0]).actual == 100


def test_too_small_a_base_is_shown_and_not_compared(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres[1:], shares[1:], period=PERIOD)
    measure_all(jobcentres[:1], [0.5], period=PERIOD, base=result_measure.least_base - 2)

    comparison = compare(measure=result_measure, target_group=group, period=PERIOD)

    small = comparison.results.get(jobcentre=jobcentres[0])
    assert (small.actual, small.base) == (9, 18)
    assert (small.expected, small.z, small.z_adjusted, small.p) == (None, None, None, None)
    assert small.ratio is None


def test_a_jobcentre_without_a_condition_is_shown_and_not_compared(
    jobcentres, shares, measure_all, result_measure, group
):
    measure_all(jobcentres, shares, period=PERIOD)
    FrameworkCondition.objects.filter(jobcentre=jobcentres[0], condition="long_commute").delete()

    comparison = compare(measure=result_measure, target_group=group, period=PERIOD)

    assert comparison.results.get(jobcentre=jobcentres[0]).expected is None
    assert comparison.results.filter(expected__isnull=False).count() == 29


def test_one_alone_has_nobody_to_be_compared_with(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres, shares, period=PERIOD)
    assert compare(measure=result_measure, target_group=group, period=PERIOD)
    Measurement.objects.exclude(jobcentre=jobcentres[0]).delete()

    assert compare(measure=result_measure, target_group=group, period=PERIOD) is None
    assert not Comparison.objects.exists()


def test_a_fact_about_the_labour_market_is_not_compared(measures, group):
    with pytest.raises(NotAssessable, match="unemployed"):
        compare(measure=measures["unemployed"], target_group=group, period="2020Y01")


def test_p_is_adjusted_for_all_comparisons_of_the_period_and_no_other(
    jobcentres, shares, measure_all, measures, group
):
    other = measures["back_within_12_months"]
    measure_all(jobcentres, shares, period=PERIOD)
    measure_all(jobcentres, shares[::-1], period=PERIOD, measure=other)
    measure_all(jobcentres, shares, period="2025QMAT03")
    for measure, period in ((measures["job_after_6_months"], PERIOD), (other, PERIOD)):
        compare(measure=measure, target_group=group, period=period)
    compare(measure=measures["job_after_6_months"], target_group=group, period="2025QMAT03")

    assert adjust(period=PERIOD) == 60

    adjusted = Result.objects.filter(comparison__period=PERIOD).order_by("pk")
    together = benjamini_hochberg([result.p for result in adjusted])
    assert [result.p_adjusted for result in adjusted] == pytest.approx(together.tolist())
    assert not Result.objects.filter(comparison__period="2025QMAT03", p_adjusted__isnull=False).exists()
    assert adjust(period="2024QMAT03") == 0


def test_on_a_measure_where_lower_is_better_more_is_worse(jobcentres, shares, measure_all, measures, group):
    lower = measures["back_within_12_months"]
    measure_all(jobcentres, [*shares[:-1], 0.50], period=PERIOD, measure=lower)

    comparison = compare(measure=lower, target_group=group, period=PERIOD)

    assert comparison.results.order_by("p").first().jobcentre == jobcentres[-1]
    assert comparison.results.order_by("p").first().z_adjusted > 3


def test_a_comparison_takes_as_many_queries_for_many_as_for_few(
    jobcentres, shares, measure_all, result_measure, group, django_assert_num_queries
):
    measure_all(jobcentres, shares, period=PERIOD)
    measure_all(jobcentres[:3], shares[:3], period="2025QMAT03")
    for period in (PERIOD, "2025QMAT03"):
        with django_assert_num_queries(13):
            compare(measure=result_measure, target_group=group, period=period)


def test_when_it_was_computed_is_told(jobcentres, shares, measure_all, result_measure, group):
    measure_all(jobcentres, shares, period=PERIOD)
    before = timezone.now()

    comparison = compare(measure=result_measure, target_group=group, period=PERIOD)

    assert before <= comparison.computed_at <= timezone.now()

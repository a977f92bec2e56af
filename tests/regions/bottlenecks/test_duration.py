import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regions.bottlenecks.figures.duration import Median, median_days

days = st.lists(st.integers(0, 400), max_size=30)


def test_without_open_ones_it_is_the_plain_median():
    assert median_days(closed_after=[10, 20, 30], open_for=[]).days == 20


def test_those_still_open_make_it_longer():
    """Ten closed, ten open for longer: half are closed only on the last day on which one was."""
    closed = list(range(1, 11))

    assert median_days(closed_after=closed, open_for=[]).days == 5
    assert median_days(closed_after=closed, open_for=[50] * 10).days == 10


def test_kaplan_and_meiers_own_example():
    """Deaths after 0.8, 3.1, 5.4, 9.2 months; lost after 1.0, 2.7, 7.0, 12.1: 7/8, 0.7, 0.525, 0.2625."""
    median = median_days(closed_after=[0.8, 3.1, 5.4, 9.2], open_for=[1.0, 2.7, 7.0, 12.1])

    assert median.days == 9.2
    assert (median.observed, median.open) == (8, 4)


def test_while_more_than_half_are_open_nobody_can_say():
    assert median_days(closed_after=[3], open_for=[10, 10]).days is None
    assert median_days(closed_after=[], open_for=[10]) == Median(None, None, None, observed=1, open=1)
    assert median_days(closed_after=[], open_for=[]) == Median(None, None, None, observed=0, open=0)


def test_the_more_are_observed_the_narrower_the_interval():
    few = median_days(closed_after=list(range(1, 21)), open_for=[])
    many = median_days(closed_after=list(range(1, 21)) * 20, open_for=[])

    assert few.lower < many.lower <= many.days <= many.upper < few.upper


def test_a_number_of_days_that_cannot_be_is_refused():
    for wrong in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="number of days"):
            median_days(closed_after=[wrong], open_for=[])


@given(days, days, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(closed, still, random):
    shuffled = random.sample(closed, len(closed)), random.sample(still, len(still))

    assert median_days(closed_after=shuffled[0], open_for=shuffled[1]) == median_days(
        closed_after=closed, open_for=still
    )


@given(days, days)
def test_the_median_lies_in_its_interval(closed, still):
    median = median_days(closed_after=closed, open_for=still)

    if median.days is not None:
        assert median.lower is None or median.lower <= median.days
        assert median.upper is None or median.days <= median.upper


@given(st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_one_more_that_stays_open_never_shortens_it(closed):
    before = median_days(closed_after=closed, open_for=[]).days
    after = median_days(closed_after=closed, open_for=[200]).days

    assert after is None or after >= before


@given(st.lists(st.integers(1, 60), min_size=1, max_size=25), days)
def test_it_is_the_median_that_another_library_finds_too(closed, still):
    survival = stats.ecdf(stats.CensoredData(uncensored=closed, right=still)).sf
    with warnings.catch_warnings():
        # Where all or none are left the formula has no value, there and here.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = survival.confidence_interval(method="log-log")

    def first(share):
        return next(
            (float(day) for day, left in zip(survival.quantiles, share, strict=True) if left <= 0.5 + 1e-9),
            None,
        )

    median = median_days(closed_after=closed, open_for=still)

    assert median.days == pytest.approx(first(survival.probabilities))
    assert median.lower == pytest.approx(first(interval.low.probabilities))
    assert median.upper == pytest.approx(first(interval.high.probabilities))

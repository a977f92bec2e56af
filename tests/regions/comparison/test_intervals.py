import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from regions.comparison.intervals import wilson

tried = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(tried)
def test_it_agrees_with_scipy(counts):
    successes, trials = counts
    theirs = stats.binomtest(successes, trials).proportion_ci(method="wilson")

    ours = wilson(successes=successes, trials=trials, z=stats.norm.ppf(0.975))

    assert ours.lower == pytest.approx(theirs.low, abs=1e-12)
    assert ours.upper == pytest.approx(theirs.high, abs=1e-12)


@given(tried)
def test_it_lies_within_zero_and_one_and_holds_the_share(counts):
    successes, trials = counts
    interval = wilson(successes=successes, trials=trials)

    assert 0 <= interval.lower <= successes / trials <= interval.upper <= 1


@given(tried)
def test_successes_and_failures_are_each_others_mirror(counts):
    successes, trials = counts
    interval = wilson(successes=successes, trials=trials)
    mirror = wilson(successes=trials - successes, trials=trials)

    assert interval.lower == pytest.approx(1 - mirror.upper, abs=1e-12)


@given(tried, st.integers(2, 50))
def test_more_of_the_same_makes_it_narrower(counts, times):
    successes, trials = counts
    once = wilson(successes=successes, trials=trials)
    often = wilson(successes=successes * times, trials=trials * times)

    assert often.upper - often.lower < once.upper - once.lower


@given(tried)
def test_one_success_more_moves_it_up(counts):
    successes, trials = counts
    assume(successes < trials)
    fewer, more = (
        wilson(successes=successes, trials=trials),
        wilson(successes=successes + 1, trials=trials),
    )

    assert fewer.lower < more.lower
    assert fewer.upper < more.upper


def test_none_of_a_few_says_little():
    assert wilson(successes=0, trials=5).upper == pytest.approx(0.4345, abs=5e-5)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_a_share_that_cannot_be_is_refused(successes: int, trials: int):
    with pytest.raises(ValueError, match="successes"):
        wilson(successes=successes, trials=trials)

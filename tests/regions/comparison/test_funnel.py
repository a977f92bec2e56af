import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from regions.comparison.funnel import (
    ALARM,
    ALERT,
    Scores,
    exact_proportion_limit,
    overdispersion,
    proportion_limits,
    proportion_scores,
    ratio_limits,
    ratio_scores,
)

NUMERATOR = [30, 45, 22, 80, 15, 60, 41, 12, 150, 33]
DENOMINATOR = [100, 120, 90, 200, 80, 180, 110, 60, 300, 100]
THETA = sum(NUMERATOR) / sum(DENOMINATOR)


@st.composite
def counts(draw, *, least_units: int = 2, most_units: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """Numerators and denominators of some units, never all without or all with the result."""
    pairs = draw(
        st.lists(
            st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
            min_size=least_units,
            max_size=most_units,
        ).filter(lambda drawn: 0 < sum(r for r, _ in drawn) < sum(n for _, n in drawn))
    )
    return np.array([r for r, _ in pairs]), np.array([n for _, n in pairs])


def test_the_worked_example_gives_its_scores_to_four_decimals():
    scores = proportion_scores(numerator=NUMERATOR, denominator=DENOMINATOR)

    assert_allclose(
        scores.z,
        [-1.3642, 0.2456, -2.4797, 1.0429, -3.5780, -0.8686, 0.1859, -2.8536, 4.7648, -0.7182],
        atol=5e-5,
    )


def test_the_worked_example_gives_its_overdispersion():
    dispersion = overdispersion(proportion_scores(numerator=NUMERATOR, denominator=DENOMINATOR))

    assert dispersion.phi == pytest.approx(2.916973, abs=5e-7)
    assert dispersion.tau2 == pytest.approx(0.00430757, abs=5e-9)


def test_the_worked_example_gives_its_adjusted_scores_to_four_decimals():
    scores = proportion_scores(numerator=NUMERATOR, denominator=DENOMINATOR)

    assert_allclose(
        scores.z_od(tau2=overdispersion(scores).tau2),
        [-0.8267, 0.1402, -1.5526, 0.4946, -2.3200, -0.4289, 0.1092, -2.0010, 1.9184, -0.4352],
        atol=5e-5,
    )


def test_the_worked_example_gives_its_limits_to_four_decimals():
    limits = proportion_limits(denominator=[100, 300], centre=THETA, width=ALARM, tau2=0.00430757)

    assert pytest.approx(0.364179, abs=5e-7) == THETA
    assert_allclose(limits.lower, [0.1466, 0.1710], atol=5e-5)
    assert_allclose(limits.upper, [0.6163, 0.5836], atol=5e-5)


def test_an_alarm_under_chance_alone_can_be_ordinary_once_units_may_differ():
    scores = proportion_scores(numerator=NUMERATOR, denominator=DENOMINATOR)

    ninth, adjusted = scores.z[8], scores.z_od(tau2=overdispersion(scores).tau2)[8]

    assert ninth > ALARM
    assert adjusted < ALERT


@pytest.mark.parametrize(
    ("tail", "limit"), [(0.001, 0.16026), (0.025, 0.20690), (0.975, 0.38691), (0.999, 0.44156)]
)
def test_exact_limits_for_a_hundred_persons_and_three_in_ten(tail: float, limit: float):
    assert exact_proportion_limit(denominator=100, centre=0.3, tail=tail) == pytest.approx(limit, abs=5e-6)


def test_actual_over_expected_of_a_mock_jobcentre():
    """354 in a job of 1,346, where 471 were expected: z by hand, from the formula in the module."""
    share = 471 / 1346
    scores = ratio_scores(observed=[354], expected=[471], base=[1346])

    assert scores.difference[0] == pytest.approx((354 / 471) ** 0.5 - 1)
    assert scores.standard_error[0] == pytest.approx((1 - share) ** 0.5 / (2 * 471**0.5))


def test_counts_without_a_base_vary_as_poisson_counts_do():
    assert_allclose(ratio_scores(observed=[120], expected=[100]).z, [20 * (1.2**0.5 - 1)])


def test_scores_of_chance_alone_are_as_wide_as_they_claim():
    """Binomial results with known expectation: the scores have standard deviation 1, within 2 %."""
    draws = np.random.default_rng(1)
    base, share = draws.integers(200, 4000, size=20_000), draws.uniform(0.2, 0.6, size=20_000)
    actual = draws.binomial(base, share)

    by_ratio = ratio_scores(observed=actual, expected=share * base, base=base)
    by_share = proportion_scores(numerator=actual, denominator=base, expected_share=share)

    assert by_ratio.z.std() == pytest.approx(1, abs=0.02)
    assert by_share.z.std() == pytest.approx(1, abs=0.02)


def test_overdispersion_that_was_put_in_is_found():
    """Without trimming, DerSimonian and Laird's τ² is unbiased: it comes back within a tenth."""
    draws = np.random.default_rng(2)
    error = draws.uniform(0.01, 0.04, size=20_000)
    scores = Scores(
        difference=draws.normal(0, np.sqrt(error**2 + 0.03**2)),
        standard_error=error,
    )

    assert overdispersion(scores, trim=0).tau2 == pytest.approx(0.03**2, rel=0.1)


def test_chance_alone_has_the_phi_that_its_docstring_says():
    draws = np.random.default_rng(3)
    scores = Scores(difference=draws.normal(size=50_000), standard_error=np.ones(50_000))

    dispersion = overdispersion(scores)

    assert dispersion.phi == pytest.approx(0.68, abs=0.01)
    assert dispersion.tau2 == 0


def test_with_fewer_than_ten_units_nothing_is_called_overdispersion():
    nine = proportion_scores(numerator=NUMERATOR[:9], denominator=DENOMINATOR[:9])

    assert overdispersion(nine).phi > 2
    assert overdispersion(nine).tau2 == 0


def test_a_single_runaway_does_not_widen_the_funnel_for_itself():
    quiet = np.linspace(-1.5, 1.5, 40)
    error = np.full(40, 0.05)
    runaway = quiet.copy()
    runaway[0] = -30.0

    assert overdispersion(Scores(difference=quiet * error, standard_error=error)).tau2 == 0
    assert overdispersion(Scores(difference=runaway * error, standard_error=error)).tau2 == 0
    assert overdispersion(Scores(difference=runaway * error, standard_error=error), trim=0).tau2 > 0


@given(counts(), st.integers(1, 100))
def test_a_hundred_times_the_persons_make_ten_times_the_score(given_counts, times):
    numerator, denominator = given_counts
    once = proportion_scores(numerator=numerator, denominator=denominator)
    often = proportion_scores(numerator=numerator * times, denominator=denominator * times)

    assert_allclose(often.z, once.z * np.sqrt(times), rtol=1e-9, atol=1e-9)


@given(counts())
def test_having_and_lacking_the_result_are_each_others_mirror(given_counts):
    numerator, denominator = given_counts
    having = proportion_scores(numerator=numerator, denominator=denominator)
    lacking = proportion_scores(numerator=denominator - numerator, denominator=denominator)

    assert_allclose(having.z, -lacking.z, rtol=1e-7, atol=1e-6)
    assert overdispersion(having).tau2 == pytest.approx(overdispersion(lacking).tau2, rel=1e-5, abs=1e-9)


@given(counts(least_units=10), st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(given_counts, random):
    numerator, denominator = given_counts
    order = np.array(random.sample(range(numerator.size), numerator.size))
    scores = proportion_scores(numerator=numerator, denominator=denominator)
    shuffled = proportion_scores(numerator=numerator[order], denominator=denominator[order])

    assert_allclose(shuffled.z, scores.z[order], rtol=1e-12, atol=1e-12)
    assert overdispersion(shuffled).tau2 == pytest.approx(overdispersion(scores).tau2, rel=1e-9, abs=1e-12)


@given(counts(least_units=10))
def test_the_same_figures_give_the_same_answer_bit_for_bit(given_counts):
    def answer() -> bytes:
        scores = proportion_scores(numerator=given_counts[0], denominator=given_counts[1])
        return scores.z_od(tau2=overdispersion(scores).tau2).tobytes()

    assert answer() == answer()


@given(counts(least_units=10))
def test_overdispersion_only_draws_scores_nearer_to_expected(given_counts):
    scores = proportion_scores(numerator=given_counts[0], denominator=given_counts[1])
    tau2 = overdispersion(scores).tau2

    assert tau2 >= 0
    assert (np.abs(scores.z_od(tau2=tau2)) <= np.abs(scores.z)).all()


@given(
    st.lists(st.floats(0.5, 1e6), min_size=1, max_size=20),
    st.floats(0, 1),
    st.sampled_from([ALERT, ALARM, 50.0]),
    st.floats(0, 2),
)
def test_limits_for_a_share_never_leave_zero_and_one_and_enclose_the_centre(sizes, centre, width, tau2):
    limits = proportion_limits(denominator=sizes, centre=centre, width=width, tau2=tau2)

    assert ((limits.lower >= 0) & (limits.upper <= 1)).all()
    assert (limits.lower <= centre + 1e-12).all()
    assert (limits.upper >= centre - 1e-12).all()


def test_a_limit_that_has_reached_its_end_stays_there():
    """Unclamped, the angle would pass 0, and sin² would come back up to a limit above the centre."""
    tiny = proportion_limits(denominator=[1, 2, 4], centre=0.05, width=ALARM)
    nearly_all = proportion_limits(denominator=[1, 2, 4], centre=0.95, width=ALARM)

    assert_array_equal(tiny.lower, [0, 0, 0])
    assert_array_equal(nearly_all.upper, [1, 1, 1])


@given(st.integers(1, 100_000), st.floats(0.001, 0.999), st.floats(0.0005, 0.9995))
def test_exact_limits_never_leave_zero_and_one(denominator, centre, tail):
    limit = float(exact_proportion_limit(denominator=denominator, centre=centre, tail=tail))

    assert 0 <= limit <= 1


@given(st.integers(1, 5000), st.floats(0.01, 0.99), st.floats(0.001, 0.999))
def test_an_exact_limit_lies_at_most_one_person_below_the_binomial_quantile(denominator, centre, tail):
    limit = float(exact_proportion_limit(denominator=denominator, centre=centre, tail=tail)) * denominator
    quantile = stats.binom.ppf(tail, denominator, centre)

    assert quantile - 1 - 1e-6 <= limit <= quantile + 1e-6


def test_exact_limits_and_the_arcsine_ones_agree_for_many_persons():
    sizes = np.array([2000, 20_000])
    approximate = proportion_limits(denominator=sizes, centre=0.3, width=ALERT)

    assert_allclose(
        exact_proportion_limit(denominator=sizes, centre=0.3, tail=0.025), approximate.lower, atol=5e-4
    )
    assert_allclose(
        exact_proportion_limit(denominator=sizes, centre=0.3, tail=0.975), approximate.upper, atol=5e-4
    )


@given(counts(), st.sampled_from([ALERT, ALARM]), st.floats(0, 0.01))
def test_a_share_lies_outside_its_limits_exactly_when_its_score_is_beyond_them(given_counts, width, tau2):
    numerator, denominator = given_counts
    share, theta = numerator / denominator, numerator.sum() / denominator.sum()
    z = proportion_scores(numerator=numerator, denominator=denominator).z_od(tau2=tau2)
    limits = proportion_limits(denominator=denominator, centre=theta, width=width, tau2=tau2)
    sure = np.abs(np.abs(z) - width) > 1e-6

    assert_array_equal(share[sure] < limits.lower[sure], z[sure] < -width)
    assert_array_equal(share[sure] > limits.upper[sure], z[sure] > width)


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.floats(0.5, 2000)), min_size=1, max_size=20),
    st.sampled_from([ALERT, ALARM]),
    st.just(0.0) | st.floats(0.01, 0.9),
    st.floats(0, 0.01),
)
def test_a_ratio_lies_outside_its_limits_exactly_when_its_score_is_beyond_them(pairs, width, share, tau2):
    observed, expected = np.array([o for o, _ in pairs]), np.array([e for _, e in pairs])
    base = expected / share if share else None
    z = ratio_scores(observed=observed, expected=expected, base=base).z_od(tau2=tau2)
    limits = ratio_limits(expected=expected, width=width, share=share, tau2=tau2)
    sure = np.abs(np.abs(z) - width) > 1e-6

    assert (limits.lower >= 0).all()
    assert_array_equal((observed / expected)[sure] < limits.lower[sure], z[sure] < -width)
    assert_array_equal((observed / expected)[sure] > limits.upper[sure], z[sure] > width)


@given(st.floats(0, 0.99))
def test_a_unit_unlike_the_others_is_scored_with_more_doubt(leverage):
    sure = ratio_scores(observed=[70, 130], expected=[100, 100], base=[300, 300])
    unsure = ratio_scores(observed=[70, 130], expected=[100, 100], base=[300, 300], leverage=[leverage] * 2)

    assert_allclose(unsure.z, sure.z * np.sqrt(1 - leverage))


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [([1], [0]), ([-1], [10]), ([11], [10]), ([1, 2], [10]), ([], []), ([np.nan], [10]), ([[1]], [[10]])],
)
def test_a_share_that_cannot_be_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match=r"numerator|denominator"):
        proportion_scores(numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(
    "arguments",
    [
        {"observed": [1], "expected": [0]},
        {"observed": [-1], "expected": [1]},
        {"observed": [1], "expected": [1, 2]},
        {"observed": [1], "expected": [2], "base": [2]},
        {"observed": [1], "expected": [2], "leverage": [1]},
        {"observed": [1], "expected": [2], "leverage": [-0.1]},
        {"observed": [1], "expected": [np.nan]},
    ],
)
def test_a_ratio_that_cannot_be_is_refused(arguments):
    with pytest.raises(ValueError, match=r"observed|expected|leverage"):
        ratio_scores(**arguments)


def test_limits_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="denominator"):
        proportion_limits(denominator=[0], centre=0.3, width=ALARM)
    with pytest.raises(ValueError, match="centre"):
        proportion_limits(denominator=[10], centre=1.3, width=ALARM)
    with pytest.raises(ValueError, match="expected"):
        ratio_limits(expected=[np.nan], width=ALARM)
    with pytest.raises(ValueError, match="share"):
        ratio_limits(expected=[10], width=ALARM, share=1)
    with pytest.raises(ValueError, match="whole"):
        exact_proportion_limit(denominator=10.5, centre=0.3, tail=0.025)
    with pytest.raises(ValueError, match="tail"):
        exact_proportion_limit(denominator=10, centre=0.3, tail=0)
    with pytest.raises(ValueError, match="trim"):
        overdispersion(proportion_scores(numerator=[1], denominator=[2]), trim=0.5)


@given(
    st.lists(st.floats(-5, 5) | st.just(np.nan), min_size=1, max_size=30),
    st.floats(0, 0.49),
)
def test_scores_of_which_nothing_is_said_have_no_part_in_overdispersion(z, trim):
    """Winsorised as numpy would pull them in, without the units that are not there."""
    scores = Scores(difference=np.array(z), standard_error=np.where(np.isnan(z), np.nan, 1.0))
    said = np.array(z)[np.isfinite(z)]

    found = overdispersion(scores, trim=trim)

    if said.size:
        low, high = np.quantile(said, [trim, 1 - trim])
        assert found.phi == pytest.approx(np.mean(np.clip(said, low, high) ** 2), abs=1e-12)
    else:
        assert found.phi == 0

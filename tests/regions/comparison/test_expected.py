import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from regions.comparison.expected import ExpectedShares, Weakness, expected_shares


def some_units(seed: int, *, units: int = 30, conditions: int = 3) -> dict[str, np.ndarray]:
    """Units whose shares follow their conditions, with noise; ready to be handed to `expected_shares`."""
    draws = np.random.default_rng(seed)
    framework = draws.normal(size=(units, conditions))
    denominator = draws.integers(50, 5000, size=units)
    share = np.clip(
        0.4 + framework @ np.full(conditions, 0.05) + draws.normal(0, 0.02, size=units), 0.01, 0.99
    )
    numerator = draws.binomial(denominator, share)
    return {"numerator": numerator, "denominator": denominator, "conditions": framework}


def refitted_without(unit: int, *, numerator, denominator, conditions) -> float:
    """The unit's share by a fit that really leaves it out: plain least squares on √weight-scaled rows."""
    others = np.arange(len(numerator)) != unit
    design = np.column_stack([np.ones(len(numerator)), conditions])
    root = np.sqrt(denominator[others])
    share = numerator[others] / denominator[others]
    line = np.linalg.lstsq(design[others] * root[:, None], share * root, rcond=None)[0]
    return float(design[unit] @ line)


seeds = st.integers(0, 10_000)


@given(seeds, st.integers(6, 40), st.integers(0, 4))
def test_each_unit_is_predicted_as_a_refit_without_it_would(seed, units, conditions):
    given_units = some_units(seed, units=units, conditions=conditions)

    refits = [refitted_without(unit, **given_units) for unit in range(units)]

    assert_allclose(expected_shares(**given_units).share, np.clip(refits, 0, 1), rtol=1e-7, atol=1e-9)


def test_a_unit_cannot_explain_its_own_result_away():
    """However far off one unit's own result lies, the others expect the same of it."""
    given_units = some_units(1)
    before = expected_shares(**given_units).share[4]
    given_units["numerator"][4] = 0

    assert expected_shares(**given_units).share[4] == pytest.approx(before, rel=1e-9)


def test_shares_that_lie_on_a_line_are_expected_exactly():
    place = np.arange(12.0)
    fit = expected_shares(
        numerator=100 + 50 * place, denominator=np.full(12, 1000), conditions=place[:, None]
    )

    assert_allclose(fit.share, 0.1 + 0.05 * place)
    assert fit.intercept == pytest.approx(0.1)
    assert_allclose(fit.coefficients, [0.05])
    assert fit.r_squared == pytest.approx(1)
    assert fit.weak == ()


def test_coefficients_are_in_share_per_unit_of_the_condition():
    given_units = some_units(2)
    in_thousands = {**given_units, "conditions": given_units["conditions"] * 1000}

    assert_allclose(
        expected_shares(**in_thousands).coefficients, expected_shares(**given_units).coefficients / 1000
    )


def test_r_squared_is_the_part_of_the_weighted_variance_that_the_fit_explains():
    given_units = some_units(3)
    share, weight = given_units["numerator"] / given_units["denominator"], given_units["denominator"]
    fit = expected_shares(**given_units)
    fitted = fit.intercept + given_units["conditions"] @ fit.coefficients

    left = np.average((share - fitted) ** 2, weights=weight)
    varied = np.average((share - np.average(share, weights=weight)) ** 2, weights=weight)

    assert fit.r_squared == pytest.approx(1 - left / varied)


def test_without_any_condition_the_others_together_are_what_is_expected():
    fit = expected_shares(numerator=[10, 30, 60], denominator=[100, 100, 100], conditions=np.empty((3, 0)))

    assert_allclose(fit.share, [0.45, 0.35, 0.20])
    assert Weakness.POOR_FIT in fit.weak


def test_large_units_count_for_more():
    fit = expected_shares(numerator=[10, 300, 0], denominator=[100, 1000, 10], conditions=np.empty((3, 0)))

    assert fit.share[2] == pytest.approx(310 / 1100)


def test_what_is_expected_never_leaves_zero_and_one():
    """Fitted to all but the last, the line climbs far past 1 at the last unit's condition."""
    place = np.array([0.0, 1, 2, 3, 100])
    steep = expected_shares(
        numerator=[0, 300, 600, 900, 500], denominator=np.full(5, 1000), conditions=place[:, None]
    )
    falling = expected_shares(
        numerator=[900, 600, 300, 0, 500], denominator=np.full(5, 1000), conditions=place[:, None]
    )

    assert steep.share[4] == 1
    assert falling.share[4] == 0


@given(seeds)
def test_predictions_and_leverages_stay_within_their_bounds(seed):
    fit = expected_shares(**some_units(seed, units=8, conditions=5))

    assert ((fit.share >= 0) & (fit.share <= 1)).all()
    assert ((fit.leverage >= 0) & (fit.leverage <= 1 + 1e-12)).all()
    assert 0 <= fit.r_squared <= 1


@given(seeds, st.floats(0.001, 1000), st.floats(-100, 100))
def test_the_scale_of_the_conditions_does_not_matter(seed, scale, shift):
    given_units = some_units(seed)
    rescaled = {**given_units, "conditions": given_units["conditions"] * scale + shift}

    assert_allclose(expected_shares(**rescaled).share, expected_shares(**given_units).share, rtol=1e-6)


@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_units_and_conditions_does_not_matter(seed, random):
    given_units = some_units(seed)
    rows = np.array(random.sample(range(30), 30))
    columns = random.sample(range(3), 3)
    fit = expected_shares(**given_units)
    shuffled = expected_shares(
        numerator=given_units["numerator"][rows],
        denominator=given_units["denominator"][rows],
        conditions=given_units["conditions"][rows][:, columns],
    )

    assert_allclose(shuffled.share, fit.share[rows], rtol=1e-9)
    assert_allclose(shuffled.coefficients, fit.coefficients[columns], rtol=1e-7, atol=1e-12)


@given(seeds)
def test_a_unit_without_a_base_changes_nothing_for_the_others(seed):
    given_units = some_units(seed)
    fit = expected_shares(**given_units)
    more = expected_shares(
        numerator=np.append(given_units["numerator"], [0, 0]),
        denominator=np.append(given_units["denominator"], [0, 0]),
        conditions=np.vstack([given_units["conditions"], [[9, -9, 9], [0, 0, 0]]]),
    )

    assert_allclose(more.share[:30], fit.share, rtol=1e-9)
    assert more.r_squared == pytest.approx(fit.r_squared)
    assert more.weak == fit.weak


def test_a_unit_without_a_base_is_still_told_what_would_be_expected_of_it():
    given_units = some_units(5)
    given_units["numerator"][7] = given_units["denominator"][7] = 0
    fit = expected_shares(**given_units)

    assert fit.share[7] == pytest.approx(fit.intercept + given_units["conditions"][7] @ fit.coefficients)


@given(seeds)
def test_a_condition_that_never_varies_or_repeats_another_changes_no_prediction(seed):
    given_units = some_units(seed)
    framework = given_units["conditions"]
    padded = {
        **given_units,
        "conditions": np.column_stack([framework, np.full(30, 0.1), framework[:, 0] - 2 * framework[:, 1]]),
    }

    fit, plain = expected_shares(**padded), expected_shares(**given_units)

    assert_allclose(fit.share, plain.share, rtol=1e-7)
    assert Weakness.COLLINEAR in fit.weak
    assert np.isfinite(fit.coefficients).all()


def test_a_condition_that_only_one_unit_has_counts_for_nothing_in_its_own_prediction():
    given_units = some_units(6, conditions=1)
    only_the_third = (np.arange(30) == 2).astype(float)
    with_its_own = {**given_units, "conditions": np.column_stack([given_units["conditions"], only_the_third])}

    fit = expected_shares(**with_its_own)

    assert fit.leverage[2] == pytest.approx(1)
    assert fit.share[2] == pytest.approx(refitted_without(2, **given_units))


def test_the_same_figures_give_the_same_answer_bit_for_bit():
    def answer() -> bytes:
        fit = expected_shares(**some_units(8))
        return fit.share.tobytes() + fit.coefficients.tobytes() + fit.leverage.tobytes()

    assert answer() == answer()


def weak(fit: ExpectedShares) -> set[Weakness]:
    return set(fit.weak)


def test_a_good_fit_of_many_units_has_nothing_to_warn_of():
    assert weak(expected_shares(**some_units(9, units=60))) == set()


def test_fewer_than_ten_units_for_each_condition_are_warned_of():
    assert weak(expected_shares(**some_units(9, units=29))) == {Weakness.TOO_FEW_UNITS}


def test_conditions_that_explain_next_to_nothing_are_warned_of():
    given_units = some_units(10, units=60)
    given_units["conditions"] = np.random.default_rng(11).normal(size=(60, 3))

    assert weak(expected_shares(**given_units)) == {Weakness.POOR_FIT}


def test_conditions_that_nearly_say_the_same_are_warned_of():
    given_units = some_units(12, units=60)
    first = given_units["conditions"][:, 0]
    given_units["conditions"][:, 1] = first + np.random.default_rng(13).normal(0, 0.01, size=60)

    assert weak(expected_shares(**given_units)) == {Weakness.COLLINEAR}


def test_units_that_do_not_differ_leave_nothing_to_explain():
    fit = expected_shares(
        numerator=np.full(20, 50), denominator=np.full(20, 100), conditions=np.arange(20.0)[:, None]
    )

    assert_allclose(fit.share, 0.5)
    assert fit.weak == (Weakness.POOR_FIT,)


@pytest.mark.parametrize(
    ("numerator", "denominator", "conditions"),
    [
        ([1, 2], [3, 4], [[1.0]]),
        ([1, 2], [3, 4], [1.0, 2.0]),
        ([1, 2], [3, 4], [[1.0], [np.nan]]),
        ([1, 2], [3], [[1.0], [2.0]]),
        ([5, 2], [3, 4], [[1.0], [2.0]]),
        ([-1, 2], [3, 4], [[1.0], [2.0]]),
        ([1, 0], [3, 0], [[1.0], [2.0]]),
    ],
)
def test_figures_that_do_not_fit_together_are_refused(numerator, denominator, conditions):
    with pytest.raises(ValueError, match=r"conditions|numerator|share"):
        expected_shares(numerator=numerator, denominator=denominator, conditions=conditions)


def test_leverage_adds_up_to_the_number_of_things_fitted():
    """An identity of least squares: the leverages sum to the conditions and the intercept."""
    assert expected_shares(**some_units(14)).leverage.sum() == pytest.approx(4)
    assert_array_equal(expected_shares(**some_units(14)).leverage > 0, True)

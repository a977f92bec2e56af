import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from regions.comparison.multiplicity import benjamini_hochberg, one_sided_p
from regions.measures.direction import Direction

probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=50)


def test_the_worked_example_is_adjusted_to_its_digits():
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]

    assert_allclose(
        benjamini_hochberg(p),
        [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.10571, 0.216, 0.216, 0.216],
        atol=5e-6,
    )


@given(probabilities)
def test_it_agrees_with_scipy(p):
    assert_allclose(benjamini_hochberg(p), stats.false_discovery_control(p, method="bh"), rtol=1e-12)


@given(probabilities)
def test_a_smaller_p_is_never_adjusted_to_more_than_a_larger_one(p):
    adjusted = benjamini_hochberg(p)

    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()


@given(probabilities)
def test_adjusting_never_makes_anything_look_rarer(p):
    adjusted = benjamini_hochberg(p)

    assert (adjusted >= np.array(p) * (1 - 1e-12)).all()
    assert (adjusted <= 1).all()


@given(probabilities, st.randoms(use_true_random=False))
def test_the_order_of_the_comparisons_does_not_matter(p, random):
    order = random.sample(range(len(p)), len(p))

    assert_array_equal(benjamini_hochberg(np.array(p)[order]), benjamini_hochberg(p)[order])


def test_a_single_comparison_is_left_as_it_is():
    assert_array_equal(benjamini_hochberg([0.03]), [0.03])


def test_one_striking_figure_among_a_hundred_is_worth_a_hundredth():
    adjusted = benjamini_hochberg([0.0004] + [0.5] * 99)

    assert adjusted[0] == pytest.approx(0.04)


def test_only_the_bad_side_counts():
    far_below, as_expected, far_above = -3.0, 0.0, 3.0
    z = [far_below, as_expected, far_above]

    assert_allclose(one_sided_p(z=z, direction=Direction.HIGHER_BETTER), [0.00135, 0.5, 0.99865], atol=5e-6)
    assert_allclose(one_sided_p(z=z, direction=Direction.LOWER_BETTER), [0.99865, 0.5, 0.00135], atol=5e-6)


def test_a_neutral_measure_has_no_bad_side():
    assert_array_equal(one_sided_p(z=[-9, 0, 9], direction=Direction.NEUTRAL), [1, 1, 1])


@given(st.lists(st.floats(-30, 30), min_size=1))
def test_turning_the_measure_round_turns_the_scores_round(z):
    assert_array_equal(
        one_sided_p(z=z, direction=Direction.HIGHER_BETTER),
        one_sided_p(z=-np.array(z), direction=Direction.LOWER_BETTER),
    )


@pytest.mark.parametrize("p", [[], [1.1], [-0.1], [np.nan], [[0.1]]])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="p must hold"):
        benjamini_hochberg(p)

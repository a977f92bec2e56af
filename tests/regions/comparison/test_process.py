import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from regions.comparison.process import Rule, process

WITH_A_JUMP = [50, 52, 49, 51, 53, 50, 48, 52, 51, 75, 50, 49]

series = st.lists(st.integers(-1000, 1000), min_size=2, max_size=40)


def broken(values, rule):
    """The places that have part in breaking a rule."""
    return np.flatnonzero(process(values).hits[rule]).tolist()


def test_the_worked_example_gives_its_limits():
    found = process(WITH_A_JUMP)

    assert found.mean == 52.5
    assert found.average_moving_range == pytest.approx(2.2222, abs=5e-5)
    assert found.lower == pytest.approx(46.5889, abs=5e-5)
    assert found.upper == pytest.approx(58.4111, abs=5e-5)


def test_in_the_worked_example_the_tenth_figure_alone_is_out_of_the_ordinary():
    found = process(WITH_A_JUMP)

    assert [found.rules(place) for place in range(12)] == [()] * 9 + [(Rule.OUTSIDE_LIMITS,)] + [()] * 2


def test_seven_that_rise_are_a_trend_and_all_of_them_have_part_in_it():
    assert broken([5, 1, 2, 3, 4, 5, 6, 7, 2], Rule.TREND_OF_SEVEN) == [1, 2, 3, 4, 5, 6, 7]


def test_seven_that_fall_are_a_trend():
    assert broken([7, 6, 5, 4, 3, 2, 1], Rule.TREND_OF_SEVEN) == list(range(7))


@pytest.mark.parametrize("values", [[1, 2, 3, 4, 5, 6], [1, 2, 3, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 6]])
def test_six_that_rise_or_seven_with_a_standstill_are_no_trend(values):
    assert broken(values, Rule.TREND_OF_SEVEN) == []


def test_seven_on_one_side_of_the_mean_are_a_shift():
    assert broken([10, 0, 4, 4, 4, 4, 4, 4, 4, -10], Rule.SEVEN_ON_ONE_SIDE) == [2, 3, 4, 5, 6, 7, 8]


def test_a_figure_on_the_mean_ends_a_run():
    values = [1, 1, 1, 0, 1, 1, 1, 1, -7]

    assert process(values).mean == 0
    assert broken(values, Rule.SEVEN_ON_ONE_SIDE) == []


def test_two_of_three_in_the_outer_third_on_one_side_are_marked_and_the_third_is_not():
    ordinary = [1, -1] * 10
    values = [*ordinary, 4, 0.5, 4, -8.5]
    found = process(values, baseline=20)

    assert (found.lower, found.upper) == pytest.approx((-5.32, 5.32))
    assert np.flatnonzero(found.hits[Rule.TWO_OF_THREE]).tolist() == [20, 22]


def test_two_of_three_on_different_sides_are_ordinary():
    found = process([*[1, -1] * 10, 4, -0.5, 4], baseline=20)

    assert not found.hits[Rule.TWO_OF_THREE].any()


def test_the_rules_of_a_figure_come_plainest_first():
    found = process([*[1, -1] * 10, 2, 3, 4, 5, 6, 7, 8], baseline=20)

    assert found.rules(26) == (Rule.OUTSIDE_LIMITS, Rule.TREND_OF_SEVEN, Rule.SEVEN_ON_ONE_SIDE)


def test_what_comes_after_the_baseline_moves_no_limit():
    calm, later = [5, 6, 5, 6, 5, 6], [900, -900]

    alone, followed = process(calm), process([*calm, *later], baseline=6)

    assert (followed.lower, followed.upper) == (alone.lower, alone.upper)
    assert followed.hits[Rule.OUTSIDE_LIMITS].tolist() == [False] * 6 + [True] * 2


@given(st.floats(-1e6, 1e6), st.integers(2, 40), st.integers(2, 40))
def test_figures_that_never_move_are_ordinary(value, length, baseline):
    """Also where their mean, as it is computed, misses them by a rounding: 12.7 twelve times does."""
    found = process([value] * length, baseline=min(length, baseline))

    assert (found.lower, found.upper) == pytest.approx((value, value))
    assert not any(hits.any() for hits in found.hits.values())
    assert not found.side.any()


def test_of_figures_that_moved_once_the_one_that_did_is_out_of_the_ordinary():
    """Without the only range there is the limits would have no room, and every figure would lie outside."""
    assert broken([*[100] * 11, 95], Rule.OUTSIDE_LIMITS) == [11]


def test_limits_are_firm_from_twelve_figures_on():
    assert not process(WITH_A_JUMP[:11]).is_firm
    assert process(WITH_A_JUMP).is_firm


@pytest.mark.parametrize(
    ("values", "baseline"), [([], None), ([1], None), ([1, float("nan")], None), ([1, 2], 1), ([1, 2], 3)]
)
def test_what_has_no_limits_is_refused(values, baseline):
    with pytest.raises(ValueError, match=r"must|needed"):
        process(values, baseline=baseline)


@given(series, st.integers(-50, 50), st.sampled_from([0.25, 0.5, 2, 8]))
def test_neither_the_unit_nor_the_zero_of_a_series_matters(values, shift, scale):
    first, second = process(values), process([scale * value + shift for value in values])

    assert second.lower == pytest.approx(scale * first.lower + shift, abs=1e-6)
    assert second.upper == pytest.approx(scale * first.upper + shift, abs=1e-6)
    assert_array_equal(second.hits[Rule.TREND_OF_SEVEN], first.hits[Rule.TREND_OF_SEVEN])


@given(series)
def test_turned_upside_down_the_same_figures_stand_out(values):
    first, second = process(values), process([-value for value in values])

    for rule in Rule:
        assert_array_equal(second.hits[rule], first.hits[rule])


@given(series)
def test_no_figure_is_both_outside_the_limits_and_in_the_outer_third(values):
    found = process(values)

    assert not (found.hits[Rule.OUTSIDE_LIMITS] & found.hits[Rule.TWO_OF_THREE]).any()

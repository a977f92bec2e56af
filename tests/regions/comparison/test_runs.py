import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.comparison.process import Rule, process
from regions.comparison.runs import runs
from regions.measures.direction import Direction

HIGHER, LOWER, NEUTRAL = Direction.HIGHER_BETTER, Direction.LOWER_BETTER, Direction.NEUTRAL
WITH_A_JUMP = [50, 52, 49, 51, 53, 50, 48, 52, 51, 75, 50, 49]

series = st.lists(st.integers(-20, 20), min_size=2, max_size=30)


def found(values, direction=HIGHER):
    return runs(process(values), direction=direction)


def of_rule(values, rule):
    return [(run.first, run.last, run.is_up) for run in found(values) if run.rule is rule]


def test_a_jump_is_a_run_of_one_and_better_or_worse_by_the_measures_direction():
    [up] = found(WITH_A_JUMP)

    assert (up.rule, up.first, up.last, up.is_up) == (Rule.OUTSIDE_LIMITS, 9, 9, True)
    assert up.is_worse is False
    assert found(WITH_A_JUMP, LOWER)[0].is_worse is True
    assert found(WITH_A_JUMP, NEUTRAL)[0].is_worse is None


def test_a_trend_holds_its_first_figure_too():
    assert of_rule([5, 1, 2, 3, 4, 5, 6, 7, 2], Rule.TREND_OF_SEVEN) == [(1, 7, True)]
    assert of_rule([7, 6, 5, 4, 3, 2, 1], Rule.TREND_OF_SEVEN) == [(0, 6, False)]


def test_two_runs_on_either_side_of_the_mean_are_told_apart():
    values = [2, 1, 2, 1, 2, 1, 2, -2, -1, -2, -1, -2, -1, -2]

    assert of_rule(values, Rule.SEVEN_ON_ONE_SIDE) == [(7, 13, False), (0, 6, True)]


def test_the_latest_run_comes_first():
    values = [75, *[50, 52, 49, 51, 53, 50, 48, 52] * 2, 75]

    assert [run.first for run in found(values) if run.rule is Rule.OUTSIDE_LIMITS] == [17, 0]


@given(series)
def test_the_runs_hold_exactly_the_figures_that_the_rules_mark(values):
    marked = process(values)

    for rule in Rule:
        held = np.zeros(len(values), dtype=bool)
        for run in found(values):
            if run.rule is rule:
                held[run.first : run.last + 1] = True
        assert held.tolist() == marked.hits[rule].tolist()


@given(series)
def test_the_mirror_image_has_the_same_runs_on_the_other_side(values):
    mirrored = [-value for value in values]

    assert [(run.rule, run.first, run.last, not run.is_up) for run in found(values)] == [
        (run.rule, run.first, run.last, run.is_up) for run in found(mirrored)
    ]


@pytest.mark.parametrize("direction", [HIGHER, LOWER])
@given(values=series)
def test_what_is_up_is_worse_exactly_where_lower_is_better(direction, values):
    for run in found(values, direction):
        assert run.is_worse is (run.is_up is (direction is LOWER))

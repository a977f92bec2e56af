"""The small axis of a table row runs from 70 to 130 per cent of expected, 120 units long."""

import pytest

from regions.comparison.axis import dots, on_axis


def test_what_was_expected_lies_in_the_middle():
    assert on_axis(100) == 66


@pytest.mark.parametrize(("value", "place"), [(70, 6), (130, 126), (12, 6), (400, 126)])
def test_what_lies_beyond_the_ends_stands_at_the_end(value, place):
    assert on_axis(value) == place


def test_the_range_lies_around_expected_and_narrows_with_size():
    small, large = dots(ratio=[90, 90], expected=[50, 5000], share=0.3, tau2=0)

    assert small.at == large.at < 66
    assert small.low < large.low < 66 < large.high < small.high


def test_the_range_is_that_of_the_funnel():
    """√(O/E) has the standard error √(1 − share) / (2√E): here 0.05, so 95 % lie within (1 ± 0.098)²."""
    [dot] = dots(ratio=[100], expected=[100], share=0.0, tau2=0.0)

    assert dot.low == pytest.approx(on_axis(100 * (1 - 0.0979982) ** 2))
    assert dot.high == pytest.approx(on_axis(100 * (1 + 0.0979982) ** 2))


def test_a_range_wider_than_the_axis_is_kept_within_its_ends():
    [dot] = dots(ratio=[500], expected=[2], share=0.0, tau2=0.0)

    assert (dot.low, dot.at, dot.high) == (6, 126, 126)


def test_over_dispersion_widens_the_range():
    [narrow], [wide] = (dots(ratio=[100], expected=[400], share=0.3, tau2=tau2) for tau2 in (0, 0.001))

    assert wide.low < narrow.low
    assert wide.high > narrow.high


def test_without_results_there_is_nothing_to_draw():
    assert dots(ratio=[], expected=[], share=0.3, tau2=0) == []

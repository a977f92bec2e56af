import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.comparison.cusum import ALARM, cusum

scores = st.lists(st.floats(-5, 5), min_size=1, max_size=40)


def test_the_worked_example_gives_its_sums():
    found = cusum([0.2, 1.1, 0.9, 1.4, 1.2, 1.6, 1.3])

    np.testing.assert_allclose(found.sums, [0, 0.6, 1.0, 1.9, 2.6, 3.7, 4.5])
    assert not found.alarms.any()


def test_after_an_alarm_it_begins_anew():
    found = cusum([3, 3, 3, 1])

    np.testing.assert_allclose(found.sums, [2.5, 5.0, 7.5, 0.5])
    assert found.alarms.tolist() == [False, False, True, False]


def test_chance_alone_raises_an_alarm_about_every_465_periods_where_both_sides_are_watched():
    chance = np.random.default_rng(7).standard_normal(400_000)

    alarms = cusum(chance).alarms.sum() + cusum(-chance).alarms.sum()

    assert chance.size / alarms == pytest.approx(465, rel=0.1)


@given(scores)
def test_it_is_never_below_nothing_and_an_alarm_is_beyond_the_limit(z):
    found = cusum(z)

    assert (found.sums >= 0).all()
    np.testing.assert_array_equal(found.alarms, found.sums > ALARM)


@given(scores, st.sampled_from([0.25, 0.5, 2, 4]))
def test_in_another_unit_it_is_the_same(z, scale):
    """A power of two, so that nothing is lost to rounding."""
    one = cusum(z)
    other = cusum(np.array(z) * scale, allowance=0.5 * scale, alarm=ALARM * scale)

    np.testing.assert_array_equal(other.sums, one.sums * scale)
    np.testing.assert_array_equal(other.alarms, one.alarms)


@given(scores)
def test_what_lies_within_the_allowance_never_adds_up(z):
    assert not cusum(np.minimum(z, 0.5)).sums.any()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"allowance": -0.1}, "allowance"),
        ({"alarm": 0}, "alarm"),
        ({"z": []}, "z must hold"),
        ({"z": [1, float("nan")]}, "z must hold"),
    ],
)
def test_what_cannot_be_added_up_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        cusum(**({"z": [1.0]} | wrong))

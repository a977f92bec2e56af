"""People to spare beside open positions: what counts, how far, and in which order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.bottlenecks.actions.neighbours import LACKING, has_to_spare, nearest_with_positions

KM = np.array(
    [[0.0, 10.0, 40.0, 80.0], [10.0, 0.0, 30.0, 70.0], [40.0, 30.0, 0.0, 40.0], [80.0, 70.0, 40.0, 0.0]]
)
"""Four places along a line."""

CATEGORIES = ("shortage", "paradox", "good", "less_good", "problems", "no_problems", "not_assessed")


def beside(to_spare, looks, km=KM, **rule):
    found = nearest_with_positions(
        to_spare=np.array(to_spare),
        looks=np.array(looks, dtype=np.bool_),
        km=km,
        **{"half_distance": 12.0, "exponent": 2.5, **rule},
    )
    return [(one.surplus, one.short, round(one.km)) for one in found]


def test_each_place_with_people_stands_beside_the_nearest_that_looks_for_them():
    assert beside([20, 0, 20, 0], [False, True, False, True]) == [(0, 1, 10), (2, 1, 30)]


def test_fewer_near_by_come_before_more_far_away():
    assert beside([20, 0, 30, 0], [False, True, False, False]) == [(0, 1, 10), (2, 1, 30)]
    assert beside([20, 0, 300, 0], [False, True, False, False]) == [(2, 1, 30), (0, 1, 10)]


def test_nobody_is_looked_for_farther_off_than_that():
    assert beside([0, 0, 0, 90], [False, True, False, False]) == []
    assert beside([0, 0, 0, 90], [False, True, False, False], within=70.0) == [(3, 1, 70)]


def test_a_place_that_looks_for_people_itself_is_set_beside_another():
    assert beside([20, 0, 0, 0], [True, False, True, False]) == [(0, 2, 40)]
    assert beside([20, 0, 0, 0], [True, False, False, False]) == []


def test_without_open_positions_or_people_there_is_nothing():
    assert beside([20, 20, 20, 20], [False] * 4) == []
    assert beside([0] * 4, [True] * 4) == []
    assert beside([], [], km=np.zeros((0, 0))) == []


@pytest.mark.parametrize(
    ("to_spare", "looks", "rule"),
    [([1, 2], [True], {}), ([1] * 3, [True] * 3, {}), ([1] * 4, [True] * 4, {"half_distance": 0.0})],
)
def test_what_does_not_fit_together_is_refused(to_spare, looks, rule):
    with pytest.raises(ValueError, match="must"):
        beside(to_spare, looks, **rule)


@pytest.mark.parametrize(
    ("category", "unemployed", "positions", "has"),
    [
        ("less_good", 20, 3, True),
        ("paradox", 20, 3, True),
        ("good", 20, None, True),
        ("not_assessed", 20, 0, True),
        ("shortage", 20, 3, False),
        ("problems", 20, 3, False),
        ("less_good", 20, 20, False),
        ("less_good", 4, 0, False),
        ("less_good", None, 0, False),
    ],
)
def test_people_are_to_spare_where_they_are_more_than_the_positions(category, unemployed, positions, has):
    assert has_to_spare(category, unemployed=unemployed, positions=positions, least=5) is has


persons = st.integers(0, 500)


@given(st.sampled_from(CATEGORIES), persons, persons, persons)
def test_more_unemployed_never_take_a_surplus_away_nor_more_positions_give_one(
    category, few, more, positions
):
    def has(unemployed, positions):
        return has_to_spare(category, unemployed=unemployed, positions=positions, least=5)

    assert has(few, positions) <= has(few + more, positions)
    assert has(few, positions + more) <= has(few, positions)
    assert not (category in LACKING and has(few, positions))


@st.composite
def lands(draw):
    """Places on a plane of 100 × 100 km, some with people to spare, some with open positions."""
    number = draw(st.integers(1, 8))
    corners = st.tuples(st.integers(0, 100), st.integers(0, 100))
    at = np.array(draw(st.lists(corners, min_size=number, max_size=number)), dtype=np.float64)
    km = np.hypot(*(at[:, None] - at).transpose(2, 0, 1))
    each = {"min_size": number, "max_size": number}
    return draw(st.lists(persons, **each)), draw(st.lists(st.booleans(), **each)), km


@given(lands())
def test_who_stands_beside_whom_is_near_has_people_and_looks_for_them(land):
    to_spare, looks, km = land

    found = beside(to_spare, looks, km)

    assert len({surplus for surplus, _short, _km in found}) == len(found)
    for surplus, short, away in found:
        assert surplus != short
        assert to_spare[surplus] > 0
        assert looks[short]
        assert away <= 60
        assert all(
            km[surplus, short] <= km[surplus, other] for other in np.flatnonzero(looks) if other != surplus
        )


@given(lands(), st.integers(1, 50))
def test_an_empty_place_more_changes_nothing(land, away):
    to_spare, looks, km = land
    farther = np.pad(km, (0, 1), constant_values=float(away))
    farther[-1, -1] = 0.0

    assert beside([*to_spare, 0], [*looks, False], farther) == beside(to_spare, looks, km)


@given(lands(), st.data())
def test_the_order_of_the_places_does_not_matter(land, data):
    to_spare, looks, km = land
    order = data.draw(st.permutations(range(len(looks))))

    again = beside([to_spare[one] for one in order], [looks[one] for one in order], km[np.ix_(order, order)])

    named = {(order[surplus], away) for surplus, _short, away in again}
    assert named == {(surplus, away) for surplus, _short, away in beside(to_spare, looks, km)}

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jobcenter.geography.gravity import great_circle, out_shares

KOEBENHAVN, AARHUS = (55.6759, 12.5683), (56.1572, 10.2107)

SIZES = arrays.arrays(np.float64, st.integers(1, 8), elements=st.floats(1, 1e6))


def apart(count: int) -> np.ndarray:
    """So many places on a line, ten kilometres between neighbours."""
    line = 10.0 * np.arange(count)
    return np.abs(line[:, None] - line)


def test_the_distance_from_copenhagen_to_aarhus_is_that_of_the_map():
    distances = great_circle(np.array([KOEBENHAVN, AARHUS]))

    assert distances[0, 1] == pytest.approx(157, abs=1)
    assert distances[0, 1] == distances[1, 0]
    assert distances[0, 0] == 0


def test_a_degree_of_latitude_is_as_long_everywhere():
    distances = great_circle(np.array([(55.0, 10.0), (56.0, 10.0)]))

    assert distances[0, 1] == pytest.approx(6371.0088 * np.pi / 180)


def test_two_places_opposite_each_other_are_half_the_earth_apart():
    distances = great_circle(np.array([(30.0, 20.0), (-30.0, -160.0)]))

    assert distances[0, 1] == pytest.approx(6371.0088 * np.pi)


@pytest.mark.parametrize("places", [np.zeros(3), np.zeros((2, 3)), np.array([(91.0, 10.0)])])
def test_what_cannot_be_places_is_refused(places):
    with pytest.raises(ValueError, match=r"places must|latitude"):
        great_circle(places)


def test_two_places_worked_by_hand():
    """At the half distance a place pulls half as much as next door: 300 · ½ against 100 at home."""
    distance = np.array([[0.0, 12.0], [12.0, 0.0]])

    shares = out_shares(distance, np.array([100.0, 300.0]), half_distance=12, exponent=2.5)

    np.testing.assert_allclose(shares, [[100 / 250, 150 / 250], [50 / 350, 300 / 350]])


def test_twice_the_half_distance_worked_by_hand():
    """With the exponent 2, f(2·h) = 1 / (1 + 4)."""
    distance = np.array([[0.0, 20.0], [20.0, 0.0]])

    shares = out_shares(distance, np.array([1.0, 1.0]), half_distance=10, exponent=2)

    np.testing.assert_allclose(shares[0], [5 / 6, 1 / 6])


@given(size=SIZES, half_distance=st.floats(1, 100), exponent=st.floats(0.5, 5))
def test_everybody_works_somewhere(size, half_distance, exponent):
    shares = out_shares(apart(size.size), size, half_distance=half_distance, exponent=exponent)

    assert (shares > 0).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1)


@given(size=SIZES, factor=st.floats(0.01, 100))
def test_only_how_large_places_are_beside_each_other_counts(size, factor):
    shares = out_shares(apart(size.size), size, half_distance=12, exponent=2.5)

    np.testing.assert_allclose(
        out_shares(apart(size.size), size * factor, half_distance=12, exponent=2.5), shares, rtol=1e-9
    )


@given(count=st.integers(2, 8))
def test_of_places_of_one_size_the_nearest_draws_most(count):
    shares = out_shares(apart(count), np.ones(count), half_distance=12, exponent=2.5)

    assert (np.diff(shares[0]) < 0).all()


@given(size=SIZES, larger=st.floats(1.01, 10))
def test_a_place_that_grows_draws_more_from_everywhere(size, larger):
    grown = size.copy()
    grown[0] *= larger

    before = out_shares(apart(size.size), size, half_distance=12, exponent=2.5)
    after = out_shares(apart(size.size), grown, half_distance=12, exponent=2.5)

    assert (after[:, 0] >= before[:, 0]).all()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"distance": np.zeros((2, 3))}, "shape"),
        ({"distance": np.array([[0.0, -1.0], [1.0, 0.0]])}, "negative"),
        ({"size": np.array([1.0, 0.0])}, "size must be positive"),
        ({"half_distance": 0}, "must be positive"),
        ({"exponent": -1}, "must be positive"),
    ],
)
def test_what_the_model_cannot_be_asked_is_refused(change, told):
    asked = {"distance": apart(2), "size": np.ones(2), "half_distance": 12.0, "exponent": 2.5} | change

    with pytest.raises(ValueError, match=told):
        out_shares(**asked)

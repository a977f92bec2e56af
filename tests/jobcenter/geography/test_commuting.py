import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jobcenter.geography.commuting import catchments, out_shares, self_containment, sharing

TOWN, SUBURB, VILLAGE, ISLAND = range(4)

EMPLOYED = np.array(
    [
        # town, suburb, village, island
        [900.0, 60.0, 20.0, 0.0],
        [250.0, 200.0, 40.0, 0.0],
        [30.0, 10.0, 50.0, 0.0],
        [0.0, 0.0, 0.0, 80.0],
    ]
)
RESIDENTS = np.array([1000.0, 500.0, 100.0, 80.0])
"""Of the town twenty work abroad, of the suburb ten, of the village ten."""

MATRICES = st.integers(1, 7).flatmap(
    lambda count: arrays.arrays(np.float64, (count, count), elements=st.integers(0, 5000).map(float))
)


@pytest.fixture
def shares():
    return out_shares(EMPLOYED, RESIDENTS)


def test_shares_are_of_all_employed_residents_also_those_who_work_abroad(shares):
    np.testing.assert_allclose(shares[TOWN], [0.90, 0.06, 0.02, 0])
    np.testing.assert_allclose(shares[SUBURB], [0.50, 0.40, 0.08, 0])


def test_the_catchment_of_the_town_worked_by_hand(shares):
    """Half of the suburb and thirty per cent of the village work in the town, six per cent the other way."""
    belongs = catchments(shares, limit=0.10)

    assert np.flatnonzero(belongs[:, TOWN]).tolist() == [TOWN, SUBURB, VILLAGE]
    assert np.flatnonzero(belongs[:, SUBURB]).tolist() == [SUBURB, VILLAGE]
    assert np.flatnonzero(belongs[:, VILLAGE]).tolist() == [VILLAGE]
    assert np.flatnonzero(belongs[:, ISLAND]).tolist() == [ISLAND]


def test_exactly_the_limit_is_enough(shares):
    assert catchments(shares, limit=0.30)[VILLAGE, TOWN]
    assert not catchments(shares, limit=0.31)[VILLAGE, TOWN]


def test_two_that_go_to_the_same_centre_share_labour_though_nobody_goes_between_them(shares):
    belongs = catchments(shares, limit=0.20)
    shared = sharing(belongs)

    assert not belongs[VILLAGE, SUBURB]
    assert shared[VILLAGE, SUBURB]
    assert shared[ISLAND].tolist() == [False, False, False, True]


def test_how_many_stay_within_a_catchment_worked_by_hand(shares):
    contained = self_containment(shares, RESIDENTS, belongs=catchments(shares, limit=0.10))

    # Everybody in the town's three but the forty who work abroad, of 1,600.
    assert contained[TOWN] == pytest.approx(1560 / 1600)
    # Of the suburb 240 stay within its two, of the village 60; of 600.
    assert contained[SUBURB] == pytest.approx(300 / 600)
    assert contained[VILLAGE] == pytest.approx(0.5)
    assert contained[ISLAND] == 1


def test_a_place_without_employed_residents_belongs_to_its_own_catchment_only():
    shares = out_shares(np.array([[0.0, 0.0], [0.0, 5.0]]), np.array([0.0, 5.0]))
    belongs = catchments(shares, limit=0.1)

    assert belongs.tolist() == [[True, False], [False, True]]
    assert self_containment(shares, np.array([0.0, 5.0]), belongs=belongs).tolist() == [0, 1]


@given(employed=MATRICES)
def test_shares_lie_between_nothing_and_all(employed):
    shares = out_shares(employed, employed.sum(axis=1))

    assert ((shares >= 0) & (shares <= 1)).all()
    np.testing.assert_allclose(shares.sum(axis=1), employed.sum(axis=1) > 0)


@given(employed=MATRICES, limits=st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)).map(sorted))
def test_a_higher_limit_never_lets_anybody_in(employed, limits):
    shares = out_shares(employed, employed.sum(axis=1))
    lower, higher = (catchments(shares, limit=limit) for limit in limits)

    assert not (higher & ~lower).any()
    assert higher.diagonal().all()


@given(employed=MATRICES, limit=st.floats(0.01, 1))
def test_to_share_labour_is_mutual_and_everybody_shares_with_themselves(employed, limit):
    belongs = catchments(out_shares(employed, employed.sum(axis=1)), limit=limit)
    shared = sharing(belongs)

    assert (shared == shared.T).all()
    assert shared.diagonal().all()
    assert not (belongs & ~shared).any()


@given(employed=MATRICES, limit=st.floats(0.01, 1))
def test_nobody_stays_more_than_wholly_within_a_catchment(employed, limit):
    residents = employed.sum(axis=1)
    shares = out_shares(employed, residents)
    contained = self_containment(shares, residents, belongs=catchments(shares, limit=limit))

    assert ((contained >= 0) & (contained <= 1 + 1e-9)).all()


@given(employed=MATRICES, limit=st.floats(0.01, 1), seed=st.integers(0, 1000))
def test_the_order_of_the_places_does_not_matter(employed, limit, seed):
    order = np.random.default_rng(seed).permutation(len(employed))
    belongs = catchments(out_shares(employed, employed.sum(axis=1)), limit=limit)
    turned = employed[np.ix_(order, order)]

    assert (
        catchments(out_shares(turned, turned.sum(axis=1)), limit=limit) == belongs[np.ix_(order, order)]
    ).all()


@pytest.mark.parametrize(
    ("employed", "residents", "told"),
    [
        (np.zeros((2, 3)), np.ones(2), "shape"),
        (np.zeros((2, 2)), np.ones(3), "shape"),
        (np.array([[-1.0]]), np.ones(1), "negative"),
        (np.array([[2.0]]), np.ones(1), "more residents"),
    ],
)
def test_figures_that_cannot_be_are_refused(employed, residents, told):
    with pytest.raises(ValueError, match=told):
        out_shares(employed, residents)


@pytest.mark.parametrize("limit", [0, -0.1, 1.1])
def test_a_limit_that_is_no_share_is_refused(shares, limit):
    with pytest.raises(ValueError, match="limit"):
        catchments(shares, limit=limit)


def test_shares_that_are_not_of_places_by_places_are_refused():
    with pytest.raises(ValueError, match="shape"):
        catchments(np.zeros((2, 3)), limit=0.1)
    with pytest.raises(ValueError, match="shape"):
        self_containment(np.eye(2), np.ones(3), belongs=np.eye(2, dtype=bool))

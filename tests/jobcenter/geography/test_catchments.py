import numpy as np
import pytest

from jobcenter.geography.catchments import Neighbour, estimated_catchments, great_circle

KOEBENHAVN, AARHUS = (55.6759, 12.5683), (56.1572, 10.2107)


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


def test_a_catchment_holds_its_own_centre_first_and_then_the_nearest():
    places = np.array([(55.0, 10.0), (55.3, 10.0), (55.1, 10.0), (57.0, 10.0)])

    found = estimated_catchments(places, reach_km=34)

    assert [(near.centre, near.place) for near in found if near.centre == 0] == [(0, 0), (0, 2), (0, 1)]
    assert [near for near in found if near.centre == 3] == [Neighbour(3, 3, 0.0)]


def test_to_share_a_catchment_is_mutual():
    places = np.random.default_rng(2026).uniform((54.6, 8.1), (57.7, 15.2), size=(40, 2))

    pairs = {(near.centre, near.place) for near in estimated_catchments(places, reach_km=50)}

    assert len(pairs) > 40
    assert pairs == {(place, centre) for centre, place in pairs}


def test_no_places_have_no_catchments():
    assert estimated_catchments(np.empty((0, 2)), reach_km=32) == []


@pytest.mark.parametrize("places", [np.zeros(3), np.zeros((2, 3)), np.array([(91.0, 10.0)])])
def test_what_cannot_be_places_is_refused(places):
    with pytest.raises(ValueError, match=r"places must|latitude"):
        great_circle(places)


def test_a_reach_of_nothing_is_refused():
    with pytest.raises(ValueError, match="positive"):
        estimated_catchments(np.zeros((1, 2)), reach_km=0)

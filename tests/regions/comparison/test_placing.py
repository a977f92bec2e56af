"""The place of a jobcentre among its peers, from numbers that the reader may be told."""

import pytest

from regions.comparison import placing
from regions.comparison.models import Result
from regions.measures.suppression import Limits
from tests.regions.making import AS_EXPECTED, FAR_OVER, FAR_UNDER, UNDER, Said, make_comparison

FEW = Said(3, 417, 30.0, -4.4)


@pytest.fixture
def place_of(koege):
    def do(comparison, *, is_own=False):
        result = Result.objects.select_related("comparison__measure").get(
            comparison=comparison, jobcentre=koege.jobcentre
        )
        places = placing.places(
            [result],
            among=placing.read([comparison.pk]),
            jobcentre=koege.jobcentre,
            limits=Limits(),
            is_own=is_own,
        )
        place = places.get(result.pk)
        return place and (place.rank, place.among)

    return do


@pytest.fixture
def compare(koege, roskilde, aarhus, make_jobcentres, result_measure, group, flag_rule):
    def do(own: Said, *, neighbour: Said = AS_EXPECTED, measure=result_measure):
        others = make_jobcentres(2)
        results = {
            koege.jobcentre: own,
            roskilde.jobcentre: neighbour,
            aarhus.jobcentre: FAR_OVER,
            **dict.fromkeys(others, UNDER),
        }
        return make_comparison(measure, group, results)

    return do


def test_one_is_the_best_where_higher_is_better(compare, place_of):
    assert place_of(compare(FAR_UNDER)) == (5, 5)


def test_one_is_the_best_where_lower_is_better(compare, place_of, measures):
    assert place_of(compare(FAR_UNDER, measure=measures["back_within_12_months"])) == (1, 5)


def test_a_peer_whose_numbers_are_hidden_is_not_counted(compare, place_of):
    assert place_of(compare(FAR_OVER, neighbour=FEW)) == (1, 4)


def test_small_numbers_have_a_place_for_the_jobcentre_alone(compare, place_of):
    comparison = compare(FEW)

    assert place_of(comparison) is None
    assert place_of(comparison, is_own=True) == (5, 5)


def test_where_neither_side_is_better_or_nothing_was_expected_there_is_no_place(compare, place_of, measures):
    assert place_of(compare(Said(9, 18, None, None))) is None

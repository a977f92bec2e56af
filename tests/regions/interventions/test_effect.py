"""Effect: by example, and by what must hold for any figures."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regions.interventions.effect import Kept, Verdict, difference_in_differences, hold, movement
from regions.measures.direction import Direction

HIGHER, LOWER = Direction.HIGHER_BETTER.worse, Direction.LOWER_BETTER.worse

PEERS = [(350, 352), (340, 338), (361, 365), (345, 350), (352, 349), (339, 341), (358, 355)]


def held(own, peers=PEERS, base=1000):
    counts = np.array([own, *peers])
    return difference_in_differences(numerator=counts, denominator=np.full_like(counts, base))


def test_a_share_that_rises_while_the_peers_stand_still_is_better_where_higher_is_better():
    found = held((260, 340))

    assert found.own == pytest.approx(0.08)
    assert found.peers == pytest.approx(0.005 / 7)
    assert found.estimate == pytest.approx(0.08 - 0.005 / 7)
    assert found.verdict(worse=HIGHER) == Verdict.BETTER
    assert found.verdict(worse=LOWER) == Verdict.WORSE


def test_a_rise_that_the_peers_had_too_cannot_be_told_apart_from_chance():
    found = held((260, 340), peers=[(before, after + 80) for before, after in PEERS])

    assert found.own == pytest.approx(0.08)
    assert found.lower < 0 < found.upper
    assert found.verdict(worse=HIGHER) == Verdict.CHANCE


def test_the_same_rise_among_few_persons_cannot_be_told_apart_from_chance():
    counts = np.array([(13, 17), *PEERS])
    base = np.full_like(counts, 1000)
    base[0] = 50

    found = difference_in_differences(numerator=counts, denominator=base)

    assert found.own == pytest.approx(0.08)
    assert found.verdict(worse=HIGHER) == Verdict.CHANCE


def test_peers_that_drift_apart_by_themselves_widen_the_interval():
    steady = held((260, 340))
    drifting = held((260, 340), peers=[(350, 350 + step) for step in (-90, 80, -60, 95, -75, 60, -10)])

    assert drifting.upper - drifting.lower > 2 * (steady.upper - steady.lower)
    assert drifting.verdict(worse=HIGHER) == Verdict.CHANCE


def test_the_interval_by_hand():
    """Peers that all change alike do not drift apart; t with 2 degrees of freedom is 4.302653."""
    found = held((100, 120), peers=[(300, 310)] * 3)

    def chance(before, after):
        return sum((count + 0.5) / 1001 * (1 - (count + 0.5) / 1001) / 1000 for count in (before, after))

    variance = chance(100, 120) + chance(300, 310) / 3
    assert found.upper - found.estimate == pytest.approx(4.302653 * variance**0.5, rel=1e-6)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        ([[1, 2]] * 3, [[10, 10]] * 3),
        ([1, 2], [10, 10]),
        ([[1, 2]] * 5, [[10, 10]] * 4),
        ([[1, 2]] * 5, [[10, 0]] * 5),
        ([[11, 2]] * 5, [[10, 10]] * 5),
    ],
)
def test_what_does_not_fit_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match=r"peers|shape|between"):
        difference_in_differences(numerator=numerator, denominator=denominator)


def test_nineteen_of_twenty_intervals_hold_nought_where_nobody_did_anything():
    """Jobcentres that drift by themselves, and differ in size: the seed is fixed, so the count is too."""
    drawn = np.random.default_rng(7)
    inside = 0
    for _ in range(400):
        base = drawn.integers(200, 2000, size=(8, 1)).repeat(2, axis=1)
        share = 0.35 + drawn.normal(0, 0.03, size=(8, 1)) + drawn.normal(0, 0.02, size=(8, 2))
        found = difference_in_differences(numerator=drawn.binomial(base, share), denominator=base)
        inside += found.lower <= 0 <= found.upper

    assert 0.93 <= inside / 400 <= 1.0


counts = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=4, max_size=9)


@given(counts)
def test_the_estimate_lies_inside_its_interval_and_turns_with_time(pairs):
    forwards = held(pairs[0], pairs[1:], base=500)
    backwards = held(pairs[0][::-1], [pair[::-1] for pair in pairs[1:]], base=500)

    assert forwards.lower <= forwards.estimate <= forwards.upper
    assert backwards.estimate == pytest.approx(-forwards.estimate)
    assert backwards.lower == pytest.approx(-forwards.upper)


@given(counts, st.randoms())
def test_the_order_of_the_peers_says_nothing(pairs, random):
    peers = pairs[1:]
    random.shuffle(peers)

    one, other = held(pairs[0], pairs[1:], base=500), held(pairs[0], peers, base=500)

    assert other.estimate == pytest.approx(one.estimate)
    assert other.upper == pytest.approx(one.upper)


@given(counts)
def test_counting_the_others_of_the_same_persons_turns_the_sign_and_the_verdict(pairs):
    one = held(pairs[0], pairs[1:], base=500)
    other = held(
        tuple(500 - count for count in pairs[0]),
        [tuple(500 - count for count in pair) for pair in pairs[1:]],
        base=500,
    )

    assert other.estimate == pytest.approx(-one.estimate)
    assume(min(abs(one.lower), abs(one.upper)) > 1e-9)  # on the very edge rounding decides
    assert other.verdict(worse=LOWER) == one.verdict(worse=HIGHER)


BEFORE = [75, 77, 74, 76, 78, 75, 73, 76, 77, 75, 74, 76]


def test_periods_outside_the_limits_of_before_are_a_movement_towards_that_side():
    found = movement([*BEFORE, 90, 92], before=12)

    assert found.is_firm
    assert found.beyond_upper == 2
    assert found.beyond_lower == 0
    assert found.sign == 1
    assert found.verdict(worse=HIGHER) == Verdict.BETTER
    assert found.verdict(worse=LOWER) == Verdict.WORSE


@pytest.mark.parametrize(("share", "before"), [(12.7, 3), (33.3, 6), (0.1, 12), (99.9, 7)])
def test_where_nothing_changed_nothing_moved(share, before):
    """Whatever the arithmetic makes of a mean of equal figures."""
    found = movement([share] * (before + 2), before=before)

    assert (found.sign, found.beyond_lower, found.beyond_upper) == (0, 0, 0)


def test_periods_within_the_limits_are_no_movement():
    found = movement([*BEFORE, 77, 76], before=12)

    assert (found.beyond_lower, found.beyond_upper, found.sign) == (0, 0, 0)
    assert found.verdict(worse=HIGHER) == Verdict.CHANCE


def test_one_wild_period_to_each_side_says_nothing():
    assert movement([*BEFORE, 95, 50], before=12).sign == 0


def test_limits_of_few_periods_are_not_firm_and_of_fewer_than_three_there_are_none():
    assert not movement([75, 77, 74, 90], before=3).is_firm
    for values, before in (([75, 77, 90], 2), ([75, 77, 74], 3)):
        with pytest.raises(ValueError, match="periods before"):
            movement(values, before=before)


@given(
    st.lists(st.integers(0, 1000), min_size=4, max_size=20).flatmap(
        lambda values: st.tuples(st.just(values), st.integers(3, len(values) - 1))
    ),
    st.integers(-500, 500),
)
def test_moving_every_figure_by_the_same_changes_nothing_but_where_the_limits_lie(drawn, shift):
    values, before = drawn

    one, other = movement(values, before=before), movement([value + shift for value in values], before=before)

    assert other.mean_after == pytest.approx(one.mean_after + shift)
    assert other.upper - other.lower == pytest.approx(one.upper - one.lower)


@pytest.mark.parametrize(
    ("numerator", "base", "kept"),
    [
        (800, 1000, Kept.KEPT),
        (785, 1000, Kept.MISSED),
        (700, 1000, Kept.CLEARLY_MISSED),
        (14, 20, Kept.MISSED),
    ],
)
def test_a_period_is_held_to_the_law_by_the_end_of_its_interval(numerator, base, kept):
    found = hold(numerator=numerator, denominator=base, required=0.8, worse=HIGHER)

    assert found.share == numerator / base
    assert found.bound > found.share
    assert found.kept == kept


@given(st.integers(0, 300), st.floats(0.05, 0.95))
def test_the_others_of_the_same_persons_keep_the_opposite_requirement_as_well(numerator, required):
    one = hold(numerator=numerator, denominator=300, required=required, worse=HIGHER)
    other = hold(numerator=300 - numerator, denominator=300, required=1 - required, worse=LOWER)

    assert other.bound == pytest.approx(1 - one.bound)
    assume(min(abs(one.share - required), abs(one.bound - required)) > 1e-9)  # on the edge rounding decides
    assert other.kept == one.kept


def test_of_a_neutral_measure_nothing_is_required():
    with pytest.raises(ValueError, match="neutral"):
        hold(numerator=1, denominator=2, required=0.8, worse=Direction.NEUTRAL.worse)

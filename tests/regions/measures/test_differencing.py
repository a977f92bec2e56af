"""Numbers of overlapping periods, told one after the other: what they tell together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.measures.differencing import Sum, given_away
from regions.measures.periods import Frequency, Period, parse
from regions.measures.suppression import Cell, Limits

LIMITS = Limits()
FIRST = parse("2024QMAT04")


def window(number: int) -> Period:
    """Four quarters; the next number ends a quarter later."""
    return Period(Frequency.FOUR_QUARTERS, FIRST.last + 3 * number)


def told(quarters: list[int]) -> list[Sum]:
    """The windows over some quarters, each told unless it is small."""
    sums = []
    for number in range(len(quarters) - 3):
        persons = sum(quarters[number : number + 4])
        is_hidden = Cell(persons).is_small(LIMITS)
        sums.append(Sum(frozenset({1}), window(number), None if is_hidden else persons))
    return sums


def test_windows_with_many_in_each_tell_nothing_of_each_other():
    assert not given_away(told([20, 1, 2, 30, 21, 1, 1, 40]), limits=LIMITS)


def test_a_window_of_nobody_lets_a_hidden_one_be_found():
    """Nobody in the first four quarters, one in the next: hidden. But the windows with and without that
    quarter are 7 and 6, and nobody is in the last four."""
    quarters = [0, 0, 0, 0, 1, 0, 0, 6, 0, 0, 0, 0]

    assert [one.persons for one in told(quarters)] == [0, None, None, None, 7, 6, 6, 6, 0]
    assert given_away(told(quarters), limits=LIMITS)


def test_as_long_as_the_second_of_them_is_not_told_nothing_is_found():
    sums = told([0, 0, 0, 0, 1, 0, 0, 6])

    assert [one.persons for one in sums] == [0, None, None, None, 7]
    assert not given_away(sums, limits=LIMITS)


def test_a_quarter_of_few_is_found_between_two_windows_though_neither_is_hidden():
    """Where the quarter that falls out was nobody, the one that comes in is the difference."""
    known = [
        Sum(frozenset({1}), parse("2025Q01"), 0),
        Sum(frozenset({1}), parse("2025QMAT04"), 20),
        Sum(frozenset({1}), parse("2026QMAT01"), 22),
    ]

    assert given_away(known, limits=LIMITS)
    assert not given_away(known[1:], limits=LIMITS)


def test_the_last_quarter_is_found_from_the_year_and_the_three_before_it():
    quarters = [Sum(frozenset({1}), parse(f"2025Q0{number}"), 10) for number in (1, 2, 3)]

    assert given_away([*quarters, Sum(frozenset({1}), parse("2025Y01"), 33)], limits=LIMITS)
    assert not given_away([*quarters, Sum(frozenset({1}), parse("2025Y01"), 40)], limits=LIMITS)


def test_of_two_hidden_beside_a_total_the_one_is_found_when_the_other_is():
    both = frozenset({1, 2})
    hidden = [Sum(frozenset({unit}), parse("2025Y01"), None) for unit in both]
    quarters = [Sum(frozenset({2}), parse(f"2025Q0{number}"), 10) for number in (1, 2, 3, 4)]
    total = Sum(both, parse("2025Y01"), 43)

    assert not given_away([*hidden, total], limits=LIMITS)
    assert given_away([*hidden, total, *quarters[:4]], limits=LIMITS)


@given(
    st.lists(st.sampled_from([0, 0, *range(LIMITS.min_cell, 40)]), min_size=8, max_size=8),
    st.lists(st.sampled_from(["Q", "QMAT", "H", "Y"]), min_size=2, max_size=12),
    st.data(),
)
def test_where_no_quarter_is_small_nothing_is_hidden_whatever_is_told(quarters, kinds, data):
    """No false alarm: what is found is always what there was."""
    begins = parse("2025Q01")
    sums = []
    for kind in kinds:
        frequency = Frequency(kind)
        ends = range(begins.last + frequency.length - 3, begins.last + 3 * len(quarters), frequency.step)
        last = data.draw(st.sampled_from(ends))
        first = (last - frequency.length + 1 - (begins.last - 2)) // 3
        persons = sum(quarters[first : first + frequency.length // 3])
        sums.append(Sum(frozenset({1}), Period(frequency, last), persons))

    assert not given_away(sums, limits=LIMITS)


@pytest.mark.parametrize("code", ["2025QMAT03", "2025MMAT06", "2025Q01", "2025M05", "2025Y01"])
@given(st.lists(st.lists(st.integers(5, 60), min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_windows_of_one_kind_give_nothing_away_of_each_other(code, counts, data):
    """What the shortcut rests on: asked in full, as it is where somewhere nobody is counted."""
    first = parse(code)
    sums = [Sum(frozenset({99}), first, 0)]
    for number, of_units in enumerate(counts):
        period = Period(first.frequency, first.last + number * first.frequency.step)
        hidden = data.draw(st.sampled_from([(), (0, 1), (1, 2), (0, 1, 2)]))
        sums += [
            Sum(frozenset({unit}), period, None if unit in hidden else persons)
            for unit, persons in enumerate(of_units)
        ]
        if hidden:
            sums.append(Sum(frozenset(hidden), period, sum(of_units[unit] for unit in hidden)))

    assert given_away(sums, limits=LIMITS) == set()

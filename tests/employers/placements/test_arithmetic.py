"""The ratio and the net increase in figures: the vectors of the rule, and what must hold for any figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.placements.arithmetic import (
    Growth,
    Period,
    Scale,
    average,
    busiest,
    last_day,
    places,
    room,
    share_of_full_time,
)

SCALE = Scale()
JANUARY = date(2026, 1, 1)

staffs = st.decimals(0, 10_000, places=2)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
shares = st.decimals("0.05", 1, places=2)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(days)
    return Period(first, first + timedelta(days=draw(st.integers(0, 200))), draw(shares))


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        *(("0", 1), ("4", 1), ("9.9", 1), ("10", 2), ("49", 9)),
        *(("50", 10), ("59", 10), ("60", 11), ("100", 15), ("237", 28)),
        *(("4.99", 1), ("5", 1), ("31.4", 6), ("50.01", 10), ("59.99", 10)),
    ],
)
def test_the_vectors_of_the_rule(staff, expected):
    assert places(Decimal(staff), SCALE) == expected


@given(staffs, staffs)
def test_more_staff_never_give_fewer_places(one, other):
    fewer, more = sorted([one, other])

    assert places(fewer, SCALE) <= places(more, SCALE)


@given(staffs)
def test_there_is_always_room_for_one_and_never_for_more_than_a_fifth_beyond_it(staff):
    assert 1 <= places(staff, SCALE) <= max(Decimal(1), staff / 5)


@given(staffs, st.integers(1, 20), st.integers(0, 200), st.integers(1, 20), st.integers(0, 5))
def test_the_scale_is_read_from_its_parameters(staff, each, limit, each_above, least):
    scale = Scale(each=each, limit=limit, each_above=each_above, least=least)
    one_more = places(staff + each_above, scale) - places(staff, scale)

    assert places(staff, scale) >= least
    if staff >= limit:
        assert one_more == 1


def test_fewer_than_none_is_refused():
    with pytest.raises(ValueError, match="fewer than none"):
        places(Decimal("-0.01"), SCALE)
    with pytest.raises(ValueError, match="positive"):
        Scale(each=0)


@given(st.lists(periods(), max_size=8), days, st.integers(0, 90))
def test_the_busiest_day_is_the_busiest_of_all_days(others, first, length):
    last = first + timedelta(days=length)
    every_day = [first + timedelta(days=number) for number in range(length + 1)]

    weighed, people = busiest(others, first=first, last=last)

    on = {day: [one for one in others if one.first <= day <= one.last] for day in every_day}
    assert weighed == max(sum(one.share for one in there) for there in on.values())
    assert people <= max(len(there) for there in on.values())


@given(st.lists(st.tuples(periods(), staffs), max_size=12))
def test_whoever_asks_in_turn_and_is_only_let_in_when_there_is_room_never_crowds_the_workplace(asked):
    staff = [Decimal(12)]
    inside: list[Period] = []
    for period, _noise in asked:
        if room(staff, inside, period, scale=SCALE).is_met:
            inside.append(period)

    for one in inside:
        assert busiest(inside, first=one.first, last=one.last)[0] <= places(Decimal(12), SCALE)


def test_a_placement_that_begins_later_counts_already():
    booked = Period(date(2026, 2, 1), date(2026, 2, 28))
    new = Period(date(2026, 1, 15), date(2026, 3, 15))

    found = room([Decimal(4)], [booked], new, scale=SCALE)

    assert (found.places, found.running, found.is_met) == (1, Decimal(1), False)


def test_the_day_after_the_last_is_free_again():
    over = Period(date(2026, 1, 1), date(2026, 1, 14))

    assert room([Decimal(4)], [over], Period(date(2026, 1, 15), date(2026, 3, 15)), scale=SCALE).is_met


def test_part_time_counts_as_its_share_of_full_time_and_as_a_head_in_the_older_rule():
    half = Period(JANUARY, date(2026, 3, 31), Decimal("0.5"))

    in_full_time = room([Decimal(4)], [half], half, scale=SCALE)
    in_heads = room([Decimal(4)], [half], half, scale=SCALE, in_full_time=False)

    assert (in_full_time.running, in_full_time.people, in_full_time.is_met) == (Decimal("0.5"), 1, True)
    assert (in_heads.running, in_heads.people, in_heads.is_met) == (Decimal(1), 1, False)


def test_those_the_employer_tells_of_count_too():
    found = room([Decimal(10)], [], Period(JANUARY, date(2026, 3, 31)), scale=SCALE, elsewhere=2)

    assert (found.places, found.people, found.is_met) == (2, 2, False)


def test_the_average_is_not_rounded():
    months = [Decimal("9.9"), Decimal(10), Decimal(10), Decimal(10)]

    assert average(months) == Decimal("9.975")
    assert room(months, [], Period(JANUARY, JANUARY), scale=SCALE).places == 1


@given(staffs, staffs)
def test_the_company_grows_when_the_last_month_is_at_least_the_average(last_month, mean):
    assert Growth(last_month, mean).is_met == (last_month >= mean)


@pytest.mark.parametrize(("hours", "expected"), [("37", "1"), ("18.5", "0.5"), ("48", "1")])
def test_hours_as_a_share_of_full_time(hours, expected):
    assert share_of_full_time(Decimal(hours), full_time=Decimal(37)) == Decimal(expected)


@pytest.mark.parametrize(
    ("first", "length", "expected"),
    [
        (date(2026, 1, 1), {"months": 6}, date(2026, 6, 30)),
        (date(2026, 1, 15), {"months": 4}, date(2026, 5, 14)),
        (date(2026, 8, 31), {"months": 6}, date(2027, 2, 28)),
        (date(2026, 12, 1), {"months": 1}, date(2026, 12, 31)),
        (date(2026, 1, 5), {"weeks": 4}, date(2026, 2, 1)),
    ],
)
def test_the_last_day_of_months_and_weeks(first, length, expected):
    assert last_day(first, **length) == expected

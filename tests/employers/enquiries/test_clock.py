"""The promised time: working days and working hours in Denmark, whatever the calendar does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.enquiries.clock import (
    CLOSED_DAYS,
    CLOSES,
    DENMARK,
    NOON,
    after_working_hours,
    answer_due,
    begins_to_count,
    is_working_day,
    public_holidays,
)

BEGINNING = datetime(2007, 1, 1, tzinfo=UTC)
TIMES = st.integers(min_value=0, max_value=30 * 366 * 24 * 60).map(
    lambda minutes: BEGINNING + timedelta(minutes=minutes)
)
DAYS = st.integers(min_value=1, max_value=10)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (at(2026, 11, 19, 10, 51), 2, at(2026, 11, 23, 12)),
        (at(2026, 11, 19, 12, 0), 2, at(2026, 11, 23, 12)),
        (at(2026, 11, 19, 12, 1), 2, at(2026, 11, 23, 16)),
        (at(2026, 11, 19, 15, 59), 1, at(2026, 11, 20, 16)),
        (at(2026, 11, 19, 16, 0), 1, at(2026, 11, 23, 12)),
        (at(2026, 11, 19, 3, 30), 1, at(2026, 11, 20, 12)),
        (at(2026, 11, 21, 11, 0), 2, at(2026, 11, 25, 12)),
    ],
    ids=["forenoon", "noon", "after noon", "before closing", "at closing", "at night", "on a Saturday"],
)
def test_the_answer_is_due_at_noon_or_at_the_end_of_the_day(received, days, due):
    assert answer_due(received, days) == due


def test_easter_is_counted_over():
    wednesday_before = at(2026, 4, 1, 14)

    assert answer_due(wednesday_before, 1) == at(2026, 4, 7, 16)


def test_the_days_between_christmas_and_new_year_are_few():
    assert answer_due(at(2026, 12, 23, 10), 2) == at(2026, 12, 29, 12)
    assert answer_due(at(2026, 12, 30, 10), 1) == at(2027, 1, 4, 12)


def test_great_prayer_day_is_a_holiday_up_to_2023():
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))


def test_the_change_of_clocks_moves_nothing():
    in_spring = answer_due(at(2026, 3, 27, 10), 1)
    in_autumn = answer_due(at(2026, 10, 23, 10), 1)

    assert (in_spring.hour, in_spring.utcoffset()) == (12, timedelta(hours=2))
    assert (in_autumn.hour, in_autumn.utcoffset()) == (12, timedelta(hours=1))


@given(TIMES, DAYS)
def test_the_answer_is_never_due_on_a_day_off(received, days):
    due = answer_due(received, days)

    assert due.weekday() < 5
    assert due.date() not in public_holidays(due.year)
    assert (due.month, due.day) not in CLOSED_DAYS
    assert due.time() in (NOON, CLOSES)


@given(TIMES, TIMES, DAYS)
def test_who_comes_first_is_never_promised_a_later_answer(one, other, days):
    earlier, later = sorted((one, other))

    assert answer_due(earlier, days) <= answer_due(later, days)


@given(TIMES, DAYS)
def test_there_are_at_least_so_many_working_days_to_answer_in(received, days):
    due = answer_due(received, days)
    between = (received.astimezone(DENMARK).date() + timedelta(days=n) for n in range(1, 60))

    assert due > received
    assert sum(is_working_day(day) for day in between if day <= due.date()) >= days


@given(TIMES, st.integers(min_value=1, max_value=9))
def test_a_longer_promise_is_never_due_earlier(received, days):
    assert answer_due(received, days) < answer_due(received, days + 1)


@pytest.mark.parametrize(
    ("received", "days"), [(at(2026, 11, 19, 10).replace(tzinfo=None), 2), (at(2026, 11, 19, 10), 0)]
)
def test_a_time_without_zone_and_a_promise_of_no_day_are_refused(received, days):
    with pytest.raises(ValueError, match="working day"):
        answer_due(received, days)


@pytest.mark.parametrize(
    ("asked_at", "hours", "due"),
    [
        (at(2026, 11, 19, 9), 4, at(2026, 11, 19, 13)),
        (at(2026, 11, 19, 12), 4, at(2026, 11, 19, 16)),
        (at(2026, 11, 19, 14, 30), 4, at(2026, 11, 20, 10, 30)),
        (at(2026, 11, 20, 15), 8, at(2026, 11, 23, 15)),
        (at(2026, 11, 21, 11), 2, at(2026, 11, 23, 10)),
        (at(2026, 12, 23, 15), 2, at(2026, 12, 28, 9)),
    ],
)
def test_an_answer_between_partners_is_counted_in_working_hours(asked_at, hours, due):
    assert after_working_hours(asked_at, hours) == due


@given(TIMES, st.integers(1, 80))
def test_it_falls_in_working_hours_and_a_working_day_later_is_eight_hours_later(asked_at, hours):
    due = after_working_hours(asked_at, hours).astimezone(DENMARK)

    assert is_working_day(due.date())
    assert due.time() <= CLOSES
    assert due > begins_to_count(asked_at.astimezone(DENMARK))
    later = after_working_hours(asked_at, hours + 8).astimezone(DENMARK)
    assert (later.time(), later.date() > due.date()) == (due.time(), True)

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.measures.periods import (
    Frequency,
    NotAPeriod,
    Period,
    apart,
    final_in,
    is_mature,
    latest_ended,
    parse,
    under_way,
)


@pytest.mark.parametrize(
    ("code", "starts_on", "ends_on"),
    [
        ("2024M02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026Q03", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026H01", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026H02", date(2026, 7, 1), date(2026, 12, 31)),
        ("2020Y01", date(2020, 1, 1), date(2020, 12, 31)),
        ("2026QMAT03", date(2025, 10, 1), date(2026, 9, 30)),
        ("2026QMAT04", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026MMAT11", date(2025, 12, 1), date(2026, 11, 30)),
    ],
)
def test_a_code_covers_these_days(code: str, starts_on: date, ends_on: date):
    period = parse(code)

    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)
    assert period.code == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2026",
        "2026Q05",
        "2026Q00",
        "2026H03",
        "2026Y02",
        "2026M13",
        "2026Q3",
        "2026X01",
        "26Q01",
        "2026q01 ",
    ],
)
def test_what_is_no_period_is_refused(code: str):
    with pytest.raises(NotAPeriod):
        parse(code)


@pytest.mark.parametrize(
    ("code", "danish", "english"),
    [
        ("2026QMAT03", "4 kvartaler til 3. kvt. 2026", "4 quarters to Q3 2026"),
        ("2026Q01", "1. kvt. 2026", "Q1 2026"),
        ("2026H02", "2. halvår 2026", "half-year 2 of 2026"),
        ("2026M11", "november 2026", "November 2026"),
        ("2026MMAT11", "12 måneder til november 2026", "12 months to November 2026"),
        ("2020Y01", "2020", "2020"),
    ],
)
def test_people_call_it_this(code: str, danish: str, english: str):
    assert parse(code).in_words(language="da") == danish
    assert parse(code).in_words(language="en") == english


def test_the_four_quarters_before_share_no_day_and_leave_no_gap():
    now = parse("2026QMAT03")

    assert now.previous().code == "2025QMAT03"
    assert not now.overlaps(now.previous())
    assert now.overlaps(now.one_step_back())
    assert now.one_step_back().code == "2026QMAT02"


@given(frequency=st.sampled_from(Frequency), year=st.integers(1950, 2100), number=st.integers(0, 11))
def test_every_period_is_read_back_from_its_code_and_follows_the_one_before(frequency, year, number):
    period = Period(frequency, year * 12 + number // frequency.step * frequency.step + frequency.step - 1)

    assert parse(period.code) == period
    assert (period.starts_on - period.previous().ends_on).days == 1


@pytest.mark.parametrize(
    ("frequency", "on", "code"),
    [
        (Frequency.FOUR_QUARTERS, date(2026, 11, 22), "2026QMAT03"),
        (Frequency.FOUR_QUARTERS, date(2026, 10, 1), "2026QMAT03"),
        (Frequency.FOUR_QUARTERS, date(2026, 9, 30), "2026QMAT02"),
        (Frequency.HALF_YEAR, date(2026, 1, 1), "2025H02"),
        (Frequency.MONTH, date(2026, 1, 31), "2025M12"),
        (Frequency.YEAR, date(2026, 12, 31), "2025Y01"),
    ],
)
def test_the_latest_period_that_has_ended(frequency: Frequency, on: date, code: str):
    assert latest_ended(frequency, on=on).code == code
    assert under_way(frequency, on=on).one_step_back().code == code


@given(st.sampled_from(Frequency), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_what_is_under_way_is_not_over_and_the_one_before_it_is(frequency, on):
    period = under_way(frequency, on=on)

    assert period.starts_on <= on <= period.ends_on
    assert period.one_step_back().ends_on < on


@pytest.mark.parametrize(
    ("code", "danish", "english"),
    [
        ("2026H01", "1. halvår\n2026", "half-year 1 of\n2026"),
        ("2026QMAT03", "4 kvartaler til\n3. kvt. 2026", "4 quarters to\nQ3 2026"),
        ("2026Y01", "2026", "2026"),
    ],
)
def test_under_a_chart_a_period_stands_on_two_lines(code, danish, english):
    assert parse(code).in_lines(language="da") == danish
    assert parse(code).in_lines(language="en") == english


@pytest.mark.parametrize(
    ("code", "lag", "first_day"),
    [
        ("2026Q03", 0, date(2026, 10, 1)),
        ("2026Q03", 1, date(2026, 11, 1)),
        ("2026Q03", 3, date(2027, 1, 1)),
        ("2026QMAT04", 6, date(2027, 7, 1)),
        ("2026M02", 1, date(2026, 4, 1)),
        ("2026Y01", 12, date(2028, 1, 1)),
        ("2024M02", 0, date(2024, 3, 1)),
    ],
)
def test_a_period_is_mature_so_many_whole_months_after_its_end(code, lag, first_day):
    assert final_in(parse(code), lag=lag).starts_on == first_day
    assert is_mature(parse(code), lag=lag, on=first_day)
    assert not is_mature(parse(code), lag=lag, on=first_day - timedelta(days=1))


def test_no_period_is_mature_before_it_has_ended():
    with pytest.raises(ValueError, match="before its period has ended"):
        is_mature(parse("2026Q03"), lag=-1, on=date(2026, 12, 1))


def test_periods_apart_are_of_the_first_ones_kind_and_share_no_month():
    codes = ["2026QMAT03", "2026Q03", "2026QMAT02", "2025QMAT04", "2025QMAT03", "2024QMAT02", "2024QMAT01"]

    assert apart(codes, of=parse) == ["2026QMAT03", "2025QMAT03", "2024QMAT02"]
    assert apart([], of=parse) == []

from datetime import date

from jobcenter.centres.reading import covering, gaps
from jobcenter.runtime.csvlines import Period


def years(start: int, end: int | None = None) -> Period:
    return Period(date(start, 1, 1), date(end, 1, 1) if end else None)


def test_one_open_period_leaves_no_gap():
    assert gaps([years(2007)], whole=years(2007)) == []


def test_two_periods_end_to_end_leave_no_gap():
    assert gaps([years(2022), years(2007, 2022)], whole=years(2007)) == []


def test_the_time_between_two_periods_is_a_gap():
    assert gaps([years(2007, 2015), years(2018)], whole=years(2007)) == [years(2015, 2018)]


def test_the_time_before_the_first_and_after_the_last_are_gaps():
    assert gaps([years(2010, 2020)], whole=years(2007)) == [years(2007, 2010), years(2020)]


def test_a_place_that_nobody_answers_for_is_one_gap():
    assert gaps([], whole=years(2007)) == [years(2007)]
    assert gaps([], whole=years(2007, 2010)) == [years(2007, 2010)]


def test_a_short_period_inside_a_long_one_changes_nothing():
    assert gaps([years(2007, 2020), years(2010, 2012)], whole=years(2007, 2020)) == []


def test_what_lies_after_the_whole_is_no_gap():
    assert gaps([years(2007, 2012), years(2020)], whole=years(2007, 2010)) == []
    assert gaps([years(2020)], whole=years(2007, 2010)) == [years(2007, 2010)]


def test_periods_are_covered_from_the_first_day_to_the_last():
    assert covering([years(2015, 2020), years(2007, 2010)]) == years(2007, 2020)
    assert covering([years(2015), years(2007, 2010)]) == years(2007)

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from jobcenter.pages import words, workdays

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 19, 11, 5, tzinfo=COPENHAGEN)
TODAY = NOW.date()


def plain(text: str) -> str:
    """The text as it is read: a space that may not break is still a space."""
    return text.replace(words.NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(("language", "told"), [("da", "mandag 23. november"), ("en", "Monday 23 November")])
def test_a_day_this_year_has_its_weekday_and_no_year(language, told):
    assert words.day(date(2026, 11, 23), today=TODAY, language=language) == told


@pytest.mark.parametrize(
    ("language", "told"), [("da", "mandag 4. januar 2027"), ("en", "Monday 4 January 2027")]
)
def test_a_day_of_another_year_has_its_year(language, told):
    assert words.day(date(2027, 1, 4), today=TODAY, language=language) == told


def test_a_receipt_always_has_the_year():
    assert words.day_with_year(TODAY, language="da") == "torsdag 19. november 2026"


@pytest.mark.parametrize(
    ("value", "language", "told"),
    [
        (date(2026, 11, 19), "da", "19. nov."),
        (date(2026, 5, 1), "da", "1. maj"),
        (date(2025, 11, 14), "da", "14. nov. 2025"),
        (date(2026, 11, 19), "en", "19 Nov"),
    ],
)
def test_a_short_day_has_no_weekday(value, language, told):
    assert words.day_short(value, today=TODAY, language=language) == told


@pytest.mark.parametrize(
    ("hour", "minute", "danish", "english"),
    [
        (12, 0, "mandag 23. november kl. 12", "Monday 23 November at 12:00"),
        (12, 30, "mandag 23. november kl. 12.30", "Monday 23 November at 12:30"),
        (9, 5, "mandag 23. november kl. 9.05", "Monday 23 November at 9:05"),
        (0, 0, "mandag 23. november kl. 0", "Monday 23 November at 0:00"),
    ],
)
def test_a_whole_hour_is_told_without_minutes_in_danish(hour, minute, danish, english):
    at = datetime(2026, 11, 23, hour, minute, tzinfo=COPENHAGEN)

    assert plain(words.day_time(at, today=TODAY, language="da")) == danish
    assert plain(words.day_time(at, today=TODAY, language="en")) == english


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-1, "i går kl. 12"),
        (0, "i dag kl. 12"),
        (1, "i morgen kl. 12"),
        (2, "lør. 21. nov. kl. 12"),
        (400, "24. dec. 2027 kl. 12"),
    ],
)
def test_what_is_near_is_told_by_its_name(days, told):
    at = datetime(2026, 11, 19, 12, 0, tzinfo=COPENHAGEN) + timedelta(days=days)

    assert plain(words.short_time(at, today=TODAY, language="da")) == told


@pytest.mark.parametrize(
    ("left", "danish", "english"),
    [
        (timedelta(0), "0 min.", "0 min"),
        (timedelta(seconds=59), "0 min.", "0 min"),
        (timedelta(minutes=55), "55 min.", "55 min"),
        (timedelta(hours=4), "4 t", "4 h"),
        (timedelta(hours=4, minutes=55), "4 t 55 min.", "4 h 55 min"),
        (timedelta(hours=23, minutes=59), "23 t 59 min.", "23 h 59 min"),
        (timedelta(hours=24), "1 dag", "1 day"),
        (timedelta(hours=49), "2 dage", "2 days"),
        (timedelta(minutes=-20), "20 min. for sent", "20 min late"),
        (timedelta(days=-1), "1 dag for sent", "1 day late"),
        (timedelta(days=-3), "3 dage for sent", "3 days late"),
    ],
)
def test_time_left_is_told_by_the_clock_within_a_day_and_then_in_days(left, danish, english):
    assert plain(words.time_left(NOW + left, now=NOW, language="da")) == danish
    assert plain(words.time_left(NOW + left, now=NOW, language="en")) == english


def test_a_promise_in_working_days_leaves_the_weekend_out():
    monday_noon = datetime(2026, 11, 23, 12, 0, tzinfo=COPENHAGEN)

    told = words.time_left(
        monday_noon, now=NOW, language="da", days=workdays.between, unit=("hverdag", "hverdage")
    )

    assert plain(told) == "2 hverdage"


def test_lateness_runs_through_the_weekend():
    friday = datetime(2026, 11, 13, 16, 0, tzinfo=COPENHAGEN)
    sunday = datetime(2026, 11, 15, 20, 0, tzinfo=COPENHAGEN)

    told = words.time_left(
        friday, now=sunday, language="da", days=workdays.between, unit=("hverdag", "hverdage")
    )

    assert plain(told) == "2 dage for sent"


def test_the_day_the_clocks_change_has_an_hour_more():
    saturday_noon = datetime(2026, 10, 24, 12, 0, tzinfo=COPENHAGEN)
    sunday_noon = datetime(2026, 10, 25, 12, 0, tzinfo=COPENHAGEN)

    left = sunday_noon.astimezone(ZoneInfo("UTC")) - saturday_noon.astimezone(ZoneInfo("UTC"))

    assert left == timedelta(hours=25)
    assert plain(words.time_left(sunday_noon, now=saturday_noon, language="da")) == "1 dag"


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 19), date(2026, 11, 19), 0),
        (date(2026, 11, 19), date(2026, 11, 20), 1),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 12, 23), date(2026, 12, 28), 1),
        (date(2026, 6, 4), date(2026, 6, 8), 1),
        (date(2026, 11, 23), date(2026, 11, 19), 0),
        (date(2026, 4, 1), date(2026, 4, 7), 1),
    ],
)
def test_working_days_leave_out_weekends_holidays_and_days_the_offices_are_shut(start, end, days):
    assert workdays.between(start, end) == days


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (1284, None, "1.284", "1,284"),
        (26.3, None, "26,3", "26.3"),
        (Decimal("26.25"), 1, "26,2", "26.2"),
        (35, 1, "35,0", "35.0"),
        (0, None, "0", "0"),
        (-117, None, "−117", "−117"),
        (-0.3, 0, "0", "0"),
        (-0.04, 1, "0,0", "0.0"),
        (None, None, "–", "–"),
    ],
)
def test_numbers_have_the_separators_of_the_language(value, decimals, danish, english):
    assert words.number(value, language="da", decimals=decimals) == danish
    assert words.number(value, language="en", decimals=decimals) == english


@pytest.mark.parametrize(("value", "told"), [(93, "+93"), (-117, "−117"), (0, "0"), (None, "–")])
def test_a_difference_shows_which_way_it_goes(value, told):
    assert words.signed(value, language="da") == told


@pytest.mark.parametrize("value", [0.4, -0.4, 0, Decimal("-0.4")])
def test_what_is_told_as_zero_has_no_sign(value):
    assert words.signed(value, language="da", decimals=0) == "0"
    assert words.number(value, language="da", decimals=0) == "0"


def test_a_number_without_end_is_told_as_one():
    assert words.number(float("inf"), language="da", decimals=1) == "∞"


def test_a_share_is_told_as_a_percentage():
    assert plain(words.percent(0.263, language="da")) == "26,3 %"
    assert words.percent(0.263, language="en") == "26.3%"
    assert plain(words.percent(Decimal("0.3074"), language="da", decimals=0)) == "31 %"
    assert words.percent(None, language="da") == "–"


def test_any_danish_is_danish_and_all_else_is_english():
    assert [words.spoken(code) for code in ("da", "da-DK", "en-GB", "de")] == ["da", "da", "en", "en"]

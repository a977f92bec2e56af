from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from employers.desk.urgency import Urgency, office_time, urgency

DENMARK = ZoneInfo("Europe/Copenhagen")
THURSDAY_11_05 = datetime(2026, 11, 19, 11, 5, tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("due", "level"),
    [
        (datetime(2026, 11, 19, 11, 4, tzinfo=DENMARK), Urgency.LATE),
        (datetime(2026, 11, 19, 12, 0, tzinfo=DENMARK), Urgency.NOW),
        (datetime(2026, 11, 19, 13, 5, tzinfo=DENMARK), Urgency.NOW),
        (datetime(2026, 11, 19, 13, 6, tzinfo=DENMARK), Urgency.SOON),
        (datetime(2026, 11, 19, 16, 0, tzinfo=DENMARK), Urgency.SOON),
        (datetime(2026, 11, 20, 12, 0, tzinfo=DENMARK), Urgency.CALM),
        (datetime(2026, 11, 23, 12, 0, tzinfo=DENMARK), Urgency.CALM),
    ],
)
def test_the_less_office_time_is_left_the_more_it_hurries(due, level):
    assert urgency(due, THURSDAY_11_05) is level


def test_it_hurries_on_friday_what_is_promised_for_monday_morning():
    friday_afternoon = datetime(2026, 11, 20, 15, 30, tzinfo=DENMARK)

    assert urgency(datetime(2026, 11, 23, 9, 0, tzinfo=DENMARK), friday_afternoon) is Urgency.NOW


def test_christmas_is_no_office_time():
    before = datetime(2026, 12, 23, 15, 0, tzinfo=DENMARK)
    after = datetime(2026, 12, 28, 9, 0, tzinfo=DENMARK)

    assert office_time(before, after) == timedelta(hours=2)


def test_the_night_the_clock_changes_does_not_count():
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=DENMARK)
    monday = datetime(2026, 10, 26, 8, 30, tzinfo=DENMARK)

    assert office_time(saturday, monday) == timedelta(minutes=30)


@pytest.mark.parametrize("level", Urgency)
def test_a_row_is_tinted_before_it_is_late(level):
    assert level.is_alarming == (level in (Urgency.LATE, Urgency.NOW))

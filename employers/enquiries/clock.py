"""When an employer has an answer: a promise in working days becomes a day and an hour.

Pure: a time and a number in, a time out. Everything is counted on the clock in Denmark, so the change
of clocks moves nothing: 12 o'clock is 12 o'clock on both sides of it.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

DENMARK = ZoneInfo("Europe/Copenhagen")
OPENS = time(8)
NOON = time(12)
CLOSES = time(16)

CLOSED_DAYS = frozenset({(6, 5), (12, 24), (12, 31)})
"""Month and day on which municipal offices are shut although they are no public holidays."""


def answer_due(received_at: datetime, working_days: int) -> datetime:
    """The latest time of the answer to what was received at `received_at` (aware).

    The same time of day `working_days` (at least 1) working days later, rounded up to noon or to the
    end of the day. What comes outside working hours counts as received when the next working day
    begins. Raises ValueError on a time without zone or fewer than one day.
    """
    if received_at.tzinfo is None or working_days < 1:
        raise ValueError("a time with its zone and at least one working day")
    begins = begins_to_count(received_at.astimezone(DENMARK))
    day = begins.date()
    for _count in range(working_days):
        day = next_working_day(day)
    return datetime.combine(day, NOON if begins.time() <= NOON else CLOSES, tzinfo=DENMARK)


def after_working_hours(asked_at: datetime, hours: int) -> datetime:
    """The moment `hours` (at least 1) working hours after `asked_at` (aware); a working day has eight.

    What comes outside them is counted from the next working day on. Raises ValueError as `answer_due`.
    """
    if asked_at.tzinfo is None or hours < 1:
        raise ValueError("a time with its zone and at least one working hour")
    moment, left = begins_to_count(asked_at.astimezone(DENMARK)), timedelta(hours=hours)
    while left > (until := datetime.combine(moment.date(), CLOSES, tzinfo=DENMARK) - moment):
        left -= until
        moment = datetime.combine(next_working_day(moment.date()), OPENS, tzinfo=DENMARK)
    return moment + left


def working_days_between(received_at: datetime, due_at: datetime) -> int:
    """How many working days were promised: the days from the one it counts from to that of the answer."""
    day = begins_to_count(received_at.astimezone(DENMARK)).date()
    days, last = 0, due_at.astimezone(DENMARK).date()
    while day < last:
        day = next_working_day(day)
        days += 1
    return days


def begins_to_count(local: datetime) -> datetime:
    """The first moment of working hours at or after a local time; 16 o'clock itself is the end of them."""
    if not is_working_day(local.date()) or local.time() >= CLOSES:
        return datetime.combine(next_working_day(local.date()), OPENS, tzinfo=DENMARK)
    return max(local, datetime.combine(local.date(), OPENS, tzinfo=DENMARK))


def next_working_day(day: date) -> date:
    """The first working day after the day."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    return (
        day.weekday() < 5 and (day.month, day.day) not in CLOSED_DAYS and day not in public_holidays(day.year)
    )


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Denmark's public holidays in a year, by the law of that year (no Great Prayer Day from 2024)."""
    return frozenset(holidays.country_holidays("DK", years=year))

"""The days on which public offices are open: promises to employers are counted in them.

Pure. Weekends, Denmark's public holidays (by the law of the year: no Great Prayer Day from 2024), and the
three days on which municipal offices are shut although they are no public holidays.
"""

from datetime import date, timedelta
from functools import cache

import holidays

CLOSED_DAYS = frozenset({(6, 5), (12, 24), (12, 31)})
"""Month and day: Constitution Day, Christmas Eve and New Year's Eve."""


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in CLOSED_DAYS and day not in _holidays(day.year)


def between(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`; 0 when `end` is not after `start`."""
    days = (start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year))

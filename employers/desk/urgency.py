"""How much a promised answer hurries. Pure: two times in, a level out.

Measured in office time, since nobody answers at night: an answer promised for Monday at nine hurries
on Friday afternoon.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from employers.enquiries.clock import CLOSES, OPENS, is_working_day

NOW_WITHIN = timedelta(hours=2)
SOON_WITHIN = timedelta(hours=8)


class Urgency(StrEnum):
    LATE = "late"
    NOW = "now"
    SOON = "soon"
    CALM = "calm"

    @property
    def is_alarming(self) -> bool:
        """Its row is tinted: also before it is late, while something can still be done."""
        return self in (Urgency.LATE, Urgency.NOW)

    @property
    def sign(self) -> str:
        """The sign it is shown with, by the names of `pages.components.SHAPES`."""
        if self.is_alarming:
            return "alarm"
        return "warn" if self is Urgency.SOON else "clock"


def urgency(due: datetime, now: datetime) -> Urgency:
    """Late; at most two hours of office time left; at most a working day of them; more.

    Both times in the office's own time zone.
    """
    if due < now:
        return Urgency.LATE
    left = office_time(now, due)
    if left <= NOW_WITHIN:
        return Urgency.NOW
    return Urgency.SOON if left <= SOON_WITHIN else Urgency.CALM


def office_time(start: datetime, end: datetime) -> timedelta:
    """The part of the time from `start` to `end` that lies between 8 and 16 on a working day."""
    left = timedelta()
    for ordinal in range(start.toordinal(), end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if is_working_day(day):
            opens = datetime.combine(day, OPENS, tzinfo=start.tzinfo)
            closes = datetime.combine(day, CLOSES, tzinfo=start.tzinfo)
            left += max(min(end, closes) - max(start, opens), timedelta())
    return left

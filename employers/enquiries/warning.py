"""When somebody is told that an answer is nearly due. Pure: two times in, a time out."""

from datetime import datetime, timedelta

from employers.enquiries.clock import CLOSES, DENMARK, OPENS, is_working_day

BEFORE = timedelta(hours=4)
"""So much office time is left when the owner is told."""


def warned_at(due: datetime, *, before: timedelta = BEFORE) -> datetime:
    """The time with so much office time (8 to 16 on working days) left until `due`. Both aware.

    Raises ValueError on a time without zone.
    """
    if due.tzinfo is None:
        raise ValueError("a time with its zone")
    moment, left = due.astimezone(DENMARK), before
    while True:
        day = moment.date()
        opens = datetime.combine(day, OPENS, tzinfo=DENMARK)
        closes = datetime.combine(day, CLOSES, tzinfo=DENMARK)
        moment = min(moment, closes)
        if is_working_day(day) and moment > opens:
            if moment - opens >= left:
                return moment - left
            left -= moment - opens
        moment = datetime.combine(day - timedelta(days=1), CLOSES, tzinfo=DENMARK)

"""Dates, clocks and numbers as people say them, in Danish and English.

Pure: a value and a language in, a text out. Nothing here asks what time it is or
which language is active; the template filters in `templatetags/ei.py` do that.
Dates are written with the weekday where someone has to act on them, and the year
only where it is another year than the reader's.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

Number = int | float | Decimal

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_DAY = {"da": "EEEE d. MMMM", "en": "EEEE d MMMM"}
_DAY_WITH_YEAR = {"da": "EEEE d. MMMM y", "en": "EEEE d MMMM y"}
_SHORT = {"da": "d. MMM", "en": "d MMM"}
_SHORT_WITH_YEAR = {"da": "d. MMM y", "en": "d MMM y"}
_WEEKDAY_SHORT = {"da": "EEE d. MMM", "en": "EEE d MMM"}


def spoken(language: str) -> str:
    """The language texts are made in: "da" for any Danish, "en" for everything else."""
    return "da" if language.lower().split("-")[0] == "da" else "en"


def day(value: date, *, today: date, language: str) -> str:
    """“mandag 23. november”; with the year when it is not this year's."""
    pattern = _DAY if value.year == today.year else _DAY_WITH_YEAR
    return _formatted(value, pattern, language)


def day_with_year(value: date, *, language: str) -> str:
    """“torsdag 19. november 2026”, always with the year: for receipts and documents."""
    return _formatted(value, _DAY_WITH_YEAR, language)


def day_short(value: date, *, today: date, language: str) -> str:
    """“19. nov.”; with the year when it is not this year's."""
    pattern = _SHORT if value.year == today.year else _SHORT_WITH_YEAR
    return _formatted(value, pattern, language)


def weekday_short(value: date, *, language: str) -> str:
    """“man. 23. nov.”: for rows where both matter and room is short."""
    return _formatted(value, _WEEKDAY_SHORT, language)


def clock(value: datetime, *, language: str) -> str:
    """“kl. 12” or "kl. 12.30"; in English "12:00" and "12:30"."""
    if spoken(language) == "en":
        return f"{value.hour}:{value.minute:02d}"
    if value.minute == 0:
        return f"kl.{NO_BREAK_SPACE}{value.hour}"
    return f"kl.{NO_BREAK_SPACE}{value.hour}.{value.minute:02d}"


def day_time(value: datetime, *, today: date, language: str) -> str:
    """“mandag 23. november kl. 12”; "i dag kl. 16" is `day_or_today`."""
    return f"{day(value, today=today, language=language)} {_at(value, language=language)}"


def short_time(value: datetime, *, today: date, language: str) -> str:
    """“i dag kl. 12”, "i morgen kl. 9", "fre. 20. nov. kl. 12"."""
    near = near_day(value, today=today, language=language)
    return f"{near} {_at(value, language=language)}"


def near_day(value: date, *, today: date, language: str) -> str:
    """“i dag”, "i morgen", "i går"; otherwise "fre. 20. nov."."""
    names = {
        "da": {-1: "i går", 0: "i dag", 1: "i morgen"},
        "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    }[spoken(language)]
    name = names.get((_date(value) - today).days)
    if name:
        return name
    if value.year != today.year:
        return day_short(value, today=today, language=language)
    return weekday_short(value, language=language)


def calendar_days(start: date, end: date) -> int:
    """Whole days from `start` to `end`; negative when `end` is before."""
    return (end - start).days


def time_left(
    due: datetime,
    *,
    now: datetime,
    language: str,
    days: Callable[[date, date], int] = calendar_days,
    unit: tuple[str, str] | None = None,
) -> str:
    """How long is left: "55 min.", "4 t 55 min.", "1 dag", "2 dage"; late: "2 dage for sent".

    Under 24 hours the clock is told, from 24 hours on whole days. What is left is counted by `days`
    (calendar days, or working days where a promise is made in those) and named by `unit` (one, many);
    lateness is always in calendar days. Both times must be in the same time zone: the days are those
    of its calendar.
    """
    danish = spoken(language) == "da"
    one, many = ("dag", "dage") if danish else ("day", "days")
    if due >= now:
        return _length(due - now, days(_date(now), _date(due)), *(unit or (one, many)), danish=danish)
    late = _length(now - due, calendar_days(_date(due), _date(now)), one, many, danish=danish)
    return f"{late} for sent" if danish else f"{late} late"


def number(value: Number | None, *, language: str, decimals: int | None = None) -> str:
    """“1.284”, "26,3"; a dash when there is none. `decimals` None: as many as it has, at most 3."""
    if value is None:
        return NOTHING
    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return _number(_rounded(value, decimals), pattern, _locale(language))


def signed(value: Number | None, *, language: str, decimals: int | None = None) -> str:
    """“+93”, "−117" with a true minus; what is zero when rounded has no sign."""
    text = number(value, language=language, decimals=decimals)
    return f"+{text}" if value is not None and _rounded(value, decimals) > 0 else text


def percent(share: Number | None, *, language: str, decimals: int = 1) -> str:
    """A share between 0 and 1 as "26,3 %" (English "26.3%")."""
    if share is None:
        return NOTHING
    text = number(share * 100, language=language, decimals=decimals)
    return f"{text}{NO_BREAK_SPACE}%" if spoken(language) == "da" else f"{text}%"


def _at(value: datetime, *, language: str) -> str:
    told = clock(value, language=language)
    return told if spoken(language) == "da" else f"at {told}"


def _length(span: timedelta, whole_days: int, one: str, many: str, *, danish: bool) -> str:
    if span >= timedelta(days=1):
        return f"{whole_days}{NO_BREAK_SPACE}{one if whole_days == 1 else many}"
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    hour_unit, minute_unit = ("t", "min.") if danish else ("h", "min")
    told_hours = f"{hours}{NO_BREAK_SPACE}{hour_unit}"
    told_minutes = f"{minutes}{NO_BREAK_SPACE}{minute_unit}"
    if hours and minutes:
        return f"{told_hours} {told_minutes}"
    return told_hours if hours else told_minutes


def _date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _locale(language: str) -> str:
    return "da_DK" if spoken(language) == "da" else "en_GB"


def _formatted(value: date, patterns: dict[str, str], language: str) -> str:
    return _on_a_day(_date(value), patterns[spoken(language)], _locale(language))


def _rounded(value: Number, decimals: int | None) -> Decimal:
    """The number as it will be told: those told alike are remembered as one, and zero has no sign."""
    exact = Decimal(str(value))
    last = Decimal(1).scaleb(-(3 if decimals is None else decimals))
    return exact.quantize(last) + 0 if exact.is_finite() else exact


# A page tells dozens of numbers and days, and mostly the same as the page before: they are remembered.


@lru_cache(maxsize=4096, typed=True)
def _number(value: Decimal, pattern: str, locale: str) -> str:
    return format_decimal(value, format=pattern, locale=locale).replace("-", MINUS)


@lru_cache(maxsize=1024)
def _on_a_day(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)

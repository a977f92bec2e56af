"""The law's deadlines for one benefit spell: when each comes due, and whether it was kept. Pure.

`counting.py` asks the same of millions of spells in the database; a property test holds the two together.

    A rule has an anchor, the day its time runs from, and an offset to the day it is due. Which version of a
    rule holds is decided by the anchor: whoever began while it was in force is owed what it promised then.

    due         = anchor + offset, moved by exempt periods
    timely      : enough that counts has happened by then
    over        : the spell ended before it was due, so nothing was owed
    not yet due : it is due after the day the data reach to
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SPAN = re.compile(r"P(?P<number>[1-9]\d{0,2})(?P<unit>[DWM])")
_DAY = timedelta(days=1)


class Event(StrEnum):
    """What a rule asks for."""

    INTERVIEW = "interview"
    OFFER = "offer"


class Anchor(StrEnum):
    """The days a rule's time runs from."""

    SPELL = "spell"
    """The first day of the spell."""
    REGISTRATION = "registration"
    """The first contact or the registration as unemployed; the first day where the data tell neither."""
    EACH = "each"
    """The first day, and then every time another offset has gone by."""
    PREVIOUS = "previous"
    """The first day, and then every event that counts."""


class Fate(StrEnum):
    TIMELY = "timely"
    LATE = "late"
    NOT_YET_DUE = "not_yet_due"
    OVER = "over"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Span:
    """A length of time as ISO 8601 writes it, in one unit: P10D, P2W, P6M. The database reads the same."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Span:
        """Raises ValueError for anything else than a number of days, weeks or months."""
        match = _SPAN.fullmatch(text)
        if not match:
            raise ValueError(f"“{text}” is no length of time such as P2W or P6M")
        number = int(match["number"])
        match match["unit"]:
            case "M":
                return cls(months=number)
            case "W":
                return cls(days=7 * number)
            case _:
                return cls(days=number)

    def after(self, day: date, *, times: int = 1) -> date:
        """The day so long after. A month later is the same day of it, or its last if it has no such day."""
        month = day.year * 12 + day.month - 1 + self.months * times
        year, month = divmod(month, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days * times)

    def before(self, day: date) -> date:
        return self.after(day, times=-1)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What the law asks for, in the version in force from `valid_from` until the day before `valid_to`.

    duty: who must do it; of interviews only theirs count. required: so many. window: only what lies so
    long before the due day counts; None: all since the anchor. least_days: an offer lasts at least so
    long. grace_days: what is of these kinds, and given by the due day, may begin so much later.
    not_counted: kinds of offers that do not count. pauses, shifts: reasons to be exempt; while it lasts
    the time of a pause stands still, and what would be due in a shift is due `resumes` after its end.
    """

    event: Event
    duty: str
    anchor: Anchor
    offset: Span
    required: int = 1
    window: Span | None = None
    least_days: int = 0
    grace_days: int = 0
    grace_kinds: frozenset[str] = frozenset()
    not_counted: frozenset[str] = frozenset()
    pauses: frozenset[str] = frozenset()
    shifts: frozenset[str] = frozenset()
    resumes: Span = Span()
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Activity:
    """An interview that was held or an offer that began. kind: of an interview who held it, else what it is.

    given_on: the day an offer was given, where the data tell; the offer may begin later.
    """

    event: Event
    kind: str
    starts_on: date
    ends_on: date
    given_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A period in which the law asks for nothing. ends_on: its last day, None while nobody knows it."""

    reason: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A time on a benefit. Its exempt periods do not overlap. ends_on: its last day, None while it lasts."""

    starts_on: date
    ends_on: date | None = None
    registered_on: date | None = None
    activities: Sequence[Activity] = ()
    exemptions: Sequence[Exemption] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of one deadline. days_late: None unless it was late and has been made good since."""

    anchor: date
    due_on: date | None
    fate: Fate
    days_late: int | None = None


def verdicts(spell: Spell, rule: Rule, *, as_of: date) -> list[Verdict]:
    """Every deadline the rule sets in the spell, the earliest first. as_of: the data tell of no day after it.

    >>> within_a_week = Rule(event=Event.INTERVIEW, duty="jobcentre", anchor=Anchor.SPELL,
    ...                      offset=Span.parse("P1W"), valid_from=date(2024, 3, 1))
    >>> held = Activity(event=Event.INTERVIEW, kind="jobcentre",
    ...                 starts_on=date(2025, 1, 10), ends_on=date(2025, 1, 10))
    >>> spell = Spell(starts_on=date(2025, 1, 1), activities=[held])
    >>> [(str(one.due_on), one.fate.value, one.days_late)
    ...  for one in verdicts(spell, within_a_week, as_of=date(2025, 6, 30))]
    [('2025-01-08', 'late', 2)]
    """
    return [
        _verdict(spell, rule, anchor=anchor, first_day=first_day, as_of=as_of)
        for anchor, first_day in _anchors(spell, rule, as_of=as_of)
        if rule.valid_from <= anchor and (rule.valid_to is None or anchor < rule.valid_to)
    ]


def due_day(anchor: date, rule: Rule, exemptions: Sequence[Exemption]) -> date | None:
    """When the time that runs from the anchor is up; None while an exempt period has no end."""
    due = rule.offset.after(anchor)
    for period in sorted(exemptions, key=lambda one: one.starts_on):
        if period.starts_on > due:
            break
        is_pause, is_shift = period.reason in rule.pauses, period.reason in rule.shifts
        if period.ends_on is None:
            if is_pause or is_shift:
                return None
        elif is_pause:
            due += max(period.ends_on - max(period.starts_on, anchor) + _DAY, timedelta())
        elif is_shift and period.ends_on >= due:
            due = rule.resumes.after(period.ends_on)
    return due


def _anchors(spell: Spell, rule: Rule, *, as_of: date) -> Iterator[tuple[date, date]]:
    """The days the time runs from, each with the first day on which something counts."""
    until = min(spell.ends_on or as_of, as_of)
    match rule.anchor:
        case Anchor.SPELL:
            yield spell.starts_on, spell.starts_on
        case Anchor.REGISTRATION:
            day = spell.registered_on or spell.starts_on
            yield day, day
        case Anchor.EACH:
            day, times = spell.starts_on, 0
            while times == 0 or day <= until:
                yield day, day + _DAY * min(times, 1)
                times += 1
                day = rule.offset.after(spell.starts_on, times=times)
        case Anchor.PREVIOUS:
            held = {one.starts_on for one in _counted(spell, rule) if one.starts_on <= until}
            yield spell.starts_on, spell.starts_on
            for day in sorted(held):
                yield day, day + _DAY


def _counted(spell: Spell, rule: Rule) -> Iterator[Activity]:
    """The activities that the rule counts at all, whenever they were."""
    for one in spell.activities:
        if one.event is not rule.event or one.kind in rule.not_counted:
            continue
        if rule.event is Event.INTERVIEW and one.kind != rule.duty:
            continue
        if (one.ends_on - one.starts_on).days + 1 >= rule.least_days:
            yield one


def _verdict(spell: Spell, rule: Rule, *, anchor: date, first_day: date, as_of: date) -> Verdict:
    due = due_day(anchor, rule, spell.exemptions)
    if due is None:
        return Verdict(anchor=anchor, due_on=None, fate=Fate.EXEMPT)
    if spell.ends_on and spell.ends_on < due:
        return Verdict(anchor=anchor, due_on=due, fate=Fate.OVER)
    if due > as_of:
        return Verdict(anchor=anchor, due_on=due, fate=Fate.NOT_YET_DUE)
    if rule.window:
        first_day = max(first_day, rule.window.before(due) + _DAY)
    counted = [one for one in _counted(spell, rule) if one.starts_on >= first_day]
    if sum(_is_in_time(one, rule, due=due) for one in counted) >= rule.required:
        return Verdict(anchor=anchor, due_on=due, fate=Fate.TIMELY)
    days = sorted(one.starts_on for one in counted if one.starts_on <= as_of)
    made_good = days[rule.required - 1] if len(days) >= rule.required else None
    return Verdict(
        anchor=anchor,
        due_on=due,
        fate=Fate.LATE,
        days_late=(made_good - due).days if made_good else None,
    )


def _is_in_time(one: Activity, rule: Rule, *, due: date) -> bool:
    """Done by the due day; or given by then, and begun within the grace that its kind has."""
    if one.starts_on <= due:
        return True
    within_grace = one.kind in rule.grace_kinds and one.starts_on <= due + _DAY * rule.grace_days
    return within_grace and one.given_on is not None and one.given_on <= due

"""The conditions of one placement, looked at now: staff, everything that runs there, how long it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Workplace
from employers.placements.arithmetic import Growth, Period, Room, last_day, room, share_of_full_time
from employers.placements.models import Condition, Duration, Placement, RuleVersion


class NoRule(ValidationError):
    """No version of the conditions is in force on the day a placement starts."""


@dataclass(frozen=True)
class Case:
    """What the conditions depend on. `placement`: its key, so that it does not count itself."""

    workplace: Workplace
    kind: str
    sector: str
    group: str
    starts_on: date
    ends_on: date
    hours: Decimal
    staff: Sequence[Decimal]
    company_last_month: Decimal | None
    company_average: Decimal | None
    elsewhere: int = 0
    placement: int | None = None
    is_extended: bool = False


@dataclass(frozen=True)
class Findings:
    """What was found. growth: None while its figures are missing, or where it is not asked for.

    limit and longest: None while the person's benefit is not known; longest also where there is no end.
    """

    rule: RuleVersion
    room: Room
    asks_for_growth: bool
    growth: Growth | None
    limit: Duration | None
    longest: date | None
    ends_on: date

    @property
    def is_short_enough(self) -> bool:
        return self.longest is None or self.ends_on <= self.longest

    def unmet(self) -> list[Condition]:
        """The conditions that are not met; the representative's confirmation is not among them."""
        met = {
            Condition.RATIO: self.room.is_met,
            Condition.INCREASE: not self.asks_for_growth or (self.growth is not None and self.growth.is_met),
            Condition.DURATION: self.is_short_enough,
        }
        return [condition for condition, is_met in met.items() if not is_met]


def look(case: Case) -> Findings:
    """Three queries: the rule of the day it starts, the limit of that day, and what runs at the workplace.

    Counts every granted placement there, whichever jobcentre made it, on the busiest day of the new
    one's time. Raises NoRule.
    """
    rule = rule_on(case.starts_on)
    limit = Duration.objects.for_placement(
        kind=case.kind, sector=case.sector, group=case.group, on=case.starts_on
    ).first()
    return Findings(
        rule=rule,
        room=room(
            case.staff,
            others_at(case, rule=rule),
            Period(case.starts_on, case.ends_on, _share(case.hours, rule)),
            scale=rule.scale,
            elsewhere=case.elsewhere,
            in_full_time=rule.in_full_time,
        ),
        asks_for_growth=rule.asks_for_increase(case.kind),
        growth=_growth(case) if rule.asks_for_increase(case.kind) else None,
        limit=limit,
        longest=_longest(case, limit),
        ends_on=case.ends_on,
    )


def case_of(placement: Placement, *, is_extended: bool = False, **changes: Any) -> Case:
    """What the conditions of a placement depend on. Only of one that is applied for."""
    assert placement.starts_on
    assert placement.ends_on
    assert placement.hours
    case = Case(
        workplace=placement.workplace,
        kind=placement.kind,
        sector=placement.sector,
        group=placement.group,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        hours=placement.hours,
        staff=placement.workplace_staff,
        company_last_month=placement.company_last_month,
        company_average=placement.company_average,
        elsewhere=placement.elsewhere,
        placement=placement.pk,
        is_extended=is_extended,
    )
    return replace(case, **changes)


def rule_on(day: date) -> RuleVersion:
    """The version in force on the day. Raises NoRule."""
    rule = RuleVersion.objects.valid(day).first()
    if rule is None:
        raise NoRule(_("We know of no rules for a start on that day. Check the date."))
    return rule


def others_at(case: Case, *, rule: RuleVersion) -> list[Period]:
    """The granted placements at the workplace in the time of the case. One query."""
    found = Placement.objects.holding_a_place(first=case.starts_on, last=case.ends_on)
    found = found.filter(workplace=case.workplace)
    if case.placement:
        found = found.exclude(pk=case.placement)
    rows: Any = found.values_list("starts_on", "ends_on", "ended_on", "hours")
    return [
        Period(starts_on, ended_on or ends_on, _share(hours, rule))
        for starts_on, ends_on, ended_on, hours in rows
    ]


def _share(hours: Decimal, rule: RuleVersion) -> Decimal:
    return share_of_full_time(hours, full_time=rule.full_time_hours)


def _growth(case: Case) -> Growth | None:
    if case.company_last_month is None or case.company_average is None:
        return None
    return Growth(case.company_last_month, case.company_average)


def _longest(case: Case, limit: Duration | None) -> date | None:
    """The last day that is allowed; None where there is no limit."""
    if limit is None or limit.most is None:
        return None
    most = limit.most_extended if case.is_extended and limit.most_extended else limit.most
    return last_day(case.starts_on, **{limit.unit: most})

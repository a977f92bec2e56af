"""What becomes of the invented intentions when some heed the advice before a contact, and others do not.

The advice is the real one, `coordination.advise`, asked with what others could see in the log at that moment.
It is asked twice: when a contact is planned, about the day it is planned for, and just before it is made. Who
heeds it waits where it says wait and where going on would need a reason, and lets go of what waiting would
make pointless.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from employers.contacts.coordination import (
    TOO_SOON,
    Advice,
    Asked,
    Counsel,
    Earlier,
    Ground,
    Held,
    Known,
    LeadElsewhere,
    Occasion,
    Planned,
    Reason,
    Wanted,
    advise,
)
from employers.contacts.simulation.inventing import ANSWER, CALLED, Intention, World

ONE_DAY = timedelta(days=1)
LONGEST_HOLD = timedelta(days=10)
EVERY_REASON = frozenset(Reason)


@dataclass(frozen=True)
class Made:
    """A contact that took place. overridden: what spoke plainly against it, and was gone against."""

    intention: Intention
    at: datetime
    overridden: tuple[Reason, ...] = ()

    @property
    def logged_at(self) -> datetime:
        return self.at + self.intention.logged_after

    @property
    def delay(self) -> timedelta:
        return self.at - self.intention.at


@dataclass(frozen=True)
class LetGo:
    """A contact that was not made, and the reason that made its caseworker wait too long for it."""

    intention: Intention
    reason: Reason


@dataclass(frozen=True)
class Quarter:
    made: tuple[Made, ...]
    let_go: tuple[LetGo, ...]


@dataclass
class _Company:
    """What stands in the log of one company, and in the calendars of those who mean to contact it."""

    made: list[Made] = field(default_factory=list)
    plans: dict[int, Intention] = field(default_factory=dict)
    holds: dict[int, Held] = field(default_factory=dict)

    def forget(self, intention: Intention) -> None:
        """The plan is carried out, moved or dropped; a hold for it ends."""
        self.plans.pop(intention.number, None)
        self.holds.pop(intention.number, None)


def play(world: World, *, compliance: float, heeded: Iterable[Reason] = EVERY_REASON) -> Quarter:
    """Play the quarter out. compliance: 0 to 1, the share of caseworkers' intentions that heed the advice.

    heeded: the reasons that are listened to, for asking what each is worth. The same world gives the same
    quarter, and those who heed at 0.5 heed at 1 as well, so that quarters can be compared.
    Raises ValueError for a compliance outside 0 to 1.
    """
    if not 0 <= compliance <= 1:
        raise ValueError("compliance is a share between 0 and 1")
    return _Play(world, compliance, frozenset(heeded)).out()


class _Play:
    def __init__(self, world: World, compliance: float, heeded: frozenset[Reason]) -> None:
        self.world = world
        self.compliance = compliance
        self.heeded = heeded
        self.companies: defaultdict[int, _Company] = defaultdict(_Company)
        self.let_go: list[LetGo] = []
        # What is due next, the earliest first: when, of whom, whether it is planned or made, and for when.
        self.due: list[tuple[datetime, int, bool, datetime]] = []

    def out(self) -> Quarter:
        for intention in self.world.intentions:
            first = intention.thought_at if intention.is_written else intention.at
            heapq.heappush(self.due, (first, intention.number, intention.is_written, intention.at))
        by_number = {intention.number: intention for intention in self.world.intentions}
        while self.due:
            now, number, is_planning, at = heapq.heappop(self.due)
            if is_planning:
                self._plan(by_number[number], at, now=now)
            else:
                self._contact(by_number[number], now=now)
        made = (one for company in self.companies.values() for one in company.made)
        return Quarter(
            made=tuple(sorted(made, key=lambda one: (one.at, one.intention.number))),
            let_go=tuple(self.let_go),
        )

    def _plan(self, intention: Intention, at: datetime, *, now: datetime) -> None:
        """Write it into the calendar others see; who is told to wait writes nothing, and asks again then."""
        counsel = self._advice(intention, at, now=now)
        if (stop := self._stop(intention, counsel)) is None:
            company = self.companies[intention.company]
            company.plans[intention.number] = intention
            if intention.is_held and (hold := _hold(intention, company, now=now, world=self.world)):
                company.holds[intention.number] = hold
            heapq.heappush(self.due, (at, intention.number, False, at))
        else:
            self._wait(intention, stop, at)

    def _contact(self, intention: Intention, *, now: datetime) -> None:
        company = self.companies[intention.company]
        if intention.began == CALLED:
            company.made.append(Made(intention, now))
            return
        counsel = self._advice(intention, now, now=now)
        if stop := self._stop(intention, counsel):
            self._wait(intention, stop, now)
            return
        company.forget(intention)
        company.made.append(Made(intention, now, tuple(ground.reason for ground in counsel.overridden)))

    def _wait(self, intention: Intention, stop: Ground, at: datetime) -> None:
        """Until the day it is free, at the same time of day; or not at all when that is too late."""
        self.companies[intention.company].forget(intention)
        again = _again(stop, at)
        if again is None or again - intention.at > intention.patience:
            self.let_go.append(LetGo(intention, stop.reason))
        else:
            heapq.heappush(self.due, (again, intention.number, False, again))

    def _stop(self, intention: Intention, counsel: Counsel) -> Ground | None:
        """What makes this caseworker wait longest, if anything does."""
        if intention.mood >= self.compliance:
            return None
        stops = [
            ground
            for ground in counsel.grounds
            if ground.reason in self.heeded and (ground.advice == Advice.WAIT or ground.needs_reason)
        ]
        return max(stops, key=lambda ground: _free_on(ground) or date.max, default=None)

    def _advice(self, intention: Intention, at: datetime, *, now: datetime) -> Counsel:
        """Asked for a contact at a time, with what is known now."""
        return advise(
            self._known(intention, at, now=now),
            Asked(
                at=at,
                purposes=[intention.purpose],
                workplace=intention.workplace,
                occasion=Occasion(intention.began),
            ),
        )

    def _known(self, asking: Intention, at: datetime, *, now: datetime) -> Known:
        company, seen = self.world.companies[asking.company], self.companies[asking.company]
        logged = [one for one in seen.made if one.logged_at <= now]
        others = [one for one in logged if one.intention.jobcentre != asking.jobcentre]
        return Known(
            contacts=[
                Earlier(
                    self._name(one.intention), "", [one.intention.purpose], one.at, one.intention.workplace
                )
                for one in others
            ],
            plans=[
                Planned(self._name(plan), "", [plan.purpose], plan.at.date())
                for plan in seen.plans.values()
                if plan.jobcentre != asking.jobcentre
            ],
            holds=[
                hold
                for number, hold in seen.holds.items()
                if number != asking.number and hold.expires_at > now
            ],
            wanted=Wanted(
                most=company.most,
                counted=[one.at for one in logged if one.intention.began not in {CALLED, ANSWER}],
                paused_until=company.pause[1] if company.pause and company.pause[0] <= now.date() else None,
                unwanted=company.unwanted,
            ),
            lead=self._lead_elsewhere(asking),
        )

    def _lead_elsewhere(self, asking: Intention) -> LeadElsewhere | None:
        lead = self.world.companies[asking.company].lead
        if lead is None or lead == asking.jobcentre:
            return None
        return LeadElsewhere("", self.world.jobcentres[lead])

    def _name(self, intention: Intention) -> str:
        return self.world.jobcentres[intention.jobcentre]


def _hold(intention: Intention, company: _Company, *, now: datetime, world: World) -> Held | None:
    """From now through the day of the contact, unless it is too far ahead or somebody holds it already.

    A hold is of one workplace; without one, of the first.
    """
    workplace = intention.workplace or 0
    alike = any(
        (hold.workplace, hold.purpose) == (workplace, intention.purpose) and hold.expires_at > now
        for hold in company.holds.values()
    )
    free_on = intention.at.date() + ONE_DAY
    expires_at = datetime.combine(free_on, time(0), tzinfo=now.tzinfo)
    if alike or intention.at.date() - now.date() > LONGEST_HOLD:
        return None
    return Held(
        pk=intention.number,
        jobcentre=world.jobcentres[intention.jobcentre],
        by="",
        purpose=intention.purpose,
        workplace=workplace,
        starts_at=now,
        expires_at=expires_at,
        free_on=free_on,
    )


def _free_on(ground: Ground) -> date | None:
    """The first day on which it says nothing more; None for a topic the company does not want at all."""
    if ground.reason == Reason.RECENT and ground.on:
        return ground.on + TOO_SOON + ONE_DAY
    return ground.until


def _again(ground: Ground, at: datetime) -> datetime | None:
    """The first working day it is free, at the same time of day."""
    free_on = _free_on(ground)
    if free_on is None:
        return None
    return next(_working_days(max(free_on, at.date() + ONE_DAY), at))


def _working_days(first: date, at: datetime) -> Iterator[datetime]:
    day = first
    while True:
        if day.weekday() < 5:
            yield datetime.combine(day, at.timetz())
        day += ONE_DAY

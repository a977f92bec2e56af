"""Whether a jobcentre should contact a company about something now, and why.

Pure: what is known before the contact in, one piece of advice out. It never forbids. Where others, or the
company's own wishes, speak plainly against it, going on needs a reason, which is told and counted. An answer
to the company, a running placement and a statutory follow-up are never delayed, whatever else is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

LOOKED_BACK = timedelta(days=30)
"""So far back the contacts of other jobcentres are shown and thought about."""
TOO_SOON = timedelta(days=14)
"""Another jobcentre's contact about the same at the same workplace, no older than this, needs a reason."""
SOON = timedelta(days=7)
"""Another jobcentre's plan about the same, no farther ahead than this, is worth waiting for."""
CAP_WINDOW = timedelta(weeks=4)
"""Over which the company's cap on contacts is counted."""


class Advice(IntEnum):
    """The freest first, so that of several the greatest counts."""

    FREE = 0
    THINK = 1
    ASK = 2
    WAIT = 3


class Occasion(StrEnum):
    """What makes a jobcentre contact the company."""

    OWN = "own"
    ANSWER = "answer"
    PLACEMENT = "placement"
    STATUTORY = "statutory"


NEVER_DELAYED = frozenset({Occasion.ANSWER, Occasion.PLACEMENT, Occasion.STATUTORY})


class Reason(StrEnum):
    """Why; those that weigh alike are said in this order."""

    HOLD = "hold"
    PAUSE = "pause"
    CAP = "cap"
    PLAN = "plan"
    TOPIC = "topic"
    RECENT = "recent"
    LEAD = "lead"
    OTHER_HOLD = "other_hold"
    OTHER_PLAN = "other_plan"
    OTHER_RECENT = "other_recent"
    CHANNEL = "channel"
    PROTECTED = "protected"
    RULED_LEAD = "ruled_lead"
    NEVER_DELAYED = "never_delayed"
    NOTHING = "nothing"


WEIGHT = {
    Reason.HOLD: Advice.WAIT,
    Reason.PAUSE: Advice.WAIT,
    Reason.CAP: Advice.WAIT,
    Reason.PLAN: Advice.WAIT,
    Reason.TOPIC: Advice.ASK,
    Reason.RECENT: Advice.ASK,
    Reason.LEAD: Advice.ASK,
    Reason.OTHER_HOLD: Advice.THINK,
    Reason.OTHER_PLAN: Advice.THINK,
    Reason.OTHER_RECENT: Advice.THINK,
    Reason.CHANNEL: Advice.THINK,
    Reason.PROTECTED: Advice.THINK,
    Reason.RULED_LEAD: Advice.THINK,
    Reason.NEVER_DELAYED: Advice.FREE,
    Reason.NOTHING: Advice.FREE,
}
OVERRIDDEN = (Reason.HOLD, Reason.PAUSE, Reason.CAP, Reason.TOPIC, Reason.RECENT)
"""What one goes on against only with a reason."""
_ORDER = {reason: number for number, reason in enumerate(Reason)}


@dataclass(frozen=True)
class Asked:
    """The contact that is thought of. No purposes, channel "" and workplace None: not chosen, or all of it.

    Two contacts are about the same when their purposes overlap. at: in local time, since a company's pause
    begins and ends with a day.
    """

    at: datetime
    purposes: Sequence[str] = ()
    workplace: int | None = None
    channel: str = ""
    occasion: Occasion = Occasion.OWN


@dataclass(frozen=True)
class Earlier:
    """A contact of another jobcentre of the catchment."""

    jobcentre: str
    by: str
    purposes: Sequence[str]
    at: datetime
    workplace: int | None = None


@dataclass(frozen=True)
class Planned:
    """What another jobcentre of the catchment means to do, and on which day."""

    jobcentre: str
    by: str
    purposes: Sequence[str]
    on: date


@dataclass(frozen=True)
class Held:
    """A hold in the catchment. free_on: the first day it no longer holds."""

    pk: int
    jobcentre: str
    by: str
    purpose: str
    workplace: int
    starts_at: datetime
    expires_at: datetime
    free_on: date
    is_own: bool = False


@dataclass(frozen=True)
class Wanted:
    """How the company wants to be contacted.

    counted: when jobcentres have contacted it in the last four weeks, answers to the company left out.
    """

    most: int | None = None
    counted: Sequence[datetime] = ()
    paused_until: date | None = None
    unwanted: Sequence[str] = ()
    channel: str = ""


@dataclass(frozen=True)
class LeadElsewhere:
    """Whom the company deals with in another jobcentre of the catchment, when it has nobody in this one.

    is_agreed: the company has agreed to it. Else a rule makes that jobcentre the one that leads, and the name
    is empty until it has named somebody.
    """

    name: str
    jobcentre: str
    is_agreed: bool = True


@dataclass(frozen=True)
class Known:
    """Everything that is known before a contact, as far as this jobcentre may know it."""

    contacts: Sequence[Earlier] = ()
    plans: Sequence[Planned] = ()
    holds: Sequence[Held] = ()
    wanted: Wanted = field(default_factory=Wanted)
    lead: LeadElsewhere | None = None
    is_protected: bool = False


@dataclass(frozen=True)
class Ground:
    """One reason with what its sentence needs; what does not belong to it is empty."""

    reason: Reason
    jobcentre: str = ""
    name: str = ""
    purposes: Sequence[str] = ()
    channel: str = ""
    on: date | None = None
    until: date | None = None
    most: int = 0
    lately: int = 0
    hold: int | None = None

    @property
    def advice(self) -> Advice:
        return WEIGHT[self.reason]

    @property
    def needs_reason(self) -> bool:
        return self.reason in OVERRIDDEN


@dataclass(frozen=True)
class Counsel:
    """One piece of advice. `grounds` has the heaviest first, and is never empty."""

    grounds: tuple[Ground, ...]

    @property
    def advice(self) -> Advice:
        return self.main.advice

    @property
    def main(self) -> Ground:
        return self.grounds[0]

    @property
    def overridden(self) -> tuple[Ground, ...]:
        """What one goes on against by contacting the company all the same."""
        return tuple(ground for ground in self.grounds if ground.needs_reason)

    @property
    def needs_reason(self) -> bool:
        return bool(self.overridden)


def advise(known: Known, asked: Asked) -> Counsel:
    """Say whether to contact the company now, and why. Never forbids: one may go on with a reason.

    The rule about the same purpose at the same workplace within 14 days is the house's own; a contact whose
    workplace nobody wrote down counts for all of them.
    """
    if asked.occasion in NEVER_DELAYED:
        return Counsel((Ground(Reason.NEVER_DELAYED),))
    grounds = sorted(
        [
            *_holds(known.holds, asked),
            *_wishes(known.wanted, asked),
            *_plans(known.plans, asked),
            *_contacts(known.contacts, asked),
            *_lead(known),
        ],
        key=_weightiest,
    )
    return Counsel(tuple(grounds) or (Ground(Reason.NOTHING),))


def _weightiest(ground: Ground) -> tuple[int, int, int]:
    """By its advice; of two that say wait, the one that says it longest."""
    longest = ground.until.toordinal() if ground.until and ground.advice == Advice.WAIT else 0
    return -ground.advice, -longest, _ORDER[ground.reason]


def _holds(holds: Sequence[Held], asked: Asked) -> Iterator[Ground]:
    running = [hold for hold in holds if not hold.is_own and hold.starts_at <= asked.at < hold.expires_at]
    for hold in sorted(running, key=lambda hold: (hold.expires_at, hold.pk), reverse=True):
        is_same = hold.purpose in asked.purposes and _is_same_place(hold.workplace, asked)
        yield Ground(
            Reason.HOLD if is_same else Reason.OTHER_HOLD,
            jobcentre=hold.jobcentre,
            name=hold.by,
            purposes=(hold.purpose,),
            until=hold.free_on,
            hold=hold.pk,
        )


def _wishes(wanted: Wanted, asked: Asked) -> Iterator[Ground]:
    if wanted.paused_until and wanted.paused_until > asked.at.date():
        yield Ground(Reason.PAUSE, until=wanted.paused_until)
    counted = sorted(at for at in wanted.counted if asked.at - CAP_WINDOW < at <= asked.at)
    if wanted.most and len(counted) >= wanted.most:
        leaves = counted[len(counted) - wanted.most].astimezone(asked.at.tzinfo) + CAP_WINDOW
        until = leaves.date() + timedelta(days=1)
        yield Ground(Reason.CAP, most=wanted.most, lately=len(counted), until=until)
    if topics := _shared(asked.purposes, wanted.unwanted):
        yield Ground(Reason.TOPIC, purposes=topics)
    if asked.channel and wanted.channel and asked.channel != wanted.channel:
        yield Ground(Reason.CHANNEL, channel=wanted.channel)


def _plans(plans: Sequence[Planned], asked: Asked) -> Iterator[Ground]:
    today = asked.at.date()
    for plan in sorted(plans, key=lambda plan: plan.on):
        if not today <= plan.on <= today + LOOKED_BACK:
            continue
        is_same = bool(_shared(plan.purposes, asked.purposes)) and plan.on <= today + SOON
        yield Ground(
            Reason.PLAN if is_same else Reason.OTHER_PLAN,
            jobcentre=plan.jobcentre,
            name=plan.by,
            purposes=tuple(plan.purposes),
            on=plan.on,
            until=plan.on + timedelta(days=1) if is_same else None,
        )


def _contacts(contacts: Sequence[Earlier], asked: Asked) -> Iterator[Ground]:
    for contact in sorted(contacts, key=lambda contact: contact.at, reverse=True):
        ago = asked.at - contact.at
        if not timedelta(0) <= ago <= LOOKED_BACK:
            continue
        is_same = (
            bool(_shared(contact.purposes, asked.purposes))
            and ago <= TOO_SOON
            and (contact.workplace is None or _is_same_place(contact.workplace, asked))
        )
        yield Ground(
            Reason.RECENT if is_same else Reason.OTHER_RECENT,
            jobcentre=contact.jobcentre,
            name=contact.by,
            purposes=tuple(contact.purposes),
            on=contact.at.astimezone(asked.at.tzinfo).date(),
        )


def _lead(known: Known) -> Iterator[Ground]:
    if known.lead:
        reason = Reason.LEAD if known.lead.is_agreed else Reason.RULED_LEAD
        yield Ground(reason, name=known.lead.name, jobcentre=known.lead.jobcentre)
    if known.is_protected:
        yield Ground(Reason.PROTECTED)


def _shared(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(purpose for purpose in some if purpose in others)


def _is_same_place(workplace: int, asked: Asked) -> bool:
    return asked.workplace is None or asked.workplace == workplace

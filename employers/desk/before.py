"""Before one calls a company: who else has been or is going, what the company wants, and one piece of advice.

A picture, three lists and a sentence, all from what was read before: nothing here asks the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.contacts.coordination import Advice, Asked, Held, Known, Planned, advise
from employers.contacts.models import Contact, FollowUp, Purpose
from employers.contacts.saying import NAMES, sentence
from employers.desk import lanes
from employers.desk.timeline import Entry

REASONS_SHOWN = 5
"""So many more reasons are said under the advice; the lists below have all."""
LOOKS = {
    Advice.FREE: ("good", "info"),
    Advice.THINK: ("calm", "info"),
    Advice.ASK: ("warn", "warning"),
    Advice.WAIT: ("bad", "warning"),
}
"""The mark beside the advice's name, and the icon of the box."""


@dataclass(frozen=True)
class Others:
    """What one other jobcentre has had with the company lately."""

    jobcentre: str
    times: int
    last: Entry


@dataclass(frozen=True)
class Said:
    """The advice in words: its name, what to do and why, and whatever else speaks against it."""

    name: str
    mark: str
    icon: str
    text: str
    further: list[str]
    is_calm: bool
    needs_reason: bool
    is_held: bool


@dataclass(frozen=True)
class PlannedByOthers:
    on: date
    jobcentre: str
    by: str
    about: str


@dataclass(frozen=True)
class PlannedByUs:
    on: date
    what: str
    by: str


@dataclass(frozen=True)
class Reserved:
    pk: int
    jobcentre: str
    by: str
    about: str
    until: date
    is_own: bool


@dataclass(frozen=True)
class Before:
    said: Said
    drawing: lanes.Drawing
    others: list[Others]
    from_company: list[Entry]
    own: list[Entry]
    planned: list[PlannedByUs]
    plans: list[PlannedByOthers]
    holds: list[Reserved]

    @property
    def is_empty(self) -> bool:
        """Nothing to draw: the sentence says it all."""
        return not (self.others or self.from_company or self.own or self.planned or self.plans or self.holds)


def look(
    entries: Sequence[Entry], planned: Sequence[PlannedByUs], known: Known, asked: Asked, *, own: str
) -> Before:
    """`entries`: what has passed since `lanes.BACK`, as the reader may see it, the newest first.

    `planned`: what the reader's own jobcentre means to do. `known`: what coordination knows; `asked`: what
    one thinks of doing. `own`: the name of the reader's jobcentre.
    """
    contacts = [entry for entry in entries if not entry.is_enquiry]
    by_jobcentre: dict[str, list[Entry]] = defaultdict(list)
    for entry in contacts:
        if not entry.is_own:
            by_jobcentre[entry.jobcentre].append(entry)
    points = [
        *(_point(entry) for entry in entries),
        *(lanes.Point(own, step.on, lanes.Kind.PLANNED, step.what) for step in planned),
        *(_plan_point(plan) for plan in known.plans),
        *(_hold_point(hold) for hold in known.holds),
    ]
    return Before(
        said=_said(known, asked),
        drawing=lanes.drawn(points, first=own, today=asked.at.date()),
        others=[Others(name, len(theirs), theirs[0]) for name, theirs in by_jobcentre.items()],
        from_company=[entry for entry in entries if entry.is_enquiry],
        own=[entry for entry in contacts if entry.is_own],
        planned=sorted(planned, key=lambda plan: plan.on),
        plans=[
            PlannedByOthers(plan.on, plan.jobcentre, plan.by, Purpose.in_words(plan.purposes))
            for plan in known.plans
        ],
        holds=[_reserved(hold) for hold in known.holds],
    )


def planned_by_us(steps: Iterable[FollowUp], contacts: Iterable[Contact]) -> list[PlannedByUs]:
    """The jobcentre's own open follow-ups with the company, and the contacts it has planned."""
    return [
        *(PlannedByUs(step.due_on, step.what, str(step.owner)) for step in steps),
        *(
            PlannedByUs(
                timezone.localdate(contact.happened_at),
                f"{contact.get_channel_display()}: {contact.get_purposes_display()}",
                str(contact.by),
            )
            for contact in contacts
        ),
    ]


def _said(known: Known, asked: Asked) -> Said:
    counsel = advise(known, asked)
    first, *rest = dict.fromkeys(sentence(ground) for ground in counsel.grounds)
    mark, icon = LOOKS[counsel.advice]
    return Said(
        name=str(NAMES[counsel.advice]),
        mark=mark,
        icon=icon,
        text=first,
        further=rest[:REASONS_SHOWN],
        is_calm=counsel.advice <= Advice.THINK,
        needs_reason=counsel.needs_reason,
        is_held=any(ground.hold for ground in counsel.overridden),
    )


def _reserved(hold: Held) -> Reserved:
    return Reserved(
        pk=hold.pk,
        jobcentre=hold.jobcentre,
        by=hold.by,
        about=str(Purpose(hold.purpose).label),
        until=hold.free_on,
        is_own=hold.is_own,
    )


def _plan_point(plan: Planned) -> lanes.Point:
    about = Purpose.in_words(plan.purposes)
    return lanes.Point(plan.jobcentre, plan.on, lanes.Kind.PLANNED, _("plan: %(about)s") % {"about": about})


def _hold_point(hold: Held) -> lanes.Point:
    return lanes.Point(
        lane=hold.jobcentre,
        day=timezone.localdate(hold.starts_at),
        kind=lanes.Kind.HELD,
        words=_("reserved: %(about)s") % {"about": Purpose(hold.purpose).label},
        until=hold.free_on,
    )


def _point(entry: Entry) -> lanes.Point:
    return lanes.Point(
        lane=entry.jobcentre,
        day=timezone.localdate(entry.at),
        kind=lanes.Kind.FROM_COMPANY if entry.is_enquiry else lanes.Kind.CONTACT,
        words=_("enquiry from them: %(about)s") % {"about": entry.about}
        if entry.is_enquiry
        else f"{entry.what}: {entry.about}",
    )

"""Before one calls a company: who else has been in contact with it lately, in a picture and in words.

It says what has happened, and does not yet advise: holds, plans of others and the company's own wishes
are not known to this version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.contacts.models import FollowUp
from employers.desk import lanes
from employers.desk.timeline import Entry


@dataclass(frozen=True)
class Others:
    """What one other jobcentre has had with the company lately."""

    jobcentre: str
    times: int
    last: Entry


@dataclass(frozen=True)
class Before:
    drawing: lanes.Drawing
    newest: Entry | None
    others: list[Others]
    from_company: list[Entry]
    own: list[Entry]
    planned: Sequence[FollowUp]

    @property
    def is_empty(self) -> bool:
        """Nothing to draw: the sentence says it all."""
        return not (self.others or self.from_company or self.own or self.planned)


def look(entries: Sequence[Entry], planned: Sequence[FollowUp], *, own: str, today: date) -> Before:
    """`entries`: what has passed since `lanes.BACK`, as the reader may see it, the newest first.

    `planned`: the reader's own open follow-ups. `own`: the name of the reader's jobcentre.
    """
    contacts = [entry for entry in entries if not entry.is_enquiry]
    by_jobcentre: dict[str, list[Entry]] = defaultdict(list)
    for entry in contacts:
        if not entry.is_own:
            by_jobcentre[entry.jobcentre].append(entry)
    others = [Others(name, len(theirs), theirs[0]) for name, theirs in by_jobcentre.items()]
    points = [
        *(_point(entry) for entry in entries),
        *(lanes.Point(own, step.due_on, lanes.Kind.PLANNED, step.what) for step in planned),
    ]
    return Before(
        drawing=lanes.drawn(points, first=own, today=today),
        newest=others[0].last if others else None,
        others=others,
        from_company=[entry for entry in entries if entry.is_enquiry],
        own=[entry for entry in contacts if entry.is_own],
        planned=planned,
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

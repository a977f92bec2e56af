"""What happens next in an intervention, who is to do it, and by when: the board and the count beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership, Role
from regions.interventions.models import Intervention, InterventionQuerySet, State
from regions.interventions.table import By

DAYS_TO_ANSWER = timedelta(days=14)
"""By when a wish is answered, and notes agreed to, unless a day was said."""


@dataclass(frozen=True)
class Next:
    """day: by when, or when it happens; None where no day was said. whose: None where both are there.

    only_then: nobody is to do anything before the day, as with a follow-up, or an action of the agreement.
    """

    what: str | Promise
    whose: By | None
    day: date | None
    anchor: str = ""
    only_then: bool = False

    @property
    def is_now(self) -> bool:
        """Whether somebody is to do it today: what waits for its day is not."""
        return not self.only_then or self.day is None or self.day <= timezone.localdate()

    @property
    def is_overdue(self) -> bool:
        return self.day is not None and self.day < timezone.localdate()

    @property
    def urgency(self) -> tuple[bool, date]:
        return self.day is None, self.day or date.max


@dataclass(frozen=True)
class Line:
    """An intervention on the board, with what is next in it, the most urgent first."""

    intervention: Intervention
    nexts: list[Next]

    @property
    def first(self) -> Next:
        return self.nexts[0]

    @property
    def is_overdue(self) -> bool:
        return any(one.is_overdue for one in self.nexts)

    def waits_for(self, role: str) -> bool:
        """Whether somebody in the role is to do something: theirs, or a day for both that has passed."""
        return any(
            (one.whose == role and one.is_now) or (one.whose is None and one.is_overdue) for one in self.nexts
        )


def board(interventions: InterventionQuerySet) -> list[Line]:
    """Those that are alive, the most urgent first. As many queries, however many there are."""
    lines = [Line(one, nexts(one)) for one in interventions.alive().with_parts()]
    return sorted(lines, key=lambda line: (line.first.urgency, line.intervention.pk))


def waiting_for(membership: Membership) -> int | None:
    """The figure in the menu: interventions in which the officer or the manager has something to do."""
    if membership.role == Role.AREA_OFFICER:
        own = Intervention.objects.visible_to_office(membership.organisation.area_office)
    else:
        own = Intervention.objects.visible_to_jobcentre(membership.organisation.jobcentre)
    return sum(line.waits_for(membership.role) for line in board(own)) or None


def nexts(whole: Intervention) -> list[Next]:
    """Everything that is to happen, the most urgent first; asks nothing where the parts are prefetched."""
    found = sorted(_nexts(whole), key=lambda one: one.urgency)
    if not found and whole.state == State.OPEN:
        return [Next(_("Decide what happens now"), By.OFFICER, None)]
    return found


def _nexts(whole: Intervention) -> Iterator[Next]:
    if whole.state == State.REQUESTED and whole.asked_at:
        due = timezone.localdate(whole.asked_at) + DAYS_TO_ANSWER
        yield Next(_("Answer the jobcentre's wish"), By.OFFICER, due)
    if whole.state != State.OPEN:
        return
    for meeting in whole.meetings.all():
        anchor = f"meeting-{meeting.pk}"
        match meeting.state:
            case "planned" if meeting.starts_at <= timezone.now():
                yield Next(_("Write the notes of the meeting"), By.OFFICER, meeting.day, anchor)
            case "planned":
                yield Next(_("Meeting"), None, meeting.day, anchor)
            case "held":
                yield Next(_("Agree to the notes"), By.MANAGER, meeting.day + DAYS_TO_ANSWER, anchor)
            case "objected":
                yield Next(_("Write the notes anew"), By.OFFICER, meeting.day + DAYS_TO_ANSWER, anchor)
    for agreement in whole.agreements.all():
        anchor = f"agreement-{agreement.pk}"
        match agreement.state:
            case "draft":
                yield Next(_("Put the agreement forward"), By.OFFICER, None, anchor)
            case "proposed":
                yield Next(_("Sign the agreement"), By.MANAGER, agreement.answer_by, anchor)
            case "signed":
                for action in agreement.undone():
                    yield Next(action.what, None, action.day, anchor, True)
    for assistance in whole.assistances.all():
        anchor = f"assistance-{assistance.pk}"
        match assistance.state:
            case "offered":
                yield Next(_("Answer the offer of assistance"), By.MANAGER, assistance.answer_by, anchor)
            case "accepted":
                yield Next(_("The consultant's report"), By.OFFICER, assistance.ends_on, anchor, True)
    for follow_up in whole.follow_ups.all():
        if follow_up.state == "due":
            yield Next(_("Follow up"), By.OFFICER, follow_up.due_on, f"follow_up-{follow_up.pk}", True)

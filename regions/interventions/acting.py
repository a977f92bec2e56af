"""Taking a step of the table: asked of everybody alike, whether by a page, the administration or a shell.

`take` looks the step up, locks what it is about, asks for what the step demands, moves it, writes the line in
the log and tells the other side. What a step changes beside the state is its caller's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Membership, Role
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre
from regions.interventions import telling
from regions.interventions.models import Agreement, Intervention, Part
from regions.interventions.table import BY_CODE, NEW, Demand, Step, Thing

AnyThing = TypeVar("AnyThing", bound=Intervention | Part)


@transaction.atomic
def take(
    code: str,
    thing: AnyThing,
    *,
    by: Membership,
    reason: str = "",
    at: datetime | None = None,
    **changes: Any,
) -> AnyThing:
    """Take one step, with the fields it changes. `at` is for what is told of the past, and mails nobody.

    Something new is given unsaved; it is saved here, with its first line in the log.
    Raises TransitionRefused for a step that is not open to this person now, or that lacks what it demands.
    """
    step = BY_CODE[code]
    _must_be_theirs(step, thing.intervention.jobcentre, by)
    if thing.intervention.pk:
        _lock(step, thing)
    for name, value in changes.items():
        setattr(thing, name, value)
    _must_have(step, thing, reason)
    when = at or timezone.now()
    if step.start == NEW:
        thing.state = step.end
        thing.save()
        line = {"from_state": NEW, "to_state": step.end, "comment": reason.strip(), "at": when}
        thing.log.create(by=by.user, organisation=by.organisation, **line)
    else:
        thing.move(
            step.end, by=by.user, organisation=by.organisation, comment=reason.strip(), at=when, **changes
        )
    if at is None:
        telling.step_taken(step, thing, by=by, reason=reason.strip())
    return thing


def is_theirs(jobcentre: Jobcentre, by: Membership) -> bool:
    """Whether somebody acts for the jobcentre's area office, or is a manager of the jobcentre."""
    if by.role == Role.AREA_OFFICER:
        return jobcentre.pk in by.organisation.area_office.jobcentres
    return by.role == Role.MANAGER and by.organisation_id == jobcentre.organisation_id


def is_officer(whole: Intervention, by: Membership) -> bool:
    return by.role == Role.AREA_OFFICER and is_theirs(whole.jobcentre, by)


def is_manager(whole: Intervention, by: Membership) -> bool:
    return by.role == Role.MANAGER and is_theirs(whole.jobcentre, by)


def _must_be_theirs(step: Step, jobcentre: Jobcentre, by: Membership) -> None:
    if by.role not in step.by or not is_theirs(jobcentre, by):
        raise TransitionRefused(_("This step is not yours to take."))


def _lock(step: Step, thing: Intervention | Part) -> None:
    """Of two people at the same time the second is refused, and nothing moves while the whole is closed."""
    whole = Intervention.objects.select_for_update(of=("self",)).get(pk=thing.intervention.pk)
    if step.thing != Thing.INTERVENTION and not whole.is_open:
        raise TransitionRefused(
            _("The intervention is not open: it is %(state)s.") % {"state": whole.get_state_display()}
        )
    if step.start == NEW:
        return
    now: Any = type(thing)._default_manager.get(pk=thing.pk)
    if now.state != step.start:
        raise TransitionRefused(
            _("This was already changed to “%(state)s”, so the step was not taken."),
            params={"state": now.get_state_display()},
        )


def _must_have(step: Step, thing: Any, reason: str) -> None:
    for demand in step.demands:
        if not DEMANDED[demand](thing, reason):
            raise TransitionRefused(MISSING[demand]())


def _has_content(agreement: Agreement) -> bool:
    return agreement.targets.exists() or agreement.actions.exists()


DEMANDED: Mapping[Demand, Callable[[Any, str], Any]] = {
    Demand.REASON: lambda thing, reason: reason.strip(),
    Demand.FLAG: lambda thing, reason: thing.rests_on,
    Demand.DAY: lambda thing, reason: thing.day,
    Demand.NOTES: lambda thing, reason: thing.notes.strip(),
    Demand.CONTENT: lambda thing, reason: _has_content(thing),
    Demand.SIGNATURES: lambda thing, reason: thing.is_signed_by_both(),
    Demand.REPORT: lambda thing, reason: thing.report.strip() and thing.hours_used is not None,
    Demand.EVIDENCE: lambda thing, reason: (thing.evidence or {}).get("holds"),
    Demand.NOTHING_OPEN: lambda thing, reason: not thing.unfinished(),
}

MISSING: Mapping[Demand, Callable[[], str]] = {
    Demand.REASON: lambda: _("Write the reason: the other side reads it, and it stands in the journal."),
    Demand.FLAG: lambda: _("An intervention rests on a confirmed flag or on the jobcentre's own wish."),
    Demand.DAY: lambda: _("Say the day."),
    Demand.NOTES: lambda: _("Write what was said."),
    Demand.CONTENT: lambda: _("An agreement has a target or an action at least."),
    Demand.SIGNATURES: lambda: _("Both have not signed this wording."),
    Demand.REPORT: lambda: _("Write the report and the hours used."),
    Demand.EVIDENCE: lambda: _(
        "Closing as resolved demands that the measure was back within its limits for two periods in a row. "
        "It is not: close it without, and say why."
    ),
    Demand.NOTHING_OPEN: lambda: _(
        "Something still waits for somebody: finish it or drop it, and then close the intervention."
    ),
}

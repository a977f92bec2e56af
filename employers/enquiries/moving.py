"""Giving an enquiry to a colleague, and moving the responsibility for it to another jobcentre."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enquiries import assigning, ownership_letters
from employers.enquiries.assigning import Change
from employers.enquiries.clock import answer_due
from employers.enquiries.escalating import watch
from employers.enquiries.models import Enquiry, State
from employers.enquiries.models.assignment import Occasion, Rule
from employers.enquiries.ownership import Choice, NobodyOwns, choose_owner
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre

LEAST_DAYS = 1
"""Working days that a jobcentre to which an enquiry is moved gets at least."""


@transaction.atomic
def give(enquiry: Enquiry, *, to: User, by: User, at: datetime, is_told: bool = True) -> Enquiry:
    """Give it to a colleague, who is told unless they took it themselves.

    is_told: whether the mail is put here; who gives several puts one for all, in the same transaction.
    Raises TransitionRefused when it is closed, is theirs already, or they do not work in the jobcentre.
    """
    enquiry = _locked(enquiry)
    if to.pk == enquiry.owner_id:
        raise TransitionRefused(_("%(name)s owns it already.") % {"name": to})
    if not (enquiry.jobcentre.staff() | enquiry.jobcentre.managers()).filter(pk=to.pk).exists():
        raise TransitionRefused(_("Choose a colleague of the jobcentre."))
    choice = Choice(enquiry.jobcentre, to, Rule.PERSON, is_by_municipality=_is_by_municipality(enquiry))
    assigning.assign([Change(enquiry, choice)], occasion=Occasion.GIVEN, by=by, at=at)
    if is_told and to != by:
        ownership_letters.send_handed_over(
            to, [enquiry], why=_("%(name)s has given you an enquiry.") % {"name": by}
        )
    return enquiry


@transaction.atomic
def move_responsibility(enquiry: Enquiry, *, to: Jobcentre, by: User, reason: str, at: datetime) -> Enquiry:
    """Another jobcentre becomes responsible, its own rule finds the owner, and the employer is told.

    The time promised to the employer stands; only if less than one working day is left of it the new
    jobcentre gets that day, and the employer is told the new time. Raises TransitionRefused without a
    reason, for the same jobcentre, one that is closed or has nobody, a closed enquiry, and a confidential
    one that is not released.
    """
    enquiry = _locked(enquiry)
    today = timezone.localdate(at)
    _refuse_move(enquiry, to=to, reason=reason, at=at)
    try:
        choice = choose_owner(jobcentre=to, kind=enquiry.kind, company=enquiry.company, on=today)
    except NobodyOwns:
        raise TransitionRefused(_("Nobody in %(jobcentre)s can take it.") % {"jobcentre": to}) from None
    assigning.assign(
        [Change(enquiry, replace(choice, is_by_municipality=False))],
        occasion=Occasion.MOVED,
        by=by,
        reason=reason.strip(),
        at=at,
    )
    is_new_time = _promise_again(enquiry, at=at)
    ownership_letters.send_moved(enquiry, reason=reason.strip(), is_new_time=is_new_time)
    why = _("%(name)s has moved the responsibility for an enquiry to %(jobcentre)s.")
    ownership_letters.send_handed_over(choice.owner, [enquiry], why=why % {"name": by, "jobcentre": to})
    return enquiry


def _refuse_move(enquiry: Enquiry, *, to: Jobcentre, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise TransitionRefused(_("Write why the responsibility is moved: the employer reads it."))
    if to.pk == enquiry.jobcentre_id:
        raise TransitionRefused(_("%(jobcentre)s is responsible already.") % {"jobcentre": to})
    if not Jobcentre.objects.valid(timezone.localdate(at)).filter(pk=to.pk).exists():
        raise TransitionRefused(_("%(jobcentre)s is closed.") % {"jobcentre": to})
    if enquiry.is_confidential:
        raise TransitionRefused(
            _("The enquiry is restricted to those who work on it. Release it before it is moved.")
        )


def _promise_again(enquiry: Enquiry, *, at: datetime) -> bool:
    """Give the new jobcentre its day if the promise leaves less. Returns whether the time was changed."""
    least = answer_due(at, LEAST_DAYS)
    if not enquiry.is_waiting or enquiry.due_at >= least:
        return False
    field = "answer_due_at" if enquiry.reply_due_at is None else "reply_due_at"
    setattr(enquiry, field, least)
    enquiry.save(update_fields=[field])
    watch(enquiry)
    return True


def _is_by_municipality(enquiry: Enquiry) -> bool:
    latest = enquiry.assignments.last()
    return latest is None or latest.is_by_municipality


def _locked(enquiry: Enquiry) -> Enquiry:
    """As it is now, held. Raises TransitionRefused when it is closed."""
    found = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("company__industry", "jobcentre", "owner", "person", "vacancy")
        .get(pk=enquiry.pk)
    )
    if found.state == State.CLOSED:
        raise TransitionRefused(_("The enquiry is closed, so nobody else can have it."))
    return found

"""An agreement: drafted by the office, put forward, signed by both in the same wording, changed anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Membership
from jobcenter.accounts.workflow import TransitionRefused
from regions.interventions import acting, telling
from regions.interventions.models import (
    Action,
    Agreement,
    AgreementState,
    Done,
    FollowUp,
    Intervention,
    Signature,
    Target,
    Wording,
)
from regions.interventions.terms import Terms

CHANGED_MEANWHILE = "changed_meanwhile"


@transaction.atomic
def draft(
    whole: Intervention,
    *,
    purpose: str,
    targets: Sequence[Target],
    actions: Sequence[Action],
    by: Membership,
    at: datetime | None = None,
) -> Agreement:
    """Begin an agreement. targets and actions are given unsaved. Raises TransitionRefused if there is one."""
    if whole.agreements.exclude(state=AgreementState.DROPPED).exists():
        raise TransitionRefused(_("There is an agreement already: change that one."))
    drafted = acting.take("draft_agreement", Agreement(intervention=whole, purpose=purpose), by=by, at=at)
    write(drafted, purpose=purpose, targets=targets, actions=actions, by=by)
    return drafted


@transaction.atomic
def write(
    agreement: Agreement,
    *,
    purpose: str,
    targets: Sequence[Target],
    actions: Sequence[Action],
    by: Membership,
) -> Agreement:
    """Write the draft anew, all of it. Raises TransitionRefused when it is no draft, and for others."""
    whole = Intervention.objects.select_for_update(of=("self",)).get(pk=agreement.intervention_id)
    now = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not (whole.is_open and now.state == AgreementState.DRAFT and acting.is_officer(whole, by)):
        raise TransitionRefused(_("Only a draft can be changed, by the area office."))
    now.purpose = purpose
    now.save(update_fields=["purpose"])
    now.targets.all().delete()
    now.actions.all().delete()
    for target in targets:
        target.agreement = now
        target.save()
    for action in actions:
        action.agreement = now
        action.save()
    return now


@transaction.atomic
def put_forward(
    agreement: Agreement, *, answer_by: date, by: Membership, at: datetime | None = None
) -> Agreement:
    """Keep the wording as it is now, signed by the area office, for the jobcentre to sign.

    Raises TransitionRefused when there is nothing in it.
    """
    acting.take("put_forward", agreement, by=by, at=at, answer_by=answer_by)
    wording = Wording.objects.create(
        agreement=agreement, number=agreement.version, kept=Terms.of(agreement).as_json()
    )
    _sign(wording, by=by, at=at)
    return agreement


@transaction.atomic
def sign(agreement: Agreement, *, seen: int, by: Membership, at: datetime | None = None) -> Agreement:
    """Sign the wording one has read; each target gets a follow-up on the last day of its period.

    Raises TransitionRefused when the wording is another by now.
    """
    whole = Intervention.objects.select_for_update(of=("self",)).get(pk=agreement.intervention_id)
    now = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    wording = now.wordings.filter(number=now.version).first()
    if now.version != seen or not wording or now.state != AgreementState.PROPOSED:
        raise TransitionRefused(
            _("The text was changed after you opened it. Read what has changed before you go on."),
            code=CHANGED_MEANWHILE,
        )
    if not acting.is_manager(whole, by):
        raise TransitionRefused(_("This step is not yours to take."))
    _sign(wording, by=by, at=at)
    acting.take("sign", now, by=by, at=at)
    _follow_targets(now, by=by, at=at)
    return now


def change(agreement: Agreement, *, by: Membership, reason: str, at: datetime | None = None) -> Agreement:
    """Open a signed one for a change: a new version, which both will sign."""
    return acting.take(
        "change_agreement",
        agreement,
        by=by,
        reason=reason,
        at=at,
        version=agreement.version + 1,
        answer_by=None,
    )


def reopen(
    code: str, agreement: Agreement, *, by: Membership, reason: str, at: datetime | None = None
) -> Agreement:
    """Send back or take back what waits to be signed. It will be a new version: the kept one stands."""
    return acting.take(
        code, agreement, by=by, reason=reason, at=at, version=agreement.version + 1, answer_by=None
    )


@transaction.atomic
def say_done(agreement: Agreement, *, what: str, by: Membership, at: datetime | None = None) -> Done:
    """Say that an action has been taken, and tell the other side. `at` is as in `acting.take`.

    Raises TransitionRefused unless it is agreed and not yet done.
    """
    whole = Intervention.objects.select_for_update(of=("self",)).get(pk=agreement.intervention_id)
    if not whole.is_open or not acting.is_theirs(whole.jobcentre, by):
        raise TransitionRefused(_("This step is not yours to take."))
    if what not in {action.what for action in agreement.undone()}:
        raise TransitionRefused(_("The agreement holds no such action that is not done."))
    done = Done.objects.create(
        agreement=agreement, what=what, by=by.user, organisation=by.organisation, at=at or timezone.now()
    )
    if at is None:
        telling.action_done(done, by=by)
    return done


def _sign(wording: Wording, *, by: Membership, at: datetime | None) -> None:
    Signature.objects.create(
        wording=wording, side=by.role, by=by.user, organisation=by.organisation, at=at or timezone.now()
    )


def _follow_targets(agreement: Agreement, *, by: Membership, at: datetime | None) -> None:
    """A follow-up for each day on which a target is due and nothing is to be looked at yet."""
    whole = agreement.intervention
    known = set(whole.follow_ups.filter(state="due").values_list("due_on", flat=True))
    for day in sorted({target.due_on for target in agreement.targets.all()} - known):
        what = _("The targets of the agreement, version %(number)d") % {"number": agreement.version}
        acting.take("plan_follow_up", FollowUp(intervention=whole, due_on=day, what=what), by=by, at=at)

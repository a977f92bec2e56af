"""A company's own people: inviting them, what each may do, and leaving.

A company that has an administrator keeps one: the last cannot leave, be removed, or become something else.
Every change locks the organisation first, so of two who leave at the same moment the second is refused.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from employers.access import letters
from employers.access.asking import organisation_of, tell, user_of
from employers.access.models import (
    INVITATION_WORKS,
    AccessRequest,
    Invitation,
    InvitationState,
    RequestState,
)
from employers.access.notices import COLLEAGUES
from employers.companies.models import Company
from jobcenter.accounts.models import Membership, Organisation, Role, Standing, User
from jobcenter.accounts.workflow import TransitionRefused

MOST_OPEN = 50
"""Invitations of one company that may be open at a time: more is a slip, or somebody's game."""


class LastAdministrator(ValidationError):
    """The company would have nobody left who may invite and change its wishes."""

    def __init__(self) -> None:
        super().__init__(
            _("A company must have an administrator. Make a colleague administrator first."),
            code="last_administrator",
        )


@transaction.atomic
def invite(
    *, company: Company, email: str, standing: str, by: User, language: str, at: datetime
) -> Invitation:
    """Mail a colleague a link that works for two weeks. Raises ValidationError that says why not.

    An invitation that has run out gives way to the new one.
    """
    organisation = organisation_of(company)
    email = email.strip().lower()
    confirmed = Membership.objects.confirmed().filter(organisation=organisation)
    if confirmed.filter(user__email__iexact=email).exists():
        raise ValidationError(_("This colleague has access already."))
    for earlier in Invitation.objects.open().filter(company=company, email=email):
        if not earlier.has_run_out(at=at):
            raise ValidationError(
                _("This address has an open invitation. Take it back first if a new one is to be sent.")
            )
        earlier.move(InvitationState.REVOKED, by=by, organisation=organisation, ended_at=at)
    if Invitation.objects.open().filter(company=company).count() >= MOST_OPEN:
        raise ValidationError(
            _("There are %(number)d open invitations. Take some of them back first."),
            params={"number": MOST_OPEN},
        )
    invitation = Invitation.objects.create(
        company=company,
        email=email,
        standing=Standing(standing),
        language=language,
        invited_by=by,
        sent_at=at,
        expires_at=at + INVITATION_WORKS,
    )
    letters.send_invitation(invitation)
    return invitation


def revoke(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """The link works no more. Raises TransitionRefused when it was accepted or taken back before."""
    return invitation.move(
        InvitationState.REVOKED, by=by, organisation=invitation.company.organisation, ended_at=at
    )


@transaction.atomic
def accept(invitation: Invitation, *, at: datetime) -> Membership:
    """The invited person acts for the company from now on; the mailed link proves that they are they.

    Raises TransitionRefused when it was accepted, taken back, or has run out.
    """
    organisation = organisation_of(invitation.company)
    if invitation.has_run_out(at=at):
        raise TransitionRefused(_("The invitation has run out."))
    user = user_of(invitation.email)
    invitation.move(InvitationState.ACCEPTED, by=user, organisation=organisation, ended_at=at)
    membership, _is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, defaults={"role": Role.EMPLOYER}
    )
    if not membership.confirmed_at:
        membership.standing = invitation.standing
        membership.confirmed_at = at
        membership.save()
    for request in AccessRequest.objects.of_company(invitation.company).filter(user=user):
        request.move(
            RequestState.CONFIRMED, by=invitation.invited_by, organisation=organisation, decided_at=at
        )
    tell(
        invitation.invited_by.email,
        COLLEAGUES,
        key=f"accepted {invitation.pk}",
        says=lambda: (
            _("%(person)s has accepted your invitation") % {"person": user},
            _("They now act for %(company)s. Your colleagues:") % {"company": invitation.company},
        ),
        link=reverse("access:colleagues"),
    )
    return membership


@transaction.atomic
def change_standing(membership: Membership, *, to: str) -> Membership:
    """What a colleague may do. Raises LastAdministrator."""
    _lock(membership)
    if to != Standing.ADMINISTRATOR:
        _keep_an_administrator(membership)
    membership.standing = Standing(to)
    membership.save(update_fields=["standing"])
    return membership


@transaction.atomic
def leave(membership: Membership) -> None:
    """The person acts for the company no more, by their own will or an administrator's.

    What they have sent stays the company's. Raises LastAdministrator.
    """
    _lock(membership)
    _keep_an_administrator(membership)
    membership.delete()


def _lock(membership: Membership) -> None:
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership.refresh_from_db()


def _keep_an_administrator(membership: Membership) -> None:
    others = Membership.objects.administrators().filter(organisation=membership.organisation_id)
    if membership.is_administrator and not others.exclude(pk=membership.pk).exists():
        raise LastAdministrator

"""The person's way into the portal: who has asked, who is invited, and the account itself."""

from __future__ import annotations

import pgtrigger
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from employers.access.models import AccessRequest, Invitation
from employers.companies.about import About, Told, all_of, at_address, theirs_alone
from employers.companies.models import ERASED, Person
from jobcenter.accounts.models import Membership, User
from jobcenter.centres.models import Jobcentre
from jobcenter.retention.removing import delete


def _requests(person: Person) -> QuerySet[AccessRequest]:
    ours = AccessRequest.objects.filter(Q(company=person.company_id) | Q(cvr=person.company.cvr or ""))
    return at_address(ours, person)


def _waiting(rows: QuerySet[AccessRequest]) -> QuerySet[AccessRequest]:
    return rows.filter(state=AccessRequest.State.WAITING)


def _request_told(one: AccessRequest, _reader: Jobcentre) -> Told:
    return [
        (str(_("Asked")), one.asked_at),
        (str(_("Name")), one.name),
        (str(_("Job title")), one.title),
        (str(_("Telephone")), one.phone),
        (str(_("State")), one.get_state_display()),
    ]


def _requests_of(rows: QuerySet[AccessRequest], jobcentre: Jobcentre, _user: User) -> QuerySet[AccessRequest]:
    return rows.filter(jobcentre=jobcentre)


def _invitations(person: Person) -> QuerySet[Invitation]:
    return at_address(Invitation.objects.filter(company=person.company_id), person)


def _invitation_told(one: Invitation, _reader: Jobcentre) -> Told:
    return [(str(_("Sent")), one.sent_at), (str(_("State")), one.get_state_display())]


def _memberships(person: Person) -> QuerySet[Membership]:
    ours = Membership.objects.filter(organisation__company=person.company_id)
    return at_address(ours, person, "user__email")


def _membership_told(one: Membership, _reader: Jobcentre) -> Told:
    return [(str(_("Standing")), one.get_standing_display()), (str(_("Confirmed")), one.confirmed_at)]


def _accounts(person: Person) -> QuerySet[User]:
    return theirs_alone(User.objects.all(), person)


def _account_told(user: User, _reader: Jobcentre) -> Told:
    return [
        (str(_("Name")), user.name),
        (str(_("Job title")), user.title),
        (str(_("Telephone")), user.phone),
        (str(_("Last signed in")), user.last_login),
    ]


def _acting(rows: QuerySet[User]) -> QuerySet[User]:
    return rows.filter(Q(memberships__isnull=False) | Q(is_staff=True)).distinct()


def _forget_account(rows: QuerySet[User]) -> int:
    """The row stays, since what the person has done refers to it; nobody signs in with it any more."""
    with pgtrigger.ignore():
        for user in (found := list(rows)):
            EmailAddress.objects.filter(user=user).delete()
            User.objects.filter(pk=user.pk).update(
                email=f"{ERASED}-{user.pk}@invalid.invalid",
                name=ERASED,
                title="",
                phone="",
                is_active=False,
                password=make_password(None),
            )
    return len(found)


ACTS = _("The person acts for somebody on the portal. That has to end first.")

ABOUT = [
    About(
        "access.request",
        _("Requests for access"),
        _requests,
        _request_told,
        seen_by=_requests_of,
        holder="jobcentre__name",
        needed=_waiting,
        until=_("The person's request for access is not decided. Decide it first."),
        forget=delete,
    ),
    About("access.invitation", _("Invitations"), _invitations, _invitation_told, forget=delete),
    About(
        "access.membership",
        _("Acts for the company"),
        _memberships,
        _membership_told,
        needed=all_of,
        until=ACTS,
        kept=_("It has to end before the person can be erased."),
    ),
    About(
        "access.account",
        _("Account"),
        _accounts,
        _account_told,
        needed=_acting,
        until=ACTS,
        forget=_forget_account,
    ),
]

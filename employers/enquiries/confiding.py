"""Confidential enquiries: who is let in to work on them, and letting them out to everybody."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from employers.enquiries.models import CONFIDENTIAL, Enquiry, Handler, Release
from jobcenter.accounts.models import Organisation, Role, User
from jobcenter.accounts.workflow import TransitionRefused


def may_be_added(enquiry: Enquiry) -> QuerySet[User]:
    """People of the responsible jobcentre who do not work on it yet. Managers see all of theirs anyway."""
    colleagues = User.objects.filter(
        memberships__organisation=enquiry.jobcentre.organisation_id,
        memberships__role=Role.CASEWORKER,
        is_active=True,
    )
    known = Handler.objects.filter(enquiry=enquiry).values("user")
    return colleagues.exclude(pk=enquiry.owner_id).exclude(pk__in=known).order_by("name", "pk")


@transaction.atomic
def add_handler(enquiry: Enquiry, *, user: User, by: User) -> Handler:
    """Let a colleague in. Raises TransitionRefused for somebody from elsewhere, or who is in already."""
    if not may_be_added(enquiry).filter(pk=user.pk).exists():
        raise TransitionRefused(_("Choose a colleague of the jobcentre who does not work on it yet."))
    return Handler.objects.create(enquiry=enquiry, user=user, added_by=by)


@transaction.atomic
def release(enquiry: Enquiry, *, by: User, organisation: Organisation, reason: str) -> Release:
    """Let everybody see it who may see an ordinary enquiry. Never undone: what was seen was seen.

    Raises TransitionRefused without a reason, for a kind that is not confidential, and a second time.
    """
    if not reason.strip():
        raise TransitionRefused(_("Write why the enquiry may be seen by more people."))
    Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    if enquiry.kind not in CONFIDENTIAL or Release.objects.filter(enquiry=enquiry).exists():
        raise TransitionRefused(_("The enquiry is not restricted, so there is nothing to release."))
    return Release.objects.create(enquiry=enquiry, by=by, organisation=organisation, reason=reason.strip())

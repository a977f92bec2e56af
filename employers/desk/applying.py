"""From an enquiry about a wage subsidy or a work trial to its application form, with nothing asked twice."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from employers.desk.models import ApplicationOfEnquiry
from employers.enquiries.models import Enquiry
from employers.placements import applying
from employers.placements.models import Kind, Placement, State
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import TransitionRefused

KINDS = {Enquiry.Kind.WAGE_SUBSIDY: Kind.WAGE_SUBSIDY, Enquiry.Kind.WORK_TRIAL: Kind.WORK_TRIAL}
"""The enquiries that lead to an application, and to which."""


def placements_of(enquiry: Enquiry) -> list[Placement]:
    """What the enquiry has led to, the oldest first."""
    return list(Placement.objects.filter(asked_in__enquiry=enquiry).order_by("pk"))


@transaction.atomic
def begin(enquiry: Enquiry, *, by: User | None) -> Placement:
    """The form of the enquiry's application: the one there is, or a new one.

    Whoever presses twice, or at the same moment, gets the same; a new one is begun once the one before
    is given up or, by a caseworker, once it is sent. Raises TransitionRefused where none belongs.
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    if enquiry.kind not in KINDS:
        raise TransitionRefused(_("No application belongs to this kind of enquiry."))
    for placement in reversed(placements_of(enquiry)):
        if placement.state == State.DRAFT or (
            by is None and placement.state not in (State.REFUSED, State.WITHDRAWN)
        ):
            return placement
    if enquiry.state == Enquiry.State.CLOSED:
        raise TransitionRefused(_("The enquiry is closed. Send a new one."))
    placement = applying.begin(
        kind=KINDS[Enquiry.Kind(enquiry.kind)],
        workplace=enquiry.workplace,
        person=enquiry.person,
        jobcentre=enquiry.jobcentre,
        owner=enquiry.owner,
        by=by,
        language=enquiry.language,
    )
    ApplicationOfEnquiry.objects.create(enquiry=enquiry, placement=placement)
    return placement


@transaction.atomic
def mail(enquiry: Enquiry, *, by: User) -> Placement:
    """Mail the employer the form of the enquiry's application."""
    placement = begin(enquiry, by=by)
    applying.mail_form(placement)
    return placement

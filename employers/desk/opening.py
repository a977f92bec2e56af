"""What a caseworker opens for a company from a contact with it: enquiry, vacancy, wage subsidy or trial.

Most employers telephone. What they say goes the way it would have gone if they had written themselves: the
one entrance's own steps, or the application form, with everything filled in that is known.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.text import capfirst

from employers.companies.models import Person, Workplace
from employers.contacts.models import Contact, Purpose
from employers.desk.models import PlacementOfContact
from employers.enquiries import behalf
from employers.enquiries.models import Draft, Enquiry
from employers.enquiries.models import Kind as Asked
from employers.placements import applying
from employers.placements.models import Kind as Applied
from employers.placements.models import Placement
from jobcenter.accounts.models import User

APPLICATIONS = (Applied.WAGE_SUBSIDY, Applied.WORK_TRIAL)
"""Of these kinds the application form is opened at once, and no enquiry about it."""
USUAL = {
    Purpose.RECRUITMENT: Asked.RECRUIT,
    Purpose.VACANCY: Asked.RECRUIT,
    Purpose.WAGE_SUBSIDY: Asked.WAGE_SUBSIDY,
    Purpose.WORK_TRIAL: Asked.WORK_TRIAL,
    Purpose.INCLUSIVE: Asked.INCLUSIVE,
    Purpose.RETENTION: Asked.RETENTION,
    Purpose.UPSKILLING: Asked.RETENTION,
    Purpose.BOTTLENECK: Asked.RECRUIT,
    Purpose.OTHER: Asked.OTHER,
}
"""What a contact about something mostly leads to."""


@dataclass(frozen=True)
class LedTo:
    """Something a contact led to, as it stands now."""

    what: str
    state: str
    url: str


def usual(contact: Contact) -> str:
    """What is chosen already: by the contact's main purpose."""
    return USUAL[Purpose(contact.purposes[0])]


def begin_enquiry(
    contact: Contact, *, kind: str, workplace: Workplace | None, person: Person | None, by: User
) -> Draft:
    """An enquiry, or a vacancy with it, filled in by the caseworker in the steps of the one entrance."""
    return behalf.begin(contact=contact, kind=kind, workplace=workplace, person=person, by=by)


@transaction.atomic
def begin_application(
    contact: Contact, *, kind: str, workplace: Workplace, person: Person, by: User
) -> Placement:
    """The application form of a wage subsidy or a work trial. Whoever presses twice gets the same form."""
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    unsent = Placement.objects.filter(
        of_contact__contact=contact, kind=kind, workplace=workplace, state=Placement.State.DRAFT
    )
    if there := unsent.first():
        return there
    placement = applying.begin(
        kind=kind, workplace=workplace, person=person, jobcentre=contact.jobcentre, owner=by, by=by
    )
    PlacementOfContact.objects.create(contact=contact, placement=placement)
    return placement


def led_to(contact: Contact, *, reader: User) -> list[LedTo]:
    """What came of the contact, as far as the reader may see it, the oldest first. Two queries."""
    enquiries = (
        Enquiry.objects.visible_to(contact.jobcentre, user=reader)
        .filter(on_behalf__contact=contact)
        .select_related("vacancy")
        .order_by("received_at", "pk")
    )
    placements = (
        Placement.objects.visible_to(contact.jobcentre).filter(of_contact__contact=contact).order_by("pk")
    )
    return [
        *(
            LedTo(
                f"{capfirst(enquiry.subject)}, {enquiry.reference}",
                str(enquiry.get_state_display()),
                reverse("desk:enquiry", args=[enquiry.pk]),
            )
            for enquiry in enquiries
        ),
        *(
            LedTo(
                f"{capfirst(str(placement.get_kind_display()))}, {placement.reference}",
                str(placement.get_state_display()),
                placement.get_absolute_url(),
            )
            for placement in placements
        ),
    ]

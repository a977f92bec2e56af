"""Logging a contact that has taken place, and the next step it led to."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from employers.companies.models import Company, Person
from employers.contacts.models import Contact, FollowUp
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


@dataclass(frozen=True)
class NextStep:
    """What is to be done after a contact, when and by whom."""

    what: str
    due_on: date
    owner: User


@transaction.atomic
def record(
    *,
    company: Company,
    jobcentre: Jobcentre,
    by: User,
    channel: str,
    direction: str,
    purpose: str,
    outcome: str,
    happened_at: datetime,
    person: Person | None = None,
    new_person: str = "",
    note: str = "",
    next_step: NextStep | None = None,
) -> Contact:
    """Log one contact, and all of it or nothing: the person first named in it, and its follow-up.

    `new_person` is a name; someone of that name whom the company already has is used again.
    Contacts of one company are logged one after the other, so that a double click is seen as one.
    Raises ValidationError when the contact lies in the future or is logged already, or when a text
    holds a CPR number.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    contact = Contact(
        company=company,
        jobcentre=jobcentre,
        by=by,
        person=person or (_person(company, new_person) if new_person else None),
        channel=channel,
        direction=direction,
        purpose=purpose,
        outcome=outcome,
        happened_at=happened_at,
        note=note,
    )
    contact.full_clean()
    contact.save()
    if next_step:
        follow_up = FollowUp(
            contact=contact,
            company=company,
            jobcentre=jobcentre,
            owner=next_step.owner,
            due_on=next_step.due_on,
            what=next_step.what,
        )
        follow_up.full_clean()
        follow_up.save()
    return contact


def _person(company: Company, name: str) -> Person:
    known = company.people.filter(name__iexact=name).first()
    return known or Person.objects.create(company=company, name=name)

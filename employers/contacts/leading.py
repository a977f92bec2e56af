"""The lead of a company in a jobcentre: who it is from a date, agreed with the company."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from employers.companies.models import Company
from employers.contacts.models import Lead
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


@transaction.atomic
def agree_on_lead(*, company: Company, jobcentre: Jobcentre, user: User, agreed: str, on: date) -> Lead:
    """From the date the company deals with this person; whoever it was until then is so no longer.

    Raises ValidationError for somebody of another jobcentre.
    """
    end_lead(company=company, jobcentre=jobcentre, on=on)
    lead = Lead(company=company, jobcentre=jobcentre, user=user, agreed=agreed, valid_from=on)
    lead.full_clean()
    lead.save()
    return lead


@transaction.atomic
def end_lead(*, company: Company, jobcentre: Jobcentre, on: date) -> None:
    """From the date the company has no lead in the jobcentre. One of that very day, or later, never was."""
    Company.objects.select_for_update().get(pk=company.pk)
    theirs = Lead.objects.filter(company=company, jobcentre=jobcentre)
    theirs.filter(valid_from__gte=on).delete()
    theirs.valid(on).update(valid_to=on)

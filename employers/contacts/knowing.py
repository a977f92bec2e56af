"""What is known before a jobcentre contacts a company, read set by set for `coordination.advise`."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from employers.companies.models import Company
from employers.contacts.coordination import (
    CAP_WINDOW,
    LOOKED_BACK,
    Earlier,
    Held,
    Known,
    LeadElsewhere,
    Planned,
    Wanted,
)
from employers.contacts.leading import leader_of
from employers.contacts.models import Contact, FollowUp, Hold, Preferences
from employers.contacts.preferences import preferences_of
from jobcenter.centres.models import Jobcentre


def known_before(
    company: Company, *, jobcentre: Jobcentre, at: datetime, apart_from: int | None = None
) -> Known:
    """What this jobcentre may know of a company at a time: as many queries whatever there is to know.

    Other jobcentres are those that share a labour supply with this one; the company's cap counts all.
    apart_from: the contact that is judged, where it is kept already.
    """
    sharing = set(jobcentre.partners)
    lately = list(
        Contact.objects.about(company)
        .held()
        .filter(happened_at__gt=at - LOOKED_BACK, happened_at__lte=at)
        .exclude(pk=apart_from or 0)
    )
    others = [one for one in lately if one.jobcentre_id in sharing - {jobcentre.pk}]
    return Known(
        contacts=[
            Earlier(one.jobcentre.name, str(one.by), one.purposes, one.happened_at, one.workplace_id)
            for one in others
        ],
        plans=_plans(company, jobcentre=jobcentre, at=at),
        holds=[
            _held(hold, reader=jobcentre)
            for hold in Hold.objects.about(company).visible_to(jobcentre).running(at=at)
        ],
        wanted=_wanted(preferences_of(company), lately, at=at),
        lead=_lead_elsewhere(company, jobcentre=jobcentre, at=at),
        is_protected=company.advertising_protected,
    )


def _plans(company: Company, *, jobcentre: Jobcentre, at: datetime) -> list[Planned]:
    """What the others mean to do: the next steps they have agreed on, and the contacts they have planned."""
    steps = FollowUp.objects.of_partners(jobcentre).open().filter(company=company)
    contacts = Contact.objects.of_partners(jobcentre).ahead(at=at).filter(company=company)
    return [
        *(
            Planned(step.jobcentre.name, str(step.owner), step.contact.purposes, step.due_on)
            for step in steps
        ),
        *(
            Planned(
                contact.jobcentre.name,
                str(contact.by),
                contact.purposes,
                timezone.localdate(contact.happened_at),
            )
            for contact in contacts
        ),
    ]


def _held(hold: Hold, *, reader: Jobcentre) -> Held:
    return Held(
        pk=hold.pk,
        jobcentre=hold.jobcentre.name,
        by=str(hold.by),
        purpose=hold.purpose,
        workplace=hold.workplace_id,
        starts_at=hold.starts_at,
        expires_at=hold.expires_at,
        free_on=hold.free_on,
        is_own=hold.jobcentre_id == reader.pk,
    )


def _wanted(preferences: Preferences, lately: list[Contact], *, at: datetime) -> Wanted:
    return Wanted(
        most=preferences.most_contacts,
        counted=[one.happened_at for one in lately if one.counts and one.happened_at > at - CAP_WINDOW],
        paused_until=preferences.paused_until,
        unwanted=preferences.unwanted,
        channel=preferences.channel,
    )


def _lead_elsewhere(company: Company, *, jobcentre: Jobcentre, at: datetime) -> LeadElsewhere | None:
    """Whom the company deals with in another jobcentre, when it has nobody in this one."""
    leader = leader_of(company, jobcentre=jobcentre, on=timezone.localdate(at))
    if not leader or leader.own or leader.is_of(jobcentre):
        return None
    return LeadElsewhere(leader.name, leader.jobcentre.name, is_agreed=leader.is_agreed)

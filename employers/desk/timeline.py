"""What has passed between a company and the public, as one reader may see it.

This is where the rule of the house is kept: everyone in the labour catchment, and the company itself,
may see that, when, by whom and what about. What was written stays with the jobcentre that wrote it, or
was written to. An entry for anybody else does not hold the text at all, so no page can show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.contacts.models import Contact, FollowUp
from employers.enquiries.models import Enquiry
from jobcenter.centres.models import Jobcentre

ICONS = {
    Contact.Channel.PHONE: "headset",
    Contact.Channel.EMAIL: "email",
    Contact.Channel.VISIT: "car",
    Contact.Channel.VIDEO: "videocam",
    Contact.Channel.EVENT: "groups",
}
ENQUIRY_ICON = "chat"


@dataclass(frozen=True)
class Entry:
    """A point on the line. `text`, `outcome` and `url` are empty for whoever they do not belong to."""

    at: datetime
    icon: str
    what: str
    about: str
    jobcentre: str
    by: str
    is_own: bool
    is_from_company: bool = False
    is_enquiry: bool = False
    person: str = ""
    outcome: str = ""
    text: str = ""
    url: str = ""


def of_contact(contact: Contact, *, reader: Jobcentre | None) -> Entry:
    """A contact as a jobcentre sees it; `reader` None: as the company sees it."""
    own = reader is not None and contact.jobcentre_id == reader.pk
    return Entry(
        at=contact.happened_at,
        icon=ICONS[Contact.Channel(contact.channel)],
        what=contact.get_channel_display(),
        about=contact.get_purposes_display(),
        jobcentre=contact.jobcentre.name,
        by=str(contact.by),
        is_own=own,
        is_from_company=contact.direction == Contact.Direction.IN,
        person=contact.person.name if own and contact.person else "",
        outcome=contact.get_outcome_display() if own else "",
        text=(contact.note_for(reader) or "") if reader else "",
        url=contact.get_absolute_url() if own else "",
    )


@dataclass(frozen=True)
class Plan:
    """What a jobcentre means to do next, as the company sees it: the day, who, and what about. No words."""

    on: date
    about: str
    jobcentre: str
    by: str


def of_plan(step: FollowUp) -> Plan:
    """A follow-up as the company sees it. What it consists of is the jobcentre's own."""
    return Plan(
        on=step.due_on,
        about=step.contact.get_purposes_display(),
        jobcentre=step.jobcentre.name,
        by=str(step.owner),
    )


def of_planned(contact: Contact) -> Plan:
    """A planned contact as the company sees it."""
    return Plan(
        on=timezone.localdate(contact.happened_at),
        about=contact.get_purposes_display(),
        jobcentre=contact.jobcentre.name,
        by=str(contact.by),
    )


def of_enquiry(enquiry: Enquiry, *, reader: Jobcentre) -> Entry:
    """An enquiry as a jobcentre sees it: another's only that there is one, what kind and when."""
    own = enquiry.jobcentre_id == reader.pk
    return Entry(
        at=enquiry.received_at,
        icon=ENQUIRY_ICON,
        what=_("Enquiry from the company"),
        about=enquiry.get_kind_display(),
        jobcentre=enquiry.jobcentre.name,
        by=str(enquiry.owner),
        is_own=own,
        is_from_company=True,
        is_enquiry=True,
        person=enquiry.person.name if own else "",
        outcome=enquiry.get_state_display() if own else "",
        text=_wish(enquiry) if own else "",
        url=reverse("desk:enquiry", args=[enquiry.pk]) if own else "",
    )


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """The newest first."""
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _wish(enquiry: Enquiry) -> str:
    if enquiry.vacancy is None:
        return enquiry.message
    if enquiry.vacancy.positions == 1:
        return enquiry.vacancy.title
    return f"{enquiry.vacancy.positions} × {enquiry.vacancy.title}"

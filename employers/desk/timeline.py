"""What has passed between a company and the public, as one reader may see it.

This is where the rule of the house is kept: everyone in the labour catchment, and the company itself,
may see that, when, by whom and what about. What was written stays with the jobcentre that wrote it, or
was written to. An entry for anybody else does not hold the text at all, so no page can show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from employers.contacts.models import Contact, FollowUp, Hold
from employers.enquiries.models import Enquiry
from employers.placements.models import Placement
from employers.referrals.models import Referral
from employers.vacancies.models import Vacancy
from employers.vacancies.models.vacancy import RUNNING
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.words import day_short

ICONS = {
    Contact.Channel.PHONE: "headset",
    Contact.Channel.EMAIL: "email",
    Contact.Channel.VISIT: "car",
    Contact.Channel.VIDEO: "videocam",
    Contact.Channel.EVENT: "groups",
}
ENQUIRY_ICON = "chat"


class Kind(models.TextChoices):
    """What an entry is about, by the word that stands in the address."""

    CONTACT = "kontakter", _lazy("Contacts")
    ENQUIRY = "henvendelser", _lazy("Enquiries")
    VACANCY = "stillinger", pgettext_lazy("of a company", "Vacancies")
    PLACEMENT = "forloeb", _lazy("Wage subsidy and work trials")
    REFERRAL = "henvisninger", _lazy("Referrals")
    HOLD = "reservationer", _lazy("Holds")


Happened = Contact | Enquiry | Vacancy | Placement | Referral | Hold


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
    kind: Kind
    is_from_company: bool = False
    person: str = ""
    outcome: str = ""
    text: str = ""
    url: str = ""
    open_from: str = ""

    @property
    def is_enquiry(self) -> bool:
        return self.kind == Kind.ENQUIRY

    @property
    def is_kept_elsewhere(self) -> bool:
        """Whether something was written that stays with another jobcentre."""
        return not self.is_own and not self.text and self.kind in (Kind.CONTACT, Kind.ENQUIRY)


def entry_of(row: Happened, *, reader: Jobcentre) -> Entry:
    """Whatever has happened, as a jobcentre may see it."""
    match row:
        case Contact():
            return of_contact(row, reader=reader)
        case Enquiry():
            return of_enquiry(row, reader=reader)
        case Vacancy():
            return of_vacancy(row, reader=reader)
        case Placement():
            return of_placement(row, reader=reader)
        case Referral():
            return of_referral(row, reader=reader)
    return of_hold(row, reader=reader)


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
        kind=Kind.CONTACT,
        is_from_company=contact.direction == Contact.Direction.IN,
        person=contact.person.name if own and contact.person else "",
        outcome=contact.get_outcome_display() if own else "",
        text=(contact.note_for(reader) or "") if reader else "",
        url=contact.get_absolute_url() if own else "",
        open_from=reverse("desk:open_from", args=[contact.pk]) if own else "",
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
        kind=Kind.ENQUIRY,
        is_from_company=True,
        person=enquiry.person.name if own else "",
        outcome=enquiry.get_state_display() if own else "",
        text=_wish(enquiry) if own else "",
        url=reverse("desk:enquiry", args=[enquiry.pk]) if own else "",
    )


def of_vacancy(vacancy: Vacancy, *, reader: Jobcentre) -> Entry:
    """A vacancy that the jobcentre may see: its own, and others' once they are published."""
    own = vacancy.jobcentre_id == reader.pk
    is_handled = own and hasattr(vacancy, "enquiry")
    return Entry(
        at=vacancy.published_at or vacancy.created_at,
        icon="assignment",
        what=_("Vacancy"),
        about=_counted(vacancy),
        jobcentre=vacancy.jobcentre.name,
        by="",
        is_own=own,
        kind=Kind.VACANCY,
        outcome=vacancy.get_outcome_display() or vacancy.get_state_display(),
        url=reverse("desk:vacancy", args=[vacancy.enquiry.pk])
        if is_handled
        else vacancy.get_absolute_url()
        if vacancy.state in RUNNING
        else "",
    )


def of_placement(placement: Placement, *, reader: Jobcentre) -> Entry:
    """A wage subsidy or a work trial: read by the jobcentre alone that decides it."""
    return Entry(
        at=placement.created_at,
        icon="how-to-reg",
        what=placement.get_kind_display(),
        about=placement.label or placement.reference,
        jobcentre=placement.jobcentre.name,
        by=str(placement.owner),
        is_own=placement.jobcentre_id == reader.pk,
        kind=Kind.PLACEMENT,
        outcome=placement.get_state_display(),
        url=placement.get_absolute_url(),
    )


def of_referral(referral: Referral, *, reader: Jobcentre) -> Entry:
    """A candidate put forward, for the candidate's jobcentre and the vacancy's: as `state_shown_to` says."""
    return Entry(
        at=referral.created_at,
        icon="send",
        what=_("Candidate put forward"),
        about=f"{referral.reference_shown_to(reader)} → {referral.vacancy.title}",
        jobcentre=referral.candidates_jobcentre.name,
        by=str(referral.referred_by),
        is_own=referral.candidates_jobcentre_id == reader.pk,
        kind=Kind.REFERRAL,
        outcome=referral.state_shown_to(reader),
        url=reverse("referrals:referrals"),
    )


def of_hold(hold: Hold, *, reader: Jobcentre) -> Entry:
    """A hold is there to be seen by all that share a labour supply."""
    return Entry(
        at=hold.starts_at,
        icon="bookmark",
        what=_("Held until %(day)s") % {"day": _spoken(hold.free_on)},
        about=hold.get_purpose_display(),
        jobcentre=hold.jobcentre.name,
        by=str(hold.by),
        is_own=hold.jobcentre_id == reader.pk,
        kind=Kind.HOLD,
    )


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """The newest first."""
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _wish(enquiry: Enquiry) -> str:
    return _counted(enquiry.vacancy) if enquiry.vacancy else enquiry.message


def _spoken(day: date) -> str:
    return day_short(day, today=timezone.localdate(), language=get_language() or "da")


def _counted(vacancy: Vacancy) -> str:
    """“Smed”, or “3 × Smed”."""
    return vacancy.title if vacancy.positions == 1 else f"{vacancy.positions} × {vacancy.title}"

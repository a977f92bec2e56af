"""What has happened to an enquiry and its vacancy, told in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from employers.enquiries.models import CONFIDENTIAL, Confirmation, Enquiry
from employers.enquiries.models import State as EnquiryState
from employers.enquiries.models.assignment import Occasion
from employers.vacancies.models import Act
from employers.vacancies.models import State as VacancyState


@dataclass(frozen=True)
class Happened:
    """One step. `by` is empty where nobody is signed in: the employer by the private link, or the portal."""

    at: datetime
    what: str
    by: str = ""
    organisation: str = ""
    comment: str = ""


def history(enquiry: Enquiry) -> list[Happened]:
    """From the day it was received; at most eight queries."""
    received = Happened(
        at=enquiry.received_at,
        what=_("Received"),
        by=enquiry.person.name,
        organisation=enquiry.company.name,
        comment=_typed_otherwise(enquiry),
    )
    registered = _registered(enquiry)
    steps = _told(
        enquiry.log,
        {
            EnquiryState.IN_PROGRESS: _("Taken up"),
            EnquiryState.ANSWERED: _("Answered"),
            EnquiryState.QUESTION: _("The employer has written again"),
            EnquiryState.CLOSED: _("Closed"),
        },
    )
    steps += _let_in_and_out(enquiry)
    steps += _went_to_others(enquiry)
    if enquiry.vacancy:
        steps += _told(
            enquiry.vacancy.log,
            {
                VacancyState.SUBMITTED: _("Vacancy waits again"),
                VacancyState.HELD: _("Vacancy held back"),
                VacancyState.RETURNED: _("Vacancy sent back"),
                VacancyState.PUBLISHED: _("Vacancy published"),
                VacancyState.PAUSED: _("Vacancy paused"),
                VacancyState.CLOSED: _("Vacancy closed"),
                Act.CHANGED: _("Vacancy changed"),
                Act.EXTENDED: _("Last day to apply moved"),
                Act.FILLED: _("Positions filled"),
                Act.REMINDED: _("Reminded of the last day to apply"),
                Act.ANSWERED: _("Outcome told"),
                Act.SURVEYED: _("Outcome told in the survey"),
            },
        )
    return sorted([received, *registered, *steps], key=lambda one: one.at)


def _registered(enquiry: Enquiry) -> list[Happened]:
    """Who registered it for the company, and after which contact."""
    if not enquiry.is_on_behalf:
        return []
    row = enquiry.on_behalf
    channel, about = row.contact.get_channel_display(), row.contact.get_purposes_display()
    what = _("Registered on their behalf")
    return [Happened(enquiry.received_at, what, str(row.by), comment=f"{channel}: {about}")]


def _let_in_and_out(enquiry: Enquiry) -> list[Happened]:
    """That the sender was confirmed, and who was let in to a confidential enquiry."""
    steps = []
    if enquiry.is_confirmed and enquiry.confirmation.how != Confirmation.How.EARLIER:
        row = enquiry.confirmation
        what = _("Sender confirmed: %(how)s") % {"how": row.get_how_display()}
        steps.append(Happened(row.at, what, str(row.by or ""), str(row.organisation or ""), row.reason))
    if enquiry.kind in CONFIDENTIAL:
        for handler in enquiry.handlers.select_related("user", "added_by"):
            what = _("%(name)s was let in to work on it") % {"name": handler.user}
            steps.append(Happened(handler.added_at, what, str(handler.added_by)))
        if not enquiry.is_confidential:
            let_out = enquiry.release
            by, organisation = str(let_out.by), str(let_out.organisation)
            steps.append(Happened(let_out.at, _("Released to more people"), by, organisation, let_out.reason))
    return steps


def _went_to_others(enquiry: Enquiry) -> list[Happened]:
    """Who got it after the first owner, who gave it or by which rule, and why."""
    rows = enquiry.assignments.exclude(occasion=Occasion.RECEIVED)
    return [
        Happened(
            at=row.at,
            what=_("Responsibility moved to %(jobcentre)s, owner %(name)s")
            % {"jobcentre": row.jobcentre, "name": row.owner}
            if row.jobcentre_id != row.from_jobcentre_id
            else _("Went to %(name)s") % {"name": row.owner},
            by=str(row.by or ""),
            comment=row.reason or row.get_occasion_display(),
        )
        for row in rows.select_related("jobcentre", "owner", "by")
    ]


def _typed_otherwise(enquiry: Enquiry) -> str:
    """Name and telephone as typed, where they differ from those we know the person by; else nothing."""
    first = enquiry.log.filter(from_state="").first()
    return first.comment if first else ""


def _told(log: Any, words: dict[Any, str]) -> list[Happened]:
    """The steps after the first: that it was received is told with who sent it."""
    return [
        Happened(
            at=step.at,
            what=words[getattr(step, "act", "") or step.to_state],
            by=str(step.by or ""),
            organisation=str(step.organisation or ""),
            comment=step.comment,
        )
        for step in log.exclude(from_state="").select_related("by", "organisation")
    ]

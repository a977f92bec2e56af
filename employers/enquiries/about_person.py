"""What the person has asked, and what they have begun to ask."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told, theirs_alone
from employers.companies.models import Person
from employers.enquiries.models import Draft, Enquiry
from employers.enquiries.models.enquiry import Step
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.retention.removing import delete


def _asked(person: Person) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(person=person).select_related("vacancy", "jobcentre")


def _told(enquiry: Enquiry, _reader: Jobcentre) -> Told:
    return [
        (str(_("Reference")), enquiry.reference),
        (str(_("Received")), enquiry.received_at),
        (str(_("About")), enquiry.subject),
        (str(_("State")), enquiry.get_state_display()),
        (str(_("Message")), enquiry.message),
    ]


def _seen_by(rows: QuerySet[Enquiry], jobcentre: Jobcentre, user: User) -> QuerySet[Enquiry]:
    return rows.filter(jobcentre=jobcentre).open_to(user)  # type: ignore[attr-defined]


def _not_confidential(rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    return rows.unrestricted()  # type: ignore[attr-defined]


def _open(rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Not closed, or closed with a vacancy that people are still found for."""
    is_sought_for = Q(vacancy__isnull=False) & ~Q(vacancy__state=Vacancy.State.CLOSED)
    return rows.filter(~Q(state=Enquiry.State.CLOSED) | is_sought_for)


def _begun(person: Person) -> QuerySet[Draft]:
    """The drafts of what was sent, and those in which the address was typed."""
    typed = theirs_alone(Draft.objects.all(), person, f"answers__{Step.COMPANY.value}__email")
    return Draft.objects.filter(Q(enquiry__person=person) | Q(pk__in=typed))


def _begun_told(draft: Draft, _reader: Jobcentre) -> Told:
    """That there is one: what was not sent is its writer's."""
    return [(str(_("Saved")), draft.saved_at)]


ABOUT = [
    About(
        "enquiries.enquiry",
        _("Enquiries and vacancies"),
        _asked,
        _told,
        seen_by=_seen_by,
        holder="jobcentre__name",
        named=_not_confidential,
        needed=_open,
        until=_("An enquiry or a vacancy of this person is open. Close it first."),
        kept=_("That there was an enquiry is counted; what stood in it goes when its time is over."),
    ),
    About("enquiries.draft", _("Enquiries that were begun"), _begun, _begun_told, forget=delete),
]

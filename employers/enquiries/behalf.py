"""An enquiry that a caseworker registers for a company, which has said in a contact what it needs.

It goes the same way as everybody's: a draft with the same steps, the same receipt and the same clock. Only
three things differ. The jobcentre that spoke with the company is responsible and the caseworker owns it,
since nobody is told to call somebody else; the sender needs no confirmation, since they have spoken; and it
is kept which contact it comes from, and who registered it.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.companies.countries import HOME
from employers.companies.models import Company, Person, Workplace
from employers.contacts.models import Contact
from employers.contacts.saying import day_in_full
from employers.enquiries.company_form import ELSEWHERE
from employers.enquiries.confirming import confirm_on_behalf
from employers.enquiries.models import Draft, Enquiry, OnBehalf, Step
from employers.enquiries.models.assignment import Rule
from employers.enquiries.ownership import Choice
from jobcenter.accounts.models import User
from jobcenter.centres.routing import NobodyAnswers, responsible_jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.notifications.telling import language_of


def begin(
    *, contact: Contact, kind: str, workplace: Workplace | None, person: Person | None, by: User
) -> Draft:
    """A draft with everything filled in that is known of the company; only `by` may open it."""
    return Draft.objects.create(
        kind=kind,
        contact=contact,
        by=by,
        answers={Step.COMPANY: known(contact.company, workplace=workplace, person=person)},
    )


def known(company: Company, *, workplace: Workplace | None, person: Person | None) -> dict[str, str]:
    """What we know, as it would have been typed in the first step; more than is asked does no harm."""
    typed = {"cvr": company.cvr} if company.country == HOME else _abroad(company)
    typed |= {"company_name": company.name}
    if workplace:
        typed |= {
            "workplace": workplace.p_number or ELSEWHERE,
            "address": workplace.address,
            "postcode": workplace.postcode,
            "municipality": workplace.municipality.code,
        }
    if person:
        typed |= {"name": person.name, "email": person.email, "phone": person.phone}
    return {name: value or "" for name, value in typed.items()}


def choice(draft: Draft, *, municipality: Municipality, on: date) -> Choice:
    """The jobcentre that spoke with the company, and whoever did, wherever the workplace is."""
    assert draft.contact
    assert draft.by
    jobcentre = draft.contact.jobcentre
    try:
        is_theirs = responsible_jobcentre(municipality=municipality, on=on) == jobcentre
    except NobodyAnswers:
        is_theirs = False
    return Choice(jobcentre, draft.by, Rule.PERSON, is_by_municipality=is_theirs)


def language(draft: Draft) -> str:
    """The one the company's person is written to in; not the one the caseworker reads."""
    email = str(draft.answers.get(Step.COMPANY, {}).get("email", ""))
    return language_of(email.strip().lower())


def register(enquiry: Enquiry, draft: Draft) -> None:
    """Keep where it comes from, and that nobody needs to confirm it."""
    contact, by = draft.contact, draft.by
    assert contact
    assert by
    day = day_in_full(timezone.localdate(contact.happened_at))
    told = {"channel": contact.get_channel_display(), "day": day}
    OnBehalf.objects.create(enquiry=enquiry, contact=contact, by=by)
    confirm_on_behalf(
        enquiry,
        by=by,
        organisation=contact.jobcentre.organisation,
        reason=_("The company said so itself: %(channel)s, %(day)s.") % told,
    )


def _abroad(company: Company) -> dict[str, str]:
    return {"no_cvr": "on", "country": company.country, "foreign_number": company.foreign_number}

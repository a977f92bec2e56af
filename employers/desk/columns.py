"""What the desk's lists hold as files: what their pages show, and no more of what belongs to others."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from employers.companies.models import Company, Person
from employers.contacts.models import FollowUp
from employers.desk.timeline import Entry
from employers.enquiries.models import Enquiry
from employers.placements.columns import COLUMNS as PLACEMENTS
from employers.vacancies.models import Vacancy
from jobcenter.pages.sheets import Column


def _yes(is_so: bool) -> Any:
    return _("yes") if is_so else ""


COMPANIES: list[Column[Company]] = [
    Column(_("Company"), lambda company: company.name),
    Column(pgettext_lazy("of a company", "Number"), lambda company: company.number),
    Column(_("Industry"), lambda company: company.industry),
    Column(_("Employees"), lambda company: company.employees),
    Column(_("Workplaces"), lambda company: "; ".join(str(one) for one in company.workplaces.all())),
    Column(_("Ceased"), lambda company: _yes(company.has_ceased)),
    Column(_("Protected from advertising"), lambda company: _yes(company.advertising_protected)),
]

ENTRIES: list[Column[Entry]] = [
    Column(_("Time"), lambda entry: entry.at),
    Column(_("Jobcentre"), lambda entry: entry.jobcentre),
    Column(_("By"), lambda entry: entry.by),
    Column(_("How"), lambda entry: entry.what),
    Column(_("What about"), lambda entry: entry.about),
    Column(_("They contacted us"), lambda entry: _yes(entry.is_from_company)),
    Column(_("Person"), lambda entry: entry.person),
    Column(_("Outcome"), lambda entry: entry.outcome),
    Column(_("Note"), lambda entry: entry.text),
]
"""An `Entry` for another jobcentre holds no person, outcome or note."""

VACANCIES: list[Column[Vacancy]] = [
    Column(_("Vacancy"), lambda vacancy: vacancy.title),
    Column(_("Positions"), lambda vacancy: vacancy.positions),
    Column(_("Workplace"), lambda vacancy: vacancy.workplace),
    Column(_("Jobcentre"), lambda vacancy: vacancy.jobcentre),
    Column(_("State"), lambda vacancy: vacancy.get_state_display()),
    Column(_("Received"), lambda vacancy: vacancy.created_at),
    Column(_("Apply by"), lambda vacancy: vacancy.apply_by),
    Column(_("Closed"), lambda vacancy: vacancy.closed_at),
    Column(_("Outcome"), lambda vacancy: vacancy.get_outcome_display()),
]

PEOPLE: list[Column[Person]] = [
    Column(_("Name"), lambda person: person.name),
    Column(_("E-mail"), lambda person: person.email),
    Column(_("Telephone"), lambda person: person.phone),
]

PARTS: dict[str, list[Column[Any]]] = {
    "tidslinje": ENTRIES,
    "kontakter": ENTRIES,
    "henvendelser": ENTRIES,
    "stillinger": VACANCIES,
    "forloeb": PLACEMENTS,
    "personer": PEOPLE,
}
"""By the part of a company's page."""

QUEUE: list[Column[Enquiry]] = [
    Column(_("Reference"), lambda enquiry: enquiry.reference),
    Column(_("Company"), lambda enquiry: enquiry.company),
    Column(_("Municipality"), lambda enquiry: enquiry.workplace.municipality),
    Column(_("What about"), lambda enquiry: enquiry.get_kind_display()),
    Column(_("Wants"), lambda enquiry: enquiry.subject),
    Column(_("Received"), lambda enquiry: enquiry.received_at),
    Column(_("Answer by"), lambda enquiry: enquiry.due_at if enquiry.is_waiting else None),
    Column(_("Answered"), lambda enquiry: enquiry.answered_at),
    Column(_("State"), lambda enquiry: enquiry.get_state_display()),
    Column(_("Owner"), lambda enquiry: enquiry.owner),
]

FOLLOW_UPS: list[Column[FollowUp]] = [
    Column(_("Date"), lambda step: step.due_on),
    Column(_("Company"), lambda step: step.company),
    Column(_("What"), lambda step: step.what),
    Column(_("Owner"), lambda step: step.owner),
]

"""Taking a company of the register into the portal, or bringing what we know of it up to date."""

from __future__ import annotations

from django.db import transaction

from employers.companies.models import Company, Former, Workplace
from employers.companies.register import Registered, RegisteredWorkplace


@transaction.atomic
def adopt_company(registered: Registered) -> Company:
    """The company as the register has it now: made, or brought up to date if we know it already.

    Two at once make one: the second waits for the first and finds its row. A number of a company that was
    merged into another leads to that one, of which the register says something else.
    """
    if now := Former.objects.company(cvr=registered.cvr):
        return now
    company, is_new = Company.objects.update_or_create(
        cvr=registered.cvr,
        defaults={
            "name": registered.name,
            "industry": registered.industry,
            "employees": registered.employees,
            "from_register": True,
            "has_ceased": not registered.is_active,
            "ceased_on": registered.ceased_on,
            "advertising_protected": registered.advertising_protected,
        },
    )
    return merged_meanwhile(company) if is_new else company


def merged_meanwhile(made: Company) -> Company:
    """A company that was just made; but if its number was merged away just before, the one it leads to."""
    now = Former.objects.company(cvr=made.cvr, country=made.country, foreign_number=made.foreign_number)
    if now:
        made.delete()
    return now or made


@transaction.atomic
def adopt_workplace(company: Company, registered: RegisteredWorkplace) -> Workplace:
    """The workplace of a P-number as the register has it now.

    A P-number that has gone from one company to another follows: the register knows whose it is.
    """
    workplace, _is_new = Workplace.objects.update_or_create(
        p_number=registered.p_number,
        defaults={
            "company": company,
            "name": registered.name,
            "address": registered.address,
            "postcode": registered.postcode,
            "municipality": registered.municipality,
            "employees": registered.employees,
            "opened_on": registered.opened_on,
            "closed_on": registered.closed_on,
        },
    )
    return workplace

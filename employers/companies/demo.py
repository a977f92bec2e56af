"""A fictional register, and the companies of it that the portal knows already, with their people.

How the numbers were chosen stands in data/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.utils import timezone

from employers.companies.adoption import adopt_company, adopt_workplace
from employers.companies.extract import Unreadable
from employers.companies.importing import take_in
from employers.companies.models import Company, Person, RegisterCompany, RegisterFate, RegisterImport
from employers.companies.register import lookup
from jobcenter.accounts.models import Organisation, Role
from jobcenter.centres.demo import EMPLOYER, join
from jobcenter.runtime.demo import Demo, NotNow, address_of

ORDER = 20

DATA = Path(__file__).parent / "data"
COMPANIES = DATA / "demo_companies.csv"
WORKPLACES = DATA / "demo_workplaces.csv"

KNOWN = 28
"""So many of the register, the first by number, have been in touch already; the others come when they ask."""

EMPLOYERS = "Strandmarkens Emballage A/S"
PEOPLE: Mapping[str, tuple[str, ...]] = {
    EMPLOYERS: (EMPLOYER.name,),
    "Bøgevang Byggeelementer A/S": ("Anne Toft", "Lars Fink"),
}
"""Those whose names are given; the others' are drawn."""


def load(world: Demo) -> None:
    register = RegisterImport.objects.create(
        source="Opdigtet register til demonstration",
        file_names=f"{COMPANIES.name}, {WORKPLACES.name}",
        companies=COMPANIES.read_bytes(),
        workplaces=WORKPLACES.read_bytes(),
    )
    try:
        take_in(register)
    except Unreadable as problem:
        raise NotNow(f"The register of the demonstration cannot be read: {problem}") from None
    if fault := register.fates.filter(fate=RegisterFate.Fate.REFUSED).first():
        raise NotNow(f"The register of the demonstration has a fault in {fault}: {fault.reason}.")
    register.companies = register.workplaces = b""
    register.finished_at = timezone.now()
    register.save()
    world.named |= {name for names in PEOPLE.values() for name in names}
    numbers = RegisterCompany.objects.filter(is_active=True).order_by("cvr").values_list("cvr", flat=True)
    for place, cvr in enumerate(numbers[:KNOWN]):
        _meet(world, cvr, phone=f"56 00 50 {place:02}")
    company = Company.objects.get(name=EMPLOYERS)
    company.organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name=company.name)
    company.save(update_fields=["organisation"])
    join(world, EMPLOYER, organisation=company.organisation, role=Role.EMPLOYER)
    world.tell(f"{RegisterCompany.objects.count()} companies in the register, {KNOWN} of them known")


def _meet(world: Demo, cvr: str, *, phone: str) -> None:
    """Take one company in, with its workplaces and the people we talk to there."""
    registered = lookup(cvr)
    assert registered, "the register has just been copied"
    company = adopt_company(registered)
    for workplace in registered.workplaces:
        adopt_workplace(company, workplace)
    domain = company.name.removesuffix(" A/S").removesuffix(" ApS")
    for name in PEOPLE.get(company.name) or (world.somebody(),):
        known = name == EMPLOYER.name
        Person.objects.create(
            company=company,
            name=name,
            email=EMPLOYER.email if known else address_of(name, domain),
            phone=EMPLOYER.phone if known else phone,
        )

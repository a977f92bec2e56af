"""One world for the access matrix: everybody who may ask for a page, and everything that could leak."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils import timezone

from employers.companies.models import Company, Person, Workplace
from employers.contacts.models import Contact
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, Organisation, Role, User
from tests.conftest import Centre, Office, make_user

NOTE = "Direktøren overvejer at lukke natholdet"
"""What Køge wrote about the company, and nobody else may read."""


class World:
    """Køge is at home here. Things are made when a row asks for them, people at once."""

    def __init__(self, fixture: Callable[[str], Any]) -> None:
        self.fixture = fixture
        self.koege: Centre = fixture("koege")
        self.roskilde: Centre = fixture("roskilde")
        self.aarhus: Centre = fixture("aarhus")
        self.sjaelland: Office = fixture("sjaelland")
        self.midtjylland: Office = fixture("midtjylland")
        self.company: Company = fixture("company")
        self.actors: dict[str, User | None] = {
            "anonymous": None,
            "employer": fixture("employer"),
            "newcomer": self.make_newcomer(),
            "competitor": self.make_competitor(),
            "caseworker": self.koege.caseworker,
            "manager": self.koege.manager,
            "neighbour": self.roskilde.caseworker,
            "stranger": self.aarhus.caseworker,
            "strange_manager": self.aarhus.manager,
            "area_officer": self.sjaelland.officer,
            "other_officer": self.midtjylland.officer,
            "national": fixture("national"),
            "administrator": fixture("administrator"),
        }

    def make_newcomer(self) -> User:
        """Says to be from the company, which nobody has confirmed yet."""
        user = make_user("Niels Ny", self.company.organisation, Role.EMPLOYER)
        Membership.objects.filter(user=user).update(confirmed_at=None)
        return user

    def make_competitor(self) -> User:
        """A confirmed user of another company, which also lies in Køge."""
        organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name="Ølby Plast ApS")
        other = Company.objects.create(cvr="99000027", name=organisation.name, organisation=organisation)
        Workplace.objects.create(
            company=other, address="Ølbyvej 3", postcode="4600", municipality=self.koege.municipality
        )
        Person.objects.create(company=other, name="Kim Konkurrent", email="kim@oelby.example")
        return make_user("Kim Konkurrent", organisation, Role.EMPLOYER)

    @cached_property
    def enquiry(self) -> Enquiry:
        return self.fixture("make_enquiry")(message="Vi vil helst ikke nævnes")

    @cached_property
    def vacancy(self) -> Vacancy:
        return self.fixture("make_vacancy")(state=Vacancy.State.PUBLISHED, published_at=timezone.now())

    @cached_property
    def waiting_vacancy(self) -> Vacancy:
        return self.fixture("make_vacancy")(title="Hemmelig natholdsleder")

    @cached_property
    def contact(self) -> Contact:
        return self.fixture("make_contact")(note=NOTE)

"""What could leak: each text stands in one place that only one jobcentre, or nobody outside, may read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.companies.models import Company, Workplace
from employers.contacts.models import Contact, FollowUp, Purpose
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, Role
from tests.conftest import make_user

KOEGES_NOTE = "Direktøren overvejer at lukke natholdet"
KOEGES_NEXT_STEP = "Spørg ind til opsigelserne"
KOEGES_MESSAGE = "Vi vil helst ikke have, at det bliver kendt"
KOEGES_WAITING_VACANCY = "Hemmelig natholdsleder"
KOEGES_SECRETS = (KOEGES_NOTE, KOEGES_NEXT_STEP, KOEGES_MESSAGE, KOEGES_WAITING_VACANCY)


@pytest.fixture
def contact(make_contact, koege, company):
    """Køge called yesterday, wrote a note, and planned a next step for today."""
    contact = make_contact(
        note=KOEGES_NOTE,
        purposes=[Purpose.RETENTION],
        outcome=Contact.Outcome.AGREEMENT,
        person=company.people.first(),
        happened_at=timezone.now() - timedelta(days=1),
    )
    FollowUp.objects.create(
        contact=contact,
        company=company,
        jobcentre=koege.jobcentre,
        owner=koege.caseworker,
        due_on=timezone.localdate(),
        what=KOEGES_NEXT_STEP,
    )
    return contact


@pytest.fixture
def enquiry(make_enquiry):
    """A matter the company wants kept quiet."""
    return make_enquiry(kind=Enquiry.Kind.OTHER, message=KOEGES_MESSAGE)


@pytest.fixture
def recruiting(make_enquiry, make_vacancy):
    """An enquiry with a vacancy that nobody has published."""
    return make_enquiry(vacancy=make_vacancy(title=KOEGES_WAITING_VACANCY))


@pytest.fixture
def everything(contact, enquiry, recruiting):
    """All that could leak about the company."""


@pytest.fixture
def newcomer(company, employer):
    """Says to be from the company; nobody has confirmed it."""
    user = make_user("Niels Ny", company.organisation, Role.EMPLOYER)
    Membership.objects.filter(user=user).update(confirmed_at=None)
    return user


@pytest.fixture
def far_company(aarhus):
    company = Company.objects.create(cvr="99000043", name="Risskov Emballage A/S")
    Workplace.objects.create(
        company=company, address="Strandvej 1", postcode="8240", municipality=aarhus.municipality
    )
    company.people.create(name="Frida Fjern", email="frida@risskov.example")
    return company


@pytest.fixture
def published(make_vacancy):
    return make_vacancy(title="Truckfører, aftenhold", state=Vacancy.State.PUBLISHED)

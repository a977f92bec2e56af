"""The people and places of every test: two jobcentres that share a labour supply, one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone
from hypothesis import HealthCheck, settings

from employers.companies.models import Company, Person, Workplace
from employers.contacts.models import Contact, Hold, HoldLimit, Purpose
from employers.enquiries.models import Enquiry
from employers.vacancies.models import ExternalVacancy, Source, Vacancy
from jobcenter.accounts.models import Membership, Organisation, Role, Standing, User
from jobcenter.centres.agreeing import Proposal, accept, draft
from jobcenter.centres.models import Agreement, AreaOffice, Jobcentre, Serves
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Area, AreaMunicipality, Municipality, Postcode
from jobcenter.runtime.kept import Kept
from tests.making_catchments import share_labour
from tests.worker import Worker

LONG_AGO = date(2007, 1, 1)

# How long an example takes says how busy the machine is, and nothing about the portal.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@dataclass(frozen=True)
class Centre:
    """A jobcentre with its only municipality and its people."""

    jobcentre: Jobcentre
    municipality: Municipality
    caseworker: User
    manager: User


@dataclass(frozen=True)
class Office:
    """An area with its office and its officer."""

    area: Area
    office: AreaOffice
    officer: User


@pytest.fixture(scope="session")
def _running_worker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    worker = Worker(tmp_path_factory.mktemp("worker"))
    yield worker
    worker.stop()


@pytest.fixture
def worker(transactional_db: None, _running_worker: Worker) -> Iterator[Worker]:
    """A real Celery worker beside the test, whose rows it can see; its folder of mail is empty.

    One for all tests, which rests between them. A test that stops or kills it need not start it again.
    """
    if _running_worker.is_running:
        _running_worker.listen()
    else:
        current_app.control.purge()
        _running_worker.start()
    for mail in _running_worker.mail_folder.glob("*.eml"):
        mail.unlink()
    yield _running_worker
    if _running_worker.is_running:
        _running_worker.rest()


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test() -> None:
    Kept.forget_all()


@pytest.fixture(autouse=True)
def _own_mail_folder(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.ATTACHMENT_FOLDER = tmp_path / "attachments"


def make_user(name: str, organisation: Organisation, role: str, **fields: Any) -> User:
    """A person with one membership, at a company its administrator; the e-mail is made from the name.

    Staff are demonstration users, as on a laptop, so that a test need not give a code from an app first.
    """
    fields.setdefault("is_demonstration", role != Role.EMPLOYER)
    user = User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.dk", name=name, **fields)
    Membership.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        standing=Standing.ADMINISTRATOR if role == Role.EMPLOYER else "",
        confirmed_at=timezone.now(),
    )
    return user


def make_centre(*, code: str, name: str, caseworker: str, manager: str, postcode: str) -> Centre:
    municipality = Municipality.objects.create(
        code=code,
        name=name,
        official_name=f"{name} Kommune",
        sort_key=name.lower(),
        latitude=55.5,
        longitude=12.1,
        population=60_000,
        population_year=2023,
        valid_from=LONG_AGO,
    )
    organisation = Organisation.objects.create(kind=Organisation.Kind.JOBCENTRE, name=f"Jobcenter {name}")
    jobcentre = Jobcentre.objects.create(
        organisation=organisation,
        code=code,
        name=f"Jobcenter {name}",
        sort_key=name.lower(),
        email=f"job{code}@example.dk",
        phone="56 00 11 00",
        valid_from=LONG_AGO,
    )
    Serves.objects.create(
        jobcentre=jobcentre, municipality=municipality, evidence="test", valid_from=LONG_AGO
    )
    share_labour(centre=municipality, municipality=municipality)
    place = Postcode.objects.create(
        code=postcode,
        name=name,
        sort_key=name.lower(),
        municipality=municipality,
        latitude=55.5,
        longitude=12.1,
        valid_from=LONG_AGO,
    )
    place.municipalities.add(municipality)
    return Centre(
        jobcentre=jobcentre,
        municipality=municipality,
        caseworker=make_user(caseworker, organisation, Role.CASEWORKER, title="Virksomhedskonsulent"),
        manager=make_user(manager, organisation, Role.MANAGER, title="Jobcenterchef"),
    )


def agree(*, jobcentres: Sequence[Jobcentre], **said: Any) -> Agreement:
    """An agreement that every partner's manager has accepted, drafted by the first."""
    first, *others = jobcentres
    proposal = Proposal(partners=jobcentres, lead_office=first, **said)
    drafted = draft(proposal, jobcentre=first, by=first.managers()[0])
    for partner in others:
        drafted = accept(drafted, seen=drafted.version, jobcentre=partner, by=partner.managers()[0])
    return drafted


def make_office(*, code: str, name: str, officer: str, centres: list[Centre]) -> Office:
    area = Area.objects.create(
        code=code,
        division=Area.Division.REGIONS,
        name=name,
        sort_key=name.lower(),
        valid_from=date(2025, 1, 1),
    )
    for centre in centres:
        AreaMunicipality.objects.create(
            area=area, municipality=centre.municipality, division=area.division, valid_from=area.valid_from
        )
    organisation = Organisation.objects.create(kind=Organisation.Kind.AREA, name=f"Område {name}")
    office = AreaOffice.objects.create(organisation=organisation, area=area, valid_from=area.valid_from)
    return Office(
        area=area, office=office, officer=make_user(officer, organisation, Role.AREA_OFFICER, is_staff=True)
    )


@pytest.fixture
def koege(db: None) -> Centre:
    return make_centre(
        code="0259", name="Køge", caseworker="Karim Holst", manager="Lone Friis", postcode="4600"
    )


@pytest.fixture
def roskilde(koege: Centre) -> Centre:
    """Shares its labour supply with Køge."""
    centre = make_centre(
        code="0265", name="Roskilde", caseworker="Sofie Lind", manager="Per Rask", postcode="4000"
    )
    for one, other in ((koege, centre), (centre, koege)):
        share_labour(centre=one.municipality, municipality=other.municipality, distance_km=22.0)
    return centre


@pytest.fixture
def aarhus(db: None) -> Centre:
    """Shares nothing with Køge or Roskilde."""
    return make_centre(code="0751", name="Aarhus", caseworker="Ida Bech", manager="Ole Juhl", postcode="8000")


@pytest.fixture
def sjaelland(koege: Centre, roskilde: Centre) -> Office:
    return make_office(
        code="sjaelland", name="Sjælland", officer="Hanne Vestergaard", centres=[koege, roskilde]
    )


@pytest.fixture
def midtjylland(aarhus: Centre) -> Office:
    return make_office(code="midtjylland", name="Midtjylland", officer="Jens Krogh", centres=[aarhus])


@pytest.fixture
def national(db: None) -> User:
    organisation = Organisation.objects.create(kind=Organisation.Kind.NATIONAL, name="Styrelsen")
    return make_user("Bodil Storm", organisation, Role.NATIONAL)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser(
        "administrator@example.dk", name="Ada Ministrator", is_demonstration=True
    )


@pytest.fixture
def company(koege: Centre) -> Company:
    """A company with one workplace and one person, at Køge."""
    company = Company.objects.create(cvr="99000019", name="Strandmarkens Emballage A/S", from_register=True)
    Workplace.objects.create(
        company=company,
        p_number="1999900001",
        address="Tangmosevej 88",
        postcode="4600",
        municipality=koege.municipality,
    )
    Person.objects.create(company=company, name="Mette Bruun", email="mette.bruun@strandmarken.example")
    return company


@pytest.fixture
def employer(company: Company) -> User:
    """Signs in for the company, and is confirmed."""
    company.organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name=company.name)
    company.save()
    return make_user("Mette Bruun", company.organisation, Role.EMPLOYER)


@pytest.fixture
def occupation(db: None) -> Occupation:
    return Occupation.objects.create(
        code="8142",
        level=4,
        title_da="Betjening af maskiner til plast",
        sort_key="betjening",
        valid_from=LONG_AGO,
    )


@pytest.fixture
def make_vacancy(company: Company, koege: Centre, occupation: Occupation) -> Callable[..., Vacancy]:
    """Makes vacancies of the company at Køge; published ones need `published_at`."""

    def make(**fields: Any) -> Vacancy:
        today = timezone.localdate()
        values: dict[str, Any] = {
            "company": company,
            "jobcentre": koege.jobcentre,
            "occupation": occupation,
            "title": "Procesoperatør",
            "text": "Du kører ekstruderingslinjer sammen med tre kolleger.",
            "hours": Decimal(37),
            "starts_on": today + timedelta(days=40),
            "apply_by": today + timedelta(days=20),
            **fields,
        }
        values.setdefault("workplace", values["company"].workplaces.first())
        if values.get("state") == Vacancy.State.PUBLISHED:
            values.setdefault("published_at", timezone.now() - timedelta(days=1))
        return Vacancy.objects.create(**values)

    return make


@pytest.fixture
def make_external(koege: Centre, occupation: Occupation) -> Callable[..., ExternalVacancy]:
    """Makes vacancies that a source has told us of, in Køge."""

    def make(**fields: Any) -> ExternalVacancy:
        now, today = timezone.now(), timezone.localdate()
        source, _new = Source.objects.get_or_create(
            code="jobsiden",
            defaults={"name": "Jobsiden", "covers": "Stillinger på Sjælland", "heard_at": now},
        )
        values: dict[str, Any] = {
            "source": source,
            "external_id": f"A-{ExternalVacancy.objects.count() + 1}",
            "link": "https://jobsiden.example/a/1",
            "title": "Pakker til natholdet",
            "text": "Du pakker varer til hele landet.",
            "employer": "Nordhavns Varelager A/S",
            "postcode": "4600",
            "town": "Køge",
            "municipality": koege.municipality,
            "occupation": occupation,
            "apply_by": today + timedelta(days=15),
            "state": ExternalVacancy.State.PUBLISHED,
            "published_at": now - timedelta(hours=2),
            "seen_at": now,
            **fields,
        }
        if values["state"] == ExternalVacancy.State.CLOSED:
            values.setdefault("closed_at", now)
        return ExternalVacancy.objects.create(**values)

    return make


@pytest.fixture
def make_enquiry(
    company: Company, koege: Centre, make_vacancy: Callable[..., Vacancy]
) -> Callable[..., Enquiry]:
    """Makes enquiries of the company to Køge; a recruiting one gets a vacancy that waits."""

    def make(**fields: Any) -> Enquiry:
        now = timezone.now()
        values: dict[str, Any] = {
            "kind": Enquiry.Kind.RECRUIT,
            "company": company,
            "jobcentre": koege.jobcentre,
            "owner": koege.caseworker,
            "received_at": now,
            "answer_due_at": now + timedelta(days=2),
            **fields,
        }
        values.setdefault("workplace", values["company"].workplaces.first())
        values.setdefault("person", values["company"].people.first())
        if values["kind"] == Enquiry.Kind.RECRUIT and "vacancy" not in values:
            values["vacancy"] = make_vacancy(company=values["company"], jobcentre=values["jobcentre"])
        return Enquiry.objects.create(**values)

    return make


@pytest.fixture
def hold_limit(db: None) -> HoldLimit:
    """Holds last ten days at most, a jobcentre has two at a time, and rests a week before the next."""
    return HoldLimit.objects.create(
        valid_from=LONG_AGO, most_days=10, most_running=2, rest_days=7, source="test"
    )


@pytest.fixture
def make_hold(company: Company, roskilde: Centre) -> Callable[..., Hold]:
    """Makes holds of Roskilde on the company, for recruitment and three days from an hour ago."""

    def make(**fields: Any) -> Hold:
        now = timezone.now()
        values = {
            "workplace": company.workplaces.first(),
            "jobcentre": roskilde.jobcentre,
            "by": roskilde.caseworker,
            "purpose": Purpose.RECRUITMENT,
            "starts_at": now - timedelta(hours=1),
            "expires_at": now + timedelta(days=3),
            **fields,
        }
        return Hold.objects.create(**values)

    return make


@pytest.fixture
def make_contact(company: Company, koege: Centre) -> Callable[..., Contact]:
    """Makes contacts of Køge with the company."""

    def make(**fields: Any) -> Contact:
        return Contact.objects.create(
            **{
                "company": company,
                "jobcentre": koege.jobcentre,
                "by": koege.caseworker,
                "purposes": [Purpose.RECRUITMENT],
                "outcome": Contact.Outcome.NEED,
                "happened_at": timezone.now() - timedelta(hours=1),
                **fields,
            }
        )

    return make

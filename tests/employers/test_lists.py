"""Lists that no other test counts the queries of: as many for three rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employers.access.models import Invitation
from employers.companies.models import Company, Workplace
from employers.enquiries.conversing import ask
from employers.enquiries.models import AnswerTime
from employers.vacancies.models import LabourConflict
from jobcenter.accounts.models import Membership, Organisation, Role, Standing
from jobcenter.classifications.models import Occupation
from tests.conftest import LONG_AGO, make_user
from tests.given import pk_of
from tests.making_placements import complete
from tests.queries import assert_same_queries
from tests.world import World

numbers = count(1)


def another_company(world: World) -> Company:
    """At Køge, with one workplace, one person and an organisation of its own."""
    number = next(numbers)
    organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name=f"Virksomhed {number}")
    company = Company.objects.create(
        cvr=f"9800{number:04}", name=organisation.name, organisation=organisation
    )
    Workplace.objects.create(
        company=company, address=f"Vej {number}", postcode="4600", municipality=world.koege.municipality
    )
    company.people.create(name=f"Person {number}", email=f"person{number}@firma.example")
    return company


def conflict(world: World) -> None:
    company, organisation = another_company(world), world.koege.jobcentre.organisation
    made = LabourConflict.objects.create(
        company=company,
        jobcentre=world.koege.jobcentre,
        registered_by=make_user(f"Sagsbehandler {next(numbers)}", organisation, Role.CASEWORKER),
        starts_on=timezone.localdate(),
        source="Varsel",
    )
    made.workplaces.set(company.workplaces.all())
    code = f"{7000 + next(numbers)}"
    made.occupations.add(
        Occupation.objects.create(code=code, level=4, title_da=code, sort_key=code, valid_from=LONG_AGO)
    )


def first_user(world: World) -> None:
    company = another_company(world)
    user = make_user(f"Ny {next(numbers)}", company.organisation, Role.EMPLOYER)  # type: ignore[arg-type]
    Membership.objects.filter(user=user).update(confirmed_at=None, standing=Standing.COLLEAGUE)
    world.ask_for_access(
        company,
        company=company,
        user=user,
        email=user.email,
        cvr=company.cvr,
        state="waiting",
        proven_at=timezone.now(),
    )


def one_who_asks_and_one_who_is_asked(world: World) -> None:
    user = make_user(f"Kollega {next(numbers)}", world.company.organisation, Role.EMPLOYER)  # type: ignore[arg-type]
    Membership.objects.filter(user=user).update(confirmed_at=None, standing=Standing.COLLEAGUE)
    world.ask_for_access(
        world.company,
        company=world.company,
        user=user,
        email=user.email,
        state="waiting",
        proven_at=timezone.now(),
    )
    Invitation.objects.create(
        company=world.company,
        email=f"inviteret{next(numbers)}@firma.example",
        standing=Standing.COLLEAGUE,
        invited_by=world.actors["employer"],
        expires_at=timezone.now() + timedelta(days=14),
    )


def answer_time(world: World) -> None:
    day = timezone.localdate() - timedelta(days=next(numbers))
    for kind in ("other", "wage_subsidy", "retention"):
        AnswerTime.objects.create(
            jobcentre=world.koege.jobcentre,
            kind=kind,
            working_days=3,
            valid_from=day,
            set_by=world.koege.manager,
        )


def open_vacancy(world: World) -> None:
    world.fixture("make_vacancy")(company=another_company(world), state="published")


def vacancy_and_placement(world: World) -> None:
    world.fixture("make_vacancy")(state="published")
    world.fixture("make_enquiry")(vacancy=world.fixture("make_vacancy")(state="published"))
    complete(**world._of_koege)


def message_with_a_file(world: World) -> None:
    number = next(numbers)
    ask(world.enquiry, text=f"Se {number}.", files=[SimpleUploadedFile(f"{number}.txt", b"Nyt")])


def nothing(world: World) -> dict[str, Any]:
    return {}


LISTS: dict[str, tuple[Callable[[World], Any], str, str, Callable[[World], dict[str, Any]]]] = {
    "labour conflicts": (conflict, "caseworker", "desk:conflicts", nothing),
    "companies' first users": (first_user, "caseworker", "desk:first_users", nothing),
    "a company's colleagues": (one_who_asks_and_one_who_is_asked, "employer", "access:colleagues", nothing),
    "a jobcentre's own answer times": (answer_time, "manager", "desk:answer_times", nothing),
    "vacancies as a feed": (open_vacancy, "anonymous", "vacancies:feed", nothing),
    "vacancies for other programs": (open_vacancy, "anonymous", "api:vacancies", nothing),
    "vacancies for crawlers": (
        open_vacancy,
        "anonymous",
        "crawlers:sitemap",
        lambda world: {"section": "stillinger"},
    ),
    "an employer's own page": (vacancy_and_placement, "employer", "desk:my_company", nothing),
    "which company was called": (open_vacancy, "caseworker", "contacts:choose", nothing),
    "a conversation, as the employer sees it": (
        message_with_a_file,
        "anonymous",
        "enquiries:enquiry",
        lambda world: {"token": world.enquiry.token},
    ),
    "a conversation, as the caseworker sees it": (
        message_with_a_file,
        "caseworker",
        "desk:enquiry",
        pk_of("enquiry"),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_three_rows_as_for_one(request, name):
    add_row, who, view, at = LISTS[name]
    world = World(request.getfixturevalue)
    client = Client()
    if user := world.actors[who]:
        client.force_login(user)
    address = f"{reverse(view, kwargs=at(world))}?q=virksomhed"
    lengths: list[int] = []

    def open_page() -> None:
        page = client.get(address)
        assert page.status_code == 200
        lengths.append(len(page.content))

    assert_same_queries(open_page=open_page, add_row=lambda: add_row(world))
    assert lengths[-1] > lengths[0], "the rows are not on the page"

"""The pages: a jobcentre's own figures in full, the area's and the country's without small numbers."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from employers.companies.models import Company, Workplace
from tests.queries import assert_same_queries

ADDRESS = "/samarbejdstal/"


@pytest.fixture
def companies(koege, roskilde):
    """Forty at Køge and three at Roskilde, none ever contacted but one at Køge."""
    made = Company.objects.bulk_create(
        Company(cvr=f"{30_000_000 + number}", name=f"Firma {number}", sort_key=f"{number:03}")
        for number in range(43)
    )
    Workplace.objects.bulk_create(
        Workplace(
            company=company,
            address="Havnen 1",
            postcode="4600",
            municipality=(koege if number < 40 else roskilde).municipality,
        )
        for number, company in enumerate(made)
    )
    return made


def text_of(response):
    return " ".join(response.content.decode().split())


def csv_of(client, address):
    sheet = b"".join(client.get(address).streaming_content).decode()
    return list(csv.reader(sheet.lstrip("\ufeff").splitlines(), delimiter=";"))


def test_the_jobcentre_sees_its_small_numbers_and_the_companies_behind(client, companies, roskilde):
    client.force_login(roskilde.caseworker)

    page = text_of(client.get(ADDRESS))
    behind = client.get(reverse("cooperation:figure", args=["aldrig-kontaktet"]))

    assert "Aldrig i kontakt: 3" in page
    assert set(behind.context["page"].object_list) == set(companies[40:])


def test_the_area_does_not_see_them_nor_can_it_subtract_them(client, companies, sjaelland, koege):
    client.force_login(sjaelland.officer)

    lines = csv_of(client, f"{ADDRESS}aldrig-kontaktet/?hent=csv")

    shown = {line[0]: line[2] for line in lines[1:]}
    assert shown["Jobcenter Roskilde"] == ""
    assert shown["Jobcenter Køge"] == ""
    assert shown["Alle tilsammen, hver én gang"] == "43"
    assert "skjult: små tal" in lines[2]


def test_the_four_of_the_degree_of_cooperation_are_hidden_together(client, companies, national):
    """From three of them the fourth can be worked out."""
    client.force_login(national)

    lines = csv_of(client, f"{ADDRESS}?hent=csv")

    cooperation = {}
    for line in lines[1:]:
        if line[1].startswith("Samarbejdsgrad"):
            cooperation.setdefault(line[0], []).append(line[7])
    assert all(len(set(hidden)) == 1 for hidden in cooperation.values())
    assert len(next(iter(cooperation.values()))) == 4


def test_the_area_sees_no_company(client, companies, sjaelland):
    client.force_login(sjaelland.officer)

    page = text_of(client.get(f"{ADDRESS}aldrig-kontaktet/"))

    assert "Jobcenter Køge" in page
    assert companies[0].name not in page


def test_which_companies_work_with_others_is_listed_for_nobody(client, koege):
    client.force_login(koege.caseworker)

    for code in ("andre", "mindst-et", "begge", "findes-ikke"):
        assert client.get(f"{ADDRESS}{code}/").status_code == 404


def test_the_period_stands_in_the_address_and_nonsense_is_told(client, companies, contact_of, koege):
    client.force_login(koege.caseworker)
    today = timezone.localdate()
    contact_of(companies[0], days=100)
    lately = {"fra": today - timedelta(days=30), "til": today}

    assert "Kontakter: 1" in text_of(client.get(ADDRESS))
    assert "Kontakter: 0" in text_of(client.get(ADDRESS, lately))
    wrong = text_of(client.get(ADDRESS, {"fra": "2026-02-31"}))
    assert "Skriv den første dag som en dato, der findes" in wrong
    assert "Kontakter: 1" in wrong


@pytest.fixture
def contact_of(make_contact):
    def log(company, *, days):
        return make_contact(company=company, person=None, happened_at=timezone.now() - timedelta(days=days))

    return log


def test_the_pages_ask_as_much_for_three_companies_as_for_one(client, koege, sjaelland, contact_of):
    numbers = iter(range(31_000_000, 31_000_099))

    def add():
        company = Company.objects.create(cvr=f"{next(numbers)}", name="Firma")
        Workplace.objects.create(
            company=company, address="Havnen 1", postcode="4600", municipality=koege.municipality
        )

    for user, address in (
        (koege.caseworker, ADDRESS),
        (koege.caseworker, f"{ADDRESS}aldrig-kontaktet/"),
        (sjaelland.officer, ADDRESS),
    ):
        client.force_login(user)
        assert_same_queries(open_page=lambda: client.get(address), add_row=add)  # noqa: B023

"""Whoever types a company or a person sees what is known already, as far as they may."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Company, Workplace
from employers.companies.resembling import companies_like, people_like
from employers.contacts.models import Contact

LIKE = "desk:companies_like"
TYPED = {
    "country": "DE",
    "number": "HRB 777",
    "name": "Nordhavn Spedition",
    "address": "Havnen 1",
    "postcode": "4600",
}


@pytest.fixture
def foreign(koege):
    made = Company.objects.create(country="DE", foreign_number="HRB 12345", name="Hansa Logistik GmbH")
    Workplace.objects.create(company=made, address="Kaj 1", postcode="4600", municipality=koege.municipality)
    return made


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "strandmarkens embalage"},
        {"name": "Emballage Strandmarkens"},
        {"number": "99 00 00 19"},
        {"number": "DK-99000019"},
        {"number": "1 999 900 001"},
    ],
)
def test_a_company_is_known_by_its_name_with_a_slip_and_by_its_numbers_however_written(company, koege, typed):
    [known] = companies_like(**typed, reader=koege.jobcentre)
    assert known.company == company
    assert known.by_number == ("number" in typed)


@pytest.mark.parametrize("number", ["HRB12345", "hrb 12 345", "HRB-12345"])
def test_a_foreign_company_is_known_by_its_number_however_written(foreign, koege, number):
    [known] = companies_like(number=number, reader=koege.jobcentre)
    assert known.company == foreign


def test_far_away_one_learns_that_it_exists_and_whom_to_ask(client, company, aarhus):
    client.force_login(aarhus.caseworker)

    page = client.get(reverse(LIKE), {"name": "Strandmarkens Emballage"})

    assertContains(page, "Strandmarkens Emballage A/S")
    assertContains(page, "spørg Jobcenter Køge")
    for hidden in (company.get_absolute_url(), "Tangmosevej", "Mette"):
        assertNotContains(page, hidden)


def test_next_door_one_is_led_to_it(client, company, roskilde):
    client.force_login(roskilde.caseworker)
    assertContains(client.get(reverse(LIKE), {"name": "strandmarken"}), company.get_absolute_url())


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Mette Brun"},
        {"name": "Bruun Mette"},
        {"name": "Mette"},
        {"email": "METTE.BRUUN@strandmarken.example"},
        {"phone": "+45 56001100"},
    ],
)
def test_a_person_is_known_by_a_like_name_an_address_or_a_telephone_number(company, typed):
    mette = company.people.get()
    mette.phone = "56 00 11 00"
    mette.save()
    company.people.create(name="Jens Lager", phone="20 00 00 01")

    assert people_like(company, **typed) == [mette]


def test_nobody_is_like_somebody_with_another_name(company):
    assert people_like(company, name="Ole Hansen", phone="1") == []


def test_whoever_logs_a_contact_with_a_new_person_sees_who_they_may_mean(client, company, koege):
    client.force_login(koege.caseworker)
    address = reverse("desk:people_like", args=[company.pk])

    assertContains(client.get(reverse("contacts:log", args=[company.pk])), f'hx-get="{address}"')
    assertContains(client.get(address, {"new_person": "Mette Brun"}), "Mette Bruun")


def test_a_company_is_made_after_one_has_seen_those_that_are_like_it(client, koege, foreign):
    client.force_login(koege.caseworker)
    typed = {**TYPED, "name": "Hansa Logistik"}

    page = client.post(reverse("desk:new_company"), typed)
    assertContains(page, foreign.get_absolute_url())
    assertContains(page, "Det er ingen af dem, der er vist")
    assert Company.objects.count() == 1

    client.post(reverse("desk:new_company"), {**typed, "anyway": "on"})
    made = Company.objects.get(foreign_number="HRB 777")
    assert (made.name, made.workplaces.get().municipality) == ("Hansa Logistik", koege.municipality)


def test_the_same_number_is_never_made_again(client, koege, foreign):
    client.force_login(koege.caseworker)

    page = client.post(reverse("desk:new_company"), {**TYPED, "number": "hrb-12345", "anyway": "on"})

    assertContains(page, "Der er allerede en virksomhed med dette nummer")
    assert Company.objects.count() == 1


def test_a_wrong_cvr_number_and_an_unknown_postcode_are_pointed_at(client, koege):
    client.force_login(koege.caseworker)

    page = client.post(
        reverse("desk:new_company"), {**TYPED, "country": "DK", "number": "12345678", "postcode": "0001"}
    )

    assertContains(page, "Det postnummer findes ikke")
    assert set(page.context["form"].errors) == {"number", "postcode"}


def test_a_person_is_made_once_for_an_address(client, koege, company):
    client.force_login(koege.caseworker)
    address = reverse("desk:new_person", args=[company.pk])
    typed = {"name": "Mette Ny", "email": "mette.bruun@strandmarken.example", "phone": "", "anyway": "on"}

    assertContains(client.post(address, typed), "Nogen i virksomheden har allerede denne adresse")
    client.post(address, {**typed, "email": "ny@strandmarken.example"})

    assert {one.name for one in company.people.all()} == {"Mette Bruun", "Mette Ny"}
    assert not Contact.objects.exists()

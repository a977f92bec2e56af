"""A company that is there twice is found while it is typed, made one, and given back."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from employers.companies.models import Company, Merge, Workplace
from employers.contacts.models import Contact, Preferences
from tests.browser.watch import open_with_scripts


@pytest.fixture
def doubles(koege):
    """Twice the same German company, typed in by two people."""
    made = []
    for number, name, place in (
        ("HRB 12345", "Hansa Logistik", "Kaj 1"),
        ("12345", "Hansa Logistics", "Kaj 3"),
    ):
        company = Company.objects.create(country="DE", foreign_number=number, name=f"{name} GmbH")
        Workplace.objects.create(
            company=company, address=place, postcode="4600", municipality=koege.municipality
        )
        company.people.create(name="Anke Vogt", email="anke.vogt@hansa.example", phone="56 00 00 02")
        Preferences.objects.create(company=company, most_contacts=len(made) + 2)
        made.append(company)
    return made


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_a_double_is_found_made_one_and_given_back(
    page: Page, sign_in, axe, see, koege, doubles, make_contact
):
    stays, goes = doubles
    make_contact(company=goes, person=goes.people.get(), workplace=goes.workplaces.get())
    main = page.get_by_role("main")
    sign_in(page, koege.caseworker)

    open_with_scripts(page, reverse("desk:new_company"))
    page.locator("#id_name").press_sequentially("hansa logistk")
    expect(page.locator("#known").get_by_role("link")).to_have_count(2)
    axe(page)
    see(page, "ny-virksomhed")
    page.locator("#known").get_by_role("link", name="Hansa Logistik GmbH").click()

    main.get_by_role("link", name="Står den her to gange?").click()
    axe(page)
    see(page, "dubletter")
    main.get_by_role("link", name=re.compile("Sammenlign")).first.click()
    expect(main).to_contain_text("Begge har kontaktønsker")
    page.get_by_text("Hansa Logistics GmbH", exact=True).last.click()
    axe(page)
    see(page, "foer-de-laegges-sammen")
    main.get_by_role("button", name="Læg dem sammen").click()
    expect(main.get_by_role("alert").or_(page.locator(".alert-error")).first).to_be_visible()
    page.locator("#id_why").fill("Anke Vogt har bekræftet det i telefonen")
    main.get_by_role("button", name="Læg dem sammen").click()

    expect(main).to_contain_text("De er nu én")
    axe(page)
    see(page, "lagt-sammen")
    assert Contact.objects.get().company == stays
    page.goto(goes.get_absolute_url())
    expect(main.get_by_role("heading", level=1)).to_have_text("Hansa Logistics GmbH")
    see(page, "den-der-blev")

    page.goto(Merge.objects.get().get_absolute_url())
    main.get_by_role("button", name="Fortryd sammenlægningen").click()
    expect(main).to_contain_text("er tilbage")
    axe(page)
    see(page, "fortrudt")
    page.goto(reverse("desk:merges"))
    axe(page)
    see(page, "sammenlaegninger")
    names = set(Company.objects.filter(country="DE").values_list("name", flat=True))
    assert names == {"Hansa Logistik GmbH", "Hansa Logistics GmbH"}
    assert Contact.objects.get().company == goes

"""The labour catchments of Denmark: chosen by keyboard, read and corrected, at both widths."""

import pytest
from playwright.sync_api import expect

from jobcenter.geography import load


@pytest.fixture
def denmark(db):
    for reference in (load.load_areas, load.load_municipalities, load.load_outlines, load.load_catchments):
        reference()


def test_whom_a_municipality_shares_labour_with_is_on_the_map_and_in_the_tables(
    page, sign_in, koege, denmark, axe, see
):
    sign_in(page, koege.caseworker)
    page.goto("/oplande/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Køge: arbejdskraftopland")
    axe(page)
    see(page, "60-opland")

    country = page.get_by_role("group", name="Danmarkskort")
    country.get_by_role("link", name="København: 13 % af de beskæftigede i Køge").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("København: arbejdskraftopland")
    expect(page.locator(".ei-says")).to_contain_text("deler arbejdskraft med 34 andre kommuner")
    axe(page)
    see(page, "61-opland-hovedstaden")


def test_an_officer_corrects_a_catchment_and_ends_the_correction(page, sign_in, national, denmark, axe, see):
    sign_in(page, national)
    page.goto("/oplande/")
    page.get_by_label("Kommune", exact=True).select_option(label="Guldborgsund")
    page.get_by_role("button", name="Vis").click()
    page.get_by_role("link", name="Ret oplandet").click()
    axe(page)
    page.get_by_role("button", name="Ret", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg en kommune.")
    page.get_by_label("Kommune", exact=True).select_option(label="Lolland")
    page.get_by_label("Tag den med").check(force=True)
    page.get_by_label("Begrundelse").fill("De to byer deler sygehus og erhvervsskole.")
    see(page, "62-ret-opland")
    page.get_by_role("button", name="Ret", exact=True).click()

    expect(page.locator(".ei-says")).to_contain_text("deler arbejdskraft med 1 anden kommune")
    axe(page)
    see(page, "63-rettet-opland")
    page.get_by_role("link", name="Afslut Lolland").click()
    page.get_by_label("Hvorfor den afsluttes").fill("Pendlingstallene er indlæst.")
    page.get_by_role("button", name="Afslut rettelsen").click()

    expect(page.locator(".ei-says")).to_contain_text("deler ikke arbejdskraft med nogen anden kommune")
    axe(page)

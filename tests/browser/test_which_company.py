"""The first step by keyboard alone on a telephone: the company by a mistyped name, and by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from employers.companies.finding import count_grams
from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.enquiries.models import Draft
from jobcenter.classifications.models import Industry
from tests.browser.watch import open_with_scripts
from tests.conftest import Centre
from tests.register_server import PASSWORD, USER, RegisterServer

TELEPHONE = pytest.mark.parametrize("page", [390], indirect=True)
COMPUTER = pytest.mark.parametrize("page", [1280], indirect=True)


@pytest.fixture
def register(transactional_db: None, koege: Centre) -> None:
    industry = Industry.objects.create(
        version=Industry.Version.NACE_2_1,
        code="22.22",
        level=4,
        title_da="Fremstilling af plastemballage",
        valid_from=date(2025, 1, 1),
    )
    names = ("Strandmarkens Emballage A/S", "Strandmarkens Bageri ApS", "Bøgevang Byggeelementer A/S")
    for number, name in zip(("99001011", "99001143", "99001275"), names, strict=True):
        company = RegisterCompany.objects.create(
            cvr=number,
            name=name,
            address="Tangmosevej 88",
            postcode="4600",
            industry=industry,
            employees="50–99",
            source="test",
        )
        RegisterWorkplace.objects.create(
            p_number=f"19{number}",
            company=company,
            name=name,
            address="Tangmosevej 88",
            postcode="4600",
            municipality=koege.municipality,
            employees=61,
        )
    count_grams()


@TELEPHONE
def test_a_mistyped_name_leads_to_the_company_by_keyboard_alone(
    page: Page, register: None, axe: Callable[[Page], None], see: Callable[[Page, str], Path]
) -> None:
    open_with_scripts(page, "/henvend/recruit/")
    page.locator("#id_cvr").focus()
    page.keyboard.type("stranmarkens embalage")
    expect(page.get_by_role("radio", name="Strandmarkens Emballage A/S")).to_be_visible()
    see(page, "virksomhed-forslag")
    axe(page)

    page.keyboard.press("Tab")  # to the button “Fetch”
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    expect(page.locator(".ei-register-name")).to_have_text("Strandmarkens Emballage A/S")
    expect(page.get_by_role("radio", name="Tangmosevej 88")).to_be_visible()
    see(page, "virksomhed-fundet")
    axe(page)
    page.get_by_role("radio", name="Tangmosevej 88").focus()
    page.keyboard.press("Space")
    expect(page.locator(".ei-aside")).to_contain_text("Jobcenter Køge")
    typed = Draft.objects.get().answers["virksomhed"]
    assert (typed["cvr"], typed["choice"]) == ("stranmarkens embalage", "99001011")


@COMPUTER
def test_a_foreign_company_says_its_country_and_number(
    page: Page, register: None, axe: Callable[[Page], None], see: Callable[[Page, str], Path]
) -> None:
    open_with_scripts(page, "/henvend/recruit/")
    page.get_by_label("Virksomheden har ikke et CVR-nummer").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Land", exact=True)).to_be_visible()
    expect(page.locator("#id_cvr")).to_have_count(0)
    see(page, "virksomhed-udenlandsk")
    axe(page)

    page.get_by_label("Virksomheden har ikke et CVR-nummer").focus()
    page.keyboard.press("Space")
    expect(page.locator("#id_cvr")).to_be_visible()


@COMPUTER
def test_when_the_register_is_away_the_rest_is_written_by_hand(
    page: Page,
    register: None,
    settings: Any,
    axe: Callable[[Page], None],
    see: Callable[[Page, str], Path],
) -> None:
    with RegisterServer([]) as ill:
        ill.ill.extend([403] * 99)
        settings.REGISTER_URL, settings.REGISTER_USER, settings.REGISTER_PASSWORD = ill.url, USER, PASSWORD
        open_with_scripts(page, "/henvend/recruit/")
        page.locator("#id_cvr").fill("99 00 00 15")

        expect(page.get_by_text("CVR-registret svarer ikke i øjeblikket")).to_be_visible()
        see(page, "virksomhed-i-haanden")
        axe(page)
        page.get_by_label("Virksomhedens navn", exact=True).fill("Splinterny ApS")
        page.get_by_label("Arbejdsstedets adresse").fill("Nyvej 1")
        page.get_by_label("Postnummer").fill("4600")
        page.get_by_label("Kontaktperson").fill("Mette Bruun")
        expect(page.locator(".ei-aside")).to_contain_text("Jobcenter Køge")
        page.get_by_label("E-mail").fill("mette@splinterny.example")
        page.get_by_role("button", name="Videre").click()

        expect(page.get_by_role("heading", level=1)).not_to_contain_text("Hvilken virksomhed")


@COMPUTER
def test_a_number_that_is_fetched_by_click_and_by_itself_at_once_makes_one_draft(
    page: Page, register: None
) -> None:
    fetched: list[Any] = []

    def hold(route: Any) -> None:
        if route.request.method == "POST":
            fetched.append(route)
        else:
            route.continue_()

    open_with_scripts(page, "/henvend/recruit/")
    page.route("**/henvend/recruit/", hold)
    page.locator("#id_cvr").fill("99001011")
    with page.expect_response("**/find-virksomhed/**"):  # which says that the number is whole
        page.locator("button[name=action][value=look]").first.click()
    fetched[0].continue_()
    expect(page.locator(".ei-register-name")).to_be_visible()
    page.locator("#id_name").fill("Mette Bruun")
    page.locator("#id_email").fill("mette@strandmarken.example")
    page.locator(".ei-form-actions button.button-primary").click()
    expect(page.locator("#id_title")).to_be_visible()

    assert len(fetched) == 1
    assert Draft.objects.count() == 1

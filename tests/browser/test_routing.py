"""Whose an enquiry is, as people meet it: a manager's staffing, help between jobcentres, a move, one question
for several workplaces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.enquiries.models import Enquiry, HelpAnswer
from jobcenter.accounts.models import Role
from jobcenter.classifications.models import Industry
from tests.browser.watch import open_with_scripts
from tests.conftest import agree, make_user


@pytest.fixture
def colleague(koege):
    return make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)


@pytest.fixture
def agreement(koege, roskilde):
    return agree(
        name="Rekruttering på Østsjælland",
        purpose="Parterne spørger hinanden, når en arbejdsgiver mangler folk.",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=timezone.localdate() - timedelta(days=100),
    )


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(received_at=timezone.now() - timedelta(hours=3))


def go(page: Page, name: str, *arguments: object) -> None:
    page.goto(reverse(f"desk:{name}", args=arguments))


def test_a_manager_makes_a_team_and_notes_an_absence_and_the_work_goes_to_the_substitute(
    page, sign_in, axe, see, koege, colleague, enquiry
):
    Industry.objects.create(
        version="nace_2_1",
        code="C",
        level=1,
        title_da="Fremstillingsvirksomhed",
        valid_from=timezone.localdate(),
    )
    sign_in(page, koege.manager)
    go(page, "staffing")
    page.get_by_role("link", name="Nyt team").click()
    page.get_by_label("Navn").fill("Rekruttering i industrien")
    page.get_by_label("Nadia Berg").check()
    page.get_by_label("Ansætte medarbejdere").check()
    page.get_by_label("Fremstillingsvirksomhed").check()
    axe(page)
    see(page, "team")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status").first).to_contain_text("Rekruttering i industrien")
    page.get_by_label("Hvem er fraværende?").select_option(label="Karim Holst")
    page.get_by_label("Afløser").select_option(label="Nadia Berg")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status").first).to_contain_text("1 åben henvendelse er gået til en anden")
    axe(page)
    see(page, "bemanding")

    go(page, "enquiry", enquiry.pk)
    expect(page.get_by_text("Afløser for Karim Holst, som er fraværende.")).to_be_visible()


def test_a_partner_is_asked_and_offers_help_and_then_the_responsibility_is_moved(
    page, sign_in, axe, see, koege, roskilde, agreement, enquiry
):
    sign_in(page, koege.caseworker)
    go(page, "enquiry", enquiry.pk)
    page.get_by_role("link", name="Spørg samarbejdspartnere").click()
    page.get_by_label("Hvad spørger I om?").fill("Vi mangler to procesoperatører. Har I nogen, der passer?")
    axe(page)
    see(page, "spoerg")
    page.get_by_role("button", name="Spørg").click()
    expect(page.get_by_text("Jobcenter Roskilde har ikke svaret endnu")).to_be_visible()

    sign_in(page, roskilde.caseworker)
    go(page, "helps")
    axe(page)
    see(page, "hjaelp-til-andre")
    page.get_by_role("link", name="Åbn").click()
    page.get_by_label("Hvad kan I hjælpe med?").fill("Vi har to, der kan begynde på mandag.")
    axe(page)
    see(page, "hjaelp")
    page.get_by_role("button", name="Tilbyd hjælp").click()
    expect(page.get_by_text("I tilbød hjælp")).to_be_visible()
    go(page, "agreements")
    axe(page)
    see(page, "aftaler")

    sign_in(page, koege.caseworker)
    go(page, "enquiry", enquiry.pk)
    expect(page.get_by_text("Vi har to, der kan begynde på mandag.")).to_be_visible()
    axe(page)
    see(page, "henvendelse")
    page.get_by_role("link", name="Flyt ansvaret").click()
    page.get_by_label("Jobcenter", exact=True).select_option(label="Jobcenter Roskilde")
    page.get_by_label("Hvorfor ansvaret flyttes").fill("Holdet flytter til lageret i Roskilde.")
    axe(page)
    see(page, "flyt")
    page.get_by_role("button", name="Flyt ansvaret").click()
    expect(page.get_by_role("status").first).to_contain_text("Jobcenter Roskilde har nu ansvaret")
    page.goto(enquiry.link)
    expect(page.get_by_text("Holdet flytter til lageret i Roskilde.")).to_be_visible()
    axe(page)
    see(page, "privat")
    assert HelpAnswer.objects.get().state == HelpAnswer.State.OFFERED


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_company_asks_once_for_several_workplaces(page, axe, see, koege, roskilde, occupation):
    company = RegisterCompany.objects.create(
        cvr="99000015", name="Tigermosens Plast ApS", address="Tigermosen 7", postcode="4600", source="test"
    )
    for number, centre, postcode in ((7, koege, "4600"), (15, roskilde, "4000"), (23, koege, "4600")):
        RegisterWorkplace.objects.create(
            p_number=f"19990001{number:02}",
            company=company,
            name=company.name,
            address=f"Tigermosen {number}",
            postcode=postcode,
            municipality=centre.municipality,
            employees=number,
        )
    open_with_scripts(page, "/henvend/other/")
    # A whole number is looked up by itself; what is opened before the answer comes would close again.
    page.get_by_role("textbox", name="CVR-nummer").fill("99000015")
    page.get_by_role("radio", name="Tigermosen 7, 4600 Køge").check()
    expect(page.get_by_role("complementary").get_by_text("Jobcenter Køge")).to_be_visible()
    page.get_by_text("Drejer det sig om flere arbejdssteder?").click()
    page.get_by_role("checkbox", name="Alle 3 arbejdssteder").check()
    axe(page)
    see(page, "flere-arbejdssteder")
    page.get_by_label("Kontaktperson").fill("Mette Bruun")
    page.get_by_label("E-mail").fill("mette@tigermosen.example")
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("textbox").last.fill("Vi vil gerne høre om elever til alle tre steder.")
    page.get_by_role("button", name="Videre").click()
    expect(page.get_by_text("Tigermosen 15")).to_be_visible()
    see(page, "send-flere")
    page.get_by_role("button", name="Send til jobcentret").click()
    expect(page.get_by_role("heading", name="Tak. Karim Holst i Jobcenter Køge svarer.")).to_be_visible()
    see(page, "kvittering-flere")

    enquiry = Enquiry.objects.get()
    assert enquiry.jobcentre == koege.jobcentre
    assert HelpAnswer.objects.get().jobcentre == roskilde.jobcentre

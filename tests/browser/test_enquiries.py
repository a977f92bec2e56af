"""Two enquiries as people meet them: a conversation with a file, and help with dismissals on a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.enquiries.models import Attachment, Enquiry, Kind
from tests.browser.watch import wait_for_scripts
from tests.employers.enquiries.test_attachments import EXE, PDF

wide = pytest.mark.parametrize("page", [1280], indirect=True)
phone = pytest.mark.parametrize("page", [390], indirect=True)


@wide
def test_employer_and_caseworker_write_to_each_other_with_a_file(
    page: Page, sign_in, axe, see, transactional_db, koege, make_enquiry
):
    enquiry = make_enquiry(kind=Kind.OTHER, message="Hvem taler vi med om jobmessen?")
    main = page.get_by_role("main")
    page.goto(enquiry.link)
    expect(main).to_contain_text("Der er ikke skrevet noget endnu")
    page.get_by_label("Skriv til jeres kontaktperson").fill("Her er planen for standen.")
    page.get_by_label("Filer").set_input_files(
        [{"name": "plan.pdf", "mimeType": "application/pdf", "buffer": EXE}]
    )
    page.get_by_role("button", name="Send beskeden").click()
    expect(page.get_by_role("alert")).to_contain_text("„plan.pdf“ kan ikke modtages")
    expect(page.get_by_label("Skriv til jeres kontaktperson")).to_have_value("Her er planen for standen.")
    axe(page)
    see(page, "samtale-1-fejl")
    page.get_by_label("Filer").set_input_files(
        [{"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.get_by_role("button", name="Send beskeden").click()
    expect(main).to_contain_text("Beskeden er sendt til Karim Holst")
    expect(main).to_contain_text("plan.pdf")
    axe(page)
    see(page, "samtale-2-sendt")

    sign_in(page, koege.caseworker)
    page.goto(f"/henvendelser/{enquiry.pk}/")
    expect(main).to_contain_text("Her er planen for standen.")
    with page.expect_download() as download:
        main.get_by_role("link", name="plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"
    page.locator("#id_text").fill("Tak. I har stand 14.")
    page.get_by_role("button", name="Send svaret").click()
    expect(main).to_contain_text("Svaret er på vej til Mette Bruun")
    axe(page)
    see(page, "samtale-3-sagsbehandler")

    page.goto(enquiry.link)
    expect(main).to_contain_text("I har stand 14")
    page.get_by_label("Skriv til jeres kontaktperson").fill("Er der strøm på standen?")
    page.get_by_role("button", name="Send beskeden").click()
    expect(main).to_contain_text("Afventer svar: Karim svarer senest")
    axe(page)
    see(page, "samtale-4-afventer")
    page.goto("/henvendelser/")
    expect(main).to_contain_text("Afventer svar")
    see(page, "samtale-5-koe")
    enquiry.refresh_from_db()
    assert enquiry.state == Enquiry.State.QUESTION
    assert Attachment.objects.get().kind == "pdf"


@phone
def test_help_with_dismissals_on_a_phone(page: Page, sign_in, axe, see, transactional_db, koege):
    company = RegisterCompany.objects.create(
        cvr="99000015", name="Tigermosens Plast ApS", address="Tigermosen 7", postcode="4600", source="test"
    )
    RegisterWorkplace.objects.create(
        p_number="1999000107",
        company=company,
        name=company.name,
        address="Tigermosen 7",
        postcode="4600",
        municipality=koege.municipality,
        employees=80,
    )
    main = page.get_by_role("main")
    page.goto("/")
    main.get_by_role("link", name=re.compile("afskedigelser")).click()
    expect(page.locator("#id_cvr")).to_be_visible()
    wait_for_scripts(page)
    page.locator("#id_cvr").fill("99 00 00 15")
    page.get_by_role("radio", name=re.compile("Tigermosen")).check()
    page.locator("#id_name").fill("Mette Bruun")
    page.locator("#id_email").fill("mette.bruun@tigermosen.example")
    main.get_by_role("button", name="Videre").last.click()

    expect(main).to_contain_text("Det Regionale Beskæftigelsesråd")
    page.locator("#id_affected").fill("14")
    page.locator("#id_message").fill("Ti i støberiet og fire på lageret. En har fået stress.")
    page.locator("#id_ends_on").fill(str(timezone.localdate() - timedelta(days=3)))
    main.get_by_role("button", name="Videre").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Datoen ligger i fortiden")
    axe(page)
    see(page, "afskedigelser-1-fejl")
    page.locator("#id_ends_on").fill(str(timezone.localdate() + timedelta(days=90)))
    main.get_by_role("button", name="Videre").last.click()
    expect(main).to_contain_text("Handler det om nogens helbred?")
    axe(page)
    see(page, "afskedigelser-2-se-og-send")
    main.get_by_role("button", name="Send til jobcentret").click()

    expect(main).to_contain_text("ikke en varsling efter varslingsloven")
    axe(page)
    see(page, "afskedigelser-3-kvittering")
    enquiry = Enquiry.objects.get()
    page.goto(enquiry.confirmation_link)
    axe(page)
    see(page, "afskedigelser-4-bekraeft")
    main.get_by_role("button", name="Ja, bekræft min adresse").click()
    expect(main).to_contain_text("Adressen er bekræftet")

    sign_in(page, koege.caseworker)
    page.goto(f"/henvendelser/{enquiry.pk}/")
    expect(main).to_contain_text("Fortroligt")
    axe(page)
    see(page, "afskedigelser-5-sagsbehandler")
    sign_in(page, koege.manager)
    page.goto("/henvendelser/svarfrister/")
    axe(page)
    see(page, "svarfrister-leder")
    page.goto("/svarfrister/0259/")
    axe(page)
    see(page, "svarfrister-jobcenter")

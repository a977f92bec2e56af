"""While an employer chooses the occupation, what is published of it appears below, in one sentence."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from jobcenter.classifications.models import Outlook
from tests.browser.watch import open_with_scripts

SAYS = "Arbejdsgiverne har svært ved at finde folk til dette fag"


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_the_outlook_appears_when_the_occupation_is_chosen(
    page: Page, axe, see, sign_in, sjaelland, koege, occupation, make_vacancy, make_enquiry
):
    Outlook.objects.create(
        occupation=occupation,
        area=sjaelland.area,
        category=Outlook.Category.PROBLEMS,
        attempts=88,
        period="2026H01",
        published_at=timezone.now(),
    )
    vacancy = make_vacancy()
    enquiry = make_enquiry(vacancy=vacancy, workplace=vacancy.workplace)
    page.goto(enquiry.link)
    expect(page.get_by_text(SAYS).first).to_be_visible()
    axe(page)
    see(page, "udsigt-privat-side")

    open_with_scripts(page, reverse("enquiries:change_vacancy", args=[enquiry.token]))
    page.locator("#id_occupation").fill("findes ikke")
    expect(page.get_by_text(SAYS)).to_have_count(0)
    page.locator("#id_occupation").fill("plast")
    page.get_by_role("radio", name=occupation.title).check()
    expect(page.get_by_text(SAYS)).to_be_visible()
    axe(page)
    see(page, "udsigt-i-formularen")

    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:enquiry", args=[enquiry.pk]))
    axe(page)
    see(page, "udsigt-henvendelsen")
    page.goto(reverse("desk:publish", args=[enquiry.pk]))
    axe(page)
    see(page, "udsigt-offentliggoer")
